"""The day in a cell. What may be read in two ways is not read: a number alone, 03/04/2020."""

from __future__ import annotations

import re
from datetime import date, datetime

_TIME = (
    r"(?:(?:[T\s]+|(?<=日))\d{1,2}(?:[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?(?:\.\d{1,9})?)?)?分?\s*(?:Z|[+-]\d\d:?\d\d)?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*(?:\2|月)\s*(\d{1,2})\s*日?" + _TIME, re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_LONGEST = 60


def day_of(text: str, form: str = "") -> date | None:
    """The day that a text gives, None where it gives none; `form` is strptime's, for what is written otherwise."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        if form:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[3]), int(found[4]))
        if found := _EIGHT.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except (ValueError, re.error):
        return None
    return None
