"""导入旧网站的表格: sent, headers mapped, every row checked, imported in the background; public only when reviewed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import site_tables
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.ui.uploads import sent, takes_files
from gongkai.statute.primitives import InputFault, InputRefused

BUSY = frozenset({"queued", "running"})


@takes_files
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.ENTER_ITEMS)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            made = _send(request)
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            return redirect("desk:item-table", made)
    bodies = [(each.code, each.name) for each in own_bodies(person, Act.ENTER_ITEMS)]
    context = {"bodies": bodies, "faults": faults, "chosen": request.POST.get("body", "")}
    return page(request, "desk/ledgers/table_send.html", context, here="items", status=400 if faults else 200)


def _send(request: HttpRequest) -> int:
    files = sent(request, "table")
    if len(files) != 1:
        raise InputRefused(
            InputFault("表格", "没有选择文件" if not files else "选了几个文件", "一个 .xlsx、.csv 或 .jsonl")
        )
    if files[0].refused:
        raise InputRefused(InputFault("表格", files[0].refused, "分成几个文件，或者用命令行导入"))
    return site_tables.send(person_of(request), forms.text(request, "body"), files[0].name, files[0].data)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, number: int) -> HttpResponse:
    """One table, at whatever step it is; posted, the next step."""
    found = site_tables.shown(person_of(request), number)
    if found is None:
        raise Http404
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            return _step(request, found)
        except InputRefused as refused:
            faults = forms.lines(refused)
    busy = found.job is not None and found.job.state in BUSY
    context = {
        "found": found,
        "headers": [
            (place, each, _posted(request, f"map-{place}", each.field)) for place, each in enumerate(found.headers)
        ],
        "offered": site_tables.OFFERED.items(),
        "column": _posted(request, "column", found.column),
        "busy": busy,
        "faults": faults,
    }
    return page(request, "desk/ledgers/table.html", context, here="items", status=400 if faults else 200)


def _step(request: HttpRequest, found: site_tables.Shown) -> HttpResponse:
    person, act = person_of(request), forms.text(request, "act")
    if act == "discard":
        site_tables.discard(person, found.id)
        messages.success(request, "已删除上传的表格，什么也没有导入。")
        return redirect("desk:items")
    if act == "import":
        site_tables.begin(person, found.id, skip_bad=request.POST.get("skip_bad") == "yes")
        messages.success(request, "正在后台导入。可以离开，进度在这里和“任务”里。")
    elif act == "check":
        fields = {each.name: forms.text(request, f"map-{place}") for place, each in enumerate(found.headers)}
        site_tables.choose(person, found.id, fields, forms.text(request, "column"))
        messages.success(request, "正在后台检查全部各行。可以离开，结果在这里。")
    else:
        raise InputRefused(InputFault("操作", "没有选择", "检查、导入或者删除"))
    return redirect("desk:item-table", found.id)


def _posted(request: HttpRequest, name: str, kept: str) -> str:
    return str(request.POST[name]) if name in request.POST else kept
