"""`gongkai clock --json`, case by case, counted by hand on the printed calendars of 2019, 2024 and 2026."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run

COUNTER = [{"kind": "submitted", "on": "2024-03-01"}]


def clock(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    events: list[dict[str, Any]],
    *,
    channel: str = "in_person",
    as_of: str = "2024-12-31",
    status: int = 0,
) -> dict[str, Any]:
    case = {
        "number": "QL-1",
        "agency": "qinglan-kjj",
        "applicant": {"kind": "natural_person", "name": None, "id_number": None, "contact": None},
        "subject": "科技创新券兑付名单",
        "channel": channel,
        "events": events,
    }
    file = folder / "cases.jsonl"
    file.write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")
    assert run(["clock", str(file), "--as-of", as_of, "--json"]) == status
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(shown) == {
        "number", "received_on", "due_on", "provisional", "not_before", "phase", "steps", "findings",
    }  # fmt: skip
    for step in shown["steps"]:
        assert set(step) == {"on", "effect", "article", "days"}
    return shown


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2022-09-30", "2022-11-02"),  # 10月8日、9日 worked in exchange
        ("2019-05-14", "2019-06-04"),  # fifteen working days, the day before the revision
        ("2019-05-15", "2019-06-13"),  # twenty, the day of it; 6月7日 is 端午
        ("2024-03-01", "2024-03-29"),
    ],
)
def test_the_reply_period(received: str, due: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = clock(tmp_path, capsys, [{"kind": "submitted", "on": received}], as_of=received)
    assert (shown["received_on"], shown["due_on"], shown["phase"]) == (received, due, "running")


def test_a_request_on_the_internet_is_received_when_confirmed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = [{"kind": "submitted", "on": "2020-09-22"}, {"kind": "receipt_confirmed", "on": "2020-09-25"}]
    shown = clock(tmp_path, capsys, events, channel="internet", as_of="2020-09-25")
    assert (shown["received_on"], shown["due_on"]) == ("2020-09-25", "2020-10-29")
    assert [(each["on"], each["effect"]) for each in shown["steps"]] == [("2020-09-25", "receipt")]


def test_an_unconfirmed_request_is_never_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = clock(tmp_path, capsys, COUNTER, channel="internet", as_of="2024-03-06")
    assert (shown["received_on"], shown["due_on"], shown["phase"]) == (None, None, "awaiting_receipt")
    assert [(each["code"], each["severity"]) for each in shown["findings"]] == [("clock.unconfirmed", "warning")]


def test_two_working_days_are_not_yet_too_long(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = clock(tmp_path, capsys, COUNTER, channel="internet", as_of="2024-03-05")
    assert shown["findings"] == []


def test_a_third_partys_days_do_not_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = [
        *COUNTER,
        {"kind": "third_party_consulted", "on": "2024-03-11", "party": "甲公司"},
        {"kind": "third_party_replied", "on": "2024-03-20", "party": "甲公司", "consents": False},
    ]
    shown = clock(tmp_path, capsys, events, as_of="2024-03-21")
    assert (shown["due_on"], shown["phase"]) == ("2024-04-10", "running")


def test_a_silent_third_party_pauses_for_fifteen_working_days_after_the_letter_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = [
        *COUNTER,
        {"kind": "third_party_consulted", "on": "2024-03-11", "party": "甲公司", "received_on": "2024-03-13"},
        {"kind": "third_party_lapsed", "on": "2024-04-15", "party": "甲公司"},
    ]
    assert clock(tmp_path, capsys, events, as_of="2024-04-15")["due_on"] == "2024-04-24"


def test_a_correction_within_seven_days_starts_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = [*COUNTER, {"kind": "correction_requested", "on": "2024-03-12", "deadline_on": "2024-03-29"}]
    waiting = clock(tmp_path, capsys, events, as_of="2024-03-13")
    assert (waiting["due_on"], waiting["phase"]) == (None, "awaiting_correction")
    shown = clock(tmp_path, capsys, [*events, {"kind": "correction_received", "on": "2024-03-20"}], as_of="2024-03-20")
    assert (shown["due_on"], shown["findings"]) == ("2024-04-18", [])


def test_a_correction_on_the_eighth_day_is_unlawful_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = [*COUNTER, {"kind": "correction_requested", "on": "2024-03-13", "deadline_on": "2024-03-29"}]
    shown = clock(tmp_path, capsys, events, as_of="2024-03-14", status=1)
    assert (shown["due_on"], shown["phase"]) == ("2024-03-29", "running")
    finding = shown["findings"][0]
    assert (finding["code"], finding["severity"]) == ("clock.correction", "error")
    assert finding["where"] == {"case": "QL-1", "event": 1}
    assert "30" in finding["cite"]
    assert finding["message"]


def test_reply_on_the_due_day_is_in_time_and_the_day_after_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    intime = clock(tmp_path, capsys, [*COUNTER, {"kind": "replied", "on": "2024-03-29", "outcome": "granted"}])
    assert (intime["phase"], intime["due_on"], intime["findings"]) == ("closed", "2024-03-29", [])
    late = clock(tmp_path, capsys, [*COUNTER, {"kind": "replied", "on": "2024-04-01", "outcome": "granted"}], status=1)
    assert (late["phase"], late["due_on"]) == ("closed_late", "2024-03-29")
    assert [each["code"] for each in late["findings"]] == ["clock.late"]


def test_an_extension_after_the_due_day_moves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extension = {"kind": "extended", "on": "2024-04-01", "workdays": 20, "approved_by": "分管领导"}
    shown = clock(tmp_path, capsys, [*COUNTER, extension], as_of="2024-04-02", status=1)
    assert (shown["due_on"], shown["phase"]) == ("2024-03-29", "overdue")
    assert [each["code"] for each in shown["findings"]] == ["clock.extension"]


def test_an_unpublished_year_gives_an_estimate_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = clock(tmp_path, capsys, [{"kind": "submitted", "on": "2026-12-15"}], as_of="2026-12-16")
    assert (shown["due_on"], shown["provisional"], shown["not_before"]) == (None, True, "2027-01-12")
    assert shown["phase"] == "running"


def test_an_unpaid_fee_closes_from_the_31st_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notified = [*COUNTER, {"kind": "fee_notified", "on": "2024-03-11", "amount": "380", "basis": "pages"}]
    waiting = clock(tmp_path, capsys, notified, as_of="2024-04-30")
    assert (waiting["phase"], waiting["due_on"]) == ("awaiting_payment", None)
    closed = clock(tmp_path, capsys, [*notified, {"kind": "fee_lapsed", "on": "2024-04-11"}])
    assert (closed["phase"], closed["due_on"]) == ("closed", None)


@pytest.mark.parametrize(
    "events",
    [
        [*COUNTER, {"kind": "fee_notified", "on": "2024-03-11", "amount": "380", "basis": "pages"},
         {"kind": "fee_lapsed", "on": "2024-04-10"}],  # the thirtieth day: not yet
        [*COUNTER, {"kind": "third_party_replied", "on": "2024-03-05", "party": "甲", "consents": True}],
        [*COUNTER, {"kind": "replied", "on": "2024-02-28", "outcome": "granted"}],
        [*COUNTER, {"kind": "replied", "on": "2024-03-05", "outcome": "nonsense"}],
        [*COUNTER, {"kind": "replied", "on": "2024-03-05", "outcome": "granted"},
         {"kind": "extended", "on": "2024-03-06", "workdays": 5, "approved_by": "甲"}],
        [*COUNTER, {"kind": "extended", "on": "2024-03-06", "workdays": 21, "approved_by": "甲"}],
        [*COUNTER, {"kind": "extended", "on": "2024-03-06", "workdays": 5, "approved_by": "甲", "reason": "…"}],
        [*COUNTER, {"kind": "danced", "on": "2024-03-06"}],
        [*COUNTER, {"kind": "correction_requested", "on": "2024-03-12", "deadline_on": "2024-03-29"},
         {"kind": "correction_lapsed", "on": "2024-03-29"}],
    ],
    ids=["fee too early", "not consulted", "before the one before", "outcome", "after closing", "beyond the bound",
         "unknown field", "unknown kind", "on the deadline itself"],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(
    events: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"number": "QL-0", "agency": "qinglan-kjj", "applicant": {"kind": "business"}, "subject": "…",
            "channel": "in_person", "events": COUNTER}  # fmt: skip
    file = tmp_path / "cases.jsonl"
    lines = [json.dumps(each, ensure_ascii=False) for each in (good, {**good, "number": "QL-1", "events": events})]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run(["clock", str(file), "--as-of", "2024-12-31", "--json"]) == 2
    told = capsys.readouterr()
    assert "cases.jsonl" in told.err
    assert "第2行" in told.err.replace(" ", "")
    assert "Traceback" not in told.err
