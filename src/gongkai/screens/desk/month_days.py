"""A day of a calendar as pages show it: worked or free, and why it is otherwise than its weekday."""

from __future__ import annotations

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date

from gongkai.statute.calendars import Calendar


@dataclass(frozen=True, slots=True)
class Day:
    """kind: work, rest (a weekend), off (a working weekday made free), worked (a weekend worked), unknown."""

    number: int
    kind: str
    word: str


def weeks(year: int, month: int) -> list[list[date | None]]:
    """The days of a month by week, Monday first; None for a day of its neighbours."""
    return [
        [each if each.month == month else None for each in week]
        for week in Months(firstweekday=0).monthdatescalendar(year, month)
    ]


def shown_day(day: date, calendar: Calendar) -> Day:
    worked = calendar.is_workday(day)
    weekend = day.weekday() >= 5
    if worked is None:
        return Day(day.day, "rest" if weekend else "unknown", "周末" if weekend else "未公布")
    if worked:
        return Day(day.day, "worked", "调休上班") if weekend else Day(day.day, "work", "工作日")
    return Day(day.day, "rest", "周末") if weekend else Day(day.day, "off", "放假")
