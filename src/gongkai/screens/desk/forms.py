"""Reading what was posted: plain text and days; faults go back to the page with everything that was entered."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_EVIDENCE = 500
"""Characters of the place where the paper lies."""


def text(request: HttpRequest, field: str) -> str:
    return request.POST.get(field, "").strip()


def day(request: HttpRequest, field: str, word: str) -> date | None:
    """The day in that field, None where it is empty; InputRefused for anything that is no day."""
    entered = text(request, field)
    if not entered:
        return None
    try:
        return date.fromisoformat(entered)
    except ValueError:
        raise InputRefused(InputFault(word, f"“{entered}”不是日期", "如 2026-01-31")) from None


def count(request: HttpRequest, field: str, word: str, *, signed: bool = False) -> int | None:
    """The whole number in that field, None where it is empty; InputRefused for anything that is none."""
    entered = text(request, field)
    if not entered:
        return None
    digits = entered.removeprefix("-").removeprefix("+") if signed else entered
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise InputRefused(InputFault(word, f"“{entered}”不是整数", "整数，如 12"))
    return int(entered)


def required_day(request: HttpRequest, field: str, word: str) -> date:
    found = day(request, field, word)
    if found is None:
        raise InputRefused(InputFault(word, "没有填写", "日期"))
    return found


def lines(refused: InputRefused) -> tuple[str, ...]:
    """The faults as sentences for the top of the form."""
    return tuple(str(each) for each in refused.faults)
