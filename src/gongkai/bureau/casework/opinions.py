"""意见: what a section, the legal adviser, the secrecy reviewer, the head or a consulted body said, as records."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import resent
from gongkai.bureau.casework.models import Letter, Opinion
from gongkai.bureau.casework.rights import require_act
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, acts_as
from gongkai.bureau.orgs.vocabulary import ROLES
from gongkai.statute.primitives import InputFault, InputRefused

KINDS: Mapping[str, str] = {
    "section": "科室意见",
    "legal": "合法性审查意见",
    "secrecy": "保密审查意见",
    "leader": "领导意见",
    "consulted": "被征求意见机关的意见",
}
ROLES_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "section": ("handler", "section_head"),
    "legal": ("legal_adviser",),
    "secrecy": ("secrecy_reviewer",),
    "leader": ("leader",),
    "consulted": ("handler",),
}
"""Whose opinion it is; that of a body that was consulted is written down by the handler who has its letter."""
CONCLUSIONS: Mapping[str, str] = {"agree": "同意", "partly": "部分同意", "disagree": "不同意"}
LONGEST_TEXT = 4000


@transaction.atomic
def give(actor: Person, request: int, *, kind: str, conclusion: str, text: str, letter: int | None = None) -> int:
    """Write down an opinion on the request, or on one of its letters; returns its id. None is ever changed."""
    found = locked(request)
    held = require_act(actor, Act.GIVE_OPINIONS, found.body)
    faults = []
    if kind not in KINDS:
        faults.append(InputFault("意见种类", "没有选择", "、".join(KINDS.values())))
    elif not held.here & set(ROLES_BY_KIND[kind]):
        words = "、".join(ROLES[each] for each in ROLES_BY_KIND[kind])
        raise PermissionDenied(f"{KINDS[kind]}由{words}提出，您没有这个角色")
    if conclusion not in CONCLUSIONS:
        faults.append(InputFault("结论", "没有选择", "、".join(CONCLUSIONS.values())))
    told = text.strip()
    if not told and conclusion != "agree":
        faults.append(InputFault("意见", "没有填写", "不同意或者部分同意的理由"))
    if len(told) > LONGEST_TEXT:
        faults.append(InputFault("意见", f"有{len(told)}个字", f"不超过{LONGEST_TEXT}个字"))
    spoken_of = Letter.objects.filter(pk=letter, request=found).first() if letter is not None else None
    if letter is not None and spoken_of is None:
        faults.append(InputFault("文书", "不在这件申请里", "所列的文书"))
    if faults:
        raise InputRefused(*faults)
    acts_as(actor, ROLES_BY_KIND[kind], held.held)
    said = {"request": found, "letter": spoken_of, "kind": kind, "conclusion": conclusion, "text": told, "by": actor}
    if known := Opinion.objects.filter(**said, at__gte=resent.since()).first():
        return known.pk
    made = Opinion.objects.create(**said, at=clock.now())
    facts = {"opinion": made.pk, "kind": kind, "result": conclusion, **({"letter": letter} if letter else {})}
    ledger.append(f"request:{found.pk}", "request.opinion", actor=actor, body=found.body.code, facts=facts)
    return made.pk
