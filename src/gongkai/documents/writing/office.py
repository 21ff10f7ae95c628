"""What Word, WPS and web pages say by their styles instead of by elements: bold, alignment, hidden, list marks.

Word and WPS put `mso-…` properties into the HTML that they paste; nobody documents them all, these are the ones whose
loss would change what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gongkai.documents.writing.model import Align

_OF_TAG: Final = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "s": "s", "strike": "s", "sub": "sub",
    "sup": "sup",
}  # fmt: skip
_BOLD = re.compile(r"(?:^|;)font-weight:(?:(bold|bolder|[6-9]00)|normal|lighter|[1-5]00)")
_SLOPED = re.compile(r"(?:^|;)font-style:(?:(italic|oblique)|normal)")
_LINES = re.compile(r"(?:^|;)text-decoration(?:-line)?:([^;]*)")
_RAISED = re.compile(r"(?:^|;)vertical-align:(super|sub|baseline)")
_ALIGNED = re.compile(r"(?:^|;)text-align:(?:-\w+-)?(\w+)")
_HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all|mso-element:(?:comment|header|footer)(?:-list)?)\b"
)
_OUTLINE = re.compile(r"(?:^|;)mso-outline-level:([1-6])")
_LISTED = re.compile(r"(?:^|;)mso-list:[^;]*?level(\d)")
_COMMENTS: Final = frozenset({"msocommentreference", "msocomanchor", "msocomtxt", "msocomoff"})


def style_of(attributes: Mapping[str, str]) -> str:
    """In small letters, without spaces."""
    return re.sub(r"\s+", "", attributes.get("style", "")).lower()


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Hidden from readers, or a margin comment, or a page's head or foot."""
    if "hidden" in attributes or _HIDDEN.search(style_of(attributes)):
        return True
    return not _COMMENTS.isdisjoint(attributes.get("class", "").lower().split())


def list_level(attributes: Mapping[str, str]) -> int:
    """1–9 for a paragraph that Word numbers or puts a bullet before, else 0."""
    found = _LISTED.search(style_of(attributes))
    return int(found[1]) if found else 0


def outline_level(attributes: Mapping[str, str]) -> int:
    """1–6 for a paragraph that Word takes for a heading, else 0."""
    found = _OUTLINE.search(style_of(attributes))
    return int(found[1]) if found else 0


def alignment(name: str, attributes: Mapping[str, str]) -> Align | None:
    """None where nothing is said."""
    told = _ALIGNED.search(style_of(attributes))
    word = told[1] if told else attributes.get("align", "").strip().lower()
    words = {word, *attributes.get("class", "").lower().split()}
    if name == "center" or not words.isdisjoint({"center", "middle"}):
        return "center"
    if not words.isdisjoint({"right", "end"}):
        return "right"
    return "" if word in ("left", "justify", "start") else None


@dataclass(frozen=True, slots=True)
class Format:
    """What an inline element changes in the text within it."""

    adds: frozenset[str]
    drops: frozenset[str]
    hidden: bool
    list_mark: bool


def format_of(name: str, attributes: Mapping[str, str]) -> Format:
    """By the element itself and by its style, which goes before it."""
    said = {_OF_TAG[name]: True} if name in _OF_TAG else {}
    style = style_of(attributes)
    for pattern, mark in ((_BOLD, "strong"), (_SLOPED, "em")):
        if found := pattern.search(style):
            said[mark] = bool(found[1])
    if found := _LINES.search(style):
        for mark, word in (("u", "underline"), ("s", "line-through")):
            if word in found[1] or "none" in found[1]:
                said[mark] = word in found[1]
    if found := _RAISED.search(style):
        said["sup"], said["sub"] = found[1] == "super", found[1] == "sub"
    adds = frozenset(mark for mark, on in said.items() if on)
    # above the line or below it, not both
    other = {"sup": "sub", "sub": "sup"}
    drops = frozenset(mark for mark, on in said.items() if not on) | {other[mark] for mark in adds if mark in other}
    return Format(adds, drops - adds, is_hidden(attributes), "mso-list:ignore" in style)
