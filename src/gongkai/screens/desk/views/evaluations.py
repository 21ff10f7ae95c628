"""再评估: what is not public and when it is looked at again; the batches, their conclusions, their record."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau import clock
from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import evaluating, evaluation_queries
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import day_key, with_key, word
from gongkai.screens.desk.sheets import sheet_answer
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.publishing.elements import day

PLACES = {
    "结论": ("conclusion", "结论"), "理由": ("ground", "理由"), "下次评估": ("next_on", "下次评估"),
    "评估到": ("until", "评估到"),
}  # fmt: skip


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Posted: a new batch."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    bodies = own_bodies(person, Act.SEE_LEDGERS)
    faults = field_faults.NONE
    if request.method == "POST":
        until = day(forms.text(request, "until"))
        try:
            if until is None:
                raise InputRefused(InputFault("评估到", "没有填写，或者不是日期", "日期，如 2026-12-31"))
            made = evaluating.open_batch(person, forms.text(request, "body"), until)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, "已开始一批再评估。")
            return redirect("desk:evaluation", made)
    chosen = word(request, "body")
    found = evaluation_queries.kept(person, body=chosen, after=day_key(request, "after"))
    context = {
        "rows": found.rows,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "batches": evaluation_queries.batches(person, chosen),
        "bodies": bodies,
        "evaluates": own_bodies(person, Act.EVALUATE_KEPT),
        "chosen": chosen,
        "today": clock.today().isoformat(),
        "entered": request.POST,
        "faults": faults,
        "refusal": refusal(person, Act.EVALUATE_KEPT),
    }
    return page(request, "desk/evaluations/list.html", context, here="evaluations", status=400 if faults else 200)


@staff
@require_safe
def detail(request: HttpRequest, evaluation: int) -> HttpResponse:
    if request.GET.get("as") == "xlsx":
        return _sheet(request, evaluation)
    return _page(request, evaluation)


@staff
@require_POST
def conclude(request: HttpRequest, entry: int) -> HttpResponse:
    person = person_of(request)
    batch = evaluation_queries.entry_of(person, entry)
    if batch is None:
        raise Http404
    given = {name: forms.text(request, name) for name in ("conclusion", "ground", "next_on")}
    try:
        evaluating.conclude(
            person, entry, conclusion=given["conclusion"], ground=given["ground"], next_on=day(given["next_on"])
        )
    except InputRefused as refused:
        return _page(request, batch, refused, entry, given)
    messages.success(request, "已记下评估的结论。")
    return redirect("desk:evaluation", batch)


def _page(
    request: HttpRequest, evaluation: int, refused: InputRefused | None = None, entry: int = 0,
    entered: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    person = person_of(request)
    found = evaluation_queries.batch(person, evaluation)
    if found is None:
        raise Http404
    faults = field_faults.faults_of(refused, PLACES) if refused else field_faults.NONE
    context = {
        "found": found,
        "row": found.row,
        "entries": [(each, evaluating.CONCLUSIONS.get(each.conclusion, "")) for each in found.entries],
        "conclusions": evaluating.CONCLUSIONS.items(),
        "refusal": refusal(person, Act.EVALUATE_KEPT, found.body),
        "at": entry,
        "entered": entered or {},
        "faults": faults,
    }
    return page(request, "desk/evaluations/batch.html", context, here="evaluations", status=400 if faults else 200)


def _sheet(request: HttpRequest, evaluation: int) -> HttpResponse:
    found = evaluation_queries.batch(person_of(request), evaluation)
    if found is None:
        raise Http404
    heads = ("信息", "原来的理由", "结论", "评估的理由", "下次评估", "评估人", "日期")
    rows = [
        (each.title, each.was, evaluating.CONCLUSIONS.get(each.conclusion, "还没有"), each.ground, each.next_on,
         each.by, each.at.date() if each.at else None)
        for each in found.entries
    ]  # fmt: skip
    return sheet_answer(f"再评估{found.row.until:%Y%m%d}", heads, rows)
