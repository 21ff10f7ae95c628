"""年度数据 and 工作记录: table two of a body's year with what it is made of, and the records of the year's work."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Status

from gongkai.bureau.annual import statement_queries as queries
from gongkai.bureau.annual import statements as services
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.ledgers import (
    BecauseIn,
    LineIn,
    StateIn,
    StatementRowOut,
    StatementsOut,
    WorkFilter,
    WorkIn,
    WorkPageOut,
)
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.statute.report.json_format import finding_json

router = Router(tags=["年度数据和工作记录"], auth=SignedIn())
Year = Annotated[int, Path(ge=2000, le=2999)]


@router.get(
    "/bodies/{code}/statements/{year}",
    response={200: StatementsOut, **READ},
    summary="一个机关一年的表二",
    description="每一格的数和它从哪里来，与别的台账不同的一并列出。",
    operation_id="statements",
)
def statements(request: HttpRequest, code: str, year: Year) -> object:
    found = queries.year(person_of(request), code, year)
    if found is None:
        raise Http404("没有这个机关")
    return {
        "body": found.body, "body_name": found.body_name, "year": found.year, "form": found.form.code,
        "rows": [_row(each) for each in found.rows], "unstated": found.unstated, "refused": found.refused,
    }  # fmt: skip


@router.get(
    "/bodies/{code}/statements/{year}/{row}",
    response={200: StatementRowOut, **READ},
    summary="表二的一行",
    description="每一格登记的经过，和下面逐项的记录 items。",
    operation_id="statement_row",
)
def statement_row(request: HttpRequest, code: str, year: Year, row: str) -> object:
    found = queries.row(person_of(request), code, year, row)
    if found is None:
        raise Http404("没有这个机关，或者表二没有这一行")
    return {
        **_row(found.row),
        "statements": {name: [asdict(each) for each in rows] for name, rows in found.statements.items()},
        "items": [asdict(each) for each in found.lines],
        "fields": found.fields,
    }


@router.post(
    "/bodies/{code}/statements/{year}/{row}",
    response={201: MadeOut, **WRITE},
    summary="登记表二的一格",
    description="原来登记的留在经过里。",
    operation_id="state_cell",
)
def state_cell(request: HttpRequest, code: str, year: Year, row: str, given: StateIn) -> object:
    made = services.state(person_of(request), code, year, row, given.column, given.value, given.evidence)
    return Status(201, {"id": made})


@router.post(
    "/bodies/{code}/statements/{year}/{row}/lines",
    response={201: MadeOut, **WRITE},
    summary="在表二的一行下登记一项",
    operation_id="add_line",
)
def add_line(request: HttpRequest, code: str, year: Year, row: str, given: LineIn) -> object:
    return Status(201, {"id": services.add_line(person_of(request), code, year, row, **given.model_dump())})


@router.post(
    "/statement-lines/{line}/withdraw",
    response={204: None, **WRITE},
    summary="撤回逐项登记的一项",
    operation_id="withdraw_line",
)
def withdraw_line(request: HttpRequest, line: Id, given: BecauseIn) -> object:
    services.withdraw_line(person_of(request), line, because=given.because)
    return Status(204, None)


@router.get(
    "/work-records",
    response={200: WorkPageOut, **READ},
    summary="工作记录",
    description=f"培训、监督检查、考核、评议、责任追究、问题（条例第46至50条），最近的在前，一页{queries.PAGE}件。",
    operation_id="work_records",
)
def work_records(request: HttpRequest, asked: Query[WorkFilter]) -> object:
    found = queries.work(person_of(request), **asked.model_dump())
    return {"records": [asdict(each) for each in found.rows], "next": found.next_after or None}


@router.post("/work-records", response={201: MadeOut, **WRITE}, summary="登记一项工作", operation_id="record_work")
def record_work(request: HttpRequest, given: WorkIn) -> object:
    told = given.model_dump(exclude={"body", "kind"})
    return Status(201, {"id": services.record_work(person_of(request), given.body, given.kind, **told)})


@router.post(
    "/work-records/{work}/withdraw",
    response={204: None, **WRITE},
    summary="撤回一项工作记录",
    operation_id="withdraw_work",
)
def withdraw_work(request: HttpRequest, work: Id, given: BecauseIn) -> object:
    services.withdraw_work(person_of(request), work, because=given.because)
    return Status(204, None)


def _row(found: queries.YearRow) -> dict[str, object]:
    return {
        "row": found.row.code,
        "label": found.row.label,
        "cells": [
            {
                "column": each.column.code,
                "label": each.column.label,
                "value": each.value,
                "origin": each.origin,
                "differences": [finding_json(one) for one in each.differences],
            }
            for each in found.cells
        ],
        "lines": found.lines,
    }
