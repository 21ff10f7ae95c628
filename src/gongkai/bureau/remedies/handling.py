"""What a body does in a reconsideration or a lawsuit: takes the other side's paper, answers, draws its lesson.

The table of remedies holds what is exchanged; these days are entries of the remedy's stream in the journal, the last of
each kind counts.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import lessons
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.remedies.deadline_queries import ANSWERED, SERVED
from gongkai.bureau.remedies.models import Remedy
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_EVIDENCE = 500


@transaction.atomic
def serve(actor: Person, remedy: int, *, on: date, simple: bool, evidence: str) -> None:
    """Register the day on which the copy of the application or of the complaint arrived: the defence runs from it."""
    found = _locked(actor, remedy)
    faults = _faults(found, on, evidence)
    if simple and found.kind != "reconsideration":
        faults.append(InputFault("程序", "行政诉讼没有这里的简易程序期限", "复议案件才选"))
    if faults:
        raise InputRefused(*faults)
    facts = {"on": on.isoformat(), "simple": simple, "evidence": evidence.strip()}
    ledger.append(f"remedy:{found.pk}", SERVED, actor=actor, body=found.body.code, facts=facts)


@transaction.atomic
def answer(actor: Person, remedy: int, *, on: date, evidence: str) -> None:
    """Register the day on which the answer and the evidence were handed in."""
    found = _locked(actor, remedy)
    faults = _faults(found, on, evidence)
    if faults:
        raise InputRefused(*faults)
    facts = {"on": on.isoformat(), "evidence": evidence.strip()}
    ledger.append(f"remedy:{found.pk}", ANSWERED, actor=actor, body=found.body.code, facts=facts)


@transaction.atomic
def learn(actor: Person, remedy: int, *, text: str) -> None:
    """Keep a lesson with the request, once there is a result to learn from."""
    found = _locked(actor, remedy)
    if found.request_id is None:
        raise InputRefused(InputFault("教训", "这件复议诉讼没有关联申请", "关联了申请的案件"))
    if not found.result:
        raise InputRefused(InputFault("教训", "还没有审结", "登记结果以后填写"))
    lessons.keep(actor, found.request_id, result=found.result, text=text, remedy=found.number)


def _locked(actor: Person, remedy: int) -> Remedy:
    found = Remedy.objects.select_for_update(of=("self",)).select_related("body").get(pk=remedy)
    require(actor, Act.ENTER_REMEDIES, found.body)
    return found


def _faults(found: Remedy, on: date, evidence: str) -> list[InputFault]:
    faults = []
    if on > clock.today():
        faults.append(InputFault("日期", f"{on}还没有到", "今天或以前的日子"))
    if on < found.accepted_on:
        faults.append(InputFault("日期", f"早于受理日{found.accepted_on}", "受理日或者以后"))
    if not evidence.strip():
        faults.append(InputFault("依据", "没有填写", "通知书、送达回证、收据的名称或文号"))
    if len(evidence.strip()) > LONGEST_EVIDENCE:
        faults.append(InputFault("依据", f"有{len(evidence.strip())}个字", f"不超过{LONGEST_EVIDENCE}个字"))
    return faults
