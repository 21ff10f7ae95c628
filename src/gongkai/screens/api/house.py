"""期限计算、工作日历、任务、日志: what serves every room."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router

from gongkai.bureau.jobs.queries import list_jobs
from gongkai.bureau.ledger.queries import entries
from gongkai.bureau.orgs import queries
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.cases import clock_out
from gongkai.screens.api.schemas.house import (
    CalendarOut,
    ClockIn,
    DeadlineOut,
    JobPageOut,
    JournalFilter,
    JournalPageOut,
)
from gongkai.screens.api.schemas.problem import LARGEST_ID
from gongkai.statute.cases import parse
from gongkai.statute.clock import read_clock
from gongkai.statute.clock.wording import derivation

router = Router(tags=["期限、日历、任务、日志"], auth=SignedIn())


@router.post(
    "/clock",
    response={200: DeadlineOut, **WRITE},
    summary="期限计算",
    description="给出一件申请的事件，答复届满日和怎么算的；什么也不保存。",
    operation_id="deadline",
)
def deadline(request: HttpRequest, given: ClockIn) -> object:
    require(person_of(request), Act.USE_CLOCK, given.body)
    applicant = {"kind": "natural_person", "name": None, "id_number": None, "contact": None}
    events = [each.exchanged() for each in given.events]
    told = {"number": "—", "agency": given.body, "applicant": applicant, "subject": "", "channel": given.channel}
    case, calendar = parse({**told, "events": events}), in_force(given.body)
    return {
        "clock": clock_out(read_clock(case, calendar, given.as_of)),
        "derivation": derivation(case, calendar, given.as_of).lines,
    }


@router.get(
    "/calendar/{year}",
    response={200: CalendarOut, **READ},
    summary="一年的工作日",
    description="body 的本地通知计算在内；国务院的安排还没有公布的年份 published 为 false，期限是暂定的。",
    operation_id="calendar",
)
def calendar_(
    request: HttpRequest,
    year: Annotated[int, Path(ge=2008, le=2100)],
    body: Annotated[str, Query(max_length=100)] = "",
) -> object:
    calendar = in_force(body or None)
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))
    return {
        "year": year,
        "published": year in calendar.published_years,
        "workdays": [each for each in days if calendar.works(each.toordinal())],
        "notices": [asdict(each) for each in queries.notices(year)],
    }


@router.get(
    "/tasks",
    response={200: JobPageOut, **READ},
    summary="后台任务",
    description="自己的和所在机关的，最近的在前。",
    operation_id="tasks",
)
def tasks(request: HttpRequest, after: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None) -> object:
    person = person_of(request)
    reached = [each.code for each in queries.own_bodies(person, Act.SEE_REPORTS)]
    found = list_jobs(owner=person.username, bodies=reached, before=after)
    return {"jobs": [asdict(each) for each in found.rows], "next": found.next_before}


@router.get(
    "/journal",
    response={200: JournalPageOut, **READ},
    summary="日志",
    description="由审计员看；最近的在前。每条写明内容的摘要 digest，与上一条相连。",
    operation_id="journal",
)
def journal(request: HttpRequest, asked: Query[JournalFilter]) -> object:
    person = person_of(request)
    require(person, Act.READ_JOURNAL)
    told = asked.model_dump(exclude={"after"})
    found = entries(before=asked.after, bodies=queries.journal_reach(person), **told)
    return {"entries": [asdict(each) for each in found.rows], "next": found.next_before}
