"""What an installation needs before anybody can act in it: its first administrators, appointed from the console."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.fields import text_fault
from gongkai.bureau.orgs.models import Assignment, Body, Person
from gongkai.bureau.orgs.vocabulary import ADMINISTRATORS, ROLES
from gongkai.statute.primitives import InputFault, InputRefused


@transaction.atomic
def appoint(*, username: str, name: str, role: str, body: str, password: str) -> None:
    """Appoint the first holder of an administrator's role; refused once there is one."""
    if role not in ADMINISTRATORS:
        raise InputRefused(InputFault("角色", f"“{role}”不是三员之一", "、".join(sorted(ADMINISTRATORS))))
    in_office = Q(until__isnull=True) | Q(until__gte=clock.today())
    if Assignment.objects.filter(in_office, role=role, person__is_active=True).exists():
        raise InputRefused(InputFault("角色", f"已有{ROLES[role]}", "在工作台由安全保密管理员授予"))
    found = Body.objects.filter(code=body).first()
    if found is None:
        raise InputRefused(InputFault("机关", f"没有代码为“{body}”的机关", "先导入机关：gongkai import orgs"))
    checked = (
        text_fault("账号", username, 64, valid="字母和数字"),
        text_fault("姓名", name, 40, valid="真实姓名"),
    )
    if any(checked):
        raise InputRefused(*(each for each in checked if each))
    if Person.objects.filter(username__iexact=username).exists():
        raise InputRefused(InputFault("账号", f"“{username}”已有人使用", "三员各用一个新账号"))
    person = Person(username=username, name=name)
    person.set_password(password)
    person.save(force_insert=True)
    Assignment.objects.create(person=person, body=found, role=role, since=clock.today())
    facts = {"name": name, "role": role}
    ledger.append(f"person:{username}", "person.appointed", actor=ledger.SYSTEM, body=body, facts=facts)


def is_empty() -> bool:
    """Whether nothing was ever put into this installation."""
    return not Body.objects.exists() and not Person.objects.exists()
