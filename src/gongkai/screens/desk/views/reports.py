"""年报核查: published reports kept and checked for a body; findings overruled with a reason."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook

from gongkai.bureau.annual import queries, services
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key, with_key
from gongkai.screens.ui.downloads import CONTENT_TYPES, file_of, file_stem
from gongkai.screens.ui.report_fragment import report_fragment
from gongkai.screens.ui.results import shown_finding
from gongkai.screens.ui.uploads import sent, takes_files
from gongkai.statute.primitives import InputRefused

SHEET_LIMIT = 5000


@takes_files
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_REPORTS)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        files = sent(request, "files")
        refused = [f"{each.name}：{each.refused}" for each in files if each.refused]
        try:
            kept = services.keep(
                person, forms.text(request, "body"), [(each.name, each.data) for each in files if not each.refused]
            )
        except InputRefused as wrong:
            faults = (*refused, *forms.lines(wrong))
        else:
            for each in refused:
                messages.error(request, each)
            messages.success(request, f"已留存{len(kept)}份报告，正在后台核查。可以离开，结果在这里和“任务”里。")
            return redirect("desk:report", kept[0]) if len(kept) == 1 else redirect("desk:reports")
    found = _found(request)
    context = {
        "found": found,
        "faults": faults,
        "bodies": own_bodies(person, Act.CHECK_REPORTS),
        "query": request.GET,
        "next": with_key(request, "page", found.next_page) if found.next_page else "",
        "busy": any(each.state == "waiting" for each in found.rows),
    }
    return page(request, "desk/reports.html", context, here="reports", status=400 if faults else 200)


def _found(request: HttpRequest, size: int = queries.PAGE) -> queries.CheckPage:
    return queries.checks(
        person_of(request),
        page=key(request, "page") or 1,
        search=request.GET.get("search", "").strip()[:80],
        year=key(request, "year"),
        state=request.GET.get("state", ""),
        order=request.GET.get("order", "newest"),
        size=size,
    )


@staff
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has a sheet
    sheet.title = "年报核查"
    sheet.append(["留存机关", "报告机关", "年度", "格式", "文件", "状态", "错误", "警告", "经办人", "留存时间"])
    for each in _found(request, SHEET_LIMIT).rows:
        sheet.append(
            [
                each.body_name, each.agency, each.year, each.form, each.file_name, each.state_word, each.errors,
                each.warnings, each.kept_by, each.kept_at.replace(tzinfo=None),
            ]
        )  # fmt: skip
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                # what begins with = stays text: a file's name is no formula
                cell.data_type = "s"
    out = BytesIO()
    book.save(out)
    return attachment(out.getvalue(), CONTENT_TYPES["xlsx"], "年报核查.xlsx")


@staff
@require_safe
def detail(request: HttpRequest, check: int) -> HttpResponse:
    return _detail(request, check)


def _detail(request: HttpRequest, check: int, faults: tuple[str, ...] = (), at: str = "") -> HttpResponse:
    found = queries.check(person_of(request), check)
    if found is None:
        raise Http404
    fragment = ""
    if found.report is not None:
        fragment = report_fragment(found.report, [each.finding for each in found.findings], "r")
    marked = [
        (shown_finding(number, each.finding), each.mark, each.waiver) for number, each in enumerate(found.findings, 1)
    ]
    context = {
        "found": found,
        "fragment": fragment,
        "marked": marked,
        "faults": faults,
        "at": at,
        "entered": request.POST,
        "formats": (("docx", "Word"), ("pdf", "PDF"), ("html", "网页"), ("xlsx", "表格"), ("json", "JSON")),
    }
    return page(request, "desk/report.html", context, here="reports", status=400 if faults else 200)


@staff
@require_POST
def waive(request: HttpRequest, check: int) -> HttpResponse:
    mark = forms.text(request, "mark")
    try:
        services.waive(
            person_of(request),
            check,
            mark,
            because=forms.text(request, "because"),
            until=forms.day(request, "until", "有效至"),
        )
    except InputRefused as refused:
        return _detail(request, check, forms.lines(refused), mark)
    messages.success(request, "已放过，理由已记入日志。")
    return redirect("desk:report", check)


@staff
@require_POST
def withdraw(request: HttpRequest, check: int, waiver: int) -> HttpResponse:
    try:
        services.withdraw_waiver(person_of(request), check, waiver)
    except InputRefused as refused:
        return _detail(request, check, forms.lines(refused))
    messages.success(request, "已撤回，这个问题恢复。")
    return redirect("desk:report", check)


@staff
@require_safe
def download(request: HttpRequest, check: int, to: str) -> HttpResponse:
    found = queries.check(person_of(request), check)
    if found is None or found.report is None or to not in CONTENT_TYPES:
        raise Http404
    try:
        made = file_of(found.report, to)
    except InputRefused as refused:
        return _detail(request, check, forms.lines(refused))
    return attachment(made, CONTENT_TYPES[to], f"{file_stem(found.report)}.{to}")


def attachment(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    response.headers["Cache-Control"] = "no-store"
    return response
