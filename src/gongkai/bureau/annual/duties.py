"""我的工作: what stands open for a person, ordered by how late it would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.bureau import clock
from gongkai.bureau.annual.queries import open_errors
from gongkai.bureau.jobs.queries import list_jobs
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, held_roles
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.orgs.queries import person as account
from gongkai.bureau.orgs.vocabulary import GOVERNMENTS
from gongkai.bureau.orgs.working_days import in_force, state_council
from gongkai.statute.parameters import value

SOON = 20
"""Working days before a deadline from which it shows as soon."""
FAR = date.max


@dataclass(frozen=True, slots=True)
class Duty:
    """`light` is a badge: error (late), soon, note, done; `url` is a path at the desk."""

    due: date
    when: str
    light: str
    what: str
    waiting: str
    cite: str
    url: str = ""


def duties_of(person: Person) -> tuple[Duty, ...]:
    """Everything, the latest first."""
    found = [*_reports(person), *_checks(person), *_jobs(person), *_account(person), *_calendar(person)]
    return tuple(sorted(found, key=lambda each: each.due))


def _reports(person: Person) -> Iterator[Duty]:
    """The next annual report of each body that the person makes reports for (条例第49条)."""
    if not any(each.role == "disclosure_officer" for each in held_roles(person)):
        return
    today = clock.today()
    for body in own_bodies(person, Act.CHECK_REPORTS):
        kind = "government" if body.level in GOVERNMENTS else "department"
        parameter = value(f"report_deadline_{kind}", today)
        month, day = (int(each) for each in str(parameter.value).split("-"))
        due = date(today.year, month, day)
        if due < today:
            due = date(today.year + 1, month, day)
        left = _left(today, due)
        yield Duty(
            due,
            left,
            "soon" if in_force().count(today.toordinal(), due.toordinal()) <= SOON else "note",
            f"公布{body.name}{due.year - 1}年度政府信息公开工作年度报告",
            f"{_day(due)}前向主管部门提交并向社会公布" if kind == "department" else f"{_day(due)}前向社会公布",
            f"条例{parameter.article}",
            "/desk/reports/",
        )


def _left(today: date, due: date) -> str:
    days = in_force().count(today.toordinal(), due.toordinal())
    published = due.year in state_council().published_years
    return f"还剩{'' if published else '约'} {days} 个工作日"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def _checks(person: Person) -> Iterator[Duty]:
    for each in open_errors(person):
        yield Duty(
            clock.today(),
            f"{each.errors}个错误",
            "error",
            f"处理{each.agency or each.file_name}{each.year or ''}年年报的核查意见",
            "已公布的报告自相矛盾，等您更正或写明理由",
            "国办公开办函〔2021〕30号",
            f"/desk/reports/{each.id}/",
        )


def _jobs(person: Person) -> Iterator[Duty]:
    for each in list_jobs(owner=person.username).rows:
        if each.state in {"queued", "running"}:
            yield Duty(
                FAR, each.state_word, "note", each.title, each.message or "在后台进行，可以离开", "", "/desk/tasks/"
            )
        elif each.state == "failed":
            yield Duty(clock.today(), "失败", "error", each.title, each.message, "", "/desk/tasks/")


def _account(person: Person) -> Iterator[Duty]:
    found = account(person.username)
    if found and not found.second_factor:
        yield Duty(FAR, "未启用", "soon", "启用双因素验证", "口令泄露就等于账号泄露", "", "/accounts/2fa/")


def _calendar(person: Person) -> Iterator[Duty]:
    today = clock.today()
    for year in (today.year, today.year + 1):
        if year in state_council().published_years or (year > today.year and today.month < 11):
            continue
        if any(each.role == "system_admin" for each in held_roles(person)):
            yield Duty(
                date(year, 1, 1),
                "未公布",
                "soon",
                f"等候并装入{year}年的放假安排",
                f"数到{year}年的期限都是暂定的",
                "国务院办公厅年度通知",
                f"/desk/calendar/{year}/",
            )
