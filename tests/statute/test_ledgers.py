"""The ledger exchange formats: what is taken, and each fault with its line and field."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongkai.statute.ledgers import (
    ItemRecord,
    RemedyRecord,
    StatementRecord,
    parse_item,
    parse_remedy,
    parse_statement,
    read_records,
)
from gongkai.statute.primitives import InputRefused

REMEDY = {
    "number": "FY-2023-001", "agency": "qinglan-kjj", "case": "KJJ-2023-0007", "kind": "reconsideration",
    "accepted_on": "2023-05-06", "closed_on": "2023-07-01", "result": "upheld", "decision": "维持",
}  # fmt: skip
STATEMENT = {
    "agency": "qinglan-kjj", "year": 2020, "row": "other_services", "column": "change", "value": 58,
    "evidence": "年度统计表",
}  # fmt: skip
ITEM = {
    "source_id": "A-1", "agency": "qinglan-kjj", "column": "政策文件", "title": "青澜县科技创新券管理办法",
    "published_on": "2024-03-05", "body_text": "第一条　略",
}  # fmt: skip
GONE = object()
Parse = Callable[[object, str], Any]


def faults(parse: Parse, given: object) -> list[str]:
    """Where the faults are: the line's place taken off."""
    with pytest.raises(InputRefused) as refused:
        parse(given, "甲.jsonl 第3行 ")
    places = [each.place for each in refused.value.faults]
    assert all(place.startswith("甲.jsonl 第3行") for place in places)
    assert all(each.wrong for each in refused.value.faults)
    return [place.removeprefix("甲.jsonl 第3行").strip() for place in places]


def changed(record: dict[str, Any], **fields: object) -> dict[str, Any]:
    return {name: value for name, value in {**record, **fields}.items() if value is not GONE}


# --- remedies ---------------------------------------------------------------------------------------------------------


def test_a_remedy_of_the_contract() -> None:
    assert parse_remedy(REMEDY) == RemedyRecord(
        "FY-2023-001", "qinglan-kjj", "KJJ-2023-0007", "reconsideration", date(2023, 5, 6), date(2023, 7, 1),
        "upheld", "维持", "", "", "",
    )  # fmt: skip


def test_a_pending_remedy_has_neither_result_nor_day_and_may_have_no_case() -> None:
    found = parse_remedy(changed(REMEDY, case=None, closed_on=GONE, result=GONE, decision=GONE))
    assert (found.case, found.closed_on, found.result) == ("", None, "")
    assert found.as_json() == {
        "number": "FY-2023-001", "agency": "qinglan-kjj", "case": None, "kind": "reconsideration",
        "accepted_on": "2023-05-06",
    }  # fmt: skip


@pytest.mark.parametrize("instance", [1, 2, "retrial"])
@pytest.mark.parametrize("role", ["respondent", "co_defendant", "reviewing_body"])
@pytest.mark.parametrize("kind", ["reconsideration", "litigation_direct", "litigation_after"])
def test_a_remedy_is_given_back_as_it_came(kind: str, role: str, instance: object) -> None:
    given = changed(REMEDY, kind=kind, role=role, instance=instance, court_number="（2023）浙01行初7号")
    assert parse_remedy(given).as_json() == given


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"number": GONE}, ["number"]),
        ({"number": " "}, ["number"]),
        ({"number": "长" * 65}, ["number"]),
        ({"number": "FY\0"}, ["number"]),
        ({"agency": 3}, ["agency"]),
        ({"case": 7}, ["case"]),
        ({"kind": GONE}, ["kind"]),
        ({"kind": "appeal"}, ["kind"]),
        ({"accepted_on": GONE}, ["accepted_on"]),
        ({"accepted_on": "2023-5-6"}, ["accepted_on"]),
        ({"accepted_on": "2023-02-29"}, ["accepted_on"]),
        ({"closed_on": GONE}, ["closed_on"]),
        ({"result": GONE}, ["result"]),
        ({"result": "won"}, ["result"]),
        ({"closed_on": "2023-05-05"}, ["closed_on"]),
        ({"instance": 3}, ["instance"]),
        ({"instance": True}, ["instance"]),
        ({"role": "judge"}, ["role"]),
        ({"court": "x"}, ["court"]),
        ({"kind": "x", "accepted_on": 1, "extra": 1}, ["extra", "accepted_on", "kind"]),
    ],
)
def test_a_fault_of_a_remedy_names_its_field(fields: dict[str, object], at: list[str]) -> None:
    assert faults(parse_remedy, changed(REMEDY, **fields)) == at


# --- statements -------------------------------------------------------------------------------------------------------


def test_a_statement_of_the_contract() -> None:
    found = parse_statement(STATEMENT)
    assert found == StatementRecord("qinglan-kjj", 2020, "other_services", "change", 58, "年度统计表")
    assert found.as_json() == STATEMENT


