"""Opinions and search records: each from its role, none changed, what is missing told at once."""

from __future__ import annotations

from typing import Any

import pytest
from bureau_cast import Cast
from case_ground import enter, today
from django.core.exceptions import PermissionDenied

from gongkai.bureau.casework import opinions, searching
from gongkai.bureau.casework.models import Opinion, SearchRecord
from gongkai.bureau.ledger.models import Entry
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database
WHO = {
    "section": {"handler", "head"},
    "legal": {"adviser"},
    "secrecy": {"reviewer"},
    "leader": {"leader"},
    "consulted": {"handler"},
}
PEOPLE = ("officer", "handler", "head", "reviewer", "adviser", "leader", "office", "elsewhere", "stranger", "system")
SEARCH: dict[str, Any] = {
    "places": "公文系统、档案室", "terms": "科技项目，资金分配", "period": "2024年至2025年", "searchers": "陆一鸣",
    "archive_asked": True, "result": "没有查到",
}  # fmt: skip


@pytest.mark.parametrize("kind", WHO)
@pytest.mark.parametrize("who", PEOPLE)
def test_each_opinion_is_of_its_role(kind: str, who: str, cast: Cast) -> None:
    request = enter(cast)
    if who in WHO[kind]:
        opinions.give(getattr(cast, who), request, kind=kind, conclusion="agree", text="")
        assert Opinion.objects.get().kind == kind
        assert Entry.objects.filter(kind="request.opinion").count() == 1
    else:
        with pytest.raises(PermissionDenied, match=r"."):
            opinions.give(getattr(cast, who), request, kind=kind, conclusion="agree", text="")
        assert Opinion.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "guess"}, "意见种类：没有选择"),
        ({"conclusion": "maybe"}, "结论：没有选择"),
        ({"conclusion": "disagree"}, "意见：没有填写"),
        ({"conclusion": "partly", "text": " "}, "意见：没有填写"),
        ({"text": "字" * 4001}, "有4001个字"),
        ({"letter": 77}, "文书：不在这件申请里"),
    ],
)
def test_what_an_opinion_lacks(wrong: dict[str, Any], said: str, cast: Cast) -> None:
    given = {"kind": "legal", "conclusion": "agree", "text": "", **wrong}
    with pytest.raises(InputRefused, match=said):
        opinions.give(cast.adviser, enter(cast), **given)


def test_a_search_is_written_down(cast: Cast) -> None:
    request = enter(cast)
    searching.record(cast.handler, request, **SEARCH, on=today())
    [found] = SearchRecord.objects.all()
    assert (found.places, found.archive_asked, found.on) == ("公文系统、档案室", True, today())
    assert Entry.objects.filter(kind="request.searched").count() == 1
    for who in ("head", "leader", "adviser", "elsewhere"):
        with pytest.raises(PermissionDenied):
            searching.record(getattr(cast, who), request, **SEARCH, on=today())


def test_all_that_a_search_lacks_is_told_at_once(cast: Cast) -> None:
    blank = dict.fromkeys(("places", "terms", "period", "searchers", "result"), " ")
    with pytest.raises(InputRefused) as refused:
        searching.record(cast.handler, enter(cast), **{**SEARCH, **blank}, on=None)
    assert [each.place for each in refused.value.faults] == [
        "检索范围", "检索词", "时间段", "检索人", "检索结果", "检索日",
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "said"), [(1, "还没有到"), (-30, "早于提交申请之日")])
def test_a_search_is_made_for_this_request(days: int, said: str, cast: Cast) -> None:
    from datetime import timedelta

    with pytest.raises(InputRefused, match=said):
        searching.record(cast.handler, enter(cast), **SEARCH, on=today() + timedelta(days=days))
