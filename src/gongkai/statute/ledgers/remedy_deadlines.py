"""Deadlines of reconsideration and litigation: of the defence papers, of the decision, of going to court.

Pure: every day is an argument. The terms are data (`remedy_terms.toml`), their lengths legal values with their source.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from gongkai.statute.calendars import Calendar
from gongkai.statute.clock.wording import day_in_words
from gongkai.statute.parameters import Parameter, Parameters, statutory
from gongkai.statute.primitives import InputRefused

Standing = Literal["met", "met_late", "overdue", "soon", "running"]
_FURTHEST_ROLL = 30
"""Days within which a free day is followed by a working one; beyond it a calendar is broken."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline with its derivation in Chinese sentences. `who` is bound by it; `soon` days before it turns amber.

    `provisional`: a year without a published calendar was counted. `verified`: length and article were read in the
    source.
    """

    code: str
    what: str
    who: str
    start: date
    on: date
    provisional: bool
    article: str
    verified: bool
    lines: tuple[str, ...]
    soon: int


def defence(
    kind: str, served_on: date, calendar: Calendar, *, simple: bool = False, parameters: Parameters | None = None
) -> Deadline | None:
    """When the body's answer and its evidence must be handed in, from the day the other side's paper arrived.

    None before the day from which the length is on record.
    """
    code = "court_defence" if kind != "reconsideration" else "simple_defence" if simple else "defence"
    return _deadline(code, served_on, calendar, parameters)


def closing(
    kind: str, accepted_on: date, calendar: Calendar, *, simple: bool = False, parameters: Parameters | None = None
) -> Deadline | None:
    """When the reconsidering body must decide; None for courts, whose terms are no matter of the body's."""
    if kind != "reconsideration":
        return None
    return _deadline("simple_closing" if simple else "closing", accepted_on, calendar, parameters)


def filings(
    received_on: date, calendar: Calendar, *, reconsideration_first: bool = False, parameters: Parameters | None = None
) -> tuple[Deadline, ...]:
    """Until when an applicant who received a reply may seek a remedy; no direct way where reconsideration comes first.

    行政复议法第20条; 行政诉讼法第46条.
    """
    codes = ("filing",) if reconsideration_first else ("filing", "direct_filing")
    return tuple(made for code in codes if (made := _deadline(code, received_on, calendar, parameters)))


def after_decision(received_on: date, calendar: Calendar, *, parameters: Parameters | None = None) -> Deadline | None:
    """Until when a lawsuit may follow a decision of reconsideration (行政诉讼法第45条)."""
    return _deadline("filing_after", received_on, calendar, parameters)


def standing(found: Deadline, today: date, *, done_on: date | None = None) -> tuple[Standing, int]:
    """Where a deadline stands, and the days left (negative: past), counted to the day it was met or to today."""
    left = (found.on - (done_on or today)).days
    if done_on is not None:
        return ("met" if left >= 0 else "met_late"), left
    return ("overdue" if left < 0 else "soon" if left <= found.soon else "running"), left


@cache
def _terms() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "remedy_terms.toml").read_text(encoding="utf-8"))


def _deadline(code: str, start: date, calendar: Calendar, parameters: Parameters | None) -> Deadline | None:
    term = _terms()[code]
    try:
        length = (parameters or statutory()).value(term["parameter"], start)
    except InputRefused:
        return None  # the day lies before the first version on record: nothing is said rather than guessed
    on, provisional = _end(start, length, calendar)
    source = f"{length.instrument}{length.article}"
    checked = "" if length.verified else "，未核对原文"
    lines = [
        f"{term['start']}：{day_in_words(start.toordinal())}，当日不计。",
        f"{length.label}期限 {length.number} 个{length.unit}（{source}{checked}），"
        f"最后一日是{day_in_words(on.toordinal())}。",
    ]
    if not calendar.works(on.toordinal()):
        if term["rolls"]:
            on = _working(on, calendar)
            rule = _terms()["rolling"]["source"]
            lines.append(f"最后一日不是工作日，顺延到其后第一个工作日：{day_in_words(on.toordinal())}（{rule}）。")
        else:
            lines.append("最后一日不是工作日，请提前办理，不计顺延。")
    if provisional or on.year not in calendar.published_years:
        lines.append(f"{on.year}年的放假安排尚未公布，按周一至周五估算。")
    return Deadline(
        code, term["what"], term["who"], start, on, provisional, source, length.verified, tuple(lines), term["soon"]
    )


def _end(start: date, length: Parameter, calendar: Calendar) -> tuple[date, bool]:
    """The last day of a period whose first day is not counted; months end on the day of the same number."""
    if length.unit == "月":
        months = start.year * 12 + start.month - 1 + length.number
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])), False
    if length.unit == "工作日":
        counted = calendar.nth(start.toordinal(), length.number)
        return date.fromordinal(counted.on), counted.provisional
    return start + timedelta(days=length.number), False


def _working(day: date, calendar: Calendar) -> date:
    for ahead in range(_FURTHEST_ROLL):
        if calendar.works(day.toordinal() + ahead):
            return day + timedelta(days=ahead)
    return day
