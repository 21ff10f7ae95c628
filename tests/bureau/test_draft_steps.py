"""A piece of information from the draft to the portal and back; what no role, door or haste can skip."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from typing import Any

import pytest
from bureau_cast import Cast
from case_ground import today
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import DatabaseError
from draft_ground import BODY, ELEMENTS, TEXT, WHOLE, drafted, notices, published, take, written

from gongkai.bureau import clock
from gongkai.bureau.ledger import derived
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs.models import Assignment
from gongkai.bureau.publishing import (
    catalogue,
    draft_queries,
    draft_steps,
    drafting,
    numbering,
    releasing,
    reviewing,
    services,
)
from gongkai.bureau.publishing.models import Column, Draft, DraftStep, Item, Revision, SecrecyReview
from gongkai.bureau.publishing.uploads import Sent
from gongkai.statute.primitives import InputRefused
from gongkai.statute.publishing import flow

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["notices", "today"]


def _faults(refused: pytest.ExceptionInfo[InputRefused]) -> list[str]:
    return [str(each) for each in refused.value.faults]


def _verified() -> list[str]:
    return [fault for outcome in derived.run_all() for fault in outcome.faults]


def test_a_notice_from_the_draft_to_the_portal(cast: Cast, notices: Column) -> None:
    made = published(cast, notices)
    item = Item.objects.get(draft=made)
    assert made.state == "published"
    assert item.legacy is False
    assert item.index_number == "qinglan-kjj/2026-00001"
    assert (item.title, item.document_number) == ("关于组织申报2026年科技项目的通知", "青科〔2026〕5号")
    assert item.published_on == date(2026, 3, 10)
    assert item.body_html == TEXT
    assert item.body_text == "申报条件\n在本县登记的企业和科研机构可以申报。"
    assert [each.id for each in catalogue.public_items([notices.pk]).rows] == [item.pk]
    review = SecrecyReview.objects.get(item=item)
    assert (review.by, review.conclusion) == (cast.reviewer, "public")
    entry = Entry.objects.get(kind="item.published")
    assert json.loads(entry.facts)["reviewed_by"] == "reviewer"
    assert _verified() == []


def test_twenty_working_days_from_the_day_it_was_formed(cast: Cast, notices: Column) -> None:
    # 条例第26条: formed on Monday 2 March 2026, 20 working days on is Monday 30 March
    made = Draft.objects.get(pk=drafted(cast, notices))
    assert made.due_on == date(2026, 3, 30)


def test_a_draft_that_lacks_something_goes_nowhere_and_keeps_what_was_written(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices, elements={"title": "关于申报的通知"}, body_html="", way="withheld")
    with pytest.raises(InputRefused) as refused:
        take(cast, made, "submit")
    said = _faults(refused)
    assert [each.partition("：")[0] for each in said] == ["形成或变更日期", "体裁", "主题分类", "正文", "属性的理由"]
    kept = Draft.objects.get(pk=made)
    assert (kept.state, kept.title) == ("drafting", "关于申报的通知")
    assert not Revision.objects.exists()


def test_a_normative_document_passes_the_lawfulness_review(cast: Cast, notices: Column) -> None:
    elements = {**ELEMENTS, "kind": "document", "genre": "规范性文件", "effective_on": "2026-04-01"}
    made = drafted(cast, notices, elements=elements)
    take(cast, made, "submit", "pass_section")
    assert Draft.objects.get(pk=made).state == "in_legal"
    with pytest.raises(InputRefused, match="公平竞争审查"):
        draft_steps.take_step(cast.adviser, made, "pass_legal", {"lawfulness": "合法"})
    take(cast, made, "pass_legal", "conclude", "sign", "publish")
    item = Item.objects.get(draft=made)
    assert (item.counted_as, item.validity, item.effective_on) == ("normative", "有效", date(2026, 4, 1))


def test_urgency_puts_off_the_other_reviews_and_never_the_secrecy_review(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices, urgent=True, urgent_because="洪水预警，须立即公布")
    take(cast, made, "submit")
    assert Draft.objects.get(pk=made).state == "in_secrecy"
    take(cast, made, "conclude", "sign", "publish")
    found = Draft.objects.get(pk=made)
    assert (found.state, found.owed) == ("published", ["in_section"])
    draft_steps.take_step(cast.head, made, "pass_section_later", {})
    found = Draft.objects.get(pk=made)
    assert (found.state, found.owed) == ("published", [])
    with pytest.raises(PermissionDenied, match="没有要补的"):
        draft_steps.take_step(cast.head, made, "pass_section_later", {})
    assert _verified() == []


def test_what_may_not_be_public_is_kept_with_its_ground_and_its_day_of_evaluation(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    take(cast, made, "submit", "pass_section")
    draft_steps.take_step(
        cast.reviewer, made, "conclude", {"conclusion": "withheld", "ground": "条例第16条第1款：内部工作流程"}
    )
    take(cast, made, "sign")
    found = Draft.objects.get(pk=made)
    assert (found.state, found.way, found.way_ground) == ("kept", "withheld", "条例第16条第1款：内部工作流程")
    assert found.evaluate_on == date(2027, 3, 10)
    assert not Item.objects.exists()
    with pytest.raises(InputRefused):
        take(cast, made, "publish")


def test_what_cannot_be_told_is_referred_upward_and_waits(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    take(cast, made, "submit", "pass_section", "refer")
    assert Draft.objects.get(pk=made).state == "referred"
    with pytest.raises(InputRefused, match="报请确定中"):
        take(cast, made, "conclude")
    take(cast, made, "register_answer", "conclude", "sign", "publish")
    assert Draft.objects.get(pk=made).state == "published"


def test_a_change_after_approval_goes_through_review_again(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    take(cast, made, "submit", "pass_section", "conclude", "sign")
    assert Draft.objects.get(pk=made).state == "approved"
    with pytest.raises(InputRefused, match="待公开"):
        drafting.write(cast.handler, made, written(body_html="<p>改了</p>"), seen=1)
    take(cast, made, "recall")
    drafting.write(cast.handler, made, written(body_html="<p>改了</p>"), seen=1)
    with pytest.raises(InputRefused, match="拟稿"):
        take(cast, made, "publish")
    take(cast, made, *WHOLE)
    item = Item.objects.get(draft=made)
    assert (item.revision, item.body_html) == (2, "<p>改了</p>")


def test_a_correction_keeps_address_and_day_and_shows_when_it_is_approved(cast: Cast, notices: Column) -> None:
    made = published(cast, notices)
    take(cast, made.pk, "correct")
    drafting.write(cast.handler, made.pk, written(body_html="<p>更正以后</p>"), seen=1)
    item = Item.objects.get(draft=made)
    assert (item.legacy, item.body_html) == (False, TEXT)
    take(cast, made.pk, *WHOLE)
    after = Item.objects.get(draft=made)
    assert (after.pk, after.index_number, after.published_on) == (item.pk, item.index_number, item.published_on)
    assert (after.body_html, after.revision) == ("<p>更正以后</p>", 2)
    assert _verified() == []


def test_withdrawal_takes_it_off_at_once_and_tells_why(cast: Cast, notices: Column) -> None:
    made = published(cast, notices)
    take(cast, made.pk, "withdraw")
    item = Item.objects.get(draft=made)
    assert item.legacy is True
    assert item.withdrawn_because == "附件含有个人信息"
    assert catalogue.public_items([notices.pk]).rows == ()
    with pytest.raises(InputRefused, match="在稿子里办理"):
        reviewing.conclude(cast.reviewer, item.pk, conclusion="public", ground="没有问题")
    assert _verified() == []
    take(cast, made.pk, "correct")
    drafting.write(cast.handler, made.pk, written(body_html="<p>去掉了名单</p>"), seen=1)
    take(cast, made.pk, *WHOLE)
    again = Item.objects.get(draft=made)
    assert (again.legacy, again.index_number, again.withdrawn_because) == (False, item.index_number, "")


def test_a_leak_is_withdrawn_while_its_correction_is_under_review(cast: Cast, notices: Column) -> None:
    made = published(cast, notices)
    take(cast, made.pk, "correct", "submit", "withdraw")
    assert Draft.objects.get(pk=made.pk).state == "withdrawn"
    assert Item.objects.get(draft=made).legacy is True


@pytest.mark.alike
def test_nobody_without_the_role_takes_a_step_in_any_state(cast: Cast, notices: Column) -> None:
    """Whatever the state, an administrator, an auditor, the county office or another body's officer takes no step."""
    made = drafted(cast, notices)
    people = (cast.system, cast.security, cast.auditor, cast.office, cast.elsewhere, cast.stranger)
    for state in flow.STATES:
        Draft.objects.filter(pk=made).update(state=state)
        for act, person in product(flow.STEPS, people):
            with pytest.raises((PermissionDenied, InputRefused)):
                draft_steps.take_step(person, made, act, {})
        assert Draft.objects.get(pk=made).state == state
    assert not Item.objects.exists()


