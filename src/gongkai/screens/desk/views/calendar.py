"""工作日历: a year month by month, where each day comes from, and the local notices."""

from __future__ import annotations

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.bureau import clock
from gongkai.bureau.orgs import queries, services
from gongkai.bureau.orgs.permissions import Act, refusal
from gongkai.bureau.orgs.working_days import in_force
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.calendars import Calendar
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_NOTICE = 31


@dataclass(frozen=True, slots=True)
class Day:
    """kind: work, rest (a weekend), off (a working weekday made free), worked (a weekend worked), unknown."""

    number: int
    kind: str
    word: str


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
    return [
        [_day(each, calendar) if each.month == month else None for each in week]
        for week in Months(firstweekday=0).monthdatescalendar(year, month)
    ]


def _day(day: date, calendar: Calendar) -> Day:
    worked = calendar.is_workday(day)
    weekend = day.weekday() >= 5
    if worked is None:
        return Day(day.day, "rest" if weekend else "unknown", "周末" if weekend else "未公布")
    if worked:
        return Day(day.day, "worked", "调休上班") if weekend else Day(day.day, "work", "工作日")
    return Day(day.day, "rest", "周末") if weekend else Day(day.day, "off", "放假")


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
