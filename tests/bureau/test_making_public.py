"""An answer among the published information: named by nobody, public after a secrecy review by somebody else."""

from __future__ import annotations

import pytest
from bureau_cast import Cast
from case_ground import days_ago, enter, today
from django.core.exceptions import PermissionDenied

from gongkai.bureau.casework import making_public
from gongkai.bureau.casework.queries.intake import answers_for
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.publishing import columns, draft_steps, drafting, lists, reviewing
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Column, Draft, Item
from gongkai.statute.primitives import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAMES = ("欧阳慕云", "11010519491231002X", "慕云收 13911112222")


def _closed(cast: Cast, outcome: str = "granted") -> int:
    return enter(cast, names=NAMES, ago=9, more=[{"kind": "replied", "on": days_ago(1), "outcome": outcome}])


def _given(**more: str) -> dict[str, object]:
    return {
        "agency": "qinglan-kjj", "source_id": "KJJ-1-公开", "column": making_public.COLUMN,
        "title": "2025年度县级科技项目资金分配结果", "published_on": today().isoformat(),
        "body_text": "各项目的金额和验收意见", **more,
    }  # fmt: skip


def test_an_answer_is_offered_to_the_next_who_asks_after_its_secrecy_review(cast: Cast) -> None:
    request = _closed(cast)
    start = making_public.suggested(cast.officer, request)
    assert start is not None
    assert (start["body"], start["source_id"], start["published_on"]) == ("qinglan-kjj", "KJJ-1-公开", f"{today()}")
    made = making_public.enter(cast.officer, request, _given())
    asked = "申请公开2025年县级科技项目资金分配结果"
    assert answers_for("qinglan-kjj", asked) == ()
    assert [(each.id, each.since) for each in lists.unreviewed(cast.reviewer)] == [(made, today())]
    assert lists.unreviewed(cast.officer) == ()
    with pytest.raises(PermissionDenied, match="对公开的信息作保密审查"):
        reviewing.conclude(cast.officer, made, conclusion="public", ground="不涉密")
    reviewing.conclude(cast.reviewer, made, conclusion="public", ground="不涉及国家秘密、工作秘密和个人信息")
    assert [each.id for each in answers_for("qinglan-kjj", asked)] == [made]
    assert lists.unreviewed(cast.reviewer) == ()
    reviewing.conclude(cast.reviewer, made, conclusion="withheld", ground="附表含有未公开的评分")
    assert answers_for("qinglan-kjj", asked) == ()
    found = lists.item(cast.reviewer, made)
    assert found is not None
    assert [each.conclusion for each in found.reviews] == ["withheld", "public"]
    kinds = Entry.objects.filter(stream=f"item:{made}").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["item.entered", "item.reviewed", "item.reviewed"]


@pytest.mark.parametrize("field", ["title", "summary", "body_text"])
def test_what_names_the_applicant_is_refused_at_its_field(field: str, cast: Cast) -> None:
    request = _closed(cast)
    with pytest.raises(InputRefused) as refused:
        making_public.enter(cast.officer, request, _given(**{field: "应欧阳慕云的申请公开"}))
    assert [each.place for each in refused.value.faults] == [field]
    assert Item.objects.count() == 0


def test_only_what_was_provided_and_only_by_its_own_people(cast: Cast) -> None:
    refused_one, open_one = _closed(cast, "refused.process"), enter(cast, "KJJ-2")
    for each in (refused_one, open_one):
        with pytest.raises(InputRefused, match="没有以公开的答复办结"):
            making_public.suggested(cast.officer, each)
    granted = enter(cast, "KJJ-3", ago=9, more=[{"kind": "replied", "on": days_ago(1), "outcome": "partial"}])
    for who in (cast.elsewhere, cast.reviewer, cast.leader, cast.office, cast.system):
        with pytest.raises(PermissionDenied):
            making_public.enter(who, granted, _given())
    with pytest.raises(InputRefused, match="不是受理这件申请的机关"):
        making_public.enter(cast.officer, granted, _given(agency="qinglan-mzj"))
    assert making_public.suggested(cast.officer, 999_999) is None


def test_a_conclusion_needs_its_ground(cast: Cast) -> None:
    made = making_public.enter(cast.officer, _closed(cast), _given())
    with pytest.raises(InputRefused) as refused:
        reviewing.conclude(cast.reviewer, made, conclusion="maybe", ground=" ")
    assert [str(each) for each in refused.value.faults] == [
        "结论：没有选择；应为可以公开、不予公开", "审查意见：没有填写；应为审查了什么、结论的依据",
    ]  # fmt: skip


def test_an_answer_goes_through_the_whole_review_and_names_nobody(cast: Cast) -> None:
    columns.begin(cast.officer, "qinglan-kjj")
    place = Column.objects.get(body__code="qinglan-kjj", code="notices")
    request = _closed(cast)
    made = making_public.draft(cast.officer, request, place.pk)
    found = Draft.objects.get(pk=made)
    assert (found.origin, found.state) == ({"request": request}, "drafting")
    elements = {"title": "资金分配结果", "genre": "其他", "topic": "科技、教育", "formed_on": f"{days_ago(9)}"}
    drafting.write(cast.officer, made, Written(elements, "<p>应欧阳慕云的申请公开</p>"), seen=0)
    with pytest.raises(InputRefused, match="写有申请人的姓名"):
        draft_steps.take_step(cast.officer, made, "submit")
    drafting.write(cast.officer, made, Written(elements, "<p>各项目的金额</p>"), seen=1)
    draft_steps.take_step(cast.officer, made, "submit")
    assert Draft.objects.get(pk=made).state == "in_section"
    with pytest.raises(PermissionDenied):
        making_public.draft(cast.elsewhere, request, place.pk)