def test_nothing_is_released_without_the_review_of_this_version(cast: Cast, notices: Column) -> None:
    """Even where somebody set the state by hand."""
    made = drafted(cast, notices)
    take(cast, made, "submit", "pass_section")
    for state in flow.STATES:
        Draft.objects.filter(pk=made).update(state=state)
        found = Draft.objects.get(pk=made)
        with pytest.raises(PermissionDenied, match="没有通过保密审查"), transaction.atomic():
            releasing.release(cast.officer, found, found.revisions.get())
    assert not Item.objects.exists()


def test_the_writer_reviews_nothing_even_with_every_role(cast: Cast, notices: Column) -> None:
    held = Assignment.objects.get(person=cast.handler)
    for role in ("section_head", "secrecy_reviewer", "leader"):
        held.pk, held.role = None, role
        held.save(force_insert=True)
    made = drafted(cast, notices)
    take(cast, made, "submit")
    for act, state in (("pass_section", "in_section"), ("conclude", "in_secrecy"), ("sign", "awaiting_signature")):
        Draft.objects.filter(pk=made).update(state=state)
        with pytest.raises(PermissionDenied, match="拟稿、送审的人"):
            draft_steps.take_step(cast.handler, made, act, {"conclusion": "public", "ground": "可以"})


def test_a_paper_signature_is_another_persons_with_its_scan(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    take(cast, made, "submit", "pass_section", "conclude")
    given = {"signer": "handler", "signed_on": "2026-03-09"}
    scan = Sent("签发单.pdf", b"%PDF-1.7 signed")
    with pytest.raises(InputRefused, match="拟稿或者登记的人"):
        draft_steps.take_step(cast.officer, made, "register_signature", given, scan)
    with pytest.raises(InputRefused, match="没有选择文件"):
        draft_steps.take_step(cast.officer, made, "register_signature", {**given, "signer": "程望舒"})
    draft_steps.take_step(cast.officer, made, "register_signature", {**given, "signer": "程望舒"}, scan)
    take(cast, made, "publish")
    assert Item.objects.get(draft=made).legacy is False


def test_an_index_number_is_never_given_twice_and_leaves_out_what_exists(cast: Cast, notices: Column) -> None:
    numbering.set_scheme(cast.officer, BODY, pattern="{org}/{year}-{serial:5}", org="11330800002618146F")
    services.enter(cast.officer, {
        "source_id": "old", "agency": BODY, "column": "通知公告", "title": "旧的", "published_on": "2026-01-05",
        "body_text": "全文", "index_number": "11330800002618146F/2026-00001",
    })  # fmt: skip
    numbers = [Item.objects.get(draft=published(cast, notices)).index_number for _ in range(2)]
    assert numbers == ["11330800002618146F/2026-00002", "11330800002618146F/2026-00003"]


def test_a_document_marks_what_it_repeals(cast: Cast, notices: Column) -> None:
    old = published(cast, notices)
    new = {**ELEMENTS, "document_number": "青科〔2026〕9号", "repeals": "青科〔2026〕5号", "kind": "document",
           "genre": "规范性文件", "effective_on": "2026-05-01"}  # fmt: skip
    made = drafted(cast, notices, elements=new)
    take(cast, made, "submit", "pass_section", "pass_legal", "conclude", "sign", "publish")
    item = Item.objects.get(draft=old)
    assert (item.repealed_on, item.repealed_item) == (date(2026, 5, 1), Item.objects.get(draft=made))
    assert _verified() == []


def test_what_was_signed_for_a_day_appears_on_that_day(
    cast: Cast, notices: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = drafted(cast, notices)
    take(cast, made, "submit", "pass_section", "conclude")
    with pytest.raises(InputRefused, match="今天以后"):
        draft_steps.take_step(cast.leader, made, "sign", {"publish_on": "2026-03-10"})
    draft_steps.take_step(cast.leader, made, "sign", {"publish_on": "2026-03-12"})
    assert releasing.release_due(progress=lambda *_: None).result["published"] == 0
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 12))
    assert releasing.release_due(progress=lambda *_: None).result["published"] == 1
    assert Item.objects.get(draft=made).published_on == date(2026, 3, 12)
    assert releasing.release_due(progress=lambda *_: None).result["published"] == 0
    assert _verified() == []


