"""The report as JSON: the exact shape out, every fault told in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from report_samples import report, zero_tables

from gongkai.statute.primitives import CellPlace, DocumentPlace, Finding, InputRefused, ProsePlace
from gongkai.statute.report.json_format import from_json, to_json

BALANCE = Finding(
    "requests.balance",
    "error",
    CellPlace("requests", None, "natural_person"),
    {"left": 741, "right": 740, "difference": 1},
    "国办公开办函〔2021〕30号 表三",
)


def test_the_shape_of_the_contract() -> None:
    out = to_json(replace(report(), findings=(BALANCE,)), file="年报.docx")
    assert list(out) == ["file", "form", "agency", "year", "tables", "narrative", "findings"]
    assert out["file"] == "年报.docx"
    assert out["tables"]["proactive"]["fees"] == {"amount": "0"}  # type: ignore[index]
    assert list(out["narrative"]) == ["overview", "problems", "other"]  # type: ignore[call-overload]
    assert list(out["narrative"]["overview"]) == ["proactive", "on_request", "management", "platform", "supervision"]  # type: ignore[index]
    assert out["findings"] == [
        {
            "code": "requests.balance",
            "severity": "error",
            "where": {"table": "requests", "row": None, "column": "natural_person"},
            "facts": {"left": 741, "right": 740, "difference": 1},
            "cite": "国办公开办函〔2021〕30号 表三",
            "message": "表三“自然人”列不平衡：新收与上年结转之和为741，"
            "办理结果总计与结转下年度之和为740，前者比后者多1。",
        }
    ]


def test_a_cell_that_the_report_lacks_is_null() -> None:
    tables = zero_tables()
    del tables["requests"]["new"]["total"]
    del tables["remedies"]
    out = to_json(report(tables))["tables"]
    assert out["requests"]["new"]["total"] is None  # type: ignore[index]
    assert out["remedies"]["litigation_after"]["pending"] is None  # type: ignore[index]


def test_there_and_back() -> None:
    tables = zero_tables()
    tables["proactive"]["fees"]["amount"] = "4068.208"
    tables["requests"]["new"]["total"] = "n/a"
    tables["requests"]["new"]["research"] = None
    findings = (
        BALANCE,
        Finding("text.typo", "warning", ProsePlace("problems", 3, 5), {"found": "错"}, "依据"),
        Finding("form.title", "warning", DocumentPlace("title"), {}, ""),
    )
    full = replace(report(tables, lead="开头。"), findings=findings)
    assert from_json(json.loads(json.dumps(to_json(full, file="a.txt")))) == full


def test_a_cell_left_out_is_blank() -> None:
    read = from_json({"form": "2021", "agency": None, "year": 2025, "tables": {"requests": {"new": {"total": 7}}}})
    assert read.tables["requests"]["new"]["total"] == 7
    assert read.tables["requests"]["new"]["business"] is None
    assert read.tables["proactive"]["fees"] == {"amount": None}


def test_every_fault_is_told_at_once() -> None:
    bad = {
        "form": "2021",
        "agency": 5,
        "year": "2025",
        "extra": 1,
        "tables": {
            "requests": {"new": {"total": "7", "sum": 1}, "gone": {}},
            "proactive": {"fees": {"amount": 12.5}, "rules": {"made": True}},
            "remedies": [],
        },
        "narrative": {"overview": {"proactive": 3}},
        "findings": [{"code": "x", "severity": "bad", "where": {"line": 1}}],
    }
    with pytest.raises(InputRefused) as refused:
        from_json(bad)
    assert [fault.place for fault in refused.value.faults] == [
        "报告",
        "agency",
        "year",
        "tables.proactive.rules.made",
        "tables.proactive.fees.amount",
        "tables.requests",
        "tables.requests.new",
        "tables.requests.new.total",
        "tables.remedies",
        "narrative.overview.proactive",
        "findings[0].where",
        "findings[0].code",
        "findings[0].severity",
    ]


@pytest.mark.parametrize("value", [None, 3, "报告", [], True, {"form": "1999"}, {"year": 10**400}, {"tables": 1}])
def test_what_is_no_report_is_refused(value: object) -> None:
    with pytest.raises(InputRefused):
        from_json(value)


def test_without_a_form_the_cells_of_either_are_taken() -> None:
    read = from_json({"form": None, "agency": None, "year": None, "tables": {"requests": {"other": {"total": 2}}}})
    assert read.tables["requests"]["other"]["total"] == 2


def test_facts_nested_without_end_are_refused() -> None:
    deep: object = 1
    for _ in range(900):
        deep = {"a": deep}
    finding = {"code": "x.y", "severity": "note", "where": {"part": None}, "facts": {"f": deep}}
    with pytest.raises(InputRefused, match="嵌套过深"):
        from_json({"form": "2021", "findings": [finding]})
