"""Who may do what: one table of acts and roles, asked by every service. Screens only show its answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet

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
    SEE_LEDGERS = "see_ledgers"
    SEE_WORKLOAD = "see_workload"
    SEE_IDENTITIES = "see_identities"
    ENTER_REQUESTS = "enter_requests"
    ASSIGN_REQUESTS = "assign_requests"
    GIVE_OPINIONS = "give_opinions"
    WRITE_LETTERS = "write_letters"
    EDIT_TEMPLATES = "edit_templates"
    ANSWER_COMPLAINTS = "answer_complaints"
    ENTER_REMEDIES = "enter_remedies"
    ENTER_STATEMENTS = "enter_statements"
    EDIT_COLUMNS = "edit_columns"
    ENTER_ITEMS = "enter_items"
    REVIEW_ITEMS = "review_items"
    EVALUATE_KEPT = "evaluate_kept"
    SEE_DRAFTS = "see_drafts"
    DRAFT_REPORT = "draft_report"
    REVIEW_REPORT = "review_report"
    APPROVE_REPORT = "approve_report"
    ORGANISE_REPORTS = "organise_reports"


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
    Act.SEE_LEDGERS: "查看台账",
    Act.SEE_WORKLOAD: "查看各人的工作量",
    Act.SEE_IDENTITIES: "查看申请人身份",
    Act.ENTER_REQUESTS: "登记申请和办理情况",
    Act.ASSIGN_REQUESTS: "交办申请",
    Act.GIVE_OPINIONS: "提出办理意见",
    Act.WRITE_LETTERS: "拟写、送达文书",
    Act.EDIT_TEMPLATES: "更换文书模板",
    Act.ANSWER_COMPLAINTS: "处理投诉",
    Act.ENTER_REMEDIES: "登记复议和诉讼",
    Act.ENTER_STATEMENTS: "登记年度数据",
    Act.EDIT_COLUMNS: "设置栏目",
    Act.ENTER_ITEMS: "登记主动公开信息",
    Act.REVIEW_ITEMS: "对公开的信息作保密审查",
    Act.EVALUATE_KEPT: "定期评估不主动公开的信息",
    Act.SEE_DRAFTS: "查看年度报告稿",
    Act.DRAFT_REPORT: "起草、公布年度报告",
    Act.REVIEW_REPORT: "审核年度报告",
    Act.APPROVE_REPORT: "批准年度报告",
    Act.ORGANISE_REPORTS: "部署年度报告工作",
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
    Act.SEE_LEDGERS: BUSINESS,
    Act.SEE_WORKLOAD: frozenset({"disclosure_officer", "section_head", "leader"}),
    Act.SEE_IDENTITIES: frozenset({"disclosure_officer", "handler"}),
    Act.ENTER_REQUESTS: frozenset({"disclosure_officer", "handler"}),
    Act.ASSIGN_REQUESTS: frozenset({"disclosure_officer", "section_head"}),
    Act.GIVE_OPINIONS: frozenset({"handler", "section_head", "legal_adviser", "secrecy_reviewer", "leader"}),
    Act.WRITE_LETTERS: frozenset({"disclosure_officer", "handler"}),
    Act.EDIT_TEMPLATES: frozenset({"disclosure_officer"}),
    Act.ANSWER_COMPLAINTS: frozenset({"county_office"}),
    Act.ENTER_REMEDIES: frozenset({"disclosure_officer", "legal_adviser"}),
    Act.ENTER_STATEMENTS: frozenset({"disclosure_officer", "handler", "section_head"}),
    Act.EDIT_COLUMNS: frozenset({"disclosure_officer"}),
    Act.ENTER_ITEMS: frozenset({"disclosure_officer", "handler"}),
    Act.REVIEW_ITEMS: frozenset({"secrecy_reviewer"}),
    Act.EVALUATE_KEPT: frozenset({"disclosure_officer", "secrecy_reviewer"}),
    Act.SEE_DRAFTS: BUSINESS,
    Act.DRAFT_REPORT: frozenset({"disclosure_officer"}),
    Act.REVIEW_REPORT: frozenset({"section_head", "legal_adviser"}),
    Act.APPROVE_REPORT: frozenset({"leader"}),
    Act.ORGANISE_REPORTS: frozenset({"county_office"}),
}

REACHING_DOWN = frozenset({"county_office", "system_admin", "security_admin", "auditor"})
"""Roles that hold for the whole subtree of their body; the others hold for that body alone."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force: `path` is the body's place in the tree.

    `acting_for` is the account, and `for_name` the name, of the colleague whose role it is (代岗); "" for one's own.
    """

    role: str
    body: str
    body_name: str
    path: str
    section: str
    acting_for: str = ""
    for_name: str = ""


def in_force() -> QuerySet[Assignment]:
    """The roles in force today, whoever holds them. A deputy's counts while the other holds it and is not stopped."""
    today = clock.today()
    dated = Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
    held_by_the_other = dated.filter(
        person=OuterRef("acting_for"), person__is_active=True, acting_for__isnull=True, role=OuterRef("role"),
        body=OuterRef("body"),
    )  # fmt: skip
    return dated.filter(Q(acting_for__isnull=True) | Exists(held_by_the_other))


