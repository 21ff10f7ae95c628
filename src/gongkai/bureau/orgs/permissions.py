"""Who may do what: one table of acts and roles, asked by every service. Screens only show its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.orgs.models import Assignment, Body, Person
from gongkai.bureau.orgs.vocabulary import BUSINESS, ROLES


class Act(StrEnum):
    """The acts that services ask about."""

    EDIT_BODIES = "edit_bodies"
    EDIT_PEOPLE = "edit_people"
    ENTER_CALENDAR = "enter_calendar"
    GRANT_ROLES = "grant_roles"
    RESET_SIGN_IN = "reset_sign_in"
    READ_JOURNAL = "read_journal"
    VERIFY_JOURNAL = "verify_journal"
    SEE_BODIES = "see_bodies"
    SEE_PEOPLE = "see_people"
    SEE_REPORTS = "see_reports"
    CHECK_REPORTS = "check_reports"
    WAIVE_FINDINGS = "waive_findings"
    USE_CLOCK = "use_clock"


WORDS: Mapping[Act, str] = {
    Act.EDIT_BODIES: "维护机构、科室和岗位",
    Act.EDIT_PEOPLE: "维护人员账号",
    Act.ENTER_CALENDAR: "录入放假调休通知",
    Act.GRANT_ROLES: "授予和终止角色",
    Act.RESET_SIGN_IN: "解锁账号、重置双因素验证",
    Act.READ_JOURNAL: "查阅日志",
    Act.VERIFY_JOURNAL: "核对日志",
    Act.SEE_BODIES: "查看机构和任职",
    Act.SEE_PEOPLE: "查看账号",
    Act.SEE_REPORTS: "查看年报核查",
    Act.CHECK_REPORTS: "上传并核查年报",
    Act.WAIVE_FINDINGS: "放过核查问题",
    Act.USE_CLOCK: "计算答复期限",
}

ROLES_BY_ACT: Mapping[Act, frozenset[str]] = {
    Act.EDIT_BODIES: frozenset({"system_admin"}),
    Act.EDIT_PEOPLE: frozenset({"system_admin"}),
    Act.ENTER_CALENDAR: frozenset({"system_admin"}),
    Act.GRANT_ROLES: frozenset({"security_admin"}),
    Act.RESET_SIGN_IN: frozenset({"security_admin"}),
    Act.READ_JOURNAL: frozenset({"auditor"}),
    Act.VERIFY_JOURNAL: frozenset({"auditor"}),
    Act.SEE_BODIES: frozenset(ROLES),
    Act.SEE_PEOPLE: frozenset({"system_admin", "security_admin"}),
    Act.SEE_REPORTS: BUSINESS,
    Act.CHECK_REPORTS: frozenset({"disclosure_officer", "county_office"}),
    Act.WAIVE_FINDINGS: frozenset({"disclosure_officer", "county_office"}),
    Act.USE_CLOCK: BUSINESS,
}

REACHING_DOWN = frozenset({"county_office", "system_admin", "security_admin", "auditor"})
"""Roles that hold for the whole subtree of their body; the others hold for that body alone."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force: `path` is the body's place in the tree."""

    role: str
    body: str
    body_name: str
    path: str
    section: str


def held_roles(person: Person) -> tuple[Held, ...]:
    """The roles in force today, of an active person; an inactive one holds none."""
    if not person.is_authenticated or not person.is_active:
        return ()
    today = clock.today()
    found = (
        Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=today), person=person, since__lte=today)
        .select_related("body", "section")
        .order_by("id")
    )
    return tuple(
        Held(each.role, each.body.code, each.body.name, each.body.path, each.section.name if each.section else "")
        for each in found
    )


def covers(held: Held, path: str) -> bool:
    """Whether a role held for one body reaches the body at `path`."""
    return path == held.path or (held.role in REACHING_DOWN and path.startswith(held.path))


def may(person: Person, act: Act, body: Body | str | None = None) -> bool:
    return refusal(person, act, body) == ""


def refusal(person: Person, act: Act, body: Body | str | None = None) -> str:
    """Why the person may not do it, in Chinese; empty where they may. Without a body: for any body at all."""
    if not person.is_authenticated:
        return "请先登录"
    allowed = ROLES_BY_ACT[act]
    holding = [each for each in held_roles(person) if each.role in allowed]
    if not holding:
        names = "、".join(word for role, word in ROLES.items() if role in allowed)
        return f"{WORDS[act]}由{names}办理，您没有这个角色"
    if body is None:
        return ""
    found = body if isinstance(body, Body) else Body.objects.filter(code=body).first()
    if found is None or not any(covers(each, found.path) for each in holding):
        return f"您的角色不及于{found.name if found else '这个机关'}，不能{WORDS[act]}"
    return ""


def require(person: Person, act: Act, body: Body | str | None = None) -> None:
    """Raise PermissionDenied with the reason unless the person may do it."""
    reason = refusal(person, act, body)
    if reason:
        raise PermissionDenied(reason)


def reach(person: Person, act: Act) -> Q:
    """The bodies that the act reaches for this person, as a condition on Body."""
    condition = Q(pk__in=[])
    for each in held_roles(person):
        if each.role in ROLES_BY_ACT[act]:
            condition |= Q(path__startswith=each.path) if each.role in REACHING_DOWN else Q(path=each.path)
    return condition
