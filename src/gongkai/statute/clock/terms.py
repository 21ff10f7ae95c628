"""The periods that govern one case: those in force on its receipt day, looked up once a day of receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.statute.clock.articles import articles_of
from gongkai.statute.parameters import Parameters, statutory


@dataclass(frozen=True, slots=True)
class Terms:
    """Working days, but `payment` in calendar days.

    articles: by act and finding code, where the law of that day is cited otherwise than in the table of steps.
    """

    reply: int
    extension: int
    correction: int
    third_party: int
    joint_agency: int
    confirmation: int
    payment: int
    articles: Mapping[str, str]


_FIELDS = {
    "reply": "reply_days",
    "extension": "extension_days",
    "correction": "correction_request_days",
    "third_party": "third_party_days",
    "joint_agency": "joint_agency_days",
    "confirmation": "confirmation_days",
    "payment": "fee_payment_days",
}
_kept: dict[int, Terms] = {}


def terms_on(day: int, parameters: Parameters | None = None) -> Terms:
    """The periods in force on a day (an ordinal). The statutory ones are kept, they never change."""
    if parameters is not None:
        return _look_up(day, parameters)
    terms = _kept.get(day)
    if terms is None:
        terms = _kept[day] = _look_up(day, statutory())
    return terms


def _look_up(day: int, parameters: Parameters) -> Terms:
    on = date.fromordinal(day)
    periods = {field: parameters.value(name, on).number for field, name in _FIELDS.items()}
    return Terms(**periods, articles=articles_of(parameters.value(_FIELDS["reply"], on).instrument))
