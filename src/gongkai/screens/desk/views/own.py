"""提醒和代岗: the person's own page: whether reminders come by e-mail, and who stands in while they are away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.bureau import clock
from gongkai.bureau.casework import reminding
from gongkai.bureau.orgs import deputies, mail_choice
from gongkai.bureau.orgs.people import Person
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.primitives import InputFault, InputRefused


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            said = _act(request, person)
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, said)
            return redirect("desk:own")
    context = {
        "mail": mail_choice.of(person),
        **standing_in(person, person.username),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/own.html", context, here="own", status=400 if faults else 200)


@staff
@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    reminding.put_away(person_of(request))
    return redirect("desk:home")


def standing_in(actor: Person, username: str) -> dict[str, object]:
    """What the part of a page on deputies shows: of the person's own page, and of the page of an account."""
    rows = deputies.of_person(username)
    refused = deputies.naming_refusal(actor, username)
    return {
        "standing_in": [each for each in rows if each.represented == username],
        "stood_in_for": [each for each in rows if each.deputy == username],
        "own_roles": () if refused else deputies.own_roles(username),
        "colleagues": () if refused else deputies.colleagues(username),
        "naming_refusal": refused,
        "today": clock.today(),
    }


def deputy_act(request: HttpRequest, actor: Person) -> str:
    """Name a deputy or end a deputyship; returns what to say about it. Anything else is refused."""
    act = forms.text(request, "act")
    if act == "deputy":
        deputies.name(
            actor,
            role=_number(request, "role", "角色"),
            deputy=forms.text(request, "deputy"),
            since=forms.required_day(request, "since", "起始日"),
            until=forms.required_day(request, "until", "终止日"),
            reason=forms.text(request, "reason"),
        )
        return "已指定代岗；代岗人办的事，日志里记两个人的名字。"
    if act == "end_deputy":
        deputies.end(actor, _number(request, "deputyship", "代岗"), forms.required_day(request, "until", "终止日"))
        return "代岗已改为到这一天为止。"
    raise PermissionDenied("没有这个操作")


def _act(request: HttpRequest, person: Person) -> str:
    if forms.text(request, "act") == "mail":
        mailed = bool(request.POST.get("mailed"))
        mail_choice.choose(person, mailed=mailed, email=forms.text(request, "email"))
        return "提醒每个工作日汇成一封邮件发给您。" if mailed else "不再发邮件；工作台里的提醒照旧。"
    return deputy_act(request, person)


def _number(request: HttpRequest, name: str, place: str) -> int:
    text = forms.text(request, name)
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        raise InputRefused(InputFault(place, "没有选择", "所列的一项"))
    return int(text)
