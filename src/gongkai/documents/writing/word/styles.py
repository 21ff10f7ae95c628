"""What the styles of a Word document say of a paragraph: heading, alignment, table of contents, numbering.

Word and WPS in Chinese name the same styles in two languages, and their ids say nothing: WPS calls the first heading
`2`. So the name decides, then the outline level, along the chain of styles that rest on each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from gongkai.documents.redaction.docx_unseen import OFF
from gongkai.documents.redaction.ooxml import W
from gongkai.documents.writing.model import Align

_HEADING: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE: Final = frozenset({"title", "标题"})
_CONTENTS: Final = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_SIDES: Final[dict[str, Align]] = {"center": "center", "right": "right", "end": "right"}
_FORMATS: Final = ("b", "i", "u", "strike", "vertAlign")


class Styles:
    """`root`: of the part with the styles, None where there is none."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._usual = ""
        for style in root.iter(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._usual = name

    def chain(self, name: str) -> Iterator[Any]:
        """A style and those that it rests on."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "basedOn")

    def of(self, paragraph: Any) -> Iterator[Any]:
        """The styles of a paragraph, the nearest first."""
        return self.chain(_value(paragraph, "pPr", "pStyle") or self._usual)

    def level(self, paragraph: Any) -> int:
        """1–6 for a heading, else 0."""
        own = _outline(paragraph)
        if own is not None:
            return own
        for style in self.of(paragraph):
            name = _value(style, "name").strip()
            told = _HEADING.fullmatch(name)
            if told:
                return min(int(told[1]), 6)
            if name.lower() in _TITLE:
                return 1
            outline = _outline(style)
            if outline is not None:
                return outline
        return 0

    def is_contents(self, paragraph: Any) -> bool:
        """A line of a table of contents."""
        return any(_CONTENTS.fullmatch(_value(style, "name").strip()) for style in self.of(paragraph))

    def align(self, paragraph: Any) -> Align:
        for holder in (paragraph, *self.of(paragraph)):
            side = _value(holder, "pPr", "jc")
            if side:
                return _SIDES.get(side, "")
        return ""

    def numbering(self, paragraph: Any) -> tuple[str, int | None]:
        """(id of the numbering, level): the nearest that says it; id 0 takes away what a style gives."""
        number, level = "", None
        for holder in (paragraph, *self.of(paragraph)):
            properties = holder.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            if level is None and _value(properties, "ilvl").isdigit():
                level = int(_value(properties, "ilvl"))
            number = number or _value(properties, "numId")
            if number:
                break
        return number, level

    def style_ids(self, paragraph: Any) -> list[str]:
        return [style.get(f"{W}styleId", "") for style in self.of(paragraph)]

    def write_out(self, run: Any) -> None:
        """Give a run the formats that its character style has, so that the style need not be known any more."""
        properties = run.find(f"{W}rPr")
        name = _value(run, "rPr", "rStyle")
        if properties is None or not name:
            return
        for style in self.chain(name):
            for each in _FORMATS:
                told = style.find(f"{W}rPr/{W}{each}")
                if told is not None and properties.find(f"{W}{each}") is None:
                    properties.append(told.__copy__())

    def settle(self, run: Any) -> None:
        """Formats that are set off are taken away: not all readers know all words for off."""
        properties = run.find(f"{W}rPr")
        for each in list(properties) if properties is not None else ():
            if each.get(f"{W}val") in OFF:
                properties.remove(each)


def _value(holder: Any, *path: str) -> str:
    node = holder.find("/".join(f"{W}{each}" for each in path))
    return str(node.get(f"{W}val", "")) if node is not None else ""


def _outline(holder: Any) -> int | None:
    """1–6, 0 for body text; None where nothing is said."""
    value = _value(holder, "pPr", "outlineLvl")
    if not value.isdigit():
        return None
    return min(int(value) + 1, 6) if int(value) < 9 else 0
