"""机构: the tree, a body's office, sections, posts and the roles held for it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock
from gongkai.bureau.orgs import queries, services
from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.vocabulary import LEVELS, ROLES
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.primitives import InputFault, InputRefused


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def tree(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_BODIES)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            code = services.create_body(
                person,
                code=forms.text(request, "code"),
                name=forms.text(request, "name"),
                short_name=forms.text(request, "short_name"),
                level=forms.text(request, "level"),
                parent=forms.text(request, "parent"),
            )
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, "机构已建立。")
            return redirect("desk:body", code)
    context = {
        "rows": queries.tree(person),
        "levels": LEVELS.items(),
        "refusal": refusal(person, Act.EDIT_BODIES),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/bodies.html", context, here="bodies", status=400 if faults else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    found = queries.body(code)
    if found is None:
        raise Http404
    require(person, Act.SEE_BODIES, code)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            said = _act(request, code)
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, said)
            return redirect("desk:body", code)
    context = {
        "body": found,
        "assignments": queries.assignments(body=code),
        "roles": ROLES.items(),
        "people": queries.choices() if not refusal(person, Act.GRANT_ROLES, code) else (),
        "holders": queries.choices() if not refusal(person, Act.EDIT_BODIES, code) else (),
        "edit_refusal": refusal(person, Act.EDIT_BODIES, code),
        "grant_refusal": refusal(person, Act.GRANT_ROLES, code),
        "today": clock.today(),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/body.html", context, here="bodies", status=400 if faults else 200)


def _act(request: HttpRequest, code: str) -> str:
    """Do the one act that was posted; returns what to say about it."""
    person = person_of(request)
    act = forms.text(request, "act")
    if act == "correct":
        fields = ("name", "short_name", "address", "office_hours", "telephone")
        services.update_body(person, code, **{field: forms.text(request, field) for field in fields})
        return "已更正。"
    if act == "section":
        services.create_section(
            person, body=code, code=forms.text(request, "section_code"), name=forms.text(request, "section_name")
        )
        return "科室已建立。"
    if act == "post":
        services.create_post(
            person,
            body=code,
            section=forms.text(request, "section"),
            name=forms.text(request, "post_name"),
            holder=forms.text(request, "holder") or None,
            deputy=forms.text(request, "deputy") or None,
        )
        return "岗位已建立。"
    if act == "grant":
        services.grant_role(
            person,
            username=forms.text(request, "username"),
            role=forms.text(request, "role"),
            body=code,
            section=forms.text(request, "section") or None,
            since=forms.required_day(request, "since", "起始日"),
            until=forms.day(request, "until", "终止日"),
        )
        return "角色已授予。"
    if act == "end":
        number = forms.text(request, "assignment")
        if not number.isdecimal():
            raise InputRefused(InputFault("角色", "没有选择", "表中的一行"))
        services.end_role(person, int(number), forms.required_day(request, "until", "终止日"))
        return "角色已终止。"
    raise PermissionDenied("没有这个操作")
