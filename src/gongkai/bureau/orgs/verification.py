"""`gongkai verify` of the organisation: bodies, accounts, roles and local notices against what the journal tells.

Whoever can write the database could make himself an administrator in one row; the journal has no entry for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.derived import derived
from gongkai.bureau.orgs.models import Assignment, Body, CalendarNotice, Person
from gongkai.bureau.orgs.vocabulary import ROLES


@derived("orgs.bodies", "机关")
def check_bodies() -> Iterator[str | None]:
    """Each body's name and level as last journalled, and its place in the tree, by which roles reach down."""
    told: dict[str, dict[str, object]] = {}
    for entry in journal.of_kinds("body.created", "body.imported", "body.corrected"):
        known = told.setdefault(entry.body, {})
        if entry.kind == "body.corrected":
            known.update({field: new for field, (_, new) in entry.facts.items()})
        else:
            known.update(entry.facts)
    for each in Body.objects.select_related("parent").order_by("id").iterator(chunk_size=1000):
        wrong = _body_wrong(each, told.pop(each.code, {}))
        yield f"机关 {each.name}（{each.code}）：{wrong}" if wrong else None
    for code in sorted(told):
        yield f"机关 {code}：日志里有，登记里不见了"


def _body_wrong(body: Body, told: Mapping[str, object]) -> str:
    if not told:
        return "日志里没有它的设立"
    if told["name"] != body.name:
        return f"名称与日志所记的“{told['name']}”不符"
    if told["level"] != body.level:
        return f"层级与日志所记的“{told['level']}”不符"
    above = body.parent.path if body.parent else ""
    return "" if body.path == f"{above}{body.code}/" else "在机构树中的位置与上级机关不符"


@derived("orgs.accounts", "账号")
def check_accounts() -> Iterator[str | None]:
    """Each account opened by an act that was journalled, stopped or not as the journal last told."""
    told: dict[str, bool] = {}
    for entry in journal.of_kinds("person.created", "person.appointed", "person.enabled", "person.disabled"):
        told[entry.stream.removeprefix("person:")] = entry.kind != "person.disabled"
    for username, active in Person.objects.order_by("id").values_list("username", "is_active").iterator():
        known = told.pop(username, None)
        if known is None:
            yield f"账号 {username}：日志里没有它的开立"
        elif known != active:
            logged, stored = ("没有停用", "不能登录") if known else ("已经停用", "可以登录")
            yield f"账号 {username}：日志里{logged}，登记里{stored}"
        else:
            yield None
    for username in sorted(told):
        yield f"账号 {username}：日志里有，登记里不见了"


@dataclass(frozen=True, slots=True, order=True)
class _Grant:
    username: str
    role: str
    body: str
    section: str
    since: str
    acting_for: str = ""


@derived("orgs.roles", "角色")
def check_roles() -> Iterator[str | None]:
    """Each role against the entry that granted it and the one that ended it."""
    told = _granted()
    rows = Assignment.objects.select_related("person", "body", "section", "acting_for").order_by("id")
    for each in rows.iterator(chunk_size=1000):
        section = each.section.code if each.section else ""
        other = each.acting_for.username if each.acting_for else ""
        grant = _Grant(each.person.username, each.role, each.body.code, section, each.since.isoformat(), other)
        name = f"账号 {grant.username} 在 {grant.body} 的{ROLES.get(grant.role, grant.role)}（{grant.since}起）"
        if grant not in told:
            yield f"{name}：日志里没有授予"
            continue
        until = each.until.isoformat() if each.until else ""
        known = told.pop(grant)
        yield None if known == until else f"{name}：终止日是{until or '空'}，日志所记的是{known or '空'}"
    for grant in sorted(told):
        yield f"账号 {grant.username} 在 {grant.body} 的{ROLES.get(grant.role, grant.role)}：日志里有，登记里不见了"


def _granted() -> dict[_Grant, str]:
    """Grants with their last day, empty for none."""
    told: dict[_Grant, str] = {}
    for entry in journal.of_kinds(
        "role.granted", "role.ended", "person.appointed", "deputy.named", "deputy.ended"
    ):  # fmt: skip
        facts = entry.facts
        since = facts.get("since") or timezone.localtime(entry.at).date().isoformat()
        username = entry.stream.removeprefix("person:")
        other = facts.get("represents") or ""
        grant = _Grant(username, facts["role"], entry.body, facts.get("section") or "", since, other)
        told[grant] = facts.get("until") or ""
    return told


@derived("orgs.notices", "放假调休通知")
def check_notices() -> Iterator[str | None]:
    """The notices in force: they move due days. A year declared complete is known by its year."""
    told: dict[tuple[str, date, bool], tuple[bool, str]] = {}
    for entry in journal.of_kinds("calendar.entered", "calendar.year_completed", "calendar.withdrawn"):
        if entry.kind == "calendar.entered":
            said = (entry.facts["worked"], entry.facts["instrument"])
            told.update({(entry.body, date.fromisoformat(day), False): said for day in entry.facts["days"]})
        elif entry.kind == "calendar.year_completed":
            told["", date(entry.facts["year"], 1, 1), True] = (False, entry.facts["instrument"])
        else:
            told.pop((entry.body, date.fromisoformat(entry.facts["day"]), "year" in entry.facts), None)
    for each in CalendarNotice.objects.filter(withdrawn_at__isnull=True).select_related("body").order_by("id"):
        body = each.body.code if each.body else ""
        known = told.pop((body, each.day, each.completes_year), None)
        agrees = known == (each.worked, each.instrument)
        yield None if agrees else f"{each.day}的通知（{body or '全部机关'}）：与日志所记的不符"
    for body, day, _ in sorted(told):
        yield f"{day}的通知（{body or '全部机关'}）：日志里有，登记里不见了"
