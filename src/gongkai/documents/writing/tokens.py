"""HTML as a run of tags and text, in one pass whatever its writer did to it: no tag is looked at twice.

It follows the tokenizer of the HTML standard (13.2.5) but for two things: markup that never ends is text instead of
swallowing what follows, and elements whose content is no text of a document (scripts, styles) yield nothing.
No tree of a library was used: html5ever, html5lib and libxml2 took 21, 57 and 109 s for some text below a megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

_ATTRIBUTE = r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?"""
_TAG: Final = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)[\s/]*+>")
_EACH: Final = re.compile(_ATTRIBUTE)
_COMMENT_END: Final = re.compile("--!?>")
_UNREAD: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "noscript", "iframe", "xmp", "noembed", "noframes")
}
"""Elements whose content is not markup; nothing of it is text of the document."""
_READ: Final = frozenset({"style", "class", "align", "hidden", "href", "src", "alt", "colspan", "rowspan", "scope",
                          "start"})  # fmt: skip
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff"
    "\ufdd0-\ufdef\U000e0000-\U000e007f" + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}"
                                                   for plane in range(0, 0x110000, 0x10000)) + "]"
)  # fmt: skip
"""Controls, marks that turn the direction of text, soft hyphens, halves of pairs: seen by nobody, found by machines."""


@dataclass(frozen=True, slots=True)
class Tag:
    """`name` in small letters; only the attributes that cleaning reads, the first of each name."""

    name: str
    closing: bool
    attributes: dict[str, str]


def tokens(html: str) -> Iterator[Tag | str]:
    """The tags and pieces of text; pieces may follow each other."""
    place, length = 0, len(html)
    comments = ends = True  # whether one may still be found; each is looked for in vain only once
    while place < length:
        opening = html.find("<", place)
        if opening < 0 or not ends:
            yield seen(html[place:])
            return
        if opening > place:
            yield seen(html[place:opening])
        follows = html[opening + 1 : opening + 2]
        closes = follows == "/" and html[opening + 2 : opening + 3].isalpha()
        if (follows.isalpha() and follows.isascii()) or closes:
            found = _TAG.match(html, opening)
            if found is None:
                ends, place = False, opening
                continue
            tag = _tag(found)
            yield tag
            place = _after_unread(html, found.end(), tag)
        elif follows in ("!", "?", "/"):
            place, comments, ends = _after_comment(html, opening, comments, ends)
        else:
            yield "<"
            place = opening + 1


def seen(text: str) -> str:
    """Text with its entities resolved, without signs that nobody sees."""
    return _UNSEEN.sub("", unescape(text) if "&" in text else text)


def _tag(found: re.Match[str]) -> Tag:
    attributes: dict[str, str] = {}
    if not found[1]:
        for each in _EACH.finditer(found[3]):
            name = each[1].lower()
            if name in _READ and name not in attributes:
                value = each[2] or ""
                attributes[name] = seen(value[1:-1] if value[:1] in ("'", '"') else value)
    return Tag(found[2].lower(), bool(found[1]), attributes)


def _after_unread(html: str, place: int, tag: Tag) -> int:
    """Where the content of an element that is not markup ends."""
    if tag.closing or tag.name not in _UNREAD:
        return place
    end = _UNREAD[tag.name].search(html, place)
    return end.start() if end else len(html)


def _after_comment(html: str, opening: int, comments: bool, ends: bool) -> tuple[int, bool, bool]:
    """Where a comment or a declaration ends, and whether others may end. Word's conditions are both."""
    if html.startswith("<!--", opening) and comments:
        for short in ("<!-->", "<!--->"):
            if html.startswith(short, opening):
                return opening + len(short), comments, ends
        end = _COMMENT_END.search(html, opening + 4)
        if end:
            return end.end(), comments, ends
        return opening + 4, False, ends
    close = html.find(">", opening)
    return (close + 1, comments, ends) if close >= 0 else (opening, comments, False)
