"""Delivery: the ledger of how each letter reached whom, and the event that it makes (国办公开办函〔2016〕235号)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import consulting, services
from gongkai.bureau.casework.files import Sent, keep
from gongkai.bureau.casework.models import Delivery, Letter, Request
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.cases.steps import STEPS, WAYS
from gongkai.statute.letters import LetterKind, kind_of
from gongkai.statute.parameters import value
from gongkai.statute.primitives import InputFault, InputRefused

WAY_WORDS: Mapping[str, str] = {"post": "邮寄", "in_person": "当面送达", "agent": "委托送达", "electronic": "电子方式"}
RULES: Mapping[str, str] = {
    "post": "交邮之日为送达日，须经邮政企业",
    "in_person": "签收之日为送达日",
    "agent": "签收之日为送达日",
    "electronic": "系统发出之时为送达时（未核对原文）",
}


def event_of(kind: LetterKind, request: Request) -> str | None:
    """The event that the delivery makes; None where it has happened by itself (a receipt after the confirmation)."""
    if kind.code == "receipt" and request.received_on:
        return None
    if kind.event in ("withdrawn", "correction_lapsed", "fee_lapsed") and request.closed_on:
        return None
    return kind.event


def deliver(
    actor: Person, found: Letter, kind: LetterKind, given: Mapping[str, str], file: Sent | None
) -> dict[str, object]:
    """Enter the delivery and append its event; what the applicant gets is open to them from now on."""
    way, on = given["way"], date.fromisoformat(given["on"])
    arrived = date.fromisoformat(given["arrived_on"]) if given["arrived_on"] else None
    _refuse(found, way, on, arrived, given["tracking"], file)
    _refuse_in_hold(found, kind, on)
    proof = keep(found.request, "proof", file, by=actor) if file else None
    Delivery.objects.create(
        letter=found, way=way, tracking=given["tracking"], on=on, arrived_on=arrived, proof=proof, by=actor,
        at=clock.now(),
    )  # fmt: skip
    act = event_of(kind, found.request)
    if act is not None:
        event = {"kind": act, "on": on.isoformat(), **_fields(act, found, kind, way, arrived)}
        request = services.locked(found.request_id)
        found.event = services.happen(request, event, evidence=f"{kind.title} {found.number}", by=actor, actor=actor)
    _open(found, kind)
    return {"way": way, "on": on.isoformat(), "event": act or ""}


def _refuse(found: Letter, way: str, on: date, arrived: date | None, tracking: str, file: Sent | None) -> None:
    faults = []
    if way not in WAYS:
        faults.append(InputFault("送达方式", "不是所列的一项", "、".join(WAY_WORDS.values())))
    if found.signed_on and on < found.signed_on:
        faults.append(InputFault("送达日", f"早于签发日{found.signed_on}", "签发以后的日子"))
    if arrived and arrived < on:
        faults.append(InputFault("到达日", "早于送达日", "送达日或者以后"))
    if way == "post" and not tracking:
        faults.append(InputFault("邮件号码", "邮寄的没有填写", "邮政企业给据邮件的号码"))
    if way in ("in_person", "agent") and file is None:
        faults.append(InputFault("送达凭证", "当面送达、委托送达的没有凭证", "签收的送达回证"))
    if faults:
        raise InputRefused(*faults)


def _refuse_in_hold(found: Letter, kind: LetterKind, on: date) -> None:
    """What a third party objected to is handed out only after it was told why, and had time to act (条例第32条)."""
    if kind.code not in ("granted", "partial"):
        return
    request = found.request
    refused = [
        each
        for each in services.case_of(request).events
        if each.kind == "third_party_replied" and each.fields.get("consents") is False
    ]
    if not refused or kind.code == "partial":
        return
    told = Delivery.objects.filter(letter__request=request, letter__kind="third_party_decision").order_by("-on").first()
    if told is None:
        wrong = "第三方不同意公开，还没有把决定公开的内容和理由书面告知第三方"
        raise InputRefused(InputFault(kind.title, wrong, "先送达“告知第三方公开的决定”（条例第32条）"))
    days = value("objection_hold_days", request.received_on or on).number
    first = in_force(request.body.code).nth(told.on.toordinal(), days).on if days else told.on.toordinal()
    if on.toordinal() <= first:
        wrong = f"告知第三方（{told.on}）以后暂缓提供{days}个工作日"
        raise InputRefused(InputFault("送达日", wrong, f"{date.fromordinal(first)}以后"))


def _fields(act: str, found: Letter, kind: LetterKind, way: str, arrived: date | None) -> dict[str, object]:
    """The fields of the event, from the elements of the letter; those that the table calls optional may be left out."""
    told = found.elements
    known: dict[str, object] = {
        "deadline_on": told.get("deadline_on"),
        "workdays": int(told["workdays"]) if told.get("workdays", "").isdecimal() else None,
        "approved_by": found.signed_by,
        "due_on": told.get("delayed_to"),
        "amount": told.get("amount"),
        "basis": told.get("fee_basis"),
        "party": told.get("third_party") or told.get("party") or told.get("addressee"),
        "agency": told.get("agency") or told.get("addressee"),
        "received_on": arrived.isoformat() if arrived else None,
        "outcome": outcome_of(kind, told),
        "way": way,
        "responsible_agency": told.get("responsible_agency"),
        "delivered_on": arrived.isoformat() if arrived else None,
    }
    return {name: known[name] for name in STEPS[act].fields if known.get(name)}


_PERIODS = {"third_party_consulted": "third_party_days", "joint_agency_consulted": "joint_agency_days"}


@transaction.atomic
def open_consultation(actor: Person, letter: int) -> str:
    """The private link of a consultation that was delivered, shown once; the one before it no longer opens.

    It stays open through the period that the law gives from the arrival (条例第32、34条); another body has no term.
    """
    found = Letter.objects.select_related("request__body").get(pk=letter)
    body = found.request.body
    require(actor, Act.WRITE_LETTERS, body)
    kind = kind_of(found.kind)
    act = kind.event or ""
    delivered = found.deliveries.order_by("-id").first()
    if not act.endswith("_consulted") or delivered is None:
        raise InputRefused(InputFault("征求意见链接", "不是已经送达的征求意见书", "送达以后生成"))
    until = None
    if act in _PERIODS:
        day = (delivered.arrived_on or delivered.on).toordinal()
        days = value(_PERIODS[act], found.request.received_on or delivered.on).number
        until = date.fromordinal(in_force(body.code).nth(day, days).on)
    family = act.removesuffix("_consulted")
    party = found.elements.get("addressee", "")
    return consulting.open_link(found.request_id, found.pk, family, party, until, actor=actor)


def outcome_of(kind: LetterKind, elements: Mapping[str, str]) -> str:
    """The row of table three that a reply carries: its kind's only one, or the one chosen."""
    return kind.outcomes[0] if len(kind.outcomes) == 1 else elements.get("outcome", "")


def _open(found: Letter, kind: LetterKind) -> None:
    """To the applicant go the letter as sealed and what it encloses; nothing of others' letters goes to the portal."""
    if kind.to != "applicant":
        return
    shown = [each for each in (found.scan or found.document, *found.enclosures.all()) if each]
    for each in shown:
        each.open_to_applicant = True
        each.save(update_fields=["open_to_applicant"])
