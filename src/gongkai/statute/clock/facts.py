"""What the annual report counts of a case: the year it came, the year and the result of its first conclusion."""

from __future__ import annotations

from datetime import date

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.clock.walk import Walk
from gongkai.statute.parameters import Parameters
from gongkai.statute.report.tally import CaseFact


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
