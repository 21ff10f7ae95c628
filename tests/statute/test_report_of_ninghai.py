"""A report as published: exactly the findings that a careful clerk has, no more; and in how little time."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from report_samples import zero_tables

from gongkai.statute.report.checks import check
from gongkai.statute.report.model import OVERVIEW_PARTS, Narrative, Report, Source

SAMPLE = Path(__file__).parents[2].parent / "shared" / "samples" / "ninghai-kjj-2020.txt"


@pytest.fixture(scope="module")
def published() -> tuple[Report, Source]:
    """The prose as published; the tables, which are 0 but for three rows, set by hand."""
    if not SAMPLE.exists():
        pytest.skip("the published report is not beside this checkout")
    text = SAMPLE.read_text(encoding="utf-8")
    overview = text[text.index("一、总体情况") : text.index("二、主动公开政府信息情况")]
    sections = re.split(r"（[一二三四五]）(?:主动公开|依申请公开|政府信息管理|平台建设|监督保障)\n", overview)
    narrative = Narrative(
        dict(zip(("lead", *OVERVIEW_PARTS), sections, strict=True)),
        text[text.index("五、存在") : text.index("六、其他")],
        text[text.index("六、其他") :],
    )
    tables = zero_tables("2019")
    tables["proactive"]["other_services"] = {"prior_items": 38, "change": 58, "decisions": 38}
    tables["proactive"]["procurement"] = {"items": 9, "amount": "0.93402"}
    parts = frozenset({"overview", "proactive", "requests", "remedies", "problems", "other"})
    source = Source(text.partition("\n")[0], parts, {"2019": ("上一年项目数量", "政府集中采购")})
    return Report("2019", "宁海县科技局", 2020, tables, narrative), source


def test_its_findings(published: tuple[Report, Source]) -> None:
    found = [(each.code, each.severity, each.facts.get("found")) for each in check(*published)]
    assert found == [
        ("form.title", "warning", None),
        ("text.typo", "warning", "稳步前"),
        ("proactive.items_decisions", "warning", None),
        ("text.typo", "warning", "建立建全"),
    ]


def test_a_check_takes_two_milliseconds_at_most(published: tuple[Report, Source]) -> None:
    def best_of(runs: int) -> float:
        times = []
        for _ in range(runs):
            started = time.perf_counter()
            check(*published)
            times.append(time.perf_counter() - started)
        return min(times)

    assert best_of(50) < 0.002
