"""Working days as a value: weekends and holidays off, days worked in exchange on, unpublished years known as such."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gongkai.statute.primitives import InputFault, InputRefused

ESTIMATED_YEARS = 12
"""How many years before and after the published ones can be estimated on Mondays to Fridays."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A day that a notice makes free or worked, with the instrument that says so.

    `completes_year`: all days of the day's year are entered as arranged, so that the year is published; of the day
    itself it says nothing.
    """

    day: date
    worked: bool
    instrument: str
    completes_year: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """The day that a count ends on; `provisional` where a day of an unpublished year was counted."""

    on: int
    provisional: bool


class Calendar:
    """Immutable. Days are counted on ordinals (`date.toordinal`) by bisection, so that a count costs the same
    however long it is.

    off_days: Mondays to Fridays that are free; worked_days: Saturdays and Sundays that are worked;
    published_years: the years whose arrangement the State Council has published. Every other year is estimated.
    names: the holiday that a day belongs to, free (weekends within it too) or worked in exchange; for words only.
    base: the calendar beneath the notices, itself where there are none.
    """

    __slots__ = ("_days", "_first", "_last", "base", "names", "notices", "off_days", "published_years", "worked_days")

    def __init__(
        self,
        off_days: frozenset[date],
        worked_days: frozenset[date],
        published_years: frozenset[int],
        notices: tuple[Notice, ...] = (),
        names: Mapping[date, str] = MappingProxyType({}),
    ) -> None:
        self.off_days, self.worked_days, self.published_years = off_days, worked_days, published_years
        self.notices, self.names, self.base = notices, names, self
        known = published_years or frozenset({date.max.year // 5})
        self._first = date(min(known) - ESTIMATED_YEARS, 1, 1).toordinal()
        self._last = date(max(known) + ESTIMATED_YEARS, 12, 31).toordinal()
        off = {day.toordinal() for day in off_days}
        worked = {day.toordinal() for day in worked_days}
        # ordinal 1 is a Monday: the remainder by 7 is 1 to 5 for Monday to Friday
        self._days = [
            day for day in range(self._first, self._last + 1) if day in worked or (1 <= day % 7 <= 5 and day not in off)
        ]

    def overlaid(self, notices: Sequence[Notice]) -> Calendar:
        """This calendar with notices on top; of two for one day the later in the sequence holds."""
        off, worked, years = set(self.off_days), set(self.worked_days), set(self.published_years)
        for notice in notices:
            if notice.completes_year:
                years.add(notice.day.year)
                continue
            off.discard(notice.day)
            worked.discard(notice.day)
            if notice.worked and notice.day.weekday() >= 5:
                worked.add(notice.day)
            elif not notice.worked and notice.day.weekday() < 5:
                off.add(notice.day)
        kept = self.notices + tuple(each for each in notices if not each.completes_year)
        made = Calendar(frozenset(off), frozenset(worked), frozenset(years), kept, self.names)
        made.base = self.base
        return made

    def is_workday(self, day: date) -> bool | None:
        """Whether the day is worked; None where its year is not published and no notice speaks of it."""
        if day.year not in self.published_years and all(each.day != day for each in self.notices):
            return None
        return day in self.worked_days or (day.weekday() < 5 and day not in self.off_days)

    def works(self, day: int) -> bool:
        """Whether a day (an ordinal) is counted as a working day, estimated or not."""
        return self.count(day - 1, day) == 1

    def notice(self, day: date) -> Notice | None:
        """The notice that holds for a day, if one does."""
        return next((each for each in reversed(self.notices) if each.day == day), None)

    def count(self, after: int, until: int) -> int:
        """Working days d with after < d ≤ until."""
        return max(0, bisect_right(self._days, until) - bisect_right(self._days, after))

    def nth(self, zero: int, number: int, pauses: Iterable[tuple[int, int]] = ()) -> Counted:
        """The `number`-th working day after day zero that no pause excludes (条例第33条).

        pauses: disjoint (start, end) in order; each excludes the working days d with start < d ≤ end.
        """
        days = self._days
        self._within(zero)
        index = bisect_right(days, zero) + number - 1
        for start, end in pauses:
            if index >= len(days) or start >= days[index]:
                break
            index += self.count(max(start, zero), end)
        if index >= len(days):
            raise InputRefused(InputFault("期限", "数到了工作日历之外", f"{date.fromordinal(self._last).year}年以内"))
        on = days[index]
        first, last = date.fromordinal(zero + 1).year, date.fromordinal(on).year
        published = self.published_years
        return Counted(on, any(year not in published for year in range(first, last + 1)))

    def _within(self, day: int) -> None:
        if not self._first <= day <= self._last:
            raise InputRefused(
                InputFault(
                    "日期",
                    f"{date.fromordinal(day)}在工作日历之外",
                    f"{date.fromordinal(self._first).year}年至{date.fromordinal(self._last).year}年",
                )
            )


def disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones joined: a day is excluded once."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
