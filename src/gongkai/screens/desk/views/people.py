"""人员: accounts, opened by one administrator, unlocked by another."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau.orgs import accounts, queries, services
from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import with_key
from gongkai.screens.desk.views.own import deputy_act, standing_in
from gongkai.statute.primitives import InputRefused


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_PEOPLE)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            username = services.create_person(
                person,
                username=forms.text(request, "username"),
                name=forms.text(request, "name"),
                email=forms.text(request, "email"),
                password=request.POST.get("password", ""),
            )
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, "账号已开立，还没有任何角色；角色由安全保密管理员授予。")
            return redirect("desk:person", username)
    found = queries.people(after=request.GET.get("after"), search=request.GET.get("search", "").strip()[:40])
    context = {
        "found": found,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "search": request.GET.get("search", ""),
        "refusal": refusal(person, Act.EDIT_PEOPLE),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/people.html", context, here="people", status=400 if faults else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, username: str) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_PEOPLE)
    found = queries.person(username)
    if found is None:
        raise Http404
    password = ""
    faults: tuple[str, ...] = ()
    if request.POST.get("act") == "password":
        password = accounts.reset_password(person, username)
    elif request.method == "POST":
        try:
            said = _act(request, username)
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, said)
            return redirect("desk:person", username)
    context = {
        "found": found,
        # shown in the answer to this one request and nowhere else
        "password": password,
        "edit_refusal": refusal(person, Act.EDIT_PEOPLE),
        "reset_refusal": refusal(person, Act.RESET_SIGN_IN),
        **standing_in(person, username),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/person.html", context, here="people", status=400 if faults else 200)


def _act(request: HttpRequest, username: str) -> str:
    person = person_of(request)
    act = forms.text(request, "act")
    if act in {"disable", "enable"}:
        services.set_active(person, username, act == "enable")
        return "账号已恢复。" if act == "enable" else "账号已停用，不能再登录。"
    if act == "unlock":
        accounts.unlock(person, username)
        return "已解锁。"
    if act == "reset":
        accounts.reset_second_factor(person, username)
        return "双因素验证已清除，本人登录后重新设置。"
    return deputy_act(request, person)
