"""Deciding item by item: an article that carries it, a reason, and what proves it before it can be told."""

from __future__ import annotations

from typing import Any

import pytest
from bureau_cast import Cast
from case_ground import SUBJECT, days_ago, enter, today
from django.core.exceptions import PermissionDenied

from gongkai.bureau.casework import deciding, searching
from gongkai.bureau.casework.files import Sent, bytes_of
from gongkai.bureau.casework.models import CaseFile, WantedItem
from gongkai.bureau.ledger.models import Entry
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database
PAGE = "https://www.qinglan.example/kjj/2025/0310.html"
SNAPSHOT = Sent("快照.pdf", b"%PDF-1.7 snapshot")


def decide(cast: Cast, request: int, **given: Any) -> None:
    told: dict[str, Any] = {
        "position": 1, "outcome": "granted", "articles": ["36(2)"], "reason": "", "facts": {}, **given
    }  # fmt: skip
    deciding.decide(given.pop("by", cast.handler), request, **{k: v for k, v in told.items() if k != "by"})


def test_a_request_without_items_is_decided_as_one(cast: Cast) -> None:
    request = enter(cast)
    decide(cast, request)
    [item] = WantedItem.objects.all()
    assert (item.position, item.text, item.outcome, item.articles) == (1, SUBJECT, "granted", "36(2)")
    assert item.decided_by == cast.handler
    assert Entry.objects.filter(kind="request.item_decided").count() == 1


def test_items_are_divided_and_joined_while_none_is_decided(cast: Cast) -> None:
    request = enter(cast)
    deciding.divide(cast.handler, request, ["资金分配结果", " ", "验收意见"], seen=0)
    assert list(WantedItem.objects.order_by("position").values_list("position", "text")) == [
        (1, "资金分配结果"), (2, "验收意见"),
    ]  # fmt: skip
    with pytest.raises(InputRefused, match="已经有人改过"):
        deciding.divide(cast.officer, request, [SUBJECT], seen=0)
    decide(cast, request, position=2)
    with pytest.raises(InputRefused, match="已经有作出决定的"):
        deciding.divide(cast.officer, request, [SUBJECT])
    deciding.undo(cast.officer, request, position=2)
    deciding.divide(cast.officer, request, [SUBJECT])
    assert WantedItem.objects.get().text == SUBJECT


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome": ""}, "办理结果：没有选择"),
        ({"articles": []}, "引用条款"),
        ({"articles": ["16(1)"]}, "引用条款"),
        ({"articles": ["36(2)", "99"]}, "“99”不是条款"),
        ({"outcome": "refused.internal", "articles": ["16(1)"]}, "理由"),
        ({"outcome": "partial", "articles": ["37"], "reason": "含个人隐私"}, "引用条款"),
        ({"outcome": "unavailable.not_held", "articles": ["36(4)"], "reason": "没有"}, "检索记录：没有"),
        ({"articles": ["36(1)"]}, "网页地址：没有填写"),
        ({"articles": ["36(1)"], "facts": {"page_url": "www.qinglan.example/a"}}, "不是网页地址"),
        ({"articles": ["36(1)"], "facts": {"page_url": "https://www.qinglan.example/"}}, "只是网站首页"),
        ({"articles": ["36(1)"], "facts": {"page_url": PAGE}}, "核对网页之日：不是今天"),
        ({"articles": ["36(1)"], "facts": {"page_url": PAGE}}, "网页快照：没有上传"),
        ({"articles": ["36(1)"], "facts": {"medium": "publication"}}, "获取的方式、途径：没有填写"),
        ({"outcome": "refused.law_forbids", "articles": ["14"], "reason": "禁止"}, "禁止公开的法律、行政法规及条款"),
        ({"outcome": "refused.admin_query", "articles": ["36(7)"], "reason": "另行查询"}, "特别规定的法律、行政法规"),
        ({"outcome": "not_processed.repeated", "articles": ["36(6)"], "reason": "重复"}, "此前答复的文号"),
        (
            {"outcome": "unavailable.not_held", "articles": ["36(5)"], "reason": "不属于本机关",
             "facts": {"agency_contact": "0570-1"}},
            "负责公开的机关：没有填写",
        ),
        ({"position": 2}, "没有第2项"),
    ],
)  # fmt: skip
def test_what_a_decision_lacks_is_told(given: dict[str, Any], said: str, cast: Cast) -> None:
    with pytest.raises(InputRefused) as refused:
        decide(cast, enter(cast), **given)
    assert any(said in str(each) for each in refused.value.faults)
    assert not WantedItem.objects.exclude(outcome="").exists()


def test_not_held_after_a_search(cast: Cast) -> None:
    request = enter(cast)
    searching.record(
        cast.handler, request, places="档案室", terms="资金分配", period="2025年", searchers="甲", archive_asked=True,
        result="没有", on=today(),
    )  # fmt: skip
    decide(cast, request, outcome="unavailable.not_held", articles=["36(4)"], reason="经检索没有")
    assert WantedItem.objects.get().outcome == "unavailable.not_held"


def test_not_ours_needs_no_search_and_names_the_body_where_known(cast: Cast) -> None:
    request = enter(cast)
    told = {"responsible_agency": "青澜县财政局", "agency_contact": "0570-0000107"}
    decide(cast, request, outcome="unavailable.not_held", articles=["36(5)"], reason="不属于本机关负责", facts=told)
    assert WantedItem.objects.get().facts == told


def test_already_public_keeps_the_page_as_it_was_seen(cast: Cast) -> None:
    request = enter(cast)
    told = {"medium": "page", "page_url": PAGE, "page_checked_on": today().isoformat()}
    decide(cast, request, articles=["36(1)"], facts=told, snapshot=SNAPSHOT)
    item, kept = WantedItem.objects.get(), CaseFile.objects.get()
    assert (kept.of, bytes_of(kept)) == ("snapshot", SNAPSHOT.data)
    assert item.facts == {**told, "page_digest": kept.content_digest, "snapshot": kept.pk}
    decide(cast, request, articles=["36(1)"], facts=told, reason="见网页")
    assert WantedItem.objects.get().facts["page_digest"] == kept.content_digest
    with pytest.raises(InputRefused, match="网页快照"):
        decide(cast, request, articles=["36(1)"], facts={**told, "page_url": PAGE + "?v=2"})


@pytest.mark.parametrize("who", ["head", "reviewer", "adviser", "leader", "office", "elsewhere", "stranger"])
def test_who_may_not_decide(who: str, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        decide(cast, enter(cast), by=getattr(cast, who))


def test_two_people_at_once_one_is_told(cast: Cast) -> None:
    request = enter(cast)
    decide(cast, request, seen="")
    with pytest.raises(InputRefused, match="已经有人决定"):
        decide(cast, request, seen="", by=cast.officer, outcome="partial", articles=["37", "15"], reason="隐私")
    assert WantedItem.objects.get().outcome == "granted"


def test_a_closed_request_is_not_decided(cast: Cast) -> None:
    request = enter(cast, more=[{"kind": "withdrawn", "on": days_ago(1)}])
    with pytest.raises(InputRefused, match="已经办结"):
        decide(cast, request)
