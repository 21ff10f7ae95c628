"""工作日历: a year month by month, where each day comes from, and the local notices."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.bureau import clock
from gongkai.bureau.orgs import queries, services
from gongkai.bureau.orgs.permissions import Act, may, refusal
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.orgs.year_arrangement import complete_year
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.month_days import Day, shown_day, weeks
from gongkai.statute.calendars import Calendar
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_NOTICE = 31


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    shown = year or clock.today().year
    if not 2008 <= shown <= 2100:
        raise Http404
    faults: tuple[str, ...] = ()
    person = person_of(request)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "complete":
                complete_year(person, shown, forms.text(request, "instrument"))
                messages.success(request, f"{shown}年的安排已录全，数到这一年的期限不再是暂定的。")
                return redirect("desk:calendar-year", shown)
            made = services.enter_notice(
                person,
                days=_days(request),
                worked=forms.text(request, "kind") == "worked",
                instrument=forms.text(request, "instrument"),
                body=forms.text(request, "body") or None,
                note=forms.text(request, "note"),
            )
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, f"已录入{len(made)}天，届满日按新的日历计算。")
            return redirect("desk:calendar-year", shown)
    body = request.GET.get("body", "")
    calendar = in_force(body or None)
    context = {
        "year": shown,
        "years": (shown - 1, shown, shown + 1),
        "published": shown in calendar.published_years,
        "months": [(month, _weeks(shown, month, calendar)) for month in range(1, 13)],
        "notices": queries.notices(shown),
        "bodies": queries.own_bodies(person, Act.ENTER_CALENDAR) or queries.tree(person),
        "body": body,
        "refusal": refusal(person, Act.ENTER_CALENDAR),
        "sees_changes": may(person, Act.SEE_LEDGERS),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/calendar.html", context, here="calendar", status=400 if faults else 200)


def _days(request: HttpRequest) -> list[date]:
    first = forms.required_day(request, "first", "起始日")
    last = forms.day(request, "last", "终止日") or first
    if not 0 <= (last - first).days < LONGEST_NOTICE:
        raise InputRefused(InputFault("终止日", f"{last}不在起始日之后{LONGEST_NOTICE}天以内", "起始日或以后的日子"))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _weeks(year: int, month: int, calendar: Calendar) -> list[list[Day | None]]:
    return [[shown_day(each, calendar) if each else None for each in week] for week in weeks(year, month)]


@staff
@require_POST
def withdraw(request: HttpRequest, notice: int) -> HttpResponse:
    try:
        services.withdraw_notice(person_of(request), notice, forms.text(request, "because"))
    except InputRefused as refused:
        messages.error(request, "；".join(forms.lines(refused)))
    else:
        messages.success(request, "已撤回，届满日按原日历计算。")
    return redirect("desk:calendar")
