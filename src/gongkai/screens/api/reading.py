"""Reading and checking reports that were published anywhere, forms, bodies. Nothing sent here is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import File, Router
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.orgs import queries
from gongkai.screens.api.access import OPEN
from gongkai.screens.api.problems import problem, too_often
from gongkai.screens.api.schemas.problem import ProblemOut
from gongkai.screens.api.schemas.reading import BodiesOut, FormOut, ReportOut
from gongkai.screens.ui.checking import check_report, read_sent
from gongkai.screens.ui.rates import TooOftenError, spend
from gongkai.screens.ui.uploads import LARGEST_FILE, MEGABYTE, hold_in_memory, of_upload, too_much
from gongkai.statute.report.form import CODES, load
from gongkai.statute.report.json_format import to_json

PER_PAGE = 100
PROBLEMS: dict[int, Any] = {400: ProblemOut, 413: ProblemOut, 422: ProblemOut, 429: ProblemOut}
router = Router()


def in_memory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Before the body is read: refuse what is too long, count it, and hold files in memory alone."""

    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_much(request, 2 * LARGEST_FILE + MEGABYTE):
            return problem(413, f"每个文件不超过 {LARGEST_FILE // MEGABYTE} MB")
        try:
            spend(request)
        except TooOftenError as refused:
            return too_often(refused)
        hold_in_memory(request)
        return view(request, *args, **kwargs)

    return wrapped


def _report(obj: dict[str, object]) -> JsonResponse:
    return JsonResponse(obj, json_dumps_params={"ensure_ascii": False}, headers={"Cache-Control": "no-store"})


@router.post(
    "/reports/read",
    response={200: ReportOut, **PROBLEMS},
    summary="读取一份年度报告",
    description="识别格式、机关、年度，取出三张表的每一格和正文；findings 只含 form.* 和 cell.*。",
    operation_id="read_report",
    tags=["年度报告"],
)
@decorate_view(in_memory)
def read_report(request: HttpRequest, file: File[UploadedFile]) -> JsonResponse:
    sent = of_upload(file)
    return _report(to_json(read_sent(sent).report, file=sent.name))


@router.post(
    "/reports/check",
    response={200: ReportOut, **PROBLEMS},
    summary="核查一份年度报告",
    description="读取，并给出全部检查结果。previous 是上一年的报告，给了就核对结转和现行有效件数。",
    operation_id="check_report",
    tags=["年度报告"],
)
@decorate_view(in_memory)
def check_sent_report(
    request: HttpRequest, file: File[UploadedFile], previous: File[UploadedFile | None] = None
) -> JsonResponse:
    sent = of_upload(file)
    reading = read_sent(sent)
    last = read_sent(of_upload(previous)).report if previous is not None else None
    report = check_report(reading.report, last, reading.source, queries.known_bodies())
    return _report(to_json(report, file=sent.name))


@router.get(
    "/forms/{code}",
    response={200: FormOut, **OPEN},
    summary="一种年度报告格式",
    operation_id="form",
    tags=["年度报告"],
)
def form(request: HttpRequest, code: str) -> JsonResponse:
    if code not in CODES:
        raise Http404(f"没有“{code[:20]}”这种格式，只有 {'、'.join(CODES)}")
    found = load(code)
    tables = [
        {
            "code": table.code,
            "title": table.title,
            "rows": [
                {
                    "code": row.code,
                    "label": row.label,
                    "path": list(row.path),
                    "part": row.part,
                    "columns": [
                        {"code": each.code, "label": each.label, "kind": each.kind, "group": each.group}
                        for each in row.columns
                    ],
                }
                for row in table.rows
            ],
        }
        for table in found.tables.values()
    ]
    return JsonResponse(
        {
            "code": found.code,
            "instrument": found.instrument,
            "first_year": found.first_year,
            "last_year": found.last_year,
            "headings": dict(found.headings),
            "tables": tables,
        },
        json_dumps_params={"ensure_ascii": False},
    )


@router.get(
    "/bodies",
    response={200: BodiesOut, **OPEN},
    summary="机关名录",
    description=f"按代码排列，一页{PER_PAGE}个；after 取上一页的 next。",
    operation_id="bodies",
    tags=["机关"],
)
def bodies(request: HttpRequest, after: str = "") -> JsonResponse:
    found = queries.bodies(after=after[:100].replace("\0", "") or None, size=PER_PAGE)
    rows = [
        {
            "code": each.code,
            "name": each.name,
            "short_name": each.short_name,
            "level": each.level,
            "parent": each.parent,
        }
        for each in found.rows
    ]
    return JsonResponse({"bodies": rows, "next": found.next_after}, json_dumps_params={"ensure_ascii": False})
