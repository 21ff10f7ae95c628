"""What is done beside the line of events: assignment, opinions, searches, materials. A refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.bureau.casework import assigning, deciding, materials, opinions, searching, splitting
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.case_uploads import sent_file
from gongkai.screens.desk.frame import person_of, staff
from gongkai.screens.desk.views.case_page import positions, show
from gongkai.screens.ui.uploads import takes_files
from gongkai.statute.primitives import InputRefused

Places = Mapping[str, tuple[str, str]]
ASSIGN: Places = {
    "科室": ("section", "科室"), "承办人": ("person", "承办人"), "交给": ("section", "科室或承办人"),
    "交办事项": ("task", "交办事项"), "内部期限": ("due_on", "内部期限"), "交办": ("section", "交办"),
}  # fmt: skip
OPINION: Places = {
    "意见种类": ("kind", "种类"), "结论": ("conclusion", "结论"), "意见": ("text", "意见"), "文书": ("letter", "文书"),
}  # fmt: skip
SEARCH: Places = {
    "检索范围": ("places", "检索范围"), "检索词": ("terms", "检索词"), "时间段": ("period", "时间段"),
    "检索人": ("searchers", "检索人"), "检索结果": ("result", "检索结果"), "检索日": ("on", "检索日"),
}  # fmt: skip
UPLOAD: Places = {"拟提供的材料": ("file", "文件"), "文件": ("file", "文件")}
SPLIT: Places = {
    "拆出的事项": ("positions", "拆出的事项"), "同意之日": ("agreed_on", "同意之日"),
    "同意的依据": ("evidence", "同意的依据"), "申请人身份": ("positions", "申请人身份"),
}  # fmt: skip
ITEMS: Places = {"申请事项": ("texts", "申请事项")}


@staff
@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    def act() -> str:
        section = forms.count(request, "section", "科室")
        given = assigning.assign(
            person_of(request), number, section=section, person=forms.text(request, "person"),
            joins=bool(request.POST.get("joins")), task=forms.text(request, "task"),
            due_on=forms.day(request, "due_on", "内部期限"), seen=forms.count(request, "seen", "交办"),
        )  # fmt: skip
        for each in given.warnings:
            messages.warning(request, f"{each}。")
        return "已交办。"

    return _take(request, number, "assign", ASSIGN, act)


@staff
@require_POST
def end(request: HttpRequest, number: int, assignment: int) -> HttpResponse:
    def act() -> str:
        assigning.end(person_of(request), assignment, because=forms.text(request, "because"))
        return "已结束交办。"

    return _take(request, number, "end", {}, act)


@staff
@require_POST
def opinion(request: HttpRequest, number: int) -> HttpResponse:
    def act() -> str:
        opinions.give(
            person_of(request), number, kind=forms.text(request, "kind"), conclusion=forms.text(request, "conclusion"),
            text=forms.text(request, "text"), letter=forms.count(request, "letter", "文书"),
        )  # fmt: skip
        return "已记下意见。"

    return _take(request, number, "opinion", OPINION, act)


@staff
@require_POST
def search(request: HttpRequest, number: int) -> HttpResponse:
    def act() -> str:
        searching.record(
            person_of(request), number, places=forms.text(request, "places"), terms=forms.text(request, "terms"),
            period=forms.text(request, "period"), searchers=forms.text(request, "searchers"),
            archive_asked=bool(request.POST.get("archive_asked")), result=forms.text(request, "result"),
            on=forms.day(request, "on", "检索日"),
        )  # fmt: skip
        return "已登记检索。"

    return _take(request, number, "search", SEARCH, act)


@takes_files
@staff
@require_POST
def upload(request: HttpRequest, number: int) -> HttpResponse:
    def act() -> str:
        materials.upload(person_of(request), number, sent_file(request, "file", "文件"))
        return "已上传，待保密审查。"

    return _take(request, number, "upload", UPLOAD, act)


@staff
@require_POST
def divide(request: HttpRequest, number: int) -> HttpResponse:
    def act() -> str:
        texts = request.POST.get("texts", "").splitlines()
        deciding.divide(person_of(request), number, texts, seen=forms.count(request, "seen", "申请事项"))
        return "已按此分项。"

    return _take(request, number, "items", ITEMS, act)


@staff
@require_POST
def split(request: HttpRequest, number: int) -> HttpResponse:
    def act() -> str:
        made = splitting.split(
            person_of(request), number, positions(request), agreed_on=forms.day(request, "agreed_on", "同意之日"),
            evidence=forms.text(request, "evidence"), seen=forms.count(request, "seen", "拆出的事项"),
        )  # fmt: skip
        code = f"查询码 {made.code}，只显示这一次，请告知申请人。" if made.code else ""
        return f"已拆成另一件：{made.number}。{code}"

    return _take(request, number, "split", SPLIT, act)


def _take(request: HttpRequest, number: int, form: str, places: Places, act: Callable[[], str]) -> HttpResponse:
    """Do it and go back to the case; what is refused stands in its form with all that was entered."""
    try:
        said = act()
    except ObjectDoesNotExist:
        raise Http404 from None
    except InputRefused as refused:
        return show(request, number, form=form, faults=field_faults.faults_of(refused, places))
    messages.success(request, said)
    return redirect("desk:request", number)
