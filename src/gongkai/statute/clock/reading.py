"""What the clock says of a case on a day: the object of the exchange contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.clock.terms import terms_on
from gongkai.statute.clock.walk import Walk
from gongkai.statute.parameters import Parameters
from gongkai.statute.primitives import CasePlace, Finding


class ClockStep(NamedTuple):
    """One line of the derivation. `days`: the period on receipt and restart, the days added, the days excluded.
    `event`: the index of the event that the line tells of; not exchanged."""

    on: int
    effect: str
    article: str
    days: int | None
    event: int


class ClockReading(NamedTuple):
    """Days are ordinals. `due_on` is None while nothing runs, and while only `not_before` can be said."""

    number: str
    received_on: int | None
    due_on: int | None
    provisional: bool
    not_before: int | None
    phase: str
    steps: tuple[ClockStep, ...]
    findings: tuple[Finding, ...]

    def as_json(self, message: Callable[[Finding], str] | None = None) -> dict[str, object]:
        """The object of the contract; `message` makes a finding's sentence."""
        return {
            "number": self.number,
            "received_on": iso(self.received_on),
            "due_on": iso(self.due_on),
            "provisional": self.provisional,
            "not_before": iso(self.not_before),
            "phase": self.phase,
            "steps": [
                {"on": iso(on), "effect": effect, "article": article, "days": days}
                for on, effect, article, days, _ in self.steps
            ],
            "findings": [_finding(each, message) for each in self.findings],
        }


def read_clock(
    case: Case, calendar: Calendar, as_of: date | int, *, parameters: Parameters | None = None, place: str = ""
) -> ClockReading:
    """The clock of a case on a day; later events are ignored but must be possible.

    Raises InputRefused, its places beginning with `place`, where the events cannot have happened so.
    """
    today = as_of if isinstance(as_of, int) else as_of.toordinal()
    if case.events and max(map(itemgetter(1), case.events)) > today:
        Walk(case, calendar, parameters, place).through(date.max.toordinal())
    walk = Walk(case, calendar, parameters, place).through(today)
    if walk.received is None and walk.closed_on is None:
        _unconfirmed(walk, today)
    due = walk.due_at_closing if walk.closed_on is not None else walk.due(today)
    provisional = due is not None and due.provisional
    due_on = due.on if due is not None and not provisional else None
    walk.steps.sort(key=itemgetter(0))
    return ClockReading(
        case.number,
        walk.received,
        due_on,
        provisional,
        due.on if due is not None and provisional else None,
        _phase(walk, due_on, today),
        tuple(map(ClockStep._make, walk.steps)),
        tuple(walk.findings),
    )


def _phase(walk: Walk, due_on: int | None, today: int) -> str:
    if walk.closed_on is not None:
        return "closed_late" if walk.late else "closed"
    if walk.received is None:
        return "awaiting_receipt"
    if walk.awaiting_correction is not None and walk.awaiting_correction[1]:
        return "awaiting_correction"
    if walk.awaiting_payment is not None:
        return "awaiting_payment"
    if due_on is not None and today > due_on:
        return "overdue"
    return "paused" if walk.open else "running"


def _unconfirmed(walk: Walk, today: int) -> None:
    """A request on the internet or by fax must be confirmed in a few working days, or it is in no figure."""
    case = walk.case
    if walk.submitted is None or case.channel not in ("internet", "fax"):
        return
    last = walk.calendar.nth(walk.submitted, terms_on(walk.submitted, walk.parameters).confirmation)
    if today > last.on:
        index = next(index for index, event in enumerate(case.events) if event.kind == "submitted")
        facts = {"submitted_on": iso(walk.submitted), "last_day": iso(last.on)}
        place = CasePlace(case.number, index)
        walk.findings.append(Finding("clock.unconfirmed", "warning", place, facts, "条例第31条第3项"))


@lru_cache(maxsize=65536)
def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def iso(day: int | None) -> str | None:
    """An ordinal as an ISO day."""
    return None if day is None else _iso(day)


def _finding(finding: Finding, message: Callable[[Finding], str] | None) -> Mapping[str, object]:
    shown: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where.as_json(),
        "facts": dict(finding.facts),
        "cite": finding.cite,
    }
    return shown if message is None else {**shown, "message": message(finding)}
