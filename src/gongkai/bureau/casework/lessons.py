"""Lessons of a reconsideration or a lawsuit, kept with its request for the section that decided it."""

from __future__ import annotations

from gongkai.bureau import clock
from gongkai.bureau.casework.models import Opinion
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.statute.primitives import InputFault, InputRefused

KIND = "lesson"
LONGEST_TEXT = 2000


def keep(actor: Person, request: int, *, result: str, text: str, remedy: str) -> int:
    """Write a lesson down, in the transaction of a caller who has authorised it; `remedy`: the number it comes from."""
    found = locked(request)
    told = text.strip()
    if not told:
        raise InputRefused(InputFault("教训", "没有填写", "哪里被纠正、以后怎么做"))
    if len(told) > LONGEST_TEXT:
        raise InputRefused(InputFault("教训", f"有{len(told)}个字", f"不超过{LONGEST_TEXT}个字"))
    made = Opinion.objects.create(request=found, kind=KIND, conclusion=result, text=told, by=actor, at=clock.now())
    facts = {"opinion": made.pk, "number": remedy, "result": result}
    ledger.append(f"request:{found.pk}", "lesson.kept", actor=actor, body=found.body.code, facts=facts)
    return made.pk
