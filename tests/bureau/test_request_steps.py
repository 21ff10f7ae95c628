"""Every act of a request × every role × every state × own or other body: allowed, or refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau.casework import letters, searching, services
from gongkai.bureau.casework.models import Letter, Request, RequestEvent
from gongkai.bureau.orgs.models import Assignment as Role
from gongkai.bureau.orgs.models import Body, Person
from gongkai.statute.cases.steps import STEPS
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database

STAFF = {"disclosure_officer", "handler"}
HEADS = {"section_head", "leader"} | STAFF
"""The officer and the handler register what a head approved on paper."""
OPEN, WAITING, CLOSED = "open", "awaiting_receipt", "closed"
NEVER: set[str] = set()
# act: (who may register it, in which states it can be lawful)
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "submitted": (STAFF, NEVER),
    "signed_for": (STAFF, {WAITING}),
    "receipt_confirmed": (STAFF, {WAITING}),
    "correction_requested": (STAFF, {OPEN}),
    "correction_received": (STAFF, {OPEN}),
    "correction_lapsed": (STAFF, {OPEN}),
    "third_party_consulted": (STAFF, {OPEN}),
    "third_party_replied": (STAFF, {OPEN}),
    "third_party_lapsed": (STAFF, {OPEN}),
    "joint_agency_consulted": (STAFF, {OPEN}),
    "joint_agency_replied": (STAFF, {OPEN}),
    "joint_agency_lapsed": (STAFF, {OPEN}),
    "other_agency_consulted": (STAFF, {OPEN}),
    "other_agency_replied": (STAFF, {OPEN}),
    "extended": (HEADS, {OPEN}),
    "reasons_requested": (STAFF, {OPEN}),
    "reasons_received": (STAFF, {OPEN}),
    "delayed": (HEADS, {OPEN}),
    "fee_notified": (STAFF, {OPEN}),
    "fee_paid": (STAFF, {OPEN}),
    "fee_lapsed": (STAFF, {OPEN}),
    "replied": (STAFF, {OPEN}),
    "withdrawn": (STAFF, {OPEN, WAITING}),
    "reclassified": (STAFF, {CLOSED}),
    "reopened": (HEADS, {CLOSED}),
    "archived": (STAFF, {CLOSED}),
}
ROLES = (
    "disclosure_officer", "handler", "section_head", "secrecy_reviewer", "legal_adviser", "leader", "county_office",
    "system_admin", "security_admin", "auditor", "",
)  # fmt: skip
FIRST = {"kind": "submitted", "on": "2024-03-04"}
# what must have happened before, so that nothing but the state stands in the way
BEFORE: dict[str, list[dict[str, object]]] = {
    "correction_received": [{"kind": "correction_requested", "on": "2024-03-06", "deadline_on": "2024-03-29"}],
    "correction_lapsed": [{"kind": "correction_requested", "on": "2024-03-06", "deadline_on": "2024-03-08"}],
    "third_party_replied": [{"kind": "third_party_consulted", "on": "2024-03-06", "party": "甲公司"}],
    "third_party_lapsed": [{"kind": "third_party_consulted", "on": "2024-03-06", "party": "甲公司"}],
    "joint_agency_replied": [{"kind": "joint_agency_consulted", "on": "2024-03-06", "agency": "乙局"}],
    "joint_agency_lapsed": [{"kind": "joint_agency_consulted", "on": "2024-03-06", "agency": "乙局"}],
    "other_agency_replied": [{"kind": "other_agency_consulted", "on": "2024-03-06", "agency": "乙局"}],
    "delayed": [{"kind": "reasons_requested", "on": "2024-03-06", "deadline_on": "2024-03-20"},
                {"kind": "reasons_received", "on": "2024-03-08"}],
    "reasons_received": [{"kind": "reasons_requested", "on": "2024-03-06", "deadline_on": "2024-03-29"}],
    "fee_paid": [{"kind": "fee_notified", "on": "2024-03-06", "amount": "110.00", "basis": "items"}],
    "fee_lapsed": [{"kind": "fee_notified", "on": "2024-03-06", "amount": "110.00", "basis": "items"}],
}  # fmt: skip
FIELDS: dict[str, dict[str, object]] = {
    "correction_requested": {"on": "2024-03-07", "deadline_on": "2024-03-29"},
    "third_party_consulted": {"party": "甲公司"}, "third_party_replied": {"party": "甲公司", "consents": True},
    "third_party_lapsed": {"party": "甲公司"}, "joint_agency_consulted": {"agency": "乙局"},
    "joint_agency_replied": {"agency": "乙局", "consents": True}, "joint_agency_lapsed": {"agency": "乙局"},
    "other_agency_consulted": {"agency": "乙局"}, "other_agency_replied": {"agency": "乙局", "consents": False},
    "extended": {"on": "2024-03-20", "workdays": 10}, "reasons_requested": {"deadline_on": "2024-04-20"},
    "delayed": {"on": "2024-03-20", "due_on": "2024-05-20"},
    "fee_notified": {"on": "2024-03-20", "amount": "110.00", "basis": "items"},
    "replied": {"outcome": "granted"}, "reclassified": {"outcome": "partial", "because": "归错了类"},
    "reopened": {"because": "reconsideration", "due_on": "2024-05-20"},
}  # fmt: skip
CHANNEL = {"signed_for": "registered_mail"}


def _request(officer: Person, act: str, state: str, channel: str) -> int:
    events = [FIRST]
    if state != WAITING:
        if channel != "in_person":
            confirmed = "signed_for" if channel == "registered_mail" else "receipt_confirmed"
            events.append({"kind": confirmed, "on": "2024-03-04"})
        events += BEFORE.get(act, [])
    if state == CLOSED:
        events.append({"kind": "withdrawn", "on": "2024-03-11"})
    return services.register(
        officer, body=str(Body.objects.get(code="qinglan-kjj").code), number=f"T-{act}-{state}",
        applicant_kind="natural_person", names=(None, None, None), subject="某项资金的分配结果", channel=channel,
        events=events, evidence="申请书",
    )  # fmt: skip


def _event(act: str) -> dict[str, object]:
    return {"kind": act, "on": "2024-04-15", **FIELDS.get(act, {})}


def _people(cast: Cast) -> dict[tuple[str, str], Person]:
    """One person for each role, in the body of the request and in the other; and one without any role."""
    own, other = Body.objects.get(code="qinglan-kjj"), Body.objects.get(code="qinglan-mzj")
    people: dict[tuple[str, str], Person] = {}
    for where, body in (("own", own), ("other", other)):
        for role in ROLES:
            person = Person.objects.create(username=f"{role or 'none'}-{where}", name=f"{role}{where}")
            if role:
                Role.objects.create(person=person, body=body, role=role, since=date(2024, 1, 2))
            people[role, where] = person
    return people


def _try(person: Person, request: int, act: str) -> str:
    try:
        with transaction.atomic():
            services.append(person, request, _event(act), evidence="签报第7号", approved_by="程望舒")
            transaction.set_rollback(True)
    except PermissionDenied as refused:
        assert str(refused)
        return "forbidden"
    except InputRefused as refused:
        assert refused.faults
        return "unlawful"
    return "allowed"


def test_the_literal_table_names_every_act() -> None:
    assert set(TABLE) == set(STEPS)


@pytest.mark.parametrize("act", TABLE)
def test_each_act_for_each_role_in_each_state_of_each_body(act: str, cast: Cast) -> None:
    roles, states = TABLE[act]
    people = _people(cast)
    channel = CHANNEL.get(act, "internet")
    wrong: list[str] = []
    for state in (WAITING, OPEN, CLOSED):
        request = _request(cast.officer, act, state, channel)
        for (role, where), person in people.items():
            expected = "forbidden"
            if role in roles and where == "own":
                expected = "allowed" if state in states else "unlawful"
            found = _try(person, request, act)
            if found != expected:
                wrong.append(f"{act} by {role or 'nobody'} of {where} body while {state}: {found}, not {expected}")
        events = RequestEvent.objects.filter(request=request).count()
        assert events == Request.objects.get(pk=request).length
    assert wrong == []


def _open(cast: Cast, extra: Sequence[dict[str, object]] = ()) -> int:
    return services.register(
        cast.officer, body="qinglan-kjj", number="T-1", applicant_kind="natural_person", names=(None, None, None),
        subject="某项资金的分配结果", channel="in_person", events=[FIRST, *extra], evidence="申请书",
    )  # fmt: skip


@pytest.mark.parametrize("approver", ["", "officer"])
def test_an_officer_extends_only_with_the_approval_of_somebody_else(approver: str, cast: Cast) -> None:
    request = _open(cast)
    event = {"kind": "extended", "on": "2024-03-20", "workdays": 10, **({"approved_by": approver} if approver else {})}
    with pytest.raises(InputRefused, match="批准人"):
        services.append(cast.officer, request, event, evidence="签报第7号")
    assert Request.objects.get(pk=request).length == 1


def test_the_record_says_who_approved(cast: Cast) -> None:
    request = _open(cast)
    services.append(cast.head, request, {"kind": "extended", "on": "2024-03-20", "workdays": 10}, evidence="签报第7号")
    assert '"approved_by":"head"' in RequestEvent.objects.get(request=request, position=1).fields
    services.append(cast.officer, request, {"kind": "withdrawn", "on": "2024-03-21"}, evidence="撤回申请")
    again = {"kind": "reopened", "on": "2024-03-25", "because": "own_motion", "due_on": "2024-04-25"}
    services.append(cast.officer, request, again, evidence="签报第8号", approved_by="程望舒")
    assert RequestEvent.objects.get(request=request, position=3).evidence == "程望舒批准，见签报第8号"


def test_the_reason_is_told(cast: Cast) -> None:
    request = _open(cast)
    event = {"kind": "extended", "on": "2024-03-20", "workdays": 10}
    with pytest.raises(PermissionDenied, match="由科室负责人、分管领导批准，由其本人或者公开专员、承办人凭批件登记"):
        services.append(cast.adviser, request, event, evidence="签报")
    with pytest.raises(PermissionDenied, match="您的角色不及于青澜县科学技术局"):
        services.append(cast.elsewhere, request, event, evidence="签报")
    replied = {"kind": "replied", "on": "2024-03-20", "outcome": "granted"}
    with pytest.raises(PermissionDenied, match="登记申请和办理情况由公开专员、承办人办理，您没有这个角色"):
        services.append(cast.leader, request, replied, evidence="答复书")


def test_a_reply_on_paper_was_signed_by_somebody_else_and_what_is_not_held_was_searched_for(cast: Cast) -> None:
    request = _open(cast)
    not_held = {"kind": "replied", "on": "2024-03-20", "outcome": "unavailable.not_held"}
    for approver in ("", "officer"):
        with pytest.raises(InputRefused, match="批准人"):
            services.append(cast.officer, request, not_held, evidence="答复书", approved_by=approver)
    with pytest.raises(InputRefused, match="没有检索记录"):
        services.append(cast.officer, request, not_held, evidence="答复书", approved_by="程望舒")
    assert Request.objects.get(pk=request).length == 1
    searching.record(
        cast.officer, request, places="档案室、业务系统", terms="专项资金", period="2020年至2024年", searchers="陆一鸣",
        archive_asked=True, result="没有查到", on=date(2024, 3, 19),
    )  # fmt: skip
    services.append(cast.officer, request, not_held, evidence="答复书第3号", approved_by="程望舒")
    assert RequestEvent.objects.get(request=request, position=1).evidence == "程望舒批准，见答复书第3号"


def test_what_another_body_holds_needs_no_search(cast: Cast) -> None:
    not_ours = {"kind": "replied", "on": "2024-03-20", "outcome": "unavailable.not_held"}
    told = {**not_ours, "responsible_agency": "青澜县民政局"}
    services.append(cast.officer, _open(cast), told, evidence="答复书", approved_by="程望舒")


def test_no_reply_is_registered_by_hand_while_its_letter_is_on_its_way(cast: Cast) -> None:
    request, granted = _open(cast), {"kind": "replied", "on": "2024-03-20", "outcome": "granted"}
    made = letters.draft(cast.handler, request, "refused")
    Letter.objects.filter(pk=made).update(state="in_legal")
    with pytest.raises(InputRefused, match="待合法性审查"):
        services.append(cast.officer, request, granted, evidence="答复书", approved_by="程望舒")
    Letter.objects.filter(pk=made).update(state="void")
    services.append(cast.officer, request, granted, evidence="答复书", approved_by="程望舒")
