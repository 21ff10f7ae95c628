"""What the annual report counts of a case: the year it came, the year and the result of its first conclusion."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.clock.walk import Walk
from gongkai.statute.parameters import Parameters
from gongkai.statute.primitives import Finding
from gongkai.statute.report.tally import CaseFact


class CaseState(NamedTuple):
    """What the ledger keeps of a case beside its events, so that a year can be counted without replaying them.

    `closed_on` and `outcome` are those of the first conclusion, the outcome as last reclassified on `reclassified_on`.
    `findings`: what was unlawful, as the clock tells it on the day of the last event. `closed`: nothing is awaited now;
    a case handled anew has a first conclusion and is not closed.
    """

    submitted_on: date | None
    received_on: date | None
    closed_on: date | None
    outcome: str
    reclassified_on: date | None
    findings: tuple[Finding, ...]
    closed: bool


def case_state(case: Case, calendar: Calendar, *, parameters: Parameters | None = None, place: str = "") -> CaseState:
    """The state after all events. Raises InputRefused, its faults beginning with `place`, where they are impossible."""
    walk = Walk(case, calendar, parameters, place).through(date.max.toordinal())
    reclassified: int | None = None
    for event in case.events:
        if event.kind == "reopened":
            break
        if event.kind == "reclassified":
            reclassified = event.on
    closed_on, outcome = walk.conclusion or (None, "")
    return CaseState(
        _day(walk.submitted), _day(walk.received), _day(closed_on), outcome, _day(reclassified), tuple(walk.findings),
        walk.closed_on is not None,
    )  # fmt: skip


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def report_facts(
    case: Case, calendar: Calendar, as_of: date, *, parameters: Parameters | None = None
) -> CaseFact | None:
    """The fact of a case as known on a day; None where it was never received, for it is in no figure.

    A reclassification replaces the outcome and keeps the year; a reopening and a second conclusion change nothing.
    Rows are those of the 2021 form; `statute.report.tally` takes `other.*` as `other` in the 2019 form.
    """
    walk = Walk(case, calendar, parameters, "").through(as_of.toordinal())
    if walk.received is None:
        return None
    received = date.fromordinal(walk.received).year
    if walk.conclusion is None:
        return CaseFact(case.applicant_kind, received, None, None)
    closed_on, outcome = walk.conclusion
    return CaseFact(case.applicant_kind, received, date.fromordinal(closed_on).year, outcome)
