"""What stands beside a case: the same asked again, by the same and by others; never who."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bureau_cast import Cast
from case_ground import days_ago, enter
from django.core.exceptions import PermissionDenied

from gongkai.bureau.casework.queries.related import Related, related

pytestmark = pytest.mark.database
ONE = ("欧阳慕云", "11010519491231002X", None)
OTHER = ("司徒望", "53010219200508011X", None)
ELSE = ("欧阳慕云", None, None)
UNLIKE = "城东街道老旧小区改造工程的招标文件"


def beside(cast: Cast, request: int) -> Related:
    found = related(cast.officer, request)
    assert found is not None
    return found


def test_the_same_text_is_found_however_it_is_written(cast: Cast) -> None:
    before = enter(cast, "A", subject=" ２０２５年度县级科技项目资金分配结果，及各项目验收意见。")
    enter(cast, "B", subject=UNLIKE)
    found = beside(cast, enter(cast, "C"))
    assert [(each.id, each.likeness) for each in found.alike] == [(before, 100)]
    assert found.answered is None


def test_words_in_another_order_are_alike_and_other_things_are_not(cast: Cast) -> None:
    enter(cast, "A", subject="各项目验收意见及2025年度县级科技项目资金分配结果")
    enter(cast, "B", subject="2025年度县级项目")
    [found] = beside(cast, enter(cast, "C")).alike
    assert found.number == "A"
    assert 70 <= found.likeness < 100


def test_the_same_applicant_answered_before(cast: Cast) -> None:
    answered = [{"kind": "replied", "on": days_ago(20), "outcome": "granted"}]
    before = enter(cast, "A", names=ONE, ago=40, more=answered)
    enter(cast, "B", names=OTHER, ago=30, more=answered)
    found = beside(cast, enter(cast, "C", names=ONE))
    assert found.answered is not None
    assert found.answered.id == before
    assert (found.others, found.in_a_year, found.by_name_only) == (1, 2, False)


def test_how_often_within_a_year(cast: Cast) -> None:
    for number, ago in enumerate((400, 300, 200, 100)):
        enter(cast, f"A{number}", subject=f"{UNLIKE}第{number}号", names=ONE, ago=ago)
    found = beside(cast, enter(cast, "C", names=ONE))
    assert found.in_a_year == 4
    assert sorted(each.number for each in found.earlier) == ["A0", "A1", "A2", "A3"]
    assert found.alike == ()


def test_a_name_alone_is_said_to_be_one(cast: Cast) -> None:
    enter(cast, "A", names=ONE, subject=UNLIKE)
    found = beside(cast, enter(cast, "C", names=ELSE))
    assert (found.by_name_only, found.in_a_year) == (True, 2)


def test_several_who_ask_the_same(cast: Cast) -> None:
    enter(cast, "A", names=OTHER)
    enter(cast, "B", names=("甲公司", "91350100M000100Y43", None))
    enter(cast, "D", names=ONE)
    assert beside(cast, enter(cast, "C", names=ONE)).others == 2


def test_who_asked_is_in_none_of_it(cast: Cast) -> None:
    enter(cast, "A", names=OTHER)
    assert "司徒" not in repr(beside(cast, enter(cast, "C", names=ONE)))
    assert "欧阳" not in repr(beside(cast, enter(cast, "D", names=ONE)))


def test_another_bodys_requests_are_out_of_reach(cast: Cast) -> None:
    request = enter(cast)
    with pytest.raises(PermissionDenied):
        related(cast.elsewhere, request)
    assert related(cast.office, request) is not None
    assert related(cast.officer, 999) is None


def test_it_costs_as_much_beside_many_as_beside_one(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    request = enter(cast, "C", names=ONE)
    for number in range(25):
        enter(cast, f"A{number}", names=ONE if number % 2 else OTHER)
    with django_assert_max_num_queries(8):
        found = beside(cast, request)
    assert len(found.alike) == 10