def held_roles(person: Person) -> tuple[Held, ...]:
    """The roles in force today, of an active person; an inactive one holds none."""
    if not person.is_authenticated or not person.is_active:
        return ()
    found = in_force().filter(person=person).select_related("body", "section", "acting_for").order_by("id")
    return tuple(
        Held(
            each.role, each.body.code, each.body.name, each.body.path, each.section.name if each.section else "",
            each.acting_for.username if each.acting_for else "", each.acting_for.name if each.acting_for else "",
        )
        for each in found
    )  # fmt: skip


def stands_for(held: Iterable[Held]) -> Mapping[str, frozenset[str]]:
    """The roles that are held for others alone, with their accounts: what shuts them out shuts the deputy out too."""
    others: dict[str, set[str]] = {}
    for each in held:
        others.setdefault(each.role, set()).add(each.acting_for)
    return {role: frozenset(accounts) for role, accounts in others.items() if "" not in accounts}


def stands_for_alone(held: Iterable[Held]) -> frozenset[str]:
    """For whom the person holds roles that all serve one purpose; nobody where one of them is the person's own."""
    others = frozenset(each.acting_for for each in held)
    return frozenset() if "" in others else others


def acts_as(person: Person, roles: Collection[str], held: Iterable[Held]) -> None:
    """Remember for whom the act is done that needs one of these roles: for nobody where one is the person's own."""
    names = {each.for_name for each in held if each.role in roles}
    person.acts_for = "" if "" in names else "、".join(sorted(names))


def covers(held: Held, path: str) -> bool:
    """Whether a role held for one body reaches the body at `path`."""
    return path == held.path or (held.role in REACHING_DOWN and path.startswith(held.path))


def may(person: Person, act: Act, body: Body | str | None = None) -> bool:
    return refusal(person, act, body) == ""


def allowed(person: Person) -> frozenset[Act]:
    """Every act that the person may do for any body at all, with one look at their roles."""
    held = {each.role for each in held_roles(person)}
    return frozenset(act for act, roles in ROLES_BY_ACT.items() if held & roles)


def refusal(person: Person, act: Act, body: Body | str | None = None) -> str:
    """Why the person may not do it, in Chinese; empty where they may. Without a body: for any body at all."""
    return _asked(person, act, body)[0]


def _asked(person: Person, act: Act, body: Body | str | None) -> tuple[str, list[Held]]:
    """Why the person may not do it, "" where they may; and the roles by which they may."""
    if not person.is_authenticated:
        return "请先登录", []
    allowed = ROLES_BY_ACT[act]
    holding = [each for each in held_roles(person) if each.role in allowed]
    if not holding:
        names = "、".join(word for role, word in ROLES.items() if role in allowed)
        return f"{WORDS[act]}由{names}办理，您没有这个角色", []
    if body is None:
        return "", holding
    found = body if isinstance(body, Body) else Body.objects.filter(code=body).first()
    reaching = [each for each in holding if found is not None and covers(each, found.path)]
    if not reaching:
        return f"您的角色不及于{found.name if found else '这个机关'}，不能{WORDS[act]}", []
    return "", reaching


def refusal_everywhere(person: Person, act: Act) -> str:
    """As `refusal`, for what touches every body at once: the roles must reach every top of the tree."""
    reason = refusal(person, act)
    if reason:
        return reason
    holding = [each for each in held_roles(person) if each.role in ROLES_BY_ACT[act]]
    tops = Body.objects.filter(parent__isnull=True).values_list("path", "name")
    beyond = [name for path, name in tops if not any(covers(each, path) for each in holding)]
    return f"这件事及于全部机关，您的角色不及于{beyond[0]}，不能{WORDS[act]}" if beyond else ""


def refusal_over(person: Person, act: Act, username: str) -> str:
    """As `refusal`, for an act on somebody's account: the roles must reach every body that the other serves.

    Otherwise the administrator of one bureau could stop the county's. An account without any role is anybody's.
    """
    reason = refusal(person, act)
    if reason:
        return reason
    holding = [each for each in held_roles(person) if each.role in ROLES_BY_ACT[act]]
    served = Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=clock.today()), person__username=username)
    for path, name in served.order_by("id").values_list("body__path", "body__name"):
        if not any(covers(each, path) for each in holding):
            return f"这个账号在{name}任职，您的角色不及于那里，不能{WORDS[act]}"
    return ""


def _require_none(reason: str) -> None:
    if reason:
        raise PermissionDenied(reason)


def roles_for(person: Person, act: Act, body: Body) -> tuple[Held, ...]:
    """The roles by which the person may do the act for the body."""
    return tuple(_asked(person, act, body)[1])


def require_everywhere(person: Person, act: Act) -> None:
    _require_none(refusal_everywhere(person, act))


def require_over(person: Person, act: Act, username: str) -> None:
    _require_none(refusal_over(person, act, username))


def require(person: Person, act: Act, body: Body | str | None = None) -> None:
    """Raise PermissionDenied with the reason unless the person may do it."""
    reason, holding = _asked(person, act, body)
    _require_none(reason)
    acts_as(person, ROLES_BY_ACT[act], holding)


def reach(person: Person, act: Act) -> Q:
    """The bodies that the act reaches for this person, as a condition on Body."""
    condition = Q(pk__in=[])
    for each in held_roles(person):
        if each.role in ROLES_BY_ACT[act]:
            condition |= Q(path__startswith=each.path) if each.role in REACHING_DOWN else Q(path=each.path)
    return condition
