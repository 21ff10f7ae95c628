"""One request: its events as a line of time, its clock, what may happen next; the applicant's identity on demand."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau.casework import intake, services
from gongkai.bureau.casework.queries.case import board
from gongkai.screens.desk import case_words, event_form, field_faults, forms
from gongkai.screens.desk.frame import person_of, staff
from gongkai.screens.desk.ledger_words import ACTS
from gongkai.screens.desk.views.case_page import show
from gongkai.statute.cases.steps import STEPS
from gongkai.statute.primitives import InputRefused

REASON = {"理由": ("because", "查看理由")}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return show(request, number, act=request.GET.get("act", ""))
    if request.POST.get("do") == "unmask":
        return _unmask(request, number)
    act = request.POST.get("act", "")
    if act not in STEPS:
        raise PermissionDenied("没有这个操作")
    try:
        event = event_form.event_of(request, STEPS[act])
        seen = forms.count(request, "seen", "办理经过")
        services.append(
            person_of(request), number, event, evidence=forms.text(request, "evidence"), seen=seen,
            approved_by=forms.text(request, "approver"),
        )  # fmt: skip
    except InputRefused as refused:
        approver = "approved_by" if "approved_by" in STEPS[act].fields else "approver"
        places = {**event_form.places(STEPS[act]), "批准人": (approver, "批准人")}
        faults = field_faults.faults_of(refused, places)
        return show(request, number, act=act, form="act", faults=faults)
    messages.success(request, f"已登记：{ACTS[act]}。")
    return redirect("desk:request", number)


def _unmask(request: HttpRequest, number: int) -> HttpResponse:
    """Shown once, in the answer to the reason; nothing of it is kept anywhere."""
    person, because = person_of(request), forms.text(request, "because")
    found = board(person, number)
    if found is None:
        raise Http404
    try:
        if found.application is not None:
            known = case_words.who_applied(intake.unsealed(person, number, because=because))
        else:
            known = case_words.who_asked(services.unmask(person, number, because=because))
    except InputRefused as refused:
        return show(request, number, form="unmask", faults=field_faults.faults_of(refused, REASON))
    return show(request, number, known=known)
