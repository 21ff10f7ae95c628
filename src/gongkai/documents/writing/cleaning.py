"""From any HTML, pasted or hostile, to the HTML that is kept: one clean form of what it says.

The text is read into plain values and written anew from them, so that nothing passes which is not written here; what
is written still goes through nh3, whose list of what may stand in a page is the last word.
"""

from __future__ import annotations

from typing import Final

import nh3

from gongkai.documents.writing.markup import markup
from gongkai.documents.writing.model import Block
from gongkai.documents.writing.plain import plain_text
from gongkai.documents.writing.structure import blocks_of
from gongkai.documents.writing.tree import tree

_ALIGNED: Final = frozenset({"p", "h2", "h3", "h4", "td", "th"})
_CELL: Final = {"colspan", "rowspan"}
_GATE: Final = nh3.Cleaner(
    tags={
        "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "em",
        "s", "u", "sub", "sup", "a", "img", "br", "blockquote", "figure", "figcaption",
    },
    attributes={"a": {"href"}, "img": {"src", "alt"}, "td": _CELL, "th": _CELL | {"scope"}, "ol": {"start"}},
    allowed_classes={tag: {"center", "right"} for tag in _ALIGNED},
    url_schemes={"http", "https", "mailto", "attachment"},
    link_rel=None,
)  # fmt: skip
_PASSES: Final = 3


def blocks(html: str) -> tuple[Block, ...]:
    """What an HTML text says."""
    return blocks_of(tree(html))


def clean_html(html: str) -> str:
    """The clean form; that of a clean text is itself. Never raises: hostile markup leaves its text behind."""
    written = markup(blocks(html))
    for _ in range(_PASSES):
        passed = _GATE.clean(written)
        if passed == written:
            return passed
        # the gate took out an address that it cannot read: what is left is brought to its clean form again
        written = markup(blocks(passed))
    return _GATE.clean(written)


def text_of(html: str) -> str:
    """Plain text for search, inspection and digests: a paragraph a line, cells of a row with tabs between them."""
    return plain_text(blocks(html))
