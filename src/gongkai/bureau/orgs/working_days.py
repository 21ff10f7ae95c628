"""The calendar value handed to the statute: the State Council's arrangement, overlaid by local notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from chinese_calendar import constants

from gongkai.statute.calendars import Calendar, Notice


@lru_cache(maxsize=1)
def state_council() -> Calendar:
    """Days off and days worked in exchange as published each year; no database is needed.

    Source: the arrangement that 国务院办公厅 publishes for each year, as collected by `chinesecalendar`.
    """
    years = sorted({day.year for day in constants.holidays})
    off: set[date] = set()
    worked: set[date] = set()
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            if chinese_calendar.is_workday(day) != (day.weekday() < 5):
                (worked if day.weekday() >= 5 else off).add(day)
            day += timedelta(days=1)
    words = {each.value: each.chinese for each in constants.Holiday}
    named = {**constants.holidays, **constants.workdays}
    return Calendar(
        off_days=frozenset(off),
        worked_days=frozenset(worked),
        published_years=frozenset(years),
        names={day: words.get(name, name) for day, name in named.items()},
    )


def in_force(body_code: str | None = None) -> Calendar:
    """The calendar of a body: the State Council's, then the notices for all, then its superiors' and its own."""
    from gongkai.bureau.orgs.queries import notices_for

    rows = notices_for(body_code)
    if not rows:
        return state_council()
    return state_council().overlaid(
        tuple(Notice(each.day, each.worked, each.instrument, each.completes_year) for each in rows)
    )


def in_force_for(codes: Iterable[str]) -> dict[str, Calendar]:
    """The calendars of several bodies in two queries; bodies with the same notices share one."""
    from gongkai.bureau.orgs.queries import notices_for_each

    made: dict[tuple[Notice, ...], Calendar] = {(): state_council()}
    calendars: dict[str, Calendar] = {}
    for code, rows in notices_for_each(codes).items():
        notices = tuple(Notice(each.day, each.worked, each.instrument, each.completes_year) for each in rows)
        if notices not in made:
            made[notices] = state_council().overlaid(notices)
        calendars[code] = made[notices]
    return calendars
