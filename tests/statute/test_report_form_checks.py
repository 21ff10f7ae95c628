"""The checks of the document as such: form, year, parts, period, title; and how findings are gathered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from report_samples import codes, narrative, report, zero_tables

from gongkai.statute.primitives import CellPlace, DocumentPlace, Finding, ProsePlace
from gongkai.statute.report import blank_tables
from gongkai.statute.report.bodies import KnownBody, abbreviated
from gongkai.statute.report.checks import check, form_findings
from gongkai.statute.report.form import load
from gongkai.statute.report.model import Narrative, Report, Source

PARTS = frozenset({"overview", "proactive", "requests", "remedies", "problems", "other"})
TITLE = "青澜县科学技术局2024年政府信息公开工作年度报告"
SOURCE = Source(TITLE, PARTS, {"2021": ("本年制发件数",)}, ((date(2024, 1, 1), date(2024, 12, 31)),))


def test_a_report_in_order_yields_nothing() -> None:
    assert form_findings(report(), SOURCE) == ()
    assert check(report(), SOURCE) == ()


def test_two_forms_in_one_document() -> None:
    source = replace(SOURCE, marks={"2021": ("本年制发件数",), "2019": ("政府集中采购", "上一年项目数量")})
    (found,) = form_findings(report(), source)
    assert (found.code, found.severity, found.where) == ("form.mixed", "error", DocumentPlace(None))
    assert found.facts == {
        "form": "2021",
        "marks": {"2019": ["上一年项目数量", "政府集中采购"], "2021": ["本年制发件数"]},
    }


@pytest.mark.parametrize(
    ("form", "year", "governing"), [("2019", 2021, "2021"), ("2021", 2020, "2019"), ("2019", 2018, None)]
)
def test_a_form_that_does_not_govern_the_year(form: str, year: int, governing: str | None) -> None:
    (found,) = form_findings(report(form=form, year=year), None)
    assert (found.code, found.severity, found.facts["governing"]) == ("form.wrong_year", "error", governing)


@pytest.mark.parametrize(("form", "year"), [("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2025)])
def test_a_form_that_governs_the_year(form: str, year: int) -> None:
    assert form_findings(report(form=form, year=year), None) == ()


def test_a_part_without_heading_and_content_is_missing() -> None:
    (found,) = form_findings(
        replace(report(), narrative=replace(narrative(), problems=None)), replace(SOURCE, parts=PARTS - {"problems"})
    )
    assert (found.code, found.severity, found.where) == ("form.missing_part", "error", DocumentPlace("problems"))
    assert found.facts == {"part": "problems", "missing": "part"}


def test_a_heading_without_its_table_and_a_table_that_is_a_picture() -> None:
    tables = zero_tables() | {"remedies": blank_tables(load("2021"))["remedies"]}
    (found,) = form_findings(report(tables), SOURCE)
    assert found.facts == {"part": "remedies", "missing": "table"}
    (found,) = form_findings(report(tables), replace(SOURCE, pictures=("remedies",)))
    assert found.facts == {"part": "remedies", "missing": "table", "picture": True}


def test_a_table_of_blank_cells_is_there() -> None:
    tables = zero_tables() | {"remedies": blank_tables(load("2021"))["remedies"]}
    blank = Finding("cell.blank", "warning", CellPlace("remedies", "reconsideration", "total"))
    assert codes(check(replace(report(tables), findings=(blank,)), SOURCE)) == ["cell.blank"]


@pytest.mark.parametrize(
    "said",
    ["2024年未发生收取信息处理费的情况。", "收取信息处理费共计380元。", "本年度无收费事项。", "没有收取任何费用。"],
)
def test_part_six_that_tells_the_fees(said: str) -> None:
    assert form_findings(report(other=said), SOURCE) == ()


def test_part_six_without_a_word_on_fees_is_a_warning_in_the_form_of_2021_only() -> None:
    (found,) = form_findings(report(other="本年度无其他需要报告的事项。"), SOURCE)
    assert (found.code, found.severity, found.where) == ("form.missing_part", "warning", DocumentPlace("other"))
    assert found.facts == {"part": "other", "missing": "fees"}
    assert form_findings(report(form="2019", year=2020, other="本年度无其他需要报告的事项。"), None) == ()


def test_a_period_other_than_the_calendar_year() -> None:
    period = (date(2024, 1, 1), date(2024, 11, 30))
    (found,) = form_findings(report(), replace(SOURCE, periods=(*SOURCE.periods, period, period)))
    assert (found.code, found.severity) == ("form.period", "error")
    assert found.facts == {
        "first": "2024-01-01",
        "last": "2024-11-30",
        "expected_first": "2024-01-01",
        "expected_last": "2024-12-31",
    }


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        (TITLE, None),
        ("青澜县科学技术局二〇二四年政府信息公开工作年度报告", None),
        ("青澜县人民政府2024年度政府信息公开工作报告", None),
        ("青澜县2024年政府信息公开工作年度报告", None),
        ("青澜县科学技术局2024政府信息公开工作年度报告", {"lacks_year_sign": True}),
        (
            "青澜县人社局2024年政府信息公开工作年度报告",
            {"abbreviation": "青澜县人社局", "full_name": "青澜县人力资源和社会保障局"},
        ),
        (
            "青澜县科技局2024政府信息公开工作年度报告",
            {"lacks_year_sign": True, "abbreviation": "青澜县科技局", "full_name": "青澜县科学技术局"},
        ),
        ("青澜县政府2024年政府信息公开工作年度报告", {"abbreviation": "青澜县政府", "full_name": "青澜县人民政府"}),
        ("青澜县文旅局2024年政府信息公开工作年度报告", None),
    ],
)
def test_title(title: str, facts: dict[str, object] | None) -> None:
    found = form_findings(report(), replace(SOURCE, title=title))
    assert [(each.code, each.severity, each.facts) for each in found] == (
        [("form.title", "warning", {"title": title, **facts})] if facts else []
    )


def test_a_known_body_gives_the_full_name_of_its_short_one() -> None:
    bodies = (KnownBody("青澜县文化和旅游体育局", "county_department", "青澜县文旅局"),)
    assert abbreviated("青澜县文旅局2024年年报", bodies) == ("青澜县文旅局", "青澜县文化和旅游体育局")


def test_findings_come_once_and_in_document_order() -> None:
    tables = zero_tables()
    tables["requests"]["new"]["total"] = 1
    tables["remedies"]["reconsideration"]["total"] = 1
    carried = (
        Finding("cell.artefact", "warning", CellPlace("proactive", "normative", "made"), {"text": "[bookmark: x]1"}),
        Finding("requests.balance", "error", CellPlace("requests", None, "business"), {"left": 9}),
        Finding("form.title", "warning", DocumentPlace("title"), {"title": "甲2024年报", "lacks_year_sign": True}, "x"),
    )
    made = replace(report(tables, problems="建立建全机制。"), findings=carried)
    found = check(made, replace(SOURCE, title="甲2024年报"))
    assert [(each.code, each.where) for each in found] == [
        ("form.title", DocumentPlace("title")),
        ("cell.artefact", CellPlace("proactive", "normative", "made")),
        ("requests.balance", CellPlace("requests", None, "total")),
        ("requests.row_total", CellPlace("requests", "new", "total")),
        ("remedies.group_total", CellPlace("remedies", "reconsideration", "total")),
        ("text.typo", ProsePlace("problems", 0, 4)),
    ]


def test_nothing_at_all_is_missing_all_over() -> None:
    found = check(Report("2021", None, 2024, blank_tables(load("2021")), Narrative()))
    assert codes(found) == ["form.missing_part"] * 6


def test_what_a_check_cannot_find_anew_it_keeps() -> None:
    carry = Finding("years.carry", "error", CellPlace("requests", "carried_in", "total"), {"left": 1}, "x")
    copied = Finding("text.copied", "warning", ProsePlace("other", 0, 3), {"other": "甲"}, "x")
    made = replace(report(), findings=(carry, copied))
    assert codes(check(made)) == ["years.carry", "text.copied"]
    assert codes(check(made, previous=report(year=2023))) == ["text.copied"]