@pytest.mark.parametrize(
    "fields",
    [
        {"value": -4},
        {"value": 0},
        {"value": "n/a"},
        {"row": "procurement", "column": "amount", "value": "0.93402"},
        {"year": 2021, "row": "fees", "column": "amount", "value": "4068.208"},
        {"year": 2021, "row": "normative", "column": "in_force", "value": 32},
    ],
)
def test_statements_that_fit_their_cell(fields: dict[str, Any]) -> None:
    assert parse_statement(changed(STATEMENT, **fields)).as_json() == changed(STATEMENT, **fields)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"agency": GONE}, ["agency"]),
        ({"year": GONE}, ["year"]),
        ({"year": "2020"}, ["year"]),
        ({"year": 2018}, ["year"]),
        ({"year": True}, ["year"]),
        ({"row": "new"}, ["row"]),
        ({"column": "made"}, ["column"]),
        ({"year": 2021}, ["row"]),
        ({"year": 2021, "row": "fees", "column": "change"}, ["column"]),
        ({"value": GONE}, ["value"]),
        ({"value": None}, ["value"]),
        ({"value": 1.5}, ["value"]),
        ({"value": True}, ["value"]),
        ({"value": "58"}, ["value"]),
        ({"column": "decisions", "value": -1}, ["value"]),
        ({"row": "procurement", "column": "amount", "value": 5}, ["value"]),
        ({"row": "procurement", "column": "amount", "value": "1e3"}, ["value"]),
        ({"row": "procurement", "column": "amount", "value": "-1"}, ["value"]),
        ({"evidence": 1}, ["evidence"]),
        ({"remark": ""}, ["remark"]),
    ],
)
def test_a_fault_of_a_statement_names_its_field(fields: dict[str, object], at: list[str]) -> None:
    assert faults(parse_statement, changed(STATEMENT, **fields)) == at


# --- items ------------------------------------------------------------------------------------------------------------


def test_an_item_with_no_more_than_is_required() -> None:
    found = parse_item(ITEM)
    assert found == ItemRecord(
        "A-1", "qinglan-kjj", "政策文件", "青澜县科技创新券管理办法", date(2024, 3, 5), body_text="第一条　略"
    )
    assert found.as_json() == ITEM


def test_an_item_with_everything_is_given_back_as_it_came() -> None:
    given = {
        **ITEM, "document_number": "青科〔2024〕3号", "topic": "科技", "genre": "行政规范性文件",
        "formed_on": "2024-02-28", "effective_on": "2024-04-01", "expires_on": "2029-03-31",
        "repealed_by": "青科〔2028〕1号", "registration_number": "QLKJ01-2024-0001", "validity": "有效",
        "summary": "摘要", "body_html": "<p>第一条</p>", "attachments": ["附件/表.xlsx"], "index_number": "1-2",
    }  # fmt: skip
    assert parse_item(given).as_json() == given


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"source_id": GONE}, ["source_id"]),
        ({"agency": None}, ["agency"]),
        ({"column": ""}, ["column"]),
        ({"title": "长" * 501}, ["title"]),
        ({"title": "甲\0乙"}, ["title"]),
        ({"published_on": GONE}, ["published_on"]),
        ({"published_on": "2024年3月5日"}, ["published_on"]),
        ({"formed_on": "x"}, ["formed_on"]),
        ({"body_text": GONE}, ["body_text"]),
        ({"body_text": ""}, ["body_text"]),
        ({"attachments": "a.pdf"}, ["attachments"]),
        ({"attachments": ["../a.pdf"]}, ["attachments"]),
        ({"attachments": ["/etc/passwd"]}, ["attachments"]),
        ({"attachments": ["a\\b.pdf"]}, ["attachments"]),
        ({"summary": "长" * 4001}, ["summary"]),
        ({"id": 1}, ["id"]),
    ],
)
def test_a_fault_of_an_item_names_its_field(fields: dict[str, object], at: list[str]) -> None:
    assert faults(parse_item, changed(ITEM, **fields)) == at


def test_an_attachment_is_enough_without_a_body() -> None:
    assert parse_item(changed(ITEM, body_text=GONE, attachments=["a.pdf"])).attachments == ("a.pdf",)


# --- any of them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parse", [parse_item, parse_remedy, parse_statement])
@pytest.mark.parametrize("given", [None, 1, "x", [], [{}]])
def test_what_is_no_object_is_one_fault(parse: Parse, given: object) -> None:
    assert faults(parse, given) == [""]


def test_the_lines_of_a_file_blank_ones_counted_and_all_faults_told() -> None:
    lines = [
        b"\xef\xbb\xbf" + json.dumps(REMEDY).encode(),
        b"\n",
        b"{broken",
        b'\xff{"number": 1}',
        json.dumps(changed(REMEDY, number="2", kind="x")).encode(),
        json.dumps(changed(REMEDY, number="3")).encode(),
    ]
    found = list(read_records(lines, parse_remedy, file="乙.jsonl"))
    assert [place for place, _ in found] == [f"乙.jsonl 第{number}行 " for number in (1, 3, 4, 5, 6)]
    told = [[str(fault.place) for fault in each.faults] if isinstance(each, InputRefused) else each.number
            for _, each in found]  # fmt: skip
    assert told == ["FY-2023-001", ["乙.jsonl 第3行"], ["乙.jsonl 第4行"], ["乙.jsonl 第5行 kind"], "3"]


@pytest.mark.parametrize(
    ("parse", "name", "day", "earliest"),
    [
        (parse_remedy, "accepted_on", "2008-04-30", "2008-05-01"),
        (parse_item, "published_on", "1949-09-30", "1949-10-01"),
    ],
)
def test_a_day_before_there_was_anything_is_a_slip_of_the_pen(
    parse: Callable[..., object], name: str, day: str, earliest: str
) -> None:
    given = {"accepted_on": REMEDY, "published_on": ITEM}[name] | {name: day}
    with pytest.raises(InputRefused, match=f"{name}：“{day}”太早；应为{earliest}或者以后"):
        parse(given)
