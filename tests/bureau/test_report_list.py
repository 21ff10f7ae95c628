"""The list of a body's own reports turns its pages by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bureau_cast import Cast

from gongkai.bureau.annual import report_queries
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.orgs.models import Body


@pytest.fixture
def seven(cast: Cast) -> Cast:
    for code in ("qinglan-kjj", "qinglan-mzj"):
        body = Body.objects.get(code=code)
        for year, version in ((2023, 1), (2024, 1), (2024, 2)):
            AnnualReport.objects.create(
                body=body, year=year, version=version, form="2021", state="drafting", changed_by=cast.officer,
                changed_at="2026-01-02T00:00:00Z",
            )  # fmt: skip
    return cast


def test_pages_follow_each_other_without_gap_or_repeat(seven: Cast) -> None:
    seen: list[tuple[int, str, int]] = []
    after = ""
    while True:
        rows, after = report_queries.drafts(seven.office, after=after, size=2)
        seen += [(each.year, each.body, each.version) for each in rows]
        if not after:
            break
    assert seen == [
        (2024, "qinglan-kjj", 2), (2024, "qinglan-kjj", 1), (2024, "qinglan-mzj", 2), (2024, "qinglan-mzj", 1),
        (2023, "qinglan-kjj", 1), (2023, "qinglan-mzj", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("after", ["x", "~~", "2024~", "99999~a~1", "2024~qinglan-kjj~x", "２０２４~a~1"])
def test_a_broken_key_is_the_first_page(seven: Cast, after: str) -> None:
    rows, _ = report_queries.drafts(seven.office, after=after)
    assert len(rows) == 6


def test_a_page_costs_the_same_however_long(seven: Cast, django_assert_max_num_queries: Callable[..., object]) -> None:
    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        report_queries.drafts(seven.office, size=50)
