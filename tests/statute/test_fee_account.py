"""信息处理费, as an account in words (国办函〔2020〕109号第4、5条). Amounts are those of published notices."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.fees import account

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("pages", "amount"), [(30, 0), (31, 10), (68, 380), (100, 700), (109, 880), (119, 1080), (201, 2740)]
)
def test_by_pages(pages: int, amount: int) -> None:
    assert account("pages", pages, DAY).amount == amount


def test_pages_in_words() -> None:
    assert account("pages", 109, DAY).words == (
        "按量计收，共109页：第1页至第30页不收费，第31页至第100页每页10元，第101页至第109页每页20元，合计880元"
    )


@pytest.mark.parametrize(
    ("before", "items", "amount"), [(0, 10, 0), (10, 1, 100), (10, 15, 1500), (24, 1, 100), (30, 1, 200), (29, 2, 300)]
)
def test_items_count_on_top_of_those_of_the_month(before: int, items: int, amount: int) -> None:
    assert account("items", items, DAY, before=before).amount == amount


def test_items_in_words() -> None:
    assert account("items", 3, DAY, before=9).words == (
        "按件计收，本次3件，本月此前已有9件：第10件至第10件不收费，第11件至第12件每件100元，合计200元"
    )
