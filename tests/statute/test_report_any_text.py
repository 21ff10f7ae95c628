"""Whatever the prose or the JSON, checks and wording end, in bounded time and without a traceback."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import report, zero_tables

from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.checks import check
from gongkai.statute.report.json_format import from_json, to_json
from gongkai.statute.report.model import Source
from gongkai.statute.wording import advice, sentence

WORDS = st.sampled_from(
    [
        "收到",
        "新收",
        "受理",
        "办结",
        "答复",
        "上年",
        "结转",
        "下年",
        "2023年",
        "2025年",
        "予以公开",
        "不予公开",
        "部分公开",
        "无法提供",
        "申请",
        "政府信息公开",
        "行政复议",
        "行政诉讼",
        "维持",
        "纠正",
        "未发生",
        "没有收到",
        "其中",
        "件",
        "条",
        "主动公开",
        "13",
        "１，２３４",
        "十二",
        "万",
        "百",
        "余",
        "约",
        "，",
        "。",
        "、",
        "（",
        "）",
        "《",
        "“",
        "建立建全",
        "稳步前",
        "的的",
        "的",
    ]
)
PROSE = st.lists(WORDS | st.text(max_size=3), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(PROSE, PROSE, st.text(max_size=30))
def test_any_prose_and_title(on_request: str, other: str, title: str) -> None:
    made = report(on_request=on_request, other=other, agency=title)
    for finding in check(made, Source(title, frozenset({"overview"}), {"2019": (title,), "2021": ("本年制发件数",)})):
        assert sentence(finding)
        assert advice(finding)
    assert json.loads(json.dumps(to_json(made)))["narrative"]["other"] == other


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "form",
                    "agency",
                    "year",
                    "tables",
                    "narrative",
                    "findings",
                    "requests",
                    "new",
                    "total",
                    "overview",
                    "code",
                    "severity",
                    "where",
                    "facts",
                    "part",
                    "table",
                    "case",
                    "start",
                    "end",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_is_a_report_or_refused_in_chinese(value: Any) -> None:
    try:
        made = from_json(value)
    except InputRefused as refused:
        assert all(fault.place and fault.wrong for fault in refused.faults)
    else:
        check(made)


@pytest.mark.parametrize(
    "text",
    [
        "无" * 100_000,
        "无因政府信息公开" * 20_000,
        "收到申请" * 50_000,
        "一" * 200_000 + "件",
        "1" * 200_000 + "件",
        "收到" + "万" * 50_000 + "件",
        "，" + "\n" * 100_000,
        "（" * 50_000 + "》" * 50_000,
        "1 " * 100_000,
        "结转" * 50_000 + "3件",
        "市" * 100_000 + "政府",
    ],
    ids=lambda text: text[:6].strip() or "lines",
)
def test_hostile_text_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    made = report(zero_tables(), on_request=text, problems=text, agency=text)
    check(made, Source(title=text))
    assert time.perf_counter() - started < 10
