"""期限计算: a case's events in, the due day and its derivation out; nothing is stored."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock as days
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.orgs.working_days import in_force
from gongkai.screens.desk import forms
from gongkai.screens.desk.deadlines import Deadline, cases_of, deadline
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.primitives import InputFault, InputRefused

MOST_CASES = 20
EXAMPLE = json.dumps(
    {
        "number": "KJJ-2026-0001",
        "agency": "qinglan-kjj",
        "applicant": {"kind": "natural_person"},
        "subject": "科技创新券兑付名单",
        "channel": "internet",
        "events": [{"kind": "submitted", "on": "2026-09-28"}, {"kind": "receipt_confirmed", "on": "2026-09-30"}],
    },
    ensure_ascii=False,
)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def calculate(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.USE_CLOCK)
    bodies = own_bodies(person, Act.USE_CLOCK)
    faults: tuple[str, ...] = ()
    found: tuple[Deadline, ...] = ()
    if request.method == "POST":
        try:
            found = _deadlines(request)
        except InputRefused as refused:
            faults = forms.lines(refused)
    context = {
        "found": found,
        "faults": faults,
        "bodies": bodies,
        "body_name": next((each.name for each in bodies if each.code == request.POST.get("body")), ""),
        "cases": request.POST.get("cases", EXAMPLE),
        "as_of": request.POST.get("as_of") or days.today().isoformat(),
        "today": days.today(),
        "entered": request.POST,
    }
    return page(request, "desk/clock.html", context, here="clock", status=400 if faults else 200)


def _deadlines(request: HttpRequest) -> tuple[Deadline, ...]:
    as_of = forms.required_day(request, "as_of", "截至日")
    cases = cases_of(request.POST.get("cases", ""))
    if not 1 <= len(cases) <= MOST_CASES:
        raise InputRefused(InputFault("申请", f"有{len(cases)}件", f"1至{MOST_CASES}件，一行一件"))
    calendar = in_force(forms.text(request, "body") or None)
    return tuple(deadline(each, calendar, as_of) for each in cases)
