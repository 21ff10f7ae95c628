"""What every page of the desk has: who is here, in which roles, and the ways open to those roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.bureau.orgs.people import Person
from gongkai.bureau.orgs.permissions import Act, may
from gongkai.bureau.orgs.queries import role_words

staff = login_required


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the navigation; `act` is what one must be allowed to do to walk it, None for everyone."""

    name: str
    word: str
    group: str
    act: Act | None = None
    key: str = ""


WAYS = (
    Way("home", "我的工作", "我的", key="w"),
    Way("tasks", "任务", "我的", key="t"),
    Way("reports", "年报核查", "年度报告", Act.SEE_REPORTS, "r"),
    Way("clock", "期限计算", "期限", Act.USE_CLOCK, "q"),
    Way("calendar", "工作日历", "期限", key="c"),
    Way("parameters", "法定期限", "期限", key="f"),
    Way("bodies", "机构", "组织", Act.SEE_BODIES, "b"),
    Way("people", "人员", "组织", Act.SEE_PEOPLE, "p"),
    Way("journal", "日志", "监督", Act.READ_JOURNAL, "l"),
    Way("keys", "快捷键", "帮助"),
)


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    word: str
    group: str
    key: str
    here: bool


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; views are behind `staff`."""
    return cast(Person, request.user)


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, here: str, status: int = 200
) -> HttpResponse:
    """A page of the desk. Nothing of it is cached anywhere: it shows what one person may see."""
    person = person_of(request)
    links = tuple(
        Link(reverse(f"desk:{way.name}"), way.word, way.group, way.key, way.name == here)
        for way in WAYS
        if way.act is None or may(person, way.act)
    )
    frame = {"links": links, "person": person, "held": role_words(person)}
    response = render(request, template, {**frame, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
