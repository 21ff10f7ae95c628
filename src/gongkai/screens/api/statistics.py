"""本年统计: the year so far in the report's own tables; each figure opens its cases."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router

from gongkai.bureau.annual import year_so_far as year
from gongkai.bureau.casework.queries.handling_time import BANDS
from gongkai.bureau.orgs.people import Person
from gongkai.screens.api.access import READ, SignedIn, person_of
from gongkai.screens.api.schemas.statistics import (
    AnswersOut,
    BehindOut,
    CasesFilter,
    Figure,
    ScopeFilter,
    StatisticsCellOut,
    StatisticsOut,
)

router = Router(tags=["统计"], auth=SignedIn())


@router.get(
    "/statistics",
    response={200: StatisticsOut, **READ},
    summary="本年统计",
    description="表三、表四到某一天为止的数，各科室、各人的工作量，办理时间，纠错，提交以前就得到答复的人数。",
    operation_id="statistics",
)
def statistics(request: HttpRequest, asked: Query[ScopeFilter]) -> object:
    scope = _scope(person_of(request), asked)
    found = year.year_so_far(scope)
    told = asdict(found)
    told["times"] = {
        "replies": found.times.replies,
        "median": found.times.median,
        "bands": [
            {"first": first, "last": last, "replies": count}
            for (first, last), count in zip(BANDS, found.times.bands, strict=True)
        ],
        "slowest": [{"days": days, "request": asdict(row)} for days, row in found.times.slowest],
    }
    return {"body": scope.body, "name": scope.name, "year": scope.year, **told}


@router.get(
    "/statistics/cells/{table}/{row}/{column}",
    response={200: StatisticsCellOut, **READ},
    summary="统计的一格背后的记录",
    description=f"一页{year.PAGE}条。",
    operation_id="statistics_cell",
)
def statistics_cell(
    request: HttpRequest,
    table: str,
    row: str,
    column: str,
    asked: Query[ScopeFilter],
    after: Annotated[str, Query(max_length=40)] = "",
) -> object:
    try:
        value, records, following = year.cell(_scope(person_of(request), asked), table, row, column, after=after)
    except KeyError:
        raise Http404("没有这一格，代码见 forms.md") from None
    return {"value": value, "records": [asdict(each) for each in records], "next": following or None}


@router.get(
    "/statistics/requests/{figure}",
    response={200: BehindOut, **READ},
    summary="统计的一个数背后的申请",
    description=f"一页{year.PAGE}件。各人的工作量由公开专员、科室负责人、领导看，别人只看自己的。",
    operation_id="statistics_requests",
)
def statistics_requests(request: HttpRequest, figure: Figure, asked: Query[CasesFilter]) -> object:
    scope = _scope(person_of(request), asked)
    found = year.cases(scope, figure, by=asked.by, key=asked.key, band=asked.band, after=asked.after)
    rows = [{"days": days, "request": asdict(row)} for days, row in found.rows]
    return {"rows": rows, "next": found.next_after or None}


@router.get(
    "/statistics/answers",
    response={200: AnswersOut, **READ},
    summary="提交申请以前就答复了人们的信息",
    operation_id="statistics_answers",
)
def statistics_answers(request: HttpRequest, asked: Query[ScopeFilter]) -> object:
    found = year.answers(_scope(person_of(request), asked))
    return {"answers": [{"found": name, "count": count} for name, count in found]}


def _scope(person: Person, asked: ScopeFilter) -> year.Scope:
    return year.scope(person, asked.body, asked.year, asked.as_of)
