"""Automatic numbers of a Word document as the text that a reader sees: 第一条, （二）, 3.1.

They are counted as ECMA-376 part 1 (17.9) says: by abstract numbering, lower levels anew below each higher one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongkai.documents.redaction.ooxml import W
from gongkai.documents.writing.word.styles import Styles

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_LEGAL: Final = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN: Final = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                 (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_MOST: Final = 9_999


@dataclass(frozen=True, slots=True)
class Label:
    """`text` is empty for a bullet; `level` counts from 0."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    legal: bool
    """All numbers of the label in Arabic digits."""


class Numbers:
    """Counts through a document: ask for each paragraph once, in order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}  # by id of an abstract numbering
        self._abstract: dict[str, str] = {}  # by id of a numbering
        self._starts: dict[str, dict[int, int]] = {}  # a numbering begins anew when it is first used
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def label(self, paragraph: Any) -> Label | None:
        """The number or bullet before a paragraph."""
        number, level = self._place(paragraph)
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return None
        told = levels[level]
        if told.kind == "bullet":
            return Label("", level)
        counts = self._counts.setdefault(abstract, {})
        for anew, start in self._starts.pop(number, {}).items():
            counts[anew] = start - 1
        counts[level] = min(counts.get(level, told.start - 1) + 1, _MOST)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        text = told.text
        for each in range(level, -1, -1):
            if f"%{each + 1}" in text:
                shown = levels.get(each, told)
                count = counts.setdefault(each, shown.start)
                text = text.replace(f"%{each + 1}", numeral(count, "decimal" if told.legal else shown.kind))
        return Label(text.strip(), level) if text.strip() else None

    def _place(self, paragraph: Any) -> tuple[str, int]:
        number, level = self._styles.numbering(paragraph)
        for style in self._styles.style_ids(paragraph) if not number or level is None else ():
            linked = self._by_style.get(style)
            if linked and number in ("", linked[0]):
                return number or linked[0], linked[1]
        return number, level or 0

    def _read(self, root: Any) -> None:
        links: dict[str, str] = {}
        styled: dict[str, str] = {}
        for each in root.iter(f"{W}abstractNum"):
            name = each.get(f"{W}abstractNumId", "")
            self._levels[name] = dict(map(_level, each.findall(f"{W}lvl")))
            for kind, known in (("numStyleLink", links), ("styleLink", styled)):
                node = each.find(f"{W}{kind}")
                if node is not None:
                    key, value = (name, node.get(f"{W}val", "")) if known is links else (node.get(f"{W}val", ""), name)
                    known[key] = value
        for each in root.iter(f"{W}num"):
            self._read_number(each, links, styled)
        for each in root.iter(f"{W}abstractNum"):
            used = next((number for number, name in self._abstract.items()
                         if name == each.get(f"{W}abstractNumId", "")), "")  # fmt: skip
            for level in each.findall(f"{W}lvl") if used else ():
                style = level.find(f"{W}pStyle")
                if style is not None:
                    self._by_style.setdefault(style.get(f"{W}val", ""), (used, _level(level)[0]))

    def _read_number(self, each: Any, links: Mapping[str, str], styled: Mapping[str, str]) -> None:
        number = each.get(f"{W}numId", "")
        node = each.find(f"{W}abstractNumId")
        abstract = node.get(f"{W}val", "") if node is not None else ""
        abstract = styled.get(links.get(abstract, ""), abstract)
        self._abstract[number] = abstract
        own: dict[int, _Level] = {}
        for override in each.findall(f"{W}lvlOverride"):
            level = override.get(f"{W}ilvl", "0")
            start = override.find(f"{W}startOverride")
            if level.isdigit() and start is not None and start.get(f"{W}val", "").isdigit():
                self._starts.setdefault(number, {})[int(level)] = int(start.get(f"{W}val"))
            own |= dict(map(_level, override.findall(f"{W}lvl")))
        if own:
            # a numbering with levels of its own counts for itself
            self._abstract[number] = f"{abstract}/{number}"
            self._levels[f"{abstract}/{number}"] = self._levels.get(abstract, {}) | own


def _level(node: Any) -> tuple[int, _Level]:
    def told(name: str, usual: str) -> str:
        found = node.find(f"{W}{name}")
        return str(found.get(f"{W}val", usual)) if found is not None else usual

    place, start = node.get(f"{W}ilvl", "0"), told("start", "1")
    legal = node.find(f"{W}isLgl")
    return int(place) if place.isdigit() else 0, _Level(
        min(int(start), _MOST) if start.isdigit() else 1, told("numFmt", "decimal"), told("lvlText", ""),
        legal is not None and legal.get(f"{W}val") not in ("0", "false", "off"),
    )  # fmt: skip


def numeral(count: int, kind: str) -> str:
    """A number as a numbering of that kind (ST_NumberFormat) writes it; kinds of other languages in digits."""
    return _KINDS.get(kind, str)(count)


def _chinese(count: int) -> str:
    """一百零五; 十 alone from 10 to 19."""
    if not 0 < count <= _MOST:
        return _DIGITS[0] if count == 0 else str(count)
    out = ""
    digits = str(count)
    for place, digit in enumerate(digits):
        if digit != "0":
            out += _DIGITS[int(digit)] + _UNITS[len(digits) - place - 1]
        elif out and not out.endswith("零"):
            out += "零"
    out = out.rstrip("零")
    return out[1:] if out.startswith("一十") else out


def _roman(count: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out += sign * (count // value)
        count %= value
    return out


def _letters(count: int) -> str:
    """A … Z, AA, BB …"""
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""


def _signs(first: str, most: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode; beyond the last the digits."""
    return lambda count: chr(ord(first) + count - 1) if 0 < count <= most else str(count)


def _row(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)] if count > 0 else ""


_KINDS: Final[Mapping[str, Callable[[int], str]]] = {
    "none": lambda count: "",
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese,
    "chineseLegalSimplified": lambda count: _chinese(count).translate(_LEGAL),
    "ideographLegalTraditional": lambda count: _chinese(count).translate(_LEGAL),
    "ideographTraditional": _row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _row("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _signs("①", 20),
    "decimalEnclosedCircleChinese": _signs("①", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
}
