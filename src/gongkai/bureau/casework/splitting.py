"""拆成多件办理: some of the wanted items as a request of their own, with the applicant's agreement on record.

Both run from the same receipt day, and what is charged by items counts the same items as before
(`fees.items_before`), so that splitting changes neither a deadline nor a fee (国办函〔2020〕109号第4条).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import identity, intake
from gongkai.bureau.casework.models import CLOSED_PHASES, Application, Identity, IdentityMark, Request, WantedItem
from gongkai.bureau.casework.rights import require_act
from gongkai.bureau.casework.services import Registered, case_of, enter, locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act
from gongkai.statute.primitives import InputFault, InputRefused

RECEIPT = frozenset({"submitted", "signed_for", "receipt_confirmed"})
"""Events that both requests have in common; after any other one their clocks would have to differ."""
LONGEST_EVIDENCE = 300


@dataclass(frozen=True, slots=True)
class Split:
    """The new request, and the query code that the applicant follows it with: told once, a digest is stored."""

    request: int
    number: str
    code: str


@transaction.atomic
def split(
    actor: Person, request: int, positions: Sequence[int], *, agreed_on: date | None, evidence: str, seen: int | None
) -> Split:
    """Take the items at `positions` into a request of their own. `seen`: how many items there were on the page."""
    found = locked(request)
    require_act(actor, Act.ENTER_REQUESTS, found.body)
    items = list(WantedItem.objects.select_for_update().filter(request=found).order_by("position"))
    chosen = [each for each in items if each.position in positions]
    _refuse(found, items, chosen, agreed_on, evidence.strip(), seen)
    told = evidence.strip()
    events = [each.fields for each in case_of(found).events]
    ground = f"自{found.number}拆出，申请人{agreed_on}同意，见{told}"
    subject = "；".join(each.text for each in chosen)
    made = enter(
        Registered(found.body.code, found.applicant_kind, _names(found), subject, found.channel, events, ground),
        "", actor, actor,
    )  # fmt: skip
    code = _follow(found, made)
    _move(found, made, items, chosen)
    for one, other, kind in ((found, made, "request.split"), (made, found, "request.split_from")):
        facts = {"request": other.number, "items": len(chosen), "on": f"{agreed_on}", "evidence": told}
        ledger.append(f"request:{one.pk}", kind, actor=actor, body=found.body.code, facts=facts)
    return Split(made.pk, made.number, code)


def _refuse(
    found: Request, items: list[WantedItem], chosen: list[WantedItem], agreed_on: date | None, evidence: str,
    seen: int | None,
) -> None:  # fmt: skip
    if seen is not None and seen != len(items):
        raise InputRefused(InputFault("拆出的事项", "您打开这一页以后，已经有人改过", "看过新的情况以后再拆"))
    faults = []
    if found.phase in CLOSED_PHASES:
        faults.append(InputFault("拆出的事项", "已经办结", "重新办理以后再拆"))
    elif any(each.kind not in RECEIPT for each in case_of(found).events):
        faults.append(InputFault("拆出的事项", "已经补正、征求意见、延期或者收费", "收到申请以后、这些步骤以前拆分"))
    if any(each.outcome for each in items):
        faults.append(InputFault("拆出的事项", "已经有作出决定的", "都没有决定时再拆"))
    if not 0 < len(chosen) < len(items):
        faults.append(InputFault("拆出的事项", f"选了{len(chosen)}项", "至少一项，并且至少留一项"))
    if agreed_on is None:
        faults.append(InputFault("同意之日", "没有填写", "申请人同意拆分的日子"))
    elif agreed_on > clock.today() or (found.submitted_on and agreed_on < found.submitted_on):
        faults.append(InputFault("同意之日", f"是{agreed_on}", "提出申请以后、今天或以前的日子"))
    if not evidence:
        faults.append(InputFault("同意的依据", "没有填写", "申请人的书面同意或者电话记录，所在卷宗"))
    elif len(evidence) > LONGEST_EVIDENCE:
        faults.append(InputFault("同意的依据", f"有{len(evidence)}个字", f"不超过{LONGEST_EVIDENCE}个字"))
    if faults:
        raise InputRefused(*faults)


def _names(found: Request) -> identity.Names:
    sealed = Identity.objects.filter(request=found).first()
    try:
        return identity.unseal(bytes(sealed.sealed)) if sealed else identity.NOBODY
    except InvalidTag:
        wrong = "打不开：本安装的身份密钥不是加密时的那一把，或者内容被改过"
        raise InputRefused(InputFault("申请人身份", wrong, "恢复原来的 keys/identity.key")) from None


def _follow(found: Request, made: Request) -> str:
    """Who applied, how it is to be provided, and a query code of its own."""
    there = set(IdentityMark.objects.filter(request=made).values_list("kind", "mark"))
    marks = IdentityMark.objects.filter(request=found).values_list("kind", "mark")
    IdentityMark.objects.bulk_create(
        IdentityMark(request=made, kind=kind, mark=mark) for kind, mark in marks if (kind, mark) not in there
    )
    before = Application.objects.filter(request=found).first()
    if before is None:
        return ""
    code = intake.query_code(made.number, secrets.token_urlsafe(32))
    Application.objects.create(
        request=made, code_mark=intake.code_mark(made.number, code), form=before.form, way=before.way,
        by_agent=before.by_agent, joint=before.joint, sealed=before.sealed, filed_at=before.filed_at,
    )  # fmt: skip
    return code


def _move(found: Request, made: Request, items: list[WantedItem], chosen: list[WantedItem]) -> None:
    kept = [each for each in items if each not in chosen]
    WantedItem.objects.filter(request=found).delete()
    for owner, some in ((found, kept), (made, chosen)):
        WantedItem.objects.bulk_create(
            WantedItem(request=owner, position=position, text=each.text) for position, each in enumerate(some, 1)
        )
