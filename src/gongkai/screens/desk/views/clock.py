"""期限计算: a case's events in, the due day and its derivation out; nothing is stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock as days
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.orgs.working_days import in_force
from gongkai.screens.desk import case_form, forms
from gongkai.screens.desk.deadlines import Deadline, cases_of, deadline
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.cases import parse
from gongkai.statute.primitives import InputFault, InputRefused

MOST_CASES = 20


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def calculate(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.USE_CLOCK)
    bodies = own_bodies(person, Act.USE_CLOCK)
    rows = case_form.entered_rows(request)
    faults: tuple[str, ...] = ()
    found: tuple[Deadline, ...] = ()
    if request.method == "POST" and "more" not in request.POST:
        try:
            found = _deadlines(request, rows)
        except InputRefused as refused:
            faults = tuple(case_form.in_words(each) for each in forms.lines(refused))
    context = {
        "found": found,
        "faults": faults,
        "bodies": bodies,
        "body_name": next((each.name for each in bodies if each.code == request.POST.get("body")), ""),
        "rows": rows,
        "acts": case_form.acts(),
        "outcomes": case_form.outcomes(),
        "channels": case_form.channels(),
        "as_of": request.POST.get("as_of") or days.today().isoformat(),
        "today": days.today(),
        "entered": request.POST,
    }
    return page(request, "desk/clock.html", context, here="clock", status=400 if faults else 200)


def _deadlines(request: HttpRequest, rows: tuple[case_form.EventRow, ...]) -> tuple[Deadline, ...]:
    as_of = forms.required_day(request, "as_of", "截至日")
    pasted = request.POST.get("cases", "").strip()
    if pasted:
        cases = cases_of(pasted)
    elif all(row.is_blank for row in rows):
        raise InputRefused(InputFault("事件", "一行也没有填写", "至少“提交申请”和它的日子"))
    else:
        body = forms.text(request, "body")
        cases = (parse(case_form.case_of(forms.text(request, "channel"), forms.text(request, "number"), body, rows)),)
    if len(cases) > MOST_CASES:
        raise InputRefused(InputFault("申请", f"有{len(cases)}件", f"至多{MOST_CASES}件，一行一件"))
    calendar = in_force(forms.text(request, "body") or None)
    return tuple(deadline(each, calendar, as_of) for each in cases)
