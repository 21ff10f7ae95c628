"""The clock in examples (tests/spec/clock.toml), and as a property against counting day by day.

An example may lay local notices over the State Council's calendar, and expect `articles` and `days` (of the steps),
`cites` (of the findings), `codes` and `effects` beside the fields of the contract.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.bureau.orgs.working_days import state_council
from gongkai.statute.calendars import Calendar, Notice
from gongkai.statute.cases import Case, parse, to_json
from gongkai.statute.clock import read_clock, report_facts
from gongkai.statute.clock.wording import derivation
from gongkai.statute.primitives import InputRefused

SPEC = Path(__file__).parents[1] / "spec" / "clock.toml"
EXAMPLES: list[dict[str, Any]] = tomllib.loads(SPEC.read_text(encoding="utf-8"))["example"]
REPLY = 20


def case_of(events: list[dict[str, Any]], channel: str = "in_person") -> Case:
    applicant = {"kind": "natural_person", "name": "张某", "id_number": None}
    return parse(
        {"number": "1", "agency": "ql", "applicant": applicant, "subject": "…", "channel": channel, "events": events}
    )


def calendar_of(notices: list[dict[str, Any]]) -> Calendar:
    if not notices:
        return state_council()
    return state_council().overlaid(
        [Notice(date.fromisoformat(each["day"]), each["worked"], each["instrument"]) for each in notices]
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=[each["name"] for each in EXAMPLES])
def test_example(example: dict[str, Any]) -> None:
    as_of, expected = date.fromisoformat(example["as_of"]), example["expected"]
    if "refused" in expected:
        with pytest.raises(InputRefused, match=expected["refused"]):
            read_clock(case_of(example["events"], example["channel"]), state_council(), as_of)
        return
    case, calendar = case_of(example["events"], example["channel"]), calendar_of(example.get("notices", []))
    reading = read_clock(case, calendar, as_of)
    shown = reading.as_json()
    shown["codes"] = [each.code for each in reading.findings]
    shown["cites"] = [each.cite for each in reading.findings]
    shown["effects"] = [each.effect for each in reading.steps]
    shown["articles"] = [each.article for each in reading.steps]
    shown["days"] = ["-" if each.days is None else each.days for each in reading.steps]
    assert {name: "-" if shown[name] is None else shown[name] for name in expected} == expected
    told = derivation(case, calendar, as_of)
    assert told.lines[-1].startswith("所处阶段：")


def test_the_calendar_agrees_with_a_second_source() -> None:
    china, day = holidays.country_holidays("CN", years=range(2020, 2026)), date(2020, 1, 1)
    while day.year < 2026:
        assert state_council().is_workday(day) is china.is_working_day(day), day
        day += timedelta(days=1)


def count_by_day(zero: date, number: int, pauses: list[tuple[date, date]]) -> date:
    day = zero
    while number:
        day += timedelta(days=1)
        if chinese_calendar.is_workday(day) and not any(start < day <= end for start, end in pauses):
            number -= 1
    return day


@settings(max_examples=300, deadline=None)
@given(
    received=st.dates(date(2019, 5, 15), date(2025, 3, 1)),
    spans=st.lists(st.tuples(st.integers(0, 15), st.integers(0, 12)), max_size=4),
    extension=st.integers(0, 20),
)
def test_the_due_day_is_that_of_counting_day_by_day(
    received: date, spans: list[tuple[int, int]], extension: int
) -> None:
    happened: list[dict[str, Any]] = []
    pauses = []
    for index, (start, length) in enumerate(spans):
        since = received + timedelta(days=start)
        until = since + timedelta(days=length)
        pauses.append((since, until))
        party = f"第{index}方"
        happened.append({"kind": "third_party_consulted", "on": f"{since}", "party": party})
        happened.append({"kind": "third_party_replied", "on": f"{until}", "party": party, "consents": True})
    if extension:
        happened.append({"kind": "extended", "on": f"{received}", "workdays": extension, "approved_by": "主任"})
    happened.sort(key=lambda event: (event["on"], event["kind"] != "extended"))
    happened.insert(0, {"kind": "submitted", "on": f"{received}"})
    reading = read_clock(case_of(happened), state_council(), received + timedelta(days=60))
    due = count_by_day(received, REPLY + extension, pauses)
    assert reading.due_on is not None
    assert date.fromordinal(reading.due_on) == due


SUBMITTED = {"kind": "submitted", "on": "2023-12-20"}
REPLIED = {"kind": "replied", "on": "2024-01-10", "outcome": "granted"}
REOPENED = {"kind": "reopened", "on": "2025-02-10", "because": "litigation", "due_on": "2025-03-10"}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([SUBMITTED], (2023, None, None)),
        ([SUBMITTED, REPLIED], (2023, 2024, "granted")),
        ([SUBMITTED, REPLIED, {"kind": "reclassified", "on": "2025-01-05", "outcome": "partial", "because": "更正"}],
         (2023, 2024, "partial")),
        ([SUBMITTED, REPLIED, REOPENED], (2023, 2024, "granted")),
        ([SUBMITTED, REPLIED, REOPENED, {**REPLIED, "on": "2025-03-01", "outcome": "partial"}],
         (2023, 2024, "granted")),
        ([SUBMITTED, {"kind": "withdrawn", "on": "2023-12-29"}], (2023, 2023, "other.other")),
        ([SUBMITTED, {"kind": "correction_requested", "on": "2023-12-21", "deadline_on": "2024-01-05"},
          {"kind": "correction_lapsed", "on": "2024-01-08"}], (2023, 2024, "other.lapsed_correction")),
        ([SUBMITTED, {"kind": "fee_notified", "on": "2023-12-21", "amount": "380", "basis": "pages"},
          {"kind": "fee_lapsed", "on": "2024-01-21"}], (2023, 2024, "other.unpaid_fee")),
    ],
)  # fmt: skip
def test_what_the_report_counts(events: list[dict[str, Any]], expected: tuple[int, int | None, str | None]) -> None:
    fact = report_facts(case_of(events), state_council(), date(2025, 12, 31))
    assert fact is not None
    assert fact.applicant_kind == "natural_person"
    assert (fact.received_year, fact.closed_year, fact.outcome) == expected


def test_a_request_never_received_is_in_no_figure() -> None:
    assert report_facts(case_of([SUBMITTED], "internet"), state_council(), date(2025, 12, 31)) is None


def test_an_export_hides_who_asked_unless_told() -> None:
    case = case_of([SUBMITTED, REPLIED])
    assert to_json(case)["applicant"] == {"kind": "natural_person", "name": None, "id_number": None, "contact": None}
    assert parse(to_json(case, with_identities=True)) == case
