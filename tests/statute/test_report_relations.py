"""The relations of the report: examples from `tests/spec/relations.toml`, and properties over random reports."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import COLUMNS, codes, report, zero_tables

from gongkai.statute.primitives import CellPlace
from gongkai.statute.report.bodies import KnownBody, may_make_rules
from gongkai.statute.report.checks import check
from gongkai.statute.report.model import Report

EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "spec" / "relations.toml").read_text(encoding="utf-8"))["example"]


def filled(form: str, cells: dict[str, Any]) -> dict[str, Any]:
    tables = zero_tables(form)
    for address, value in cells.items():
        table, _, rest = address.partition(".")
        row, _, column = rest.rpartition(".")
        assert column in tables[table][row], address
        tables[table][row][column] = None if value == "blank" else value
    return tables


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["sentence"])
def test_example(example: dict[str, Any]) -> None:
    form, year = example.get("form", "2021"), example.get("year", 2024)
    made = report(filled(form, example["cells"]), form, year, example.get("agency", "青澜县科学技术局"))
    previous = None
    if "previous" in example:
        previous = report(filled(form, example["previous"]), form, example.get("previous_year", year - 1))
    found = []
    for finding in check(made, previous=previous):
        assert isinstance(finding.where, CellPlace)
        where = finding.where
        seen = {"code": finding.code, "where": f"{where.table}.{where.row or ''}.{where.column}", **finding.facts}
        found.append({key: value for key, value in seen.items() if key not in ("previous", "made", "repealed")})
    expected = example["expect"]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_each_relation_has_its_severity_and_its_source() -> None:
    tables = filled("2021", {"requests.new.natural_person": 1, "remedies.reconsideration.total": 1})
    tables["proactive"]["rules"]["made"] = 1
    found = {finding.code: (finding.severity, finding.cite) for finding in check(report(tables))}
    assert found == {
        "requests.balance": ("error", "国办公开办函〔2021〕30号 表三"),
        "requests.row_total": ("error", "国办公开办函〔2021〕30号 表三"),
        "remedies.group_total": ("error", "国办公开办函〔2021〕30号 表四"),
        "proactive.rules_authority": ("warning", "《中华人民共和国立法法》关于规章制定权限的规定"),
    }


OUTCOMES = ("granted", "partial", "refused.process", "unavailable.not_held", "not_processed.repeated", "other.other")


@st.composite
def consistent_tables(draw: st.DrawFn) -> dict[str, Any]:
    """Tables in which every relation holds: outcomes and carry are drawn, the rest follows."""
    number = st.integers(0, 5000)
    tables = zero_tables()
    requests = tables["requests"]
    for column in COLUMNS:
        for row in OUTCOMES:
            requests[row][column] = draw(number)
        requests["concluded"][column] = sum(requests[row][column] for row in OUTCOMES)
        requests["carried_out"][column] = draw(number)
        came = requests["concluded"][column] + requests["carried_out"][column]
        requests["carried_in"][column] = draw(st.integers(0, came))
        requests["new"][column] = came - requests["carried_in"][column]
    for cells in requests.values():
        cells["total"] = sum(cells[column] for column in COLUMNS)
    for cells in tables["remedies"].values():
        for result in ("upheld", "corrected", "other", "pending"):
            cells[result] = draw(number)
        cells["total"] = cells["upheld"] + cells["corrected"] + cells["other"] + cells["pending"]
    return tables


@settings(max_examples=40, deadline=None)
@given(consistent_tables())
def test_a_consistent_report_yields_nothing(tables: dict[str, Any]) -> None:
    assert check(report(tables)) == ()


@settings(max_examples=60, deadline=None)
@given(consistent_tables(), st.data())
def test_one_wrong_cell_yields_the_relations_that_it_stands_in(tables: dict[str, Any], data: st.DataObject) -> None:
    spoilt = copy.deepcopy(tables)
    row = data.draw(st.sampled_from(sorted(spoilt["requests"])))
    column = data.draw(st.sampled_from((*COLUMNS, "total")))
    off = data.draw(st.integers(1, 9))
    spoilt["requests"][row][column] += off
    expected: dict[str, int] = {"requests.row_total": off if column == "total" else -off}
    if row in ("new", "carried_in"):
        expected["requests.balance"] = off
    elif row in ("concluded", "carried_out"):
        expected["requests.balance"] = -off
    if row == "concluded":
        expected["requests.outcome_sum"] = off
    elif row not in ("new", "carried_in", "carried_out"):
        expected["requests.outcome_sum"] = -off
    assert {finding.code: finding.facts["difference"] for finding in check(report(spoilt))} == expected


@pytest.mark.parametrize(
    ("agency", "entitled"),
    [
        ("科学技术部", True),
        ("国家发展和改革委员会", True),
        ("海关总署", True),
        ("浙江省人民政府", True),
        ("新疆维吾尔自治区人民政府", True),
        ("上海市人民政府", True),
        ("延边朝鲜族自治州人民政府", True),
        ("宁海县人民政府", False),
        ("宁海县科技局", False),
        ("鄂温克族自治旗人民政府", False),
        ("玉环市大麦屿街道办事处", False),
        ("青澜县河口镇人民政府", False),
        ("宁波市鄞州区人民政府", False),
        ("宁波市余姚市人民政府", False),
        ("浙江省财政厅", False),
        ("国家税务总局青澜县税务局", False),
        ("青澜市人民政府", None),
        ("上海市人民政府办公厅", None),
        ("青澜大学", None),
    ],
)
def test_who_may_make_rules(agency: str, entitled: bool | None) -> None:
    assert may_make_rules(agency) is entitled


def test_the_organisation_tree_decides_where_it_knows_the_body() -> None:
    known = (KnownBody("青澜市人民政府", "city"), KnownBody("南汀市人民政府", "county", "南汀市政府"))
    assert may_make_rules("青澜市人民政府", known) is True
    assert may_make_rules("南汀市政府", known) is False


def test_a_report_of_unknown_form_agency_and_year_is_checked_as_far_as_it_goes() -> None:
    tables = {"requests": {"new": {"natural_person": 1, "total": 2}}}
    found = check(Report(None, None, None, tables))
    assert codes(found) == ["form.missing_part"] * 5
