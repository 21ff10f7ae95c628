"""What every page of the desk has: who is here, in which roles, and the ways open to those roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.bureau.orgs.people import Person
from gongkai.bureau.orgs.permissions import Act, allowed
from gongkai.bureau.orgs.queries import role_words
from gongkai.screens.ui.kept_form import from_here, kept_form

View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """For signed-in people with a password of their own.

    A form that comes after the session has ended is kept and sent again after signing in.
    """
    for_people = login_required(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and from_here(request):
            return kept_form(request, status=401)
        if request.user.is_authenticated and person_of(request).initial_password:
            messages.warning(request, "口令是管理员设的，先改成自己的，再办别的事。")
            return redirect("account_change_password")
        return for_people(request, *args, **kwargs)

    return inner


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
    Way("own", "提醒和代岗", "我的"),
    Way("requests", "申请台账", "依申请公开", Act.SEE_LEDGERS, "s"),
    Way("due-month", "期限日历", "依申请公开", Act.SEE_LEDGERS, "h"),
    Way("letter-numbers", "文号登记簿", "依申请公开", Act.SEE_LEDGERS),
    Way("messages", "申请人来信", "依申请公开", Act.SEE_LEDGERS, "m"),
    Way("letter-templates", "文书模板", "依申请公开", Act.EDIT_TEMPLATES),
    Way("deliveries", "送达台账", "依申请公开", Act.SEE_LEDGERS, "v"),
    Way("library", "同类答复", "依申请公开", Act.SEE_LEDGERS, "u"),
    Way("remedies", "复议诉讼", "依申请公开", Act.SEE_LEDGERS, "d"),
    Way("drafts", "信息公开审查", "主动公开", Act.SEE_LEDGERS, "g"),
    Way("items", "主动公开信息", "主动公开", Act.SEE_LEDGERS, "i"),
    Way("documents", "规范性文件", "主动公开", Act.SEE_LEDGERS),
    Way("columns", "栏目", "主动公开", Act.SEE_LEDGERS),
    Way("evaluations", "再评估", "主动公开", Act.SEE_LEDGERS),
    Way("channels", "发布渠道", "主动公开", Act.SEE_LEDGERS),
    Way("statistics", "本年统计", "台账", Act.SEE_LEDGERS, "a"),
    Way("statements", "年度数据", "台账", Act.SEE_LEDGERS, "e"),
    Way("work", "工作记录", "台账", Act.SEE_LEDGERS, "o"),
    Way("annual", "年度报告", "年度报告", Act.SEE_DRAFTS, "n"),
    Way("rounds", "年报部署", "年度报告", Act.ORGANISE_REPORTS),
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
    acts = allowed(person)
    links = tuple(
        Link(reverse(f"desk:{way.name}"), way.word, way.group, way.key, way.name == here)
        for way in WAYS
        if way.act is None or way.act in acts
    )
    frame = {"links": links, "person": person, "held": role_words(person)}
    response = render(request, template, {**frame, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
