"""Which steps a request offers next, and why the others are not."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import parse
from gongkai.statute.clock import offers, state_of

WEEKDAYS = Calendar(frozenset(), frozenset(), frozenset(range(2019, 2027)))
RECEIVED = [{"kind": "submitted", "on": "2024-03-04"}]
CONSULTED = {"kind": "third_party_consulted", "on": "2024-03-06", "party": "云溪电子公司"}


def _offered(channel: str, *events: dict[str, object]) -> set[str]:
    return {each.step.act for each in offers(_case(channel, *events), WEEKDAYS) if not each.refused}


def _case(channel: str, *events: dict[str, object]):  # type: ignore[no-untyped-def]
    return parse(
        {"number": "1", "agency": "a", "applicant": {"kind": "natural_person"}, "subject": "", "channel": channel,
         "events": list(events)}
    )  # fmt: skip


def test_a_request_on_the_internet_waits_for_its_confirmation() -> None:
    assert _offered("internet", *RECEIVED) == {"receipt_confirmed", "withdrawn"}
    assert state_of(_case("internet", *RECEIVED), WEEKDAYS) == "awaiting_receipt"


def test_a_letter_by_registered_mail_is_signed_for() -> None:
    assert _offered("registered_mail", *RECEIVED) == {"signed_for", "withdrawn"}


def test_an_open_request_offers_no_answer_to_what_was_not_asked() -> None:
    assert _offered("in_person", *RECEIVED) == {
        "correction_requested", "third_party_consulted", "joint_agency_consulted", "other_agency_consulted", "extended",
        "reasons_requested", "reasons_received", "delayed", "fee_notified", "replied", "withdrawn",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("event", "more"),
    [
        (
            {"kind": "correction_requested", "on": "2024-03-05", "deadline_on": "2024-03-20"},
            {"correction_received", "correction_lapsed"},
        ),
        ({"kind": "fee_notified", "on": "2024-03-05", "amount": "380", "basis": "pages"}, {"fee_paid", "fee_lapsed"}),
        (CONSULTED, {"third_party_replied", "third_party_lapsed"}),
        (
            {"kind": "other_agency_consulted", "on": "2024-03-06", "agency": "青澜县财政局"},
            {"other_agency_replied"},
        ),
    ],
)
def test_a_question_offers_its_answer(event: dict[str, object], more: set[str]) -> None:
    assert _offered("in_person", *RECEIVED, event) - _offered("in_person", *RECEIVED) == more


def test_an_answer_names_who_is_still_asked() -> None:
    other = {**CONSULTED, "party": "白鹭科技公司"}
    answer = {"kind": "third_party_replied", "on": "2024-03-08", "party": "云溪电子公司", "consents": True}
    found = offers(_case("in_person", *RECEIVED, CONSULTED, other, answer), WEEKDAYS)
    assert {each.step.act: each.among for each in found if each.among} == {
        "third_party_replied": ("白鹭科技公司",), "third_party_lapsed": ("白鹭科技公司",),
    }  # fmt: skip


def test_a_closed_request_is_reclassified_reopened_or_archived() -> None:
    reply = {"kind": "replied", "on": "2024-03-08", "outcome": "granted"}
    assert _offered("in_person", *RECEIVED, reply) == {"reclassified", "reopened", "archived"}
    refused = {each.step.act: each.refused for each in offers(_case("in_person", *RECEIVED, reply), WEEKDAYS)}
    assert refused["extended"] == "现在是“已办结”，这一步在“办理中”时办"
    assert refused["signed_for"] == "这一渠道以“提交申请”为收到（条例第31条）"


def test_what_was_withdrawn_before_its_receipt_is_not_reopened() -> None:
    withdrawn = {"kind": "withdrawn", "on": "2024-03-05"}
    assert _offered("internet", *RECEIVED, withdrawn) == {"reclassified", "archived"}


def test_a_day_is_not_asked_for() -> None:
    late = {"kind": "replied", "on": date(2024, 12, 1).isoformat(), "outcome": "granted"}
    assert state_of(_case("in_person", *RECEIVED, late), WEEKDAYS) == "closed"
