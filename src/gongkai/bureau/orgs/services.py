"""Writes of the organisation: authorise, lock, check, write, journal, in one transaction each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs import calendar_changes
from gongkai.bureau.orgs.fields import code_fault, text_fault
from gongkai.bureau.orgs.models import Assignment, Body, CalendarNotice, Person, Post, Section
from gongkai.bureau.orgs.permissions import Act, require, require_everywhere, require_over
from gongkai.bureau.orgs.vocabulary import ADMINISTRATORS, LEVELS, ROLES
from gongkai.statute.primitives import InputFault, InputRefused

_USERNAME = re.compile(r"[\w.@-]+")


@transaction.atomic
def create_body(
    actor: Person,
    *,
    code: str,
    name: str,
    level: str,
    parent: str | None,
    short_name: str = "",
    address: str = "",
    office_hours: str = "",
    telephone: str = "",
) -> str:
    """Make a body beneath another; returns its code. Codes are never given twice."""
    require(actor, Act.EDIT_BODIES, parent)
    above = Body.objects.select_for_update().filter(code=parent).first()
    faults = []
    if above is None:
        faults.append(InputFault("上级机关", f"没有代码为“{parent}”的机关", "已有机关的代码"))
    if level not in LEVELS:
        faults.append(InputFault("层级", f"“{level}”不是规定的层级", "、".join(LEVELS)))
    faults += _office_faults(name, short_name, address, office_hours, telephone)
    bad_code = code_fault("机关代码", code)
    if bad_code:
        faults.append(bad_code)
    elif Body.objects.filter(code__iexact=code).exists():
        faults.append(InputFault("机关代码", f"“{code}”已经用过，代码不得重复使用（不分大小写）", "未用过的代码"))
    if faults or above is None:
        raise InputRefused(*faults)
    body = Body.objects.create(
        code=code,
        name=name.strip(),
        short_name=short_name.strip(),
        level=level,
        parent=above,
        path=f"{above.path}{code}/",
        address=address.strip(),
        office_hours=office_hours.strip(),
        telephone=telephone.strip(),
    )
    ledger.append(f"body:{code}", "body.created", actor=actor, body=code, facts={"name": body.name, "level": level})
    return body.code


def _office_faults(
    name: str, short_name: str, address: str, office_hours: str, telephone: str
) -> tuple[InputFault, ...]:
    checked = (
        text_fault("机关名称", name, 120, valid="机关全称"),
        text_fault("简称", short_name, 60, valid="简称", required=False),
        text_fault("办公地址", address, 200, valid="地址", required=False),
        text_fault("办公时间", office_hours, 120, valid="办公时间", required=False),
        text_fault("联系电话", telephone, 60, valid="电话", required=False),
    )
    return tuple(each for each in checked if each)


def _refuse(*faults: InputFault | None) -> None:
    """Raise InputRefused with those that are faults."""
    found = [each for each in faults if each]
    if found:
        raise InputRefused(*found)


def _person(place: str, username: str, *, serving: bool = False) -> Person:
    """The account, its row locked; `serving` refuses one that has been stopped."""
    found = Person.objects.select_for_update().filter(username=username).first()
    if found is None:
        raise InputRefused(InputFault(place, f"没有账号“{username}”", "已有的账号"))
    if serving and not found.is_active:
        raise InputRefused(InputFault(place, f"{found.name}的账号已停用", "在用的账号"))
    return found


@transaction.atomic
def update_body(
    actor: Person, code: str, *, name: str, short_name: str, address: str, office_hours: str, telephone: str
) -> None:
    """Correct a body's name and office; its code, level and place stay."""
    require(actor, Act.EDIT_BODIES, code)
    _refuse(*_office_faults(name, short_name, address, office_hours, telephone))
    body = Body.objects.select_for_update().get(code=code)
    new = {
        "name": name.strip(),
        "short_name": short_name.strip(),
        "address": address.strip(),
        "office_hours": office_hours.strip(),
        "telephone": telephone.strip(),
    }
    changed = {field: [getattr(body, field), value] for field, value in new.items() if getattr(body, field) != value}
    if not changed:
        return
    for field, value in new.items():
        setattr(body, field, value)
    body.save(update_fields=list(new))
    ledger.append(f"body:{code}", "body.corrected", actor=actor, body=code, facts=changed)


@transaction.atomic
def create_section(actor: Person, *, body: str, code: str, name: str) -> None:
    require(actor, Act.EDIT_BODIES, body)
    found = Body.objects.select_for_update().get(code=body)
    _refuse(code_fault("科室代码", code), text_fault("科室名称", name, 80, valid="科室全称"))
    if Section.objects.filter(body=found, code=code).exists():
        raise InputRefused(InputFault("科室代码", f"“{code}”已经用过", "未用过的代码"))
    Section.objects.create(body=found, code=code, name=name.strip())
    ledger.append(
        f"body:{body}", "section.created", actor=actor, body=body, facts={"section": code, "name": name.strip()}
    )


