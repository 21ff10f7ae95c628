"""工作记录: training, checks, assessment, appraisal, accountability, problems (条例第46至50条)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock
from gongkai.bureau.annual import statement_queries as queries
from gongkai.bureau.annual import statements as services
from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import WORK_KINDS
from gongkai.screens.desk.paging import day_key, key, with_key, word
from gongkai.screens.desk.sheets import SHEET_LIMIT, sheet_answer
from gongkai.statute.primitives import InputRefused

LABELS = {
    "kind": "种类", "on": "日期", "title": "名称", "people": "参加人数", "found": "发现问题数", "rectified": "已整改数",
    "result": "结果", "evidence": "依据", "because": "撤回理由",
}  # fmt: skip
PLACES = {
    **{label: (name, label) for name, label in LABELS.items()},
    "人数": ("people", LABELS["people"]),
}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    faults, at = field_faults.NONE, ""
    if request.method == "POST":
        at = forms.text(request, "do") + forms.text(request, "work")
        try:
            said = _act(request)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, said)
            return redirect(request.get_full_path())
    elif request.GET.get("as") == "xlsx":
        return _sheet(request)
    found = _found(request)
    entering = own_bodies(person, Act.ENTER_STATEMENTS)
    context = {
        "rows": [(each, WORK_KINDS[each.kind]) for each in found.rows],
        "may": {each.code for each in entering},
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "sheet": with_key(request, "as", "xlsx"),
        "bodies": own_bodies(person, Act.SEE_LEDGERS),
        "entering": [(each.code, each.name) for each in entering],
        "kinds": WORK_KINDS.items(),
        "labels": LABELS,
        "query": request.GET,
        "refusal": refusal(person, Act.ENTER_STATEMENTS),
        "faults": faults,
        "at": at,
        "entered": request.POST,
        "today": clock.today(),
    }
    return page(request, "desk/ledgers/work.html", context, here="work", status=400 if faults else 200)


def _found(request: HttpRequest, size: int = queries.PAGE) -> queries.WorkPage:
    return queries.work(
        person_of(request),
        body=word(request, "body"),
        year=key(request, "year"),
        kind=word(request, "kind", WORK_KINDS),
        after=day_key(request, "after"),
        size=size,
    )


def _sheet(request: HttpRequest) -> HttpResponse:
    heads = ("机关", "种类", "日期", "名称", "参加人数", "发现问题数", "已整改数", "结果", "依据", "登记")
    rows = [
        (each.body_name, WORK_KINDS[each.kind], each.on, each.title, each.people, each.found, each.rectified,
         each.result, each.evidence, each.by)
        for each in _found(request, SHEET_LIMIT).rows
    ]  # fmt: skip
    return sheet_answer("工作记录", heads, rows)


def _act(request: HttpRequest) -> str:
    """Do what was posted; returns what to say about it."""
    person, do = person_of(request), forms.text(request, "do")
    if do == "record":
        counts = {name: forms.count(request, name, LABELS[name]) for name in ("people", "found", "rectified")}
        services.record_work(
            person, forms.text(request, "body"), forms.text(request, "kind"),
            on=forms.required_day(request, "on", LABELS["on"]), title=forms.text(request, "title"),
            result=forms.text(request, "result"), evidence=forms.text(request, "evidence"), **counts,
        )  # fmt: skip
        return "已登记，年度报告的文字可以引用。"
    work = forms.text(request, "work")
    if do == "withdraw" and work.isascii() and work.isdecimal() and len(work) < 19:
        services.withdraw_work(person, int(work), because=forms.text(request, "because"))
        return "已撤回，不再计入。"
    raise PermissionDenied("没有这个操作")
