"""One printed cell → its value, and what was unusual about it (docs/reference/report-json.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.documents.annual_report.labels import half_width
from gongkai.statute.report.form import CellKind
from gongkai.statute.report.model import Cell

_LONGEST = 400
_SHOWN = 80
_LARGEST = 10**15

_RESIDUE = re.compile(
    r"\[/?bookmark[^\[\]]{0,80}\]|\[(?:endif|if)[^\[\]]{0,80}\]|<[!/a-zA-Z][^<>]{0,120}>|_x000D_|_GoBack"
    r"|HYPERLINK\s*\"[^\"]{0,200}\"|(?:\\\*\s*)?MERGEFORMAT|PAGEREF\s+\S{1,40}|&nbsp;|&#\d{1,5};"
    r"|错误!\s*未找到引用源。?|Error!\s*Reference source not found\.?",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ufffc]")
_NOT_APPLICABLE = re.compile(r"[-—–―─/\\]{1,4}")
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+|\d{1,3}(?: \d{3})+|\d+"
_PLAIN = re.compile(rf"([+-]?)\s*({_NUMBER})", re.ASCII)
_WORDED = re.compile(rf"(减少|减|下降|↓|负|-)\s*({_NUMBER})|(?:增加|新增|增|上升|↑|\+)\s*({_NUMBER})", re.ASCII)
_BOTH = re.compile(r"(?:\+|增加?)\s*\(?(\d+)\)?\s*[,、;]?\s*(?:-|减少?)\s*\(?(\d+)\)?")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]|〔[^〔〕]{0,200}〕|【[^【】]{0,200}】")
_NOTE_MARK = re.compile(r"[*※①-⑳¹²³]|注\d?$")
_ANY_NUMBER = re.compile(rf"(?<![\d.])({_NUMBER})(?![\d.]|\s*[%年月日号条]|[,，]\d)", re.ASCII)
_ZERO_WORDS = {"零": 0, "〇": 0, "○": 0, "O": 0, "o": 0}
_DIGIT_WORDS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_MONEY = re.compile(
    rf"(?:人民币|[¥￥])?\s*([+-]?)\s*((?:{_NUMBER})(?:\.\d+)?|\.\d+)\s*(亿元|百万元|万元|千元|百元|万|元)?(?:整|人民币)?"
)
_IN_WAN = {
    "亿元": Decimal(10000), "百万元": Decimal(100), "万元": Decimal(1), "万": Decimal(1), "千元": Decimal("0.1"),
    "百元": Decimal("0.01"), "元": Decimal("0.0001"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellReading:
    """The value, and the findings as (code, facts) pairs."""

    value: Cell
    found: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = ()


@lru_cache(maxsize=16384)
def read_cell(printed: str, kind: CellKind, unit: str = "万元") -> CellReading:
    """The value of a printed cell.

    `unit`: of a money column, the unit that its heading states; "" where it states none, and then a bare number is
    read as 万元 with `cell.unit`.
    """
    shown = printed.strip()
    text = _INVISIBLE.sub("", half_width(printed[:_LONGEST])).strip()
    residue = _RESIDUE.findall(text)
    if residue:
        text = _RESIDUE.sub("", text).strip()
    text = re.sub(r"\s+", " ", text)
    value, code = _money(text, unit) if kind == "money" else _count(text)
    found: list[tuple[str, tuple[tuple[str, object], ...]]] = []
    facts: tuple[tuple[str, object], ...] = (("text", shown[:_SHOWN]),)
    told = facts if value is None else (*facts, ("value", value))
    if residue:
        found.append(("cell.artefact", (*told, ("artefact", "".join(residue)[:_SHOWN]))))
    if code == "cell.blank":
        found.append((code, ()))
    elif code:
        found.append((code, told))
    return CellReading(value, tuple(found))


def looks_like_value(text: str) -> bool:
    """Whether a text, apart from any label, can only be the content of a figure's cell."""
    reading = read_cell(text, "count")
    if reading.value is not None:
        return len(text) <= 40
    return bool(_MONEY.fullmatch(half_width(text).strip())) or text.strip() in ("无", "零")


def _integer(digits: str) -> int | None:
    packed = re.sub(r"[,， ]", "", digits)
    return int(packed) if len(packed) <= 15 else None


def _count(text: str) -> tuple[Cell, str]:
    """(value, finding code or "")."""
    if not text:
        return None, "cell.blank"
    if _NOT_APPLICABLE.fullmatch(text):
        return "n/a", ""
    plain = _PLAIN.fullmatch(text)
    if plain:
        number = _integer(plain[2])
        if number is None:
            return None, "cell.text"
        return (-number if plain[1] == "-" else number), ""
    return _worded_count(text), "cell.text"


def _worded_count(text: str) -> Cell:
    """The number that a cell with words states, None where it states none or several."""
    if text in ("不适用", "N/A", "n/a"):
        return "n/a"
    if text in _ZERO_WORDS:
        return _ZERO_WORDS[text]
    both = _BOTH.fullmatch(text)
    if both:
        more, less = _integer(both[1]), _integer(both[2])
        return None if more is None or less is None or (more and less) else more - less
    whole = re.fullmatch(r"([+-]?\d{1,15})\.0+", text)
    if whole:
        return int(whole[1])
    core = _NOTE_MARK.sub("", _BRACKETS.sub("", text)).strip()
    core = re.sub(r"\([^()]*$", "", core).strip()
    core = re.sub(r"(?:件|项|个|条|份|次|宗|起|人次|家|部|例|人)$", "", core).strip()
    if core in _ZERO_WORDS or core in _DIGIT_WORDS:
        return _ZERO_WORDS.get(core, _DIGIT_WORDS.get(core))
    worded = _WORDED.fullmatch(core)
    if worded:
        number = _integer(worded[2] or worded[3])
        return None if number is None else -number if worded[1] else number
    numbers = _ANY_NUMBER.findall(core)
    if len(numbers) != 1 or len(core) > len(numbers[0]) + 12 or re.search(r"\d\.\d|[%年月日]|不足|超过", core):
        return None
    number = _integer(numbers[0])
    return None if number is None else -number if re.search(r"减|降|-\s*\d", core) else number


def _money(text: str, unit: str) -> tuple[Cell, str]:
    if not text:
        return None, "cell.blank"
    if _NOT_APPLICABLE.fullmatch(text):
        return "n/a", ""
    exact = _MONEY.fullmatch(text)
    if exact:
        return _in_wan(exact, unit)
    noted = _MONEY.fullmatch(_NOTE_MARK.sub("", _BRACKETS.sub("", text)).strip())
    if noted is None:
        return None, "cell.text"
    return _in_wan(noted, unit)[0], "cell.text"


def _in_wan(amount: re.Match[str], unit: str) -> tuple[Cell, str]:
    """In 万元: as printed where that is the unit, else converted exactly."""
    digits = re.sub(r"[,， ]", "", amount[2])
    if digits.startswith("."):
        digits = "0" + digits
    whole, _, fraction = digits.partition(".")
    if len(whole) > 15 or len(fraction) > 8:
        return None, "cell.text"
    sign = "-" if amount[1] == "-" else ""
    printed = amount[3] or unit
    factor = _IN_WAN.get(printed, Decimal(1))
    if factor == 1:
        plain = f"{sign}{whole.lstrip('0') or '0'}{'.' + fraction if fraction else ''}"
        return plain, "" if printed else "cell.unit"
    value = Decimal(digits) * factor
    if value >= _LARGEST:
        return None, "cell.text"
    text = format(value, "f")
    return sign + (text.rstrip("0").rstrip(".") if "." in text else text), "cell.unit"