@transaction.atomic
def create_post(
    actor: Person, *, body: str, section: str, name: str, holder: str | None = None, deputy: str | None = None
) -> None:
    """A post with its holder (A 岗) and deputy (B 岗), who are two people."""
    require(actor, Act.EDIT_BODIES, body)
    where = Section.objects.select_for_update().filter(body__code=body, code=section).first()
    if where is None:
        raise InputRefused(InputFault("科室", f"没有代码为“{section}”的科室", "已有科室"))
    _refuse(text_fault("岗位名称", name, 80, valid="岗位名称"))
    if holder and holder == deputy:
        raise InputRefused(InputFault("B岗", "与A岗是同一人", "另一人"))
    Post.objects.create(
        section=where,
        name=name.strip(),
        holder=_person("A岗", holder, serving=True) if holder else None,
        deputy=_person("B岗", deputy, serving=True) if deputy else None,
    )
    facts = {"section": section, "post": name.strip(), "holder": holder, "deputy": deputy}
    ledger.append(f"body:{body}", "post.created", actor=actor, body=body, facts=facts)


@transaction.atomic
def create_person(actor: Person, *, username: str, name: str, password: str, email: str = "") -> str:
    """Open an account without any role: roles are another administrator's act.

    Two accounts never differ in case alone: people would take one for the other.
    """
    require(actor, Act.EDIT_PEOPLE)
    faults = []
    bad_name = text_fault("账号", username, 64, valid="字母和数字")
    if bad_name:
        faults.append(bad_name)
    elif not _USERNAME.fullmatch(username.strip()):
        faults.append(InputFault("账号", f"“{username}”含有不能用的字符", "字母、数字和 . _ @ -"))
    elif Person.objects.filter(username__iexact=username.strip()).exists():
        faults.append(InputFault("账号", f"“{username}”已有人使用", "另一个账号"))
    bad_name = text_fault("姓名", name, 40, valid="真实姓名")
    if bad_name:
        faults.append(bad_name)
    try:
        validate_password(password, Person(username=username, name=name))
    except ValidationError as weak:
        faults.append(InputFault("初始口令", "".join(weak.messages), "不少于10位且不常见的口令"))
    if faults:
        raise InputRefused(*faults)
    person = Person(username=username.strip(), name=name.strip(), email=email.strip(), initial_password=True)
    person.set_password(password)
    person.save(force_insert=True)
    ledger.append(f"person:{person.username}", "person.created", actor=actor, facts={"name": person.name})
    return person.username


@transaction.atomic
def set_active(actor: Person, username: str, active: bool) -> None:
    """Stop an account or let it sign in again."""
    require_over(actor, Act.EDIT_PEOPLE, username)
    if actor.username == username:
        raise PermissionDenied("不能停用自己的账号，请由另一名系统管理员办理")
    person = _person("账号", username)
    if person.is_active == active:
        return
    person.is_active = active
    person.save(update_fields=["is_active"])
    ledger.append(f"person:{username}", "person.enabled" if active else "person.disabled", actor=actor, facts={})


