"""Two people on one draft, two drafts at one moment: one wins, no number is given twice, nothing is released twice."""

from __future__ import annotations

import pytest
from at_once import at_once
from bureau_cast import Cast
from case_ground import today
from draft_ground import drafted, notices, published, take, written

from gongkai.bureau.ledger import derived
from gongkai.bureau.publishing import draft_steps, drafting, releasing
from gongkai.bureau.publishing.models import Column, Draft, DraftStep, Item

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
__all__ = ["notices", "today"]


def test_of_two_who_write_one_is_told(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    told = at_once(
        lambda: drafting.write(cast.handler, made, written(body_html="<p>甲写的</p>"), seen=1),
        lambda: drafting.write(cast.officer, made, written(body_html="<p>乙写的</p>"), seen=1),
    )
    assert told[0] == "done"
    assert "已经有人改过" in told[1]


def test_of_two_who_publish_one_is_told_and_it_is_public_once(cast: Cast, notices: Column) -> None:
    made = drafted(cast, notices)
    take(cast, made, "submit", "pass_section", "conclude", "sign")
    Draft.objects.filter(pk=made).update(publish_on="2026-03-10")
    told = at_once(
        lambda: draft_steps.take_step(cast.officer, made, "publish"),
        lambda: releasing.release_due(progress=lambda *_: None),
    )
    assert Item.objects.count() == 1
    assert DraftStep.objects.filter(draft=made, act="publish").count() == 1
    assert told[0] == "done"


def test_published_at_once_each_has_its_own_index_number(cast: Cast, notices: Column) -> None:
    drafts = [drafted(cast, notices) for _ in range(3)]
    for each in drafts:
        take(cast, each, "submit", "pass_section", "conclude", "sign")
    told = at_once(*(lambda each=each: draft_steps.take_step(cast.officer, each, "publish") for each in drafts))
    assert told == ["done"] * 3
    assert sorted(Item.objects.values_list("index_number", flat=True)) == [
        "qinglan-kjj/2026-00001", "qinglan-kjj/2026-00002", "qinglan-kjj/2026-00003",
    ]  # fmt: skip
    assert [fault for outcome in derived.run_all() for fault in outcome.faults] == []


def test_withdrawn_while_corrected_it_stays_withdrawn(cast: Cast, notices: Column) -> None:
    made = published(cast, notices).pk
    told = at_once(lambda: take(cast, made, "withdraw"), lambda: take(cast, made, "correct"))
    found = Draft.objects.get(pk=made)
    assert Item.objects.get().legacy is True
    assert told[0] == "done"
    assert found.state in ("withdrawn", "drafting")
