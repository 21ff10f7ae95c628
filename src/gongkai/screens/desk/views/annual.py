"""年度报告: the body's own reports, from draft to publication; every figure opens the records behind it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau.annual import behind as records
from gongkai.bureau.annual import drafting, filing, report_queries, rounds, steps
from gongkai.bureau.annual.certificates import certificate
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import with_key
from gongkai.screens.desk.views.reports import attachment
from gongkai.screens.ui.downloads import CONTENT_TYPES
from gongkai.screens.ui.report_fragment import report_fragment
from gongkai.screens.ui.results import shown_finding
from gongkai.screens.ui.uploads import sent, takes_files
from gongkai.statute.primitives import CellPlace, InputRefused
from gongkai.statute.report import lifecycle
from gongkai.statute.report.drafting import PARTS
from gongkai.statute.report.form import Column, load
from gongkai.statute.report.model import Cell
from gongkai.statute.report.profiles import ExtraRow
from gongkai.statute.wording.places import name_of

ORIGINS = {
    "stated": "登记的年度数据", "lines": "逐项台账", "documents": "已公布的文件", "carried": "上一年的项目数与增减",
    "unstated": "没有登记，按0计", "unknown": "没有登记",
}  # fmt: skip
Entered = tuple[Column, Cell]
LEDGERS = {"request": "申请", "remedy": "复议诉讼", "statement": "年度数据", "line": "逐项台账", "item": "公布的信息"}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_DRAFTS)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        year = forms.text(request, "year")
        try:
            made = drafting.start(person, forms.text(request, "body"), _number(year))
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, "已由台账起草。带【请填写】的地方等您补写。")
            return redirect("desk:annual-report", made)
    rows, following = report_queries.drafts(
        person, body=request.GET.get("body", ""), after=request.GET.get("after", "")
    )
    context = {
        "rows": rows,
        "next": with_key(request, "after", following) if following else "",
        "bodies": own_bodies(person, Act.DRAFT_REPORT),
        "last_year": report_queries.last_full_year(),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/annual/list.html", context, here="annual", status=400 if faults else 200)


def _number(entered: str) -> int:
    """A year or an id as typed; 0, which is neither, for anything else."""
    return int(entered) if entered.isascii() and entered.isdecimal() and len(entered) < 10 else 0


@staff
@require_safe
def detail(request: HttpRequest, report: int) -> HttpResponse:
    return _detail(request, report)


def _detail(
    request: HttpRequest, report: int, faults: tuple[str, ...] = (), at: str = "", status: int = 400
) -> HttpResponse:
    found = report_queries.detail(person_of(request), report)
    if found is None:
        raise Http404
    ways = partial(_way, report)
    unstated = next((each for each in found.report.findings if each.code == "cell.unstated"), None)
    context = {
        "found": found,
        "row": found.row,
        "fragment": report_fragment(found.report, found.report.findings, "r", ways),
        "findings": [shown_finding(number, each) for number, each in enumerate(found.report.findings, 1)],
        "errors": sum(each.severity == "error" for each in found.report.findings),
        "parts": [(part, drafting.part_word(part), part in found.drifts) for part in PARTS],
        "changes": [(name_of(CellPlace(*each.where)), each, ways(*each.where)) for each in found.changes],
        "fields": lifecycle.FIELDS,
        "unstated": unstated.facts["count"] if unstated else 0,
        "certificate": certificate(person_of(request), found.row.body, found.row.year),
        "added": _added(found, request.POST if at == "extra" else {}),
        "faults": faults,
        "at": at,
        "entered": request.POST,
    }
    return page(request, "desk/annual/report.html", context, here="annual", status=status if faults else 200)


def _added(found: report_queries.ReportDetail, typed: Mapping[str, str]) -> list[tuple[ExtraRow, list[Entered]]]:
    """The rows of local profiles with what stands in their cells, or what was typed and refused."""
    rows = [row for each in found.profiles for row in each.rows]
    return [
        (
            row,
            [
                (column, typed.get(f"{row.code}.{column.code}", found.extra_rows.get(row.code, {}).get(column.code)))
                for column in row.columns
            ],
        )
        for row in rows
    ]


def _way(report: int, table: str, row: str, column: str) -> str:
    return reverse("desk:annual-cell", args=[report, table, row, column])


@staff
@require_safe
def cell(request: HttpRequest, report: int, table: str, row: str, column: str) -> HttpResponse:
    """The records behind one figure."""
    after = request.GET.get("after", "")
    found = records.behind(person_of(request), report, table, row, column, after=after)
    own = report_queries.row(person_of(request), report)
    if found is None or own is None:
        raise Http404
    context = {
        "found": found,
        "row": own,
        "name": name_of(CellPlace(table, row, column), _instrument(own.form)),
        "ledgers": LEDGERS,
        "origin": ORIGINS.get(found.origin, ""),
        "first": not after,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
    }
    return page(request, "desk/annual/cell.html", context, here="annual")


def _instrument(form: str) -> str:
    return load(form).instrument


@takes_files
@staff
@require_POST
def step(request: HttpRequest, report: int, act: str) -> HttpResponse:
    """Take one step of the table of steps."""
    if report_queries.row(person_of(request), report) is None:
        raise Http404
    scans = [each for each in sent(request, "scan") if each.data or each.refused]
    if scans and scans[0].refused:
        return _detail(request, report, (f"签批件扫描件：{scans[0].refused}",), act)
    fields = {name: forms.text(request, name) for name in (*lifecycle.FIELDS, "confirm_zero")}
    try:
        leads_to = steps.take_step(person_of(request), report, act, fields, scans[0].data if scans else None)
    except InputRefused as refused:
        return _detail(request, report, forms.lines(refused), act)
    except PermissionDenied as refused:
        return _detail(request, report, (f"{refused}。",), act, status=403)
    messages.success(request, f"已办理：{lifecycle.ACTS[act]}。")
    if act == "file_package":
        return redirect("desk:annual-package", report)
    return redirect("desk:annual-report", leads_to)


@staff
@require_POST
def extra(request: HttpRequest, report: int) -> HttpResponse:
    """The rows that a local profile adds."""
    if report_queries.row(person_of(request), report) is None:
        raise Http404
    entered: dict[str, dict[str, str]] = {}
    for name, value in request.POST.items():
        row, dot, column = name.partition(".")
        if dot:
            entered.setdefault(row, {})[column] = str(value)
    try:
        drafting.enter_extra_rows(person_of(request), report, entered)
    except InputRefused as refused:
        return _detail(request, report, forms.lines(refused), "extra")
    messages.success(request, "本地要求的各行已保存。")
    return redirect("desk:annual-report", report)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """年报部署: earlier days for a round, local profiles."""
    person = person_of(request)
    require(person, Act.ORGANISE_REPORTS)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            said = _organised(request)
        except InputRefused as refused:
            faults = forms.lines(refused)
        except ObjectDoesNotExist:
            raise Http404 from None
        else:
            messages.success(request, said)
            return redirect("desk:rounds")
    context = {
        "rounds": rounds.rounds(person),
        "choices": rounds.choices(person),
        "bodies": own_bodies(person, Act.ORGANISE_REPORTS),
        "last_year": report_queries.last_full_year(),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/annual/rounds.html", context, here="rounds", status=400 if faults else 200)


def _organised(request: HttpRequest) -> str:
    person, do = person_of(request), forms.text(request, "do")
    number = forms.text(request, "id")
    year = forms.text(request, "year")
    since = _number(year)
    if do == "call":
        day = forms.required_day(request, "due_on", "报送日")
        rounds.call_round(person, forms.text(request, "body"), since, day, forms.text(request, "instrument"))
        return "已部署，各机关的期限随之提前。"
    if do == "choose":
        rounds.choose_profile(person, forms.text(request, "body"), forms.text(request, "profile"), since)
        return "已启用，起草中的报告按它核查。"
    if do == "withdraw" and _number(number):
        rounds.withdraw_round(person, _number(number))
        return "已撤回，恢复法定期限。"
    if do == "drop" and _number(number):
        rounds.drop_profile(person, _number(number))
        return "已停用。"
    raise Http404


@staff
@require_safe
def download(request: HttpRequest, report: int, to: str) -> HttpResponse:
    """The report in the official layout as it stands: the file as published, else made now."""
    try:
        made = filing.document(person_of(request), report, to)
    except InputRefused as refused:
        return _detail(request, report, forms.lines(refused))
    if made is None:
        raise Http404
    name, data = made
    return attachment(data, {**CONTENT_TYPES, "csv": "text/csv; charset=utf-8"}[to], name)


@staff
@require_safe
def package(request: HttpRequest, report: int) -> HttpResponse:
    """报送材料: covering letter, Word file, PDF, sealed scan where there is one."""
    try:
        made = filing.package(person_of(request), report)
    except InputRefused as refused:
        return _detail(request, report, forms.lines(refused), "file_package")
    if made is None:
        raise Http404
    name, data = made
    return attachment(data, "application/zip", name)


@staff
@require_safe
def carried(request: HttpRequest, report: int) -> HttpResponse:
    """结转证明: what is carried out on 31 December, to be printed for the file."""
    own = report_queries.row(person_of(request), report)
    if own is None:
        raise Http404
    shown = report_queries.carried_in(person_of(request), report)
    context = {
        "row": own,
        "certificate": certificate(person_of(request), own.body, own.year),
        "previous": certificate(person_of(request), own.body, own.year - 1),
        "carried_in": shown,
    }
    return page(request, "desk/annual/certificate.html", context, here="annual")
