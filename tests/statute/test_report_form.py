"""The two forms as data: what 国办公开办函〔2019〕60号 and 〔2021〕30号 print."""

from __future__ import annotations

import pytest

from gongkai.statute.primitives import InputRefused
from gongkai.statute.report import blank_tables
from gongkai.statute.report.cells import outcome_rows
from gongkai.statute.report.form import governing, load


@pytest.mark.parametrize(("year", "code"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")])
def test_the_year_decides_the_form(year: int, code: str) -> None:
    assert governing(year).code == code


def test_years_before_2019_have_no_form_here() -> None:
    with pytest.raises(InputRefused, match="2018年的年度报告不在"):
        governing(2018)


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(InputRefused, match="没有“2008”这一格式"):
        load("2008")


@pytest.mark.parametrize(("code", "rows", "outcomes"), [("2019", 23, 19), ("2021", 25, 21)])
def test_table_three_has_the_rows_of_its_form(code: str, rows: int, outcomes: int) -> None:
    form = load(code)
    assert len(form.tables["requests"].rows) == rows
    assert len(outcome_rows(form)) == outcomes


def test_cells_of_each_table() -> None:
    sizes = {code: [len(list(table.cells())) for table in load(code).tables.values()] for code in ("2019", "2021")}
    assert sizes == {"2019": [22, 161, 15], "2021": [10, 175, 15]}


def test_labels_are_those_the_forms_print() -> None:
    old, new = load("2019"), load("2021")
    assert old.tables["proactive"].row("normative").label == "规范性文件"
    assert new.tables["proactive"].row("normative").label == "行政规范性文件"
    assert new.tables["proactive"].row("fees").column("amount").label == "本年收费金额（单位：万元）"
    assert old.tables["proactive"].row("procurement").part == "第二十条第（九）项"
    assert new.tables["requests"].row("refused.three_securities").path == (
        "三、本年度办理结果",
        "（三）不予公开",
        "3.危及“三安全一稳定”",
    )
    assert new.tables["remedies"].row("litigation_after").path == ("行政诉讼", "复议后起诉")
    assert new.headings["overview.platform"] == "（四）政府信息公开平台建设"


def test_blank_tables_hold_every_cell_and_nothing_in_them() -> None:
    tables = blank_tables(load("2021"))
    assert tables["proactive"] == {
        "rules": {"made": None, "repealed": None, "in_force": None},
        "normative": {"made": None, "repealed": None, "in_force": None},
        "licences": {"decisions": None},
        "penalties": {"decisions": None},
        "coercive": {"decisions": None},
        "fees": {"amount": None},
    }
