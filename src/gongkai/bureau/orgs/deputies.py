"""代岗 (A/B 岗): while somebody is away a colleague of the same body holds their role beside them, for a time.

A deputyship is a dated role with `acting_for`. It counts only while the other holds the role (`permissions.in_force`),
it is not passed on, and the deputy is no second pair of eyes for what the other drafted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.fields import text_fault
from gongkai.bureau.orgs.models import Assignment, Body, Person
from gongkai.bureau.orgs.permissions import Act, held_roles, in_force, may, reach, refusal
from gongkai.bureau.orgs.vocabulary import BUSINESS, ROLES
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_DAYS = 366
"""Longest deputyship: who is away for longer has left the post, and another is appointed."""


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """One deputyship: who stands in for whom, in which role, where, from when until when (included), and why."""

    id: int
    deputy: str
    represented: str
    represented_name: str
    deputy_name: str
    role_word: str
    body_name: str
    since: date
    until: date
    reason: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role that can be stood in for; `id` is the grant."""

    id: int
    words: str


@transaction.atomic
def name(actor: Person, *, role: int, deputy: str, since: date, until: date, reason: str) -> int:
    """Let a colleague stand in for the holder of a role (`role`: the grant); returns the deputyship's id.

    Done by the holder, or by the administrator who grants roles. Neither the administrators' own roles nor a
    deputyship can be stood in for, so nobody gathers powers that were never granted together (三员分立).
    """
    own = Assignment.objects.select_for_update(of=("self",)).select_related("person", "body", "section")
    held = own.filter(pk=role).first()
    if held is None:
        raise InputRefused(InputFault("角色", "没有这一行", "所列的角色"))
    _authorise(actor, held.person, held.body)
    taking = Person.objects.select_for_update().filter(username=deputy, is_active=True).first()
    faults = [*_role_faults(held), *_period_faults(held, since, until)]
    bad_reason = text_fault("事由", reason, 200, valid="如“年休假”“外出学习”")
    if bad_reason:
        faults.append(bad_reason)
    if taking is None:
        faults.append(InputFault("代岗人", "没有这个在用的账号", "所列的人"))
    else:
        faults += _deputy_faults(held, taking, since, until)
    if faults or taking is None:
        raise InputRefused(*faults)
    made = Assignment.objects.create(
        person=taking, body=held.body, section=held.section, role=held.role, since=since, until=until,
        acting_for=held.person, reason=reason.strip(),
    )  # fmt: skip
    _journal(actor, made, "deputy.named")
    return made.pk


@transaction.atomic
def end(actor: Person, deputyship: int, until: date) -> None:
    """End a deputyship on a day (included), never later than it would end."""
    made = Assignment.objects.select_for_update(of=("self",)).select_related("person", "acting_for", "body", "section")
    found = made.filter(pk=deputyship, acting_for__isnull=False).first()
    if found is None or found.acting_for is None or found.until is None:
        raise InputRefused(InputFault("代岗", "没有这一行", "表中的一行"))
    _authorise(actor, found.acting_for, found.body)
    if found.until < clock.today():
        raise InputRefused(InputFault("代岗", f"已于{found.until}终止", "仍有效的代岗"))
    if not found.since <= until <= found.until:
        raise InputRefused(InputFault("终止日", f"不在{found.since}至{found.until}之间", "代岗期间的一天"))
    found.until = until
    found.save(update_fields=["until"])
    _journal(actor, found, "deputy.ended")


def of_person(username: str) -> tuple[DeputyRow, ...]:
    """Those who stand in for the person and those for whom the person stands in, the latest first."""
    today = clock.today()
    rows = Assignment.objects.filter(Q(person__username=username) | Q(acting_for__username=username))
    counting = set(in_force().filter(acting_for__isnull=False).values_list("id", flat=True))
    found = rows.filter(acting_for__isnull=False).select_related("person", "acting_for", "body").order_by("-since")
    return tuple(
        DeputyRow(
            each.pk, each.person.username, each.acting_for.username, each.acting_for.name, each.person.name,
            ROLES[each.role], each.body.name, each.since, each.until or today, each.reason, each.pk in counting,
        )
        for each in found
        if each.acting_for
    )  # fmt: skip


