"""The deadlines of reconsiderations and lawsuits as they stand today: a page of them in two queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.bureau import clock
from gongkai.bureau.casework.queries.aftermath import cited
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs.working_days import in_force, in_force_for
from gongkai.bureau.remedies.queries import RemedyRow
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.ledgers.remedy_deadlines import (
    Deadline,
    Standing,
    after_decision,
    closing,
    defence,
    filings,
    standing,
)
from gongkai.statute.letters.authorities import reply_orders

SERVED, ANSWERED = "remedy.served", "remedy.answered"
"""Kinds of journal entries in a remedy's stream."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What was registered of a remedy beyond the exchanged fields."""

    served_on: date | None = None
    simple: bool = False
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """A deadline with how it stands; `left` days, negative once past. `assumed`: counted from the day of acceptance,
    because the day on which the paper arrived was not registered."""

    deadline: Deadline
    standing: Standing
    left: int
    done_on: date | None
    assumed: bool = False


def noted(remedies: Iterable[int]) -> dict[int, Noted]:
    """The last registered days of each."""
    streams = {f"remedy:{each}": each for each in remedies}
    found: dict[int, Noted] = {}
    entries = Entry.objects.filter(stream__in=list(streams), kind__in=[SERVED, ANSWERED]).order_by("stream", "sequence")
    for stream, kind, text in entries.values_list("stream", "kind", "facts"):
        told, before = json.loads(text), found.get(streams[stream], Noted())
        day = date.fromisoformat(told["on"])
        found[streams[stream]] = (
            Noted(day, bool(told["simple"]), before.answered_on)
            if kind == SERVED
            else Noted(before.served_on, before.simple, day)
        )
    return found


def standings(rows: Iterable[RemedyRow]) -> dict[int, tuple[Stands, ...]]:
    """Each row's deadlines, the body's own first; the caller has authorised the rows."""
    listed = list(rows)
    told = noted(each.id for each in listed)
    calendars = in_force_for({each.body for each in listed})
    today = clock.today()
    return {each.id: tuple(_of(each, told.get(each.id, Noted()), calendars, today)) for each in listed}


def _of(row: RemedyRow, told: Noted, calendars: Mapping[str, Calendar], today: date) -> Iterable[Stands]:
    calendar = calendars[row.body]
    served = told.served_on or row.accepted_on
    own = defence(row.kind, served, calendar, simple=told.simple)
    if own is not None and (row.closed_on is None or told.answered_on is not None):
        yield Stands(own, *standing(own, today, done_on=told.answered_on), told.answered_on, told.served_on is None)
    ends = closing(row.kind, row.accepted_on, calendar, simple=told.simple)
    if ends is not None:
        yield Stands(ends, *standing(ends, today, done_on=row.closed_on), row.closed_on)
    if row.kind == "reconsideration" and row.closed_on is not None:
        court = after_decision(row.closed_on, calendar)
        if court is not None and court.on >= today:
            yield Stands(court, *standing(court, today), None)


def open_to_applicant(request: int, case: Case) -> tuple[Stands, ...]:
    """Until when the applicant may complain of the last reply (行政复议法第20条、第23条; 行政诉讼法第46条).

    Which way comes first follows from the articles that the reply cites and its day; the caller has authorised it.
    """
    replied = [event for event in case.events if event.kind == "replied"]
    if not replied:
        return ()
    last = replied[-1]
    told = last.day("delivered_on")
    calendar, day = in_force(case.agency), date.fromordinal(told or last.on)
    outcome = last.text("outcome")
    orders = reply_orders(
        cited(request), on=date.fromordinal(last.on), partial=outcome == "partial", discloses=outcome == "granted"
    )
    first = all(each.order == "reconsideration_first" for each in orders)
    today = clock.today()
    return tuple(
        Stands(each, *standing(each, today), None, told is None)
        for each in filings(day, calendar, reconsideration_first=first)
    )
