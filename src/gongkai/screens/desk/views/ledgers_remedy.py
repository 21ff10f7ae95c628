"""One reconsideration or lawsuit: its deadlines, what the body did, its result, the defence, the lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock
from gongkai.bureau.casework.queries.aftermath import handled_anew, lessons
from gongkai.bureau.orgs.permissions import Act, refusal
from gongkai.bureau.remedies import defence, handling, queries, services
from gongkai.bureau.remedies.deadline_queries import Noted, noted, standings
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import CAUSES, INSTANCES, REMEDY_KINDS, REMEDY_RESULTS, ROLES
from gongkai.screens.desk.remedy_lights import light_of
from gongkai.screens.desk.views.archives import zip_answer
from gongkai.screens.desk.views.ledgers_remedies import LABELS, PLACES, too_long
from gongkai.statute.ledgers.decisions import disagreement
from gongkai.statute.primitives import InputFault, InputRefused

NEEDED: Mapping[str, str] = {
    "closed_on": "日期", "result": "所列的一种", "evidence": "决定书、判决书的文号",
}  # fmt: skip
PLACES_BY_ACT: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "close": PLACES,
    "serve": {"日期": ("served_on", "收到副本之日"), "依据": ("served_evidence", "依据"), "程序": ("simple", "程序")},
    "answer": {"日期": ("answered_on", "提交之日"), "依据": ("answered_evidence", "依据")},
    "learn": {"教训": ("lesson", "教训")},
    "defend": {"理由": ("because", "制作的理由")},
}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    found = queries.remedy(person_of(request), number)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    act = request.POST.get("do", "close")
    if act not in ACTS:
        raise PermissionDenied("没有这个操作")
    told, do = ACTS[act]
    try:
        answer = do(request, number)
    except InputRefused as refused:
        return _page(request, found, field_faults.faults_of(refused, PLACES_BY_ACT[act]), act)
    if answer is not None:
        return answer
    messages.success(request, told)
    return redirect("desk:remedy", number)


def _page(
    request: HttpRequest, found: queries.RemedyRow, faults: field_faults.FormFaults = field_faults.NONE, act: str = ""
) -> HttpResponse:
    person = person_of(request)
    anew = handled_anew(found.request, found.closed_on) if found.request and found.closed_on else None
    context = {
        "row": found,
        "kind": REMEDY_KINDS[found.kind],
        "result": REMEDY_RESULTS.get(found.result, ""),
        "instance": INSTANCES.get(found.instance, ""),
        "role": ROLES.get(found.role, ""),
        "labels": LABELS,
        "results": REMEDY_RESULTS.items(),
        "doubt": disagreement(found.kind, found.result, found.decision),
        "deadlines": [light_of(each) for each in standings([found])[found.id]],
        "noted": noted([found.id]).get(found.id, Noted()),
        "reconsideration": found.kind == "reconsideration",
        "lessons": lessons([found.request]).get(found.request, ()) if found.request else (),
        "anew": anew,
        "anew_because": CAUSES.get(anew.because, "") if anew else "",
        "refusal": refusal(person, Act.ENTER_REMEDIES, found.body),
        "defence_refusal": refusal(person, Act.ENTER_REMEDIES, found.body)
        or refusal(person, Act.SEE_IDENTITIES, found.body),
        "faults": faults,
        "act": act,
        "entered": request.POST,
        "today": clock.today(),
    }
    return page(request, "desk/ledgers/remedy.html", context, here="remedies", status=400 if faults else 200)


def _close(request: HttpRequest, number: int) -> None:
    given = {name: forms.text(request, name) for name in ("closed_on", "result", "decision", "evidence")}
    faults = too_long(given)
    faults += [InputFault(name, "没有填写", valid) for name, valid in NEEDED.items() if not given[name]]
    if faults:
        raise InputRefused(*faults)
    services.close(person_of(request), number, **given)


def _serve(request: HttpRequest, number: int) -> None:
    on = forms.required_day(request, "served_on", "日期")
    simple, evidence = request.POST.get("simple") == "1", forms.text(request, "served_evidence")
    handling.serve(person_of(request), number, on=on, simple=simple, evidence=evidence)


def _answer(request: HttpRequest, number: int) -> None:
    on = forms.required_day(request, "answered_on", "日期")
    handling.answer(person_of(request), number, on=on, evidence=forms.text(request, "answered_evidence"))


def _learn(request: HttpRequest, number: int) -> None:
    handling.learn(person_of(request), number, text=forms.text(request, "lesson"))


def _defend(request: HttpRequest, number: int) -> HttpResponse:
    opinions, because = request.POST.get("opinions") == "1", forms.text(request, "because")
    return zip_answer(*defence.make(person_of(request), number, because=because, with_opinions=opinions))


ACTS: Mapping[str, tuple[str, Callable[[HttpRequest, int], HttpResponse | None]]] = {
    "close": ("已登记结果。", _close),
    "serve": ("已登记收到副本的日子。", _serve),
    "answer": ("已登记提交答复的日子。", _answer),
    "learn": ("已登记教训。", _learn),
    "defend": ("", _defend),
}