def test_versions_and_steps_cannot_be_edited(cast: Cast, notices: Column) -> None:
    published(cast, notices)
    for rows in (Revision.objects.all(), DraftStep.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(revision=9) if rows.model is DraftStep else rows.update(number=9)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete(connection.alias)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"body_html": "<p>悄悄改了</p>"}, "公开的内容与签发的第1版不符"),
        ({"title": "悄悄改了"}, "公开的内容与签发的第1版不符"),
        ({"more": {}}, "公开的内容与签发的第1版不符"),
        ({"index_number": "qinglan-kjj/2026-00077"}, "没有给过这个索引号"),
    ],
)
def test_verify_tells_a_page_that_is_not_what_was_signed(
    cast: Cast, notices: Column, changed: dict[str, Any], told: str
) -> None:
    published(cast, notices)
    Item.objects.update(**changed)
    assert any(told in each for each in _verified())


def test_verify_tells_a_state_set_by_hand(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    Draft.objects.filter(pk=made).update(state="approved")
    assert any("状态与步骤不符" in each for each in _verified())


def test_the_queue_of_each_role(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    people = {"head": cast.head, "reviewer": cast.reviewer, "leader": cast.leader, "officer": cast.officer}

    def with_whom() -> set[str]:
        return {name for name, who in people.items() if [each.id for each in draft_queries.waiting(who)] == [made]}

    for act, whom in (("submit", {"head"}), ("pass_section", {"reviewer"}), ("conclude", {"leader"}),
                      ("sign", {"officer"}), ("publish", set())):  # fmt: skip
        take(cast, made, act)
        assert with_whom() == whom
    assert draft_queries.waiting(cast.elsewhere) == ()


def test_lists_ask_the_same_however_many_drafts(cast: Cast, notices: Column, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        drafted(cast, notices)
    with django_assert_num_queries(4):
        assert len(draft_queries.drafts(cast.officer).rows) == 3
    take(cast, Draft.objects.latest("id").pk, "submit")
    with django_assert_num_queries(3):
        assert len(draft_queries.waiting(cast.head)) == 1


def test_a_guide_that_leaves_out_what_the_article_asks_for_is_told(cast: Cast, notices: Column) -> None:
    guide = Column.objects.get(body__code=BODY, kind="guide")
    made = drafted(
        cast, guide, body_html="<p>政府信息的分类、编排体系、获取方式；工作机构名称、办公地址、办公时间、联系电话。</p>"
    )
    found = draft_queries.draft(cast.head, made)
    assert found is not None
    assert found.unmentioned == ("传真号码", "互联网联系方式")


GIVEN = {
    "lawfulness": "合法", "fair_competition": "passed", "conclusion": "public", "ground": "不涉密", "because": "急用",
    "reasons": "再改", "authority": "保密局", "question": "可否", "answer": "可以", "answered_on": "2026-03-09",
    "signer": "程望舒", "signed_on": "2026-03-09",
}  # fmt: skip
"""All that any step asks for."""


@pytest.mark.alike
def test_no_role_makes_public_in_any_state_what_has_no_secrecy_review(cast: Cast, notices: Column) -> None:
    """Every step by every role of the bureau in every state, set by hand, of a version that nobody has reviewed."""
    made = drafted(cast, notices)
    take(cast, made, "submit")
    people = (cast.officer, cast.handler, cast.head, cast.reviewer, cast.adviser, cast.leader)
    scan = Sent("签发单.pdf", b"%PDF-1.7")
    done = set()
    for state, act, person in product(flow.STATES, flow.STEPS, people):
        Draft.objects.filter(pk=made).update(state=state, state_at="2026-03-01T00:00:00Z")
        mark = transaction.savepoint()
        try:
            draft_steps.take_step(person, made, act, GIVEN, scan)
            done.add((state, act, person.username))
        except (PermissionDenied, InputRefused):
            pass
        assert not Item.objects.exists(), (state, act, person.username)
        transaction.savepoint_rollback(mark)
    assert ("in_secrecy", "conclude", "reviewer") in done
    assert ("approved", "recall", "officer") in done
    assert not {each for each in done if each[1] in ("publish", "withdraw")}
