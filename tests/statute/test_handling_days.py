"""Handling days of a reply: the clock's own days, and only those (条例第30、33条)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases import Case, parse
from gongkai.statute.clock import PLAIN, handling_days

WEEKDAYS = Calendar(frozenset(), frozenset(), frozenset({2024}))
"""A year without holidays: 1 March 2024 is a Friday."""


def days(*events: tuple[str, str, dict[str, object]]) -> int | None:
    told = [{"kind": kind, "on": f"2024-{on}", **more} for kind, on, more in (("submitted", "03-01", {}), *events)]
    case: Case = parse(
        {"number": "K-1", "agency": "qinglan-kjj", "applicant": {"kind": "natural_person"}, "subject": "名单",
         "channel": "in_person", "events": told}
    )  # fmt: skip
    return handling_days(case, WEEKDAYS)


REPLIED: tuple[str, str, dict[str, object]] = ("replied", "03-22", {"outcome": "granted"})
A, B = {"party": "甲公司"}, {"party": "乙公司"}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # 4–8, 11–15, 18–22 March
        ([REPLIED], 15),
        ([("replied", "03-01", {"outcome": "granted"})], 0),
        # without 6–8 and 11 March
        ([("third_party_consulted", "03-05", A), ("third_party_replied", "03-11", {**A, "consents": True}), REPLIED],
         11),
        # two that overlap, 6–14 March: each day once
        ([("third_party_consulted", "03-05", A), ("third_party_consulted", "03-07", B),
          ("third_party_replied", "03-11", {**A, "consents": True}),
          ("third_party_replied", "03-14", {**B, "consents": True}), REPLIED], 8),
        # never answered: 6–22 March left out
        ([("third_party_consulted", "03-05", A), REPLIED], 2),
        # from the correction on: 15, 18–22 March
        ([("correction_requested", "03-06", {"deadline_on": "2024-03-29"}), ("correction_received", "03-14", {}),
          REPLIED], 6),
        # the first conclusion alone counts
        ([REPLIED, ("reopened", "04-01", {"because": "litigation", "due_on": "2024-04-30"}),
          ("replied", "04-12", {"outcome": "partial"})], 15),
        ([("withdrawn", "03-08", {})], None),
        ([("extended", "03-08", {"workdays": 10})], None),
    ],
)  # fmt: skip
def test_days_that_the_clock_left_out_are_no_handling(
    events: list[tuple[str, str, dict[str, object]]], expected: int | None
) -> None:
    assert days(*events) == expected


def test_a_case_of_plain_events_needs_no_replay() -> None:
    """What is not plain either moves day zero, pauses, stops, or closes without a reply."""
    assert {
        "submitted", "signed_for", "receipt_confirmed", "extended", "reasons_requested", "reasons_received", "delayed",
        "replied", "reclassified", "reopened", "archived",
    } == PLAIN  # fmt: skip
    assert WEEKDAYS.count(date(2024, 3, 1).toordinal(), date(2024, 3, 22).toordinal()) == days(REPLIED)
