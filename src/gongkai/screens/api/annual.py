"""年度报告的编制: the body's own reports, their figures with the records behind, the steps, the files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.annual import behind as records
from gongkai.bureau.annual import certificates, drafting, filing, report_queries, steps
from gongkai.bureau.orgs.people import Person
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.annual import (
    AnnualOut,
    AnnualPageOut,
    CarriedPairOut,
    CellOut,
    ExtraIn,
    ReportAct,
    ReportStepIn,
    StartIn,
)
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.screens.api.sending import ANY_FILE, ANY_FILE_OR_JSON, file_answer, one_file
from gongkai.screens.api.strict import takes_files
from gongkai.screens.ui.downloads import CONTENT_TYPES
from gongkai.screens.ui.uploads import MEGABYTE
from gongkai.statute.report import lifecycle
from gongkai.statute.report.drafting import PARTS
from gongkai.statute.report.json_format import to_json

router = Router(tags=["年度报告的编制"], auth=SignedIn())
Name = Annotated[str, Query(max_length=100)]


@router.get(
    "/annual-reports",
    response={200: AnnualPageOut, **READ},
    summary="本机关的年度报告",
    description=f"各年度各版，最近的年度在前，一页{report_queries.PAGE}份。",
    operation_id="annual_reports",
)
def annual_reports(request: HttpRequest, body: Name = "", after: Name = "") -> object:
    rows, following = report_queries.drafts(person_of(request), body=body, after=after)
    return {"reports": [asdict(each) for each in rows], "next": following or None}


@router.post(
    "/annual-reports",
    response={201: MadeOut, **WRITE},
    summary="起草一份年度报告",
    description="由台账起草；带【请填写】的地方待补写。",
    operation_id="start_report",
)
def start_report(request: HttpRequest, given: StartIn) -> object:
    return Status(201, {"id": drafting.start(person_of(request), given.body, given.year)})


@router.get(
    "/annual-reports/{report}",
    response={200: AnnualOut, **READ},
    summary="一份年度报告（编制中或已公布）",
    description="三张表、正文、核查结果、现在能办的步骤和不能办的原因、经过、冻结以后台账有哪些变化。",
    operation_id="annual_report",
)
def annual_report(request: HttpRequest, report: Id) -> object:
    return _shown(person_of(request), report)


@router.get(
    "/annual-reports/{report}/cells/{table}/{row}/{column}",
    response={200: CellOut, **READ},
    summary="一格数字背后的记录",
    description=f"一页{records.PAGE}条；冻结的报告是冻结时的记录。格的代码见 forms.md。",
    operation_id="annual_cell",
)
def annual_cell(request: HttpRequest, report: Id, table: str, row: str, column: str, after: Name = "") -> object:
    found = records.behind(person_of(request), report, table, row, column, after=after)
    if found is None:
        raise Http404("没有这份报告，或者没有这一格")
    return {**asdict(found), "next": found.next_after or None}


@router.post(
    "/annual-reports/{report}/steps/{act}",
    response={200: MadeOut, **WRITE},
    summary="年度报告办一步：提交、审核、退回、批准、公布、更正、报送",
    description="字段按年度报告步骤表，用表单；scan 是签批件或盖章扫描件。答复所到的那一版（更正是新的一版）。",
    operation_id="annual_step",
)
@decorate_view(takes_files(steps.LARGEST_SCAN + MEGABYTE))
def annual_step(
    request: HttpRequest,
    report: Id,
    act: ReportAct,
    given: Form[ReportStepIn],
    scan: File[UploadedFile | None] = None,
) -> object:
    sent = one_file(scan, "签批件扫描件")
    return {"id": steps.take_step(person_of(request), report, act, given.model_dump(), sent.data if sent else None)}


@router.put(
    "/annual-reports/{report}/extra-rows",
    response={200: AnnualOut, **WRITE},
    summary="填写本地要求的各行",
    operation_id="extra_rows",
)
def extra_rows(request: HttpRequest, report: Id, given: ExtraIn) -> object:
    person = person_of(request)
    drafting.enter_extra_rows(person, report, given.rows)
    return _shown(person, report)


@router.get(
    "/annual-reports/{report}/carried",
    response={200: CarriedPairOut, **READ},
    summary="结转证明",
    description="年末结转的每一件，和上一年的互相衔接；differences 是台账现在的不同。",
    operation_id="carried",
)
def carried(request: HttpRequest, report: Id) -> object:
    person = person_of(request)
    own = report_queries.row(person, report)
    if own is None:
        raise Http404("没有这份报告")
    this, before = (certificates.certificate(person, own.body, year) for year in (own.year, own.year - 1))
    return {
        "carried_in": report_queries.carried_in(person, report),
        "certificate": asdict(this) if this else None,
        "previous": asdict(before) if before else None,
    }


@router.get(
    "/annual-reports/{report}/files/{to}",
    response={200: None, **READ},
    summary="取年度报告：docx、pdf、xlsx、json、csv",
    description="公布的是公布时的文件，没有公布的按现在的内容生成。",
    operation_id="annual_file",
    openapi_extra=ANY_FILE_OR_JSON,
)
def annual_file(request: HttpRequest, report: Id, to: Literal["docx", "pdf", "xlsx", "json", "csv"]) -> HttpResponse:
    made = filing.document(person_of(request), report, to)
    if made is None:
        raise Http404("没有这份报告")
    return file_answer(made[0], {**CONTENT_TYPES, "csv": "text/csv; charset=utf-8"}[to], made[1])


@router.get(
    "/annual-reports/{report}/package",
    response={200: None, **READ},
    summary="取报送材料（zip）",
    description="报送函、Word、PDF、扫描件；批准以后才有。",
    operation_id="annual_package",
    openapi_extra=ANY_FILE,
)
def annual_package(request: HttpRequest, report: Id) -> HttpResponse:
    made = filing.package(person_of(request), report)
    if made is None:
        raise Http404("没有这份报告")
    return file_answer(made[0], "application/zip", made[1])


def _shown(person: Person, report: int) -> dict[str, Any]:
    found = report_queries.detail(person, report)
    if found is None:
        raise Http404("没有这份报告")
    return {
        **asdict(found.row),
        "frozen": found.frozen,
        "as_of": found.as_of,
        "note": found.note,
        "editable": found.editable,
        "report": to_json(found.report, file=""),
        "parts": [
            {"part": part, "word": drafting.part_word(part), "drifted": len(found.drifts.get(part, ()))}
            for part in PARTS
        ],
        "extra_rows": found.extra_rows,
        "offers": [
            {
                "act": each.step.act, "word": each.step.word, "article": each.step.article,
                "fields": {name: lifecycle.FIELDS[name] for name in each.step.fields}, "refused": each.refused,
            }
            for each in found.steps
        ],
        "history": [asdict(each) for each in found.history],
        "unconfirmed": [each.number for each in found.unconfirmed],
        "changes": [
            {**dict(zip(("table", "row", "column"), each.where, strict=True)), "then": each.then, "now": each.now}
            for each in found.changes
        ],
    }  # fmt: skip
