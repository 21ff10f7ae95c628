"""我的工作: what stands open for a person, ordered by how late it would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.bureau import clock
from gongkai.bureau.annual.queries import open_errors
from gongkai.bureau.annual.report_queries import awaiting, last_full_year, opened_years
from gongkai.bureau.casework.queries.worklist import waiting_for
from gongkai.bureau.jobs.queries import list_jobs
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, held_roles
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.orgs.queries import person as account
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.publishing import catalogue, documents, draft_queries, evaluation_queries
from gongkai.bureau.publishing.lists import unreviewed
from gongkai.statute.report.duties import DUTIES

SOON = 20
"""Working days before a deadline from which it shows as soon."""
CLOSE = 3
"""Working days before the due day of a request from which it shows as soon."""
FAR = date.max
LATER = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Duty:
    """`light` is a badge: error (late), soon, note, done; `url` is a path at the desk.

    `for_name`: whose work it is, while the person stands in for them (代岗).
    """

    due: date
    when: str
    light: str
    what: str
    waiting: str
    cite: str
    url: str = ""
    for_name: str = ""


def duties_of(person: Person) -> tuple[Duty, ...]:
    """Everything, the latest first."""
    parts = (_cases, _drafts, _documents, _columns, _evaluations, _items, _reports, _checks, _jobs, _account, _calendar)
    found = [each for part in parts for each in part(person)]
    return tuple(sorted(found, key=lambda each: each.due))


def _cases(person: Person) -> Iterator[Duty]:
    """Requests and letters that wait for the person; what has no day of its own stands after what has."""
    today = clock.today()
    calendar = in_force()
    for each in waiting_for(person):
        late = each.due is not None and each.due < today
        days = calendar.count(today.toordinal(), each.due.toordinal()) if each.due and not late else 0
        light = "error" if late else "soon" if each.due and days <= CLOSE else "note"
        when = "等候办理" if each.due is None else _late(each.due, today) if late else _left(today, each.due)
        yield Duty(each.due or LATER, when, light, each.what, each.waiting, each.cite, each.url, each.for_name)


def _drafts(person: Person) -> Iterator[Duty]:
    """What is to be reviewed, signed, mended or published by the person (条例第17条、第26条)."""
    today = clock.today()
    for each in draft_queries.waiting(person):
        days = each.left
        light = "error" if days is not None and days < 0 else "soon" if days is not None and days <= CLOSE else "note"
        when = "等候办理" if days is None or each.due_on is None else (
            _late(each.due_on, today) if days < 0 else _left(today, each.due_on)
        )  # fmt: skip
        what = {"drafting": "修改退回的稿子", "approved": "公开"}.get(each.state, each.state_word.removeprefix("待"))
        waiting = f"{each.body_name}{each.by}拟稿，{each.state_word}{each.waits}天" + ("，紧急" if each.urgent else "")
        cite = "条例第26条" if each.state in ("approved", "drafting") else "条例第17条"
        yield Duty(
            each.due_on or LATER, when, light, f"{what}：{each.title}", waiting, cite, f"/desk/drafts/{each.id}/"
        )


def _documents(person: Person) -> Iterator[Duty]:
    """Documents that nobody has interpreted yet, and those whose validity ends soon."""
    today, found = clock.today(), documents.owed(person)
    if found.unread and found.first_due:
        late = found.first_due < today
        when = _late(found.first_due, today) if late else _left(today, found.first_due)
        light, waiting = "error" if late else "soon", f"{found.unread}件公开了没有解读"
        yield Duty(found.first_due, when, light, "解读规章、规范性文件", waiting, "国办发〔2016〕80号",
                   "/desk/documents/?standing=unread")  # fmt: skip
    if found.ending and found.first_end:
        waiting = f"{found.ending}件快到有效期截止的日子，延续、修改或者任其失效"
        yield Duty(found.first_end, _left(today, found.first_end), "soon", "评估有效期将满的文件", waiting, "",
                   "/desk/documents/?standing=ending")  # fmt: skip


def _columns(person: Person) -> Iterator[Duty]:
    """Columns that are behind their own rule (条例第24条)."""
    for code, name, count, since in catalogue.behind(person):
        yield Duty(since, _late(since, clock.today()), "error", f"更新{name}的栏目",
                   f"{count}个栏目超过了自己的更新期限", "条例第24条", f"/desk/columns/?body={code}")  # fmt: skip


def _evaluations(person: Person) -> Iterator[Duty]:
    """What is not public and has come to the day of its evaluation (条例第18条)."""
    today = clock.today()
    for _, name, count, oldest in evaluation_queries.due_count(person):
        late = oldest < today
        when = _late(oldest, today) if late else _left(today, oldest)
        what = f"再评估{name}不主动公开的信息"
        yield Duty(oldest, when, "error" if late else "soon", what, f"{count}条到了评估的日子", "条例第18条",
                   "/desk/evaluations/")  # fmt: skip


def _items(person: Person) -> Iterator[Duty]:
    """What was entered to be public and waits for the person's secrecy review (条例第17条)."""
    for each in unreviewed(person):
        yield Duty(
            LATER, "等候办理", "note", f"保密审查：{each.title}",
            f"{each.body_name}，{_day(each.since)}登记，审查以后才公开", "条例第17条", f"/desk/items/{each.id}/#review",
        )  # fmt: skip


def _late(due: date, today: date) -> str:
    return f"已过{(today - due).days}天"


def _reports(person: Person) -> Iterator[Duty]:
    """Reports that wait for a step of the person's, and those that nobody has begun (条例第49条)."""
    for row, step in awaiting(person):
        late = (row.days_left or 0) < 0
        yield Duty(
            row.due,
            f"已过{row.late_days}天" if late else _left(clock.today(), row.due),
            "error" if late else "soon" if (row.days_left or 0) <= SOON else "note",
            f"{row.body_name}{row.year}年度报告：{step.word}",
            f"现在是“{row.state_word}”，应于{_day(row.due)}前公布",
            "条例第49条",
            f"/desk/annual/{row.id}/",
        )
    bodies = {each.code: each for each in own_bodies(person, Act.DRAFT_REPORT)}
    year = last_full_year()
    begun = opened_years(list(bodies), year)
    for code, body in bodies.items():
        if code in begun:
            continue
        owed = DUTIES.get(body.level, DUTIES["other"])
        due = owed.due_on(year)
        late = due < clock.today()
        yield Duty(
            due,
            f"已过{(clock.today() - due).days}天" if late else _left(clock.today(), due),
            "error" if late else "soon",
            f"起草{body.name}{year}年度政府信息公开工作年度报告",
            f"{_day(due)}前公布，报{owed.reports_to.removesuffix('，并向社会公布')}",
            owed.article.replace("《中华人民共和国政府信息公开条例》", "条例"),
            "/desk/annual/",
        )


def _left(today: date, due: date) -> str:
    days = in_force().count(today.toordinal(), due.toordinal())
    published = due.year in in_force().published_years
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
        if year in in_force().published_years or (year > today.year and today.month < 11):
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
