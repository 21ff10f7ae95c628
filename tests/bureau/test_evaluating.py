"""What is not public is looked at again: in batches, by another person, with a record (条例第18条)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bureau_cast import Cast
from case_ground import today
from django.core.exceptions import PermissionDenied
from draft_ground import BODY, drafted, notices, take

from gongkai.bureau import clock
from gongkai.bureau.ledger import derived
from gongkai.bureau.publishing import evaluating, evaluation_queries
from gongkai.bureau.publishing.models import Column, Draft, Evaluation, EvaluationEntry
from gongkai.statute.primitives import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["notices", "today"]
A_YEAR_ON = date(2027, 3, 10)


@pytest.fixture
def two(cast: Cast, notices: Column, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two that were kept a year ago."""
    ground = "条例第16条第1款：内部工作流程"
    made = [drafted(cast, notices, way="withheld", way_ground=ground) for _ in range(2)]
    for each in made:
        take(cast, each, "submit", "pass_section", "conclude", "sign")
    monkeypatch.setattr(clock, "today", lambda: A_YEAR_ON)
    return made


def _entries() -> list[EvaluationEntry]:
    return list(EvaluationEntry.objects.order_by("id"))


def test_a_batch_holds_what_is_due_and_closes_with_its_last_conclusion(cast: Cast, two: list[int]) -> None:
    assert evaluation_queries.due_count(cast.officer) == ((BODY, "青澜县科学技术局", 2, A_YEAR_ON),)
    with pytest.raises(InputRefused, match="没有该评估的信息"):
        evaluating.open_batch(cast.officer, BODY, date(2027, 3, 9))
    batch = evaluating.open_batch(cast.officer, BODY, A_YEAR_ON)
    with pytest.raises(InputRefused, match="还没有评估完"):
        evaluating.open_batch(cast.officer, BODY, A_YEAR_ON)
    first, second = _entries()
    evaluating.conclude(cast.reviewer, first.pk, conclusion="keep", ground="情势没有变化", next_on=date(2028, 3, 1))
    kept = Draft.objects.get(pk=two[0])
    assert (kept.state, kept.way_ground, kept.evaluate_on) == ("kept", "情势没有变化", date(2028, 3, 1))
    assert Evaluation.objects.get(pk=batch).closed_at is None
    evaluating.conclude(cast.officer, second.pk, conclusion="open", ground="程序已经改革，不再敏感")
    opened = Draft.objects.get(pk=two[1])
    assert (opened.state, opened.way, opened.item) == ("drafting", "proactive", None)
    assert Evaluation.objects.get(pk=batch).closed_at is not None
    take(cast, two[1], "submit", "pass_section", "conclude", "sign", "publish")
    assert Draft.objects.get(pk=two[1]).state == "published"
    found = evaluation_queries.batch(cast.head, batch)
    assert found is not None
    assert [(each.conclusion, each.was) for each in found.entries] == [
        ("keep", "条例第16条第1款：内部工作流程"), ("open", "条例第16条第1款：内部工作流程"),
    ]  # fmt: skip
    assert [fault for outcome in derived.run_all() for fault in outcome.faults] == []


@pytest.mark.parametrize(
    ("conclusion", "ground", "next_on", "told"),
    [
        ("", "有理由", None, "结论"),
        ("keep", "", date(2028, 3, 1), "理由"),
        ("keep", "有理由", None, "下次评估"),
        ("keep", "有理由", A_YEAR_ON, "下次评估"),
        ("keep", "有理由", date(2030, 3, 11), "下次评估"),
    ],
)
def test_a_conclusion_has_a_ground_and_a_next_day(
    cast: Cast, two: list[int], conclusion: str, ground: str, next_on: date | None, told: str
) -> None:
    evaluating.open_batch(cast.officer, BODY, A_YEAR_ON)
    with pytest.raises(InputRefused, match=told):
        evaluating.conclude(cast.officer, _entries()[0].pk, conclusion=conclusion, ground=ground, next_on=next_on)


def test_who_drafted_it_does_not_evaluate_it_and_nobody_twice(cast: Cast, two: list[int]) -> None:
    evaluating.open_batch(cast.officer, BODY, A_YEAR_ON)
    entry = _entries()[0].pk
    for person in (cast.handler, cast.head, cast.leader, cast.elsewhere, cast.office, cast.system):
        with pytest.raises(PermissionDenied):
            evaluating.conclude(person, entry, conclusion="open", ground="可以公开")
    Draft.objects.filter(pk=two[0]).update(by=cast.officer)
    with pytest.raises(PermissionDenied, match="拟稿"):
        evaluating.conclude(cast.officer, entry, conclusion="open", ground="可以公开")
    evaluating.conclude(cast.reviewer, entry, conclusion="open", ground="可以公开")
    with pytest.raises(InputRefused, match="已经有结论"):
        evaluating.conclude(cast.reviewer, entry, conclusion="open", ground="可以公开")


def test_lists_ask_the_same_however_many(cast: Cast, two: list[int], django_assert_num_queries: Any) -> None:
    evaluating.open_batch(cast.officer, BODY, A_YEAR_ON)
    with django_assert_num_queries(2):
        assert len(evaluation_queries.kept(cast.officer).rows) == 2
    with django_assert_num_queries(2):
        assert len(evaluation_queries.batches(cast.officer)) == 1
