"""What the system writes it reads back equal: every form, every format, hostile prose, blanks and “/”."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.documents.annual_report import read
from gongkai.documents.annual_report.render import FORMATS, Format, render
from gongkai.documents.annual_report.specimens import NAMES, specimen
from gongkai.statute.report.form import load
from gongkai.statute.report.model import Cell, Narrative, Report

HOSTILE = '一处<b>&amp;、#panic("x")、$a_1$、*星*、[@引]、=1+1、“引号”。'


def _filled(code: str, year: int) -> Report:
    """Every seventh cell blank, every eleventh “/”, large numbers elsewhere; prose with markup of every format."""
    tables: dict[str, dict[str, dict[str, Cell]]] = {}
    number = 0
    for table in load(code).tables.values():
        rows = tables.setdefault(table.code, {})
        for row in table.rows:
            cells = rows.setdefault(row.code, {})
            for column in row.columns:
                number += 1
                plain: Cell = "4068.208" if column.kind == "money" else number * 9173
                cells[column.code] = None if number % 7 == 0 else "n/a" if number % 11 == 0 else plain
    overview = {"lead": "按条例编制。", "proactive": HOSTILE, "on_request": None, "management": "规范管理。",
                "platform": "建设平台。", "supervision": "加强监督。"}  # fmt: skip
    return Report(code, "青澜县人民政府", year, tables, Narrative(overview, HOSTILE, "无其他需要报告的事项。"))


def _same(made: Report, back: Report) -> None:
    assert (back.form, back.agency, back.year) == (made.form, made.agency, made.year)
    assert back.tables == made.tables
    assert back.narrative == made.narrative


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize(("code", "year"), [("2019", 2020), ("2021", 2025)])
def test_any_report_reads_back_equal(to: Format, code: str, year: int) -> None:
    made = _filled(code, year)
    assert made.tables["proactive"]["fees"] != {}
    _same(made, read(render(made, to), f"report.{to}").report)


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_specimens_read_back_equal(to: Format, name: str) -> None:
    made = specimen(name)
    _same(made, read(render(made, to), f"{name}.{to}").report)


@pytest.mark.parametrize("to", FORMATS)
def test_same_report_same_bytes(to: Format) -> None:
    made = specimen("qinglan-2025")
    assert render(made, to) == render(made, to)


def test_a_paragraph_that_nearly_fills_its_line_ends_there_in_print() -> None:
    """Where every paragraph is one line nothing hangs out, and the tables alone tell where a line begins."""
    made = specimen("qinglan-kjj-2024")
    prose = "今年收到的申请都按期答复，没有逾期，也没有行政复议。\n全年没有行政诉讼案件。\n没有收费。"
    first = prose.partition("\n")[0]
    parts = dict.fromkeys(made.narrative.overview, "本年按要求办理。")
    for length in range(len(first) - 4, len(first) + 1):
        text = prose.replace(first, f"{first[: length - 1]}。")
        narrative = replace(made.narrative, overview={**parts, "on_request": text}, problems="没有。", other="没有。")
        back = read(render(replace(made, narrative=narrative), "pdf"), "年报.pdf").report
        assert back.narrative.overview["on_request"] == text
