"""Entering a reconsideration or a lawsuit, and its result."""

from __future__ import annotations

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework.queries import request_ids
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.remedies.models import NOT_CLOSED, Remedy
from gongkai.statute.ledgers.remedies import RemedyRecord, parse_remedy
from gongkai.statute.primitives import InputFault, InputRefused


@transaction.atomic
def enter(actor: Person, given: dict[str, object], *, evidence: str) -> int:
    """Enter one as exchanged; returns its id. A known number is refused: its result is entered by `close`."""
    record = parse_remedy(given)
    require(actor, Act.ENTER_REMEDIES, record.agency)
    body = Body.objects.select_for_update().get(code=record.agency)
    faults = []
    if not evidence.strip():
        faults.append(InputFault("依据", "没有填写", "通知书的名称、文号或所在卷宗"))
    if max(record.accepted_on, record.closed_on or record.accepted_on) > clock.today():
        faults.append(InputFault("日期", "还没有到", "今天或以前的日子"))
    if Remedy.objects.filter(body=body, number=record.number).exists():
        faults.append(InputFault("编号", f"“{record.number}”已经用过", "未用过的编号"))
    request = request_ids(record.agency, [record.case]).get(record.case) if record.case else None
    if record.case and request is None:
        faults.append(InputFault("所涉申请", f"没有编号为“{record.case}”的申请", "已登记的申请编号，或不填"))
    if faults:
        raise InputRefused(*faults)
    made = Remedy.objects.create(
        **columns(record), body=body, request_id=request, evidence=evidence.strip()[:500], entered_by=actor,
        entered_at=clock.now(),
    )  # fmt: skip
    ledger.append(f"remedy:{made.pk}", "remedy.entered", actor=actor, body=body.code, facts=record.as_json())
    return made.pk


@transaction.atomic
def close(actor: Person, remedy: int, *, closed_on: str, result: str, decision: str, evidence: str) -> None:
    """Enter the result of a pending one."""
    found = Remedy.objects.select_for_update(of=("self",)).select_related("body", "request").get(pk=remedy)
    require(actor, Act.ENTER_REMEDIES, found.body)
    if found.closed_on is not None:
        raise InputRefused(InputFault("结果", f"已于{found.closed_on}审结", "未审结的案件"))
    if not evidence.strip():
        raise InputRefused(InputFault("依据", "没有填写", "决定书、判决书的文号"))
    given = record_of(found).as_json() | {"closed_on": closed_on, "result": result, "decision": decision or None}
    record = parse_remedy(given)
    if record.closed_on is None or record.closed_on > clock.today():
        raise InputRefused(InputFault("审结日", "还没有到", "今天或以前的日子"))
    for name, value in columns(record).items():
        setattr(found, name, value)
    found.evidence = f"{found.evidence}；{evidence.strip()}"[:500]
    found.save()
    facts = {"closed_on": closed_on, "result": result, "decision": decision}
    ledger.append(f"remedy:{found.pk}", "remedy.closed", actor=actor, body=found.body.code, facts=facts)


def columns(record: RemedyRecord) -> dict[str, object]:
    """The columns of `Remedy` that a record gives, but for body and request."""
    return {
        "number": record.number,
        "kind": record.kind,
        "accepted_on": record.accepted_on,
        "accepted_year": record.accepted_on.year,
        "closed_on": record.closed_on,
        "closed_year": record.closed_on.year if record.closed_on else NOT_CLOSED,
        "result": record.result,
        "decision": record.decision,
        "instance": record.instance,
        "role": record.role,
        "court_number": record.court_number,
    }


def record_of(found: Remedy) -> RemedyRecord:
    """The stored one as exchanged; body and request are loaded with it."""
    return RemedyRecord(
        found.number, found.body.code, found.request.number if found.request else "", found.kind, found.accepted_on,
        found.closed_on, found.result, found.decision, found.instance, found.role, found.court_number,
    )  # fmt: skip