@transaction.atomic
def grant_role(
    actor: Person, *, username: str, role: str, body: str, section: str | None = None, since: date, until: date | None
) -> int:
    """Give a role for a body. Nobody grants himself; the three administrators stay separated (三员分立)."""
    require(actor, Act.GRANT_ROLES, body)
    if actor.username == username:
        raise PermissionDenied("不能给自己授予角色，请由另一名安全保密管理员办理")
    person = _person("账号", username, serving=True)
    found = Body.objects.get(code=body)
    faults = []
    if role not in ROLES:
        faults.append(InputFault("角色", f"“{role}”不是规定的角色", "、".join(ROLES.values())))
    if until and until < since:
        faults.append(InputFault("终止日", "早于起始日", "不早于起始日的日子"))
    overlapping = Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=since), person=person)
    if until:
        overlapping = overlapping.filter(since__lte=until)
    others = set(overlapping.exclude(role=role).values_list("role", flat=True))
    clashing = others & ADMINISTRATORS if role not in ADMINISTRATORS else others
    if clashing:
        names = "、".join(word for each, word in ROLES.items() if each in clashing)
        faults.append(InputFault("角色", f"{person.name}同期已是{names}，三员必须分立，也不得兼任业务角色", "另一人"))
    where = None
    if section:
        where = Section.objects.filter(body=found, code=section).first()
        if where is None:
            faults.append(InputFault("科室", f"{found.name}没有代码为“{section}”的科室", "已有科室"))
    if overlapping.filter(role=role, body=found, section=where, acting_for__isnull=True).exists():
        faults.append(InputFault("角色", f"{person.name}同期已有这个角色", "不重叠的期间"))
    if faults:
        raise InputRefused(*faults)
    made = Assignment.objects.create(person=person, body=found, section=where, role=role, since=since, until=until)
    facts = {
        "role": role,
        "section": section,
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
    }
    ledger.append(f"person:{username}", "role.granted", actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def end_role(actor: Person, assignment: int, until: date) -> None:
    """End a role on a day (included), never later than it would end; one that has ended is not ended again."""
    found = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("person", "body", "section")
        .filter(pk=assignment, acting_for__isnull=True)
        .first()
    )
    if found is None:
        raise InputRefused(InputFault("角色", "没有这一行", "表中的一行"))
    require(actor, Act.GRANT_ROLES, found.body)
    if actor.pk == found.person_id:
        raise PermissionDenied("不能终止自己的角色，请由另一名安全保密管理员办理")
    if found.until and found.until < clock.today():
        raise InputRefused(InputFault("角色", f"已于{found.until}终止", "仍有效的角色"))
    if until < found.since:
        raise InputRefused(InputFault("终止日", "早于起始日", f"{found.since}或之后"))
    if found.until and until > found.until:
        # A longer period is a new grant: it must pass the separation of the administrators again.
        raise InputRefused(InputFault("终止日", f"晚于原定的{found.until}", "不晚于原定的日子；要延长的，另行授予"))
    found.until = until
    found.save(update_fields=["until"])
    ledger.append(
        f"person:{found.person.username}",
        "role.ended",
        actor=actor,
        body=found.body.code,
        facts={
            "role": found.role,
            "section": found.section.code if found.section else None,
            "since": found.since.isoformat(),
            "until": until.isoformat(),
        },
    )


@transaction.atomic
def enter_notice(
    actor: Person, *, days: Sequence[date], worked: bool, instrument: str, body: str | None = None, note: str = ""
) -> tuple[int, ...]:
    """Enter a holiday or exchange notice, a record for each day; for all bodies where `body` is None."""
    if body:
        require(actor, Act.ENTER_CALENDAR, body)
    else:
        require_everywhere(actor, Act.ENTER_CALENDAR)
    faults = []
    if not days:
        faults.append(InputFault("日期", "没有填写", "至少一天"))
    checked = (
        text_fault("依据文号", instrument, 120, valid="通知的文号或名称"),
        text_fault("说明", note, 200, valid="说明", required=False),
    )
    faults += [each for each in checked if each]
    where = Body.objects.filter(code=body).first() if body else None
    taken = CalendarNotice.objects.filter(body=where, day__in=days, withdrawn_at__isnull=True, completes_year=False)
    faults += [InputFault("日期", f"{each.day}已有通知（{each.instrument}）", "先撤回原通知") for each in taken]
    if faults:
        raise InputRefused(*faults)
    made = [
        CalendarNotice.objects.create(
            body=where, day=day, worked=worked, instrument=instrument.strip(), note=note.strip(), entered_by=actor
        )
        for day in sorted(set(days))
    ]
    facts = {"days": [each.day.isoformat() for each in made], "worked": worked, "instrument": instrument.strip()}
    ledger.append("calendar", "calendar.entered", actor=actor, body=body or "", facts=facts)
    calendar_changes.tell(instrument.strip())
    return tuple(each.pk for each in made)


@transaction.atomic
def withdraw_notice(actor: Person, notice: int, because: str) -> None:
    """Take a notice out of the calendar; the record stays."""
    found = CalendarNotice.objects.select_for_update(of=("self",)).select_related("body").filter(pk=notice).first()
    if found is None:
        raise InputRefused(InputFault("通知", "没有这一条", "表中的一条"))
    if found.body:
        require(actor, Act.ENTER_CALENDAR, found.body)
    else:
        require_everywhere(actor, Act.ENTER_CALENDAR)
    if found.withdrawn_at:
        return
    if not because.strip():
        raise InputRefused(InputFault("撤回理由", "没有填写", "撤回的理由"))
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    facts: dict[str, object] = {"day": found.day.isoformat(), "because": because}
    if found.completes_year:
        facts["year"] = found.day.year
    body = found.body.code if found.body else ""
    ledger.append("calendar", "calendar.withdrawn", actor=actor, body=body, facts=facts)
    calendar_changes.tell(f"撤回{found.instrument}")
