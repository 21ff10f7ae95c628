"""Which days were counted and which were left out, and why: made only when somebody asks, never for a due day alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from gongkai.statute.calendars import Calendar, Counted, Notice, disjoint
from gongkai.statute.clock.walk import Walk

SAME_HOLIDAY = 31
"""Days within which days of one name belong to one holiday: exchange days lie up to two weeks on either side of it."""


class Run(NamedTuple):
    """Days that belong together, in order: a holiday, or the days worked in exchange for it. Days are ordinals."""

    name: str
    days: tuple[int, ...]


class Pause(NamedTuple):
    """A consultation of the period: with whom, the first and the last day left out, the working days that it took
    of the count. `ended`: False where the answer has not come; `event`: that began it."""

    who: str
    first: int
    last: int
    workdays: int
    ended: bool
    event: int


class Account(NamedTuple):
    """Every day after day zero to the due day, each in one of the groups; `number` working days were counted.

    `paused`: working days that a pause left out, each once. `estimated`: years without a published calendar.
    """

    zero: int
    due: Counted
    number: int
    weekends: int
    holidays: tuple[Run, ...]
    exchanged: tuple[Run, ...]
    notices: tuple[Notice, ...]
    pauses: tuple[Pause, ...]
    paused: int
    estimated: tuple[int, ...]


def account(walk: Walk, as_of: int) -> Account | None:
    """The account of the period that runs, or ran when the case closed; None where no period is counted.

    as_of: the day on which the walk ended (an ordinal).
    """
    closed = walk.closed_on
    due = walk.due(as_of) if closed is None else walk.due_at_closing
    if due is None or walk.own_due is not None or walk.terms is None:
        return None
    calendar, zero, until = walk.calendar, walk.zero, as_of if closed is None else closed
    spans = walk.spans(until)
    days = range(zero + 1, due.on + 1)
    free = [day for day in days if not calendar.works(day)]
    moved = {day: notice for day in days if (notice := _moved(calendar, day)) is not None}
    weekends = [day for day in free if _at_weekend(day) and _name(calendar, day) == "" and day not in moved]
    worked = [day for day in days if _at_weekend(day) and calendar.works(day) and day not in moved]
    return Account(
        zero,
        due,
        walk.terms.reply + walk.extension,
        len(weekends),
        _runs(calendar, [day for day in free if day not in moved and day not in weekends]),
        _runs(calendar, worked),
        tuple(moved.values()),
        tuple(_pause(walk, since, end, index, due.on) for since, end, index in spans),
        left_out(walk, spans, due.on),
        tuple(sorted({date.fromordinal(day).year for day in days} - calendar.published_years)),
    )


def left_out(walk: Walk, spans: Iterable[tuple[int, int, int]], until: int) -> int:
    """Working days after day zero and until a day (an ordinal) that the pauses left out, each once."""
    within = [(max(since, walk.zero), min(end, until)) for since, end, _ in spans if end > walk.zero and since < until]
    return sum(walk.calendar.count(since, end) for since, end in disjoint(within))


def _at_weekend(day: int) -> bool:
    return date.fromordinal(day).weekday() >= 5


def _name(calendar: Calendar, day: int) -> str:
    return calendar.names.get(date.fromordinal(day), "")


def _moved(calendar: Calendar, day: int) -> Notice | None:
    """The local notice that makes a day otherwise than the State Council's calendar has it."""
    if calendar.base is calendar or calendar.works(day) == calendar.base.works(day):
        return None
    return calendar.notice(date.fromordinal(day))


def _runs(calendar: Calendar, days: Iterable[int]) -> tuple[Run, ...]:
    """The days by holiday, each year's holiday a run of its own: a month without it lies between."""
    runs: list[tuple[str, list[int]]] = []
    for day in days:
        name = _name(calendar, day)
        latest = next((run for of, run in reversed(runs) if of == name and day - run[-1] <= SAME_HOLIDAY), None)
        if latest is None:
            runs.append((name, [day]))
        else:
            latest.append(day)
    return tuple(Run(name, tuple(run)) for name, run in runs)


def _pause(walk: Walk, since: int, end: int, index: int, due: int) -> Pause:
    event = walk.case.events[index]
    who = event.text("party") or event.text("agency")
    took = walk.calendar.count(max(since, walk.zero), min(end, due))
    return Pause(who, since + 1, end, took, all(index != each[4] for each in walk.open), index)
