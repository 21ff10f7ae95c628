"""How soon after it was formed or changed something must be public (条例第26条), and whether it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.statute.calendars import Calendar
from gongkai.statute.parameters import Parameters, statutory

QUICKER = frozenset({"licences", "penalties"})
"""Columns of licences and penalties, whose results have a shorter period (国办发〔2018〕118号)."""


@dataclass(frozen=True, slots=True)
class Publication:
    """`due`: the last day; `days` working days from the day after it was formed; `late` working days beyond, 0 if none.

    `provisional`: the arrangement of a year that it runs through is not yet published.
    """

    due: date
    days: int
    cite: str
    verified: bool
    late: int
    provisional: bool


def publication(
    formed_on: date, published_on: date, column: str, calendar: Calendar, parameters: Parameters | None = None
) -> Publication | None:
    """None before the regulation of 2008, which had no period. `column`: the code of the column it stands in."""
    values = parameters or statutory()
    names = ("licence_penalty_publication_days", "publication_days") if column in QUICKER else ("publication_days",)
    name = next((each for each in names if values.histories[each][0].since <= formed_on), None)
    if name is None:
        return None
    value = values.value(name, formed_on)
    last = calendar.nth(formed_on.toordinal(), value.number)
    late = calendar.count(last.on, published_on.toordinal()) if published_on.toordinal() > last.on else 0
    cite = value.article.replace("第", "条例第", 1) if value.article else value.instrument
    return Publication(date.fromordinal(last.on), value.number, cite, value.verified, late, last.provisional)