def own_roles(username: str) -> tuple[OwnRole, ...]:
    """The roles in force that the person could be stood in for."""
    found = in_force().filter(person__username=username, acting_for__isnull=True, role__in=BUSINESS)
    rows = found.select_related("body").order_by("id")
    return tuple(OwnRole(each.pk, f"{each.body.name}{ROLES[each.role]}") for each in rows)


def colleagues(username: str) -> tuple[tuple[str, str], ...]:
    """(username, name) of those who could stand in: the others who serve in the bodies where the person does."""
    bodies = in_force().filter(person__username=username, role__in=BUSINESS).values("body")
    found = in_force().filter(body__in=bodies, role__in=BUSINESS, acting_for__isnull=True, person__is_active=True)
    rows = found.exclude(person__username=username).order_by("person__name", "person__username")
    return tuple(rows.values_list("person__username", "person__name").distinct())


def naming_refusal(actor: Person, username: str) -> str:
    """Why the actor may not enter deputies for this person, in any body where they serve; "" where they may."""
    if actor.username == username:
        return ""
    reason = refusal(actor, Act.GRANT_ROLES)
    if reason:
        return reason
    reached = Body.objects.filter(reach(actor, Act.GRANT_ROLES))
    served = in_force().filter(person__username=username, body__in=reached)
    return "" if served.exists() else "您的角色不及于这个账号任职的机关"


def _authorise(actor: Person, represented: Person, body: Body) -> None:
    if actor.pk == represented.pk:
        if any(not each.acting_for for each in held_roles(actor)):
            actor.acts_for = ""
            return
        raise PermissionDenied("您现在没有角色，不能指定代岗")
    if not may(actor, Act.GRANT_ROLES, body):
        raise PermissionDenied("代岗由本人指定，或者由安全保密管理员录入")


def _role_faults(held: Assignment) -> list[InputFault]:
    if held.acting_for_id is not None:
        return [InputFault("角色", "是代岗得来的", "本人的角色；代岗不能再转托")]
    if held.role not in BUSINESS:
        return [InputFault("角色", "三员的职权不能代岗", "另行授予另一人")]
    if not in_force().filter(pk=held.pk).exists():
        return [InputFault("角色", "现在不在任", "在任的角色")]
    return []


def _period_faults(held: Assignment, since: date, until: date) -> list[InputFault]:
    if since < clock.today():
        return [InputFault("起始日", f"{since}已经过去", "今天或以后的日子")]
    if until < since:
        return [InputFault("终止日", "早于起始日", "不早于起始日的日子")]
    if held.until and until > held.until:
        return [InputFault("终止日", f"晚于{held.person.name}任职终止的{held.until}", "任职期间的日子")]
    if (until - since).days >= LONGEST_DAYS:
        return [InputFault("终止日", "超过一年", "一年以内；长期离岗的，另行任职")]
    return []


def _deputy_faults(held: Assignment, taking: Person, since: date, until: date) -> list[InputFault]:
    if taking.pk == held.person_id:
        return [InputFault("代岗人", "就是本人", "另一个人")]
    serving = in_force().filter(person=taking, body=held.body, role__in=BUSINESS, acting_for__isnull=True)
    if not serving.exists():
        return [InputFault("代岗人", f"{taking.name}在{held.body.name}没有任职", "在同一机关任职的人")]
    same = Assignment.objects.filter(
        person=taking, acting_for=held.person, role=held.role, body=held.body, since__lte=until, until__gte=since
    )  # fmt: skip
    if same.exists():
        return [InputFault("代岗人", f"{taking.name}同期已在代这个角色", "不重叠的期间")]
    return []


def _journal(actor: Person, made: Assignment, kind: str) -> None:
    facts = {
        "represents": made.acting_for.username if made.acting_for else "",
        "role": made.role,
        "section": made.section.code if made.section else None,
        "since": made.since.isoformat(),
        "until": made.until.isoformat() if made.until else None,
        "because": made.reason,
    }
    ledger.append(f"person:{made.person.username}", kind, actor=actor, body=made.body.code, facts=facts)
