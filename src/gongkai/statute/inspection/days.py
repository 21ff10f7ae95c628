"""Days as documents write them: 2026年3月5日, 2026-03-05, 二〇二六年三月五日; those that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_ARABIC = re.compile(
    r"(?<![\d\-/.A-Za-z])(?P<year>(?:19|20)\d{2})(?:\s?年\s?(?P<m1>\d{1,2})\s?月\s?(?P<d1>\d{1,2})\s?日"
    r"|(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?![\d\-/.]))",
    re.ASCII,
)
_HAN = re.compile(
    r"(?P<year>[一二][〇○零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


@dataclass(frozen=True, slots=True)
class Written:
    """A day written from `start` to `end`; `day` is None where the calendar has none."""

    start: int
    end: int
    day: date | None
    by_hyphens: bool = False


def written_days(text: str) -> Iterator[Written]:
    """Every day that the text writes out with year, month and day."""
    for match in _ARABIC.finditer(text):
        month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        yield Written(*match.span(), _day(int(match["year"]), int(month), int(day)), match["sep"] is not None)
    for match in _HAN.finditer(text):
        year = int("".join(_DIGITS[sign] for sign in match["year"]))
        yield Written(*match.span(), _day(year, _small(match["month"]), _small(match["day"])))


def written_day(text: str) -> date | None:
    """The day, where the text is a day and nothing else; a time of day after it does no harm."""
    text = re.sub(r"[\sT]\d{1,2}:\d{2}(?::\d{2})?\s*$", "", text.strip())
    found = next(written_days(text), None)
    return found.day if found and (found.start, found.end) == (0, len(text)) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small(words: str) -> int:
    """一 to 三十九; 0 for what is no number."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int(_DIGITS[words]) if len(words) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (int(_DIGITS[tens]) if tens else 1) + (int(_DIGITS[ones]) if ones else 0)
