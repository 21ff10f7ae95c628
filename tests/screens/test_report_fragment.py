"""The report as shown on pages: laid out as the form prints it, every finding marked once at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

import html5lib
import pytest

from gongkai.screens.ui.report_fragment import report_fragment
from gongkai.statute.primitives import CellPlace, DocumentPlace, Finding, ProsePlace
from gongkai.statute.report import blank_tables
from gongkai.statute.report.form import load
from gongkai.statute.report.model import Narrative, Report


def _report(form: str = "2021", **parts: str) -> Report:
    tables = blank_tables(load(form))
    tables["requests"]["new"]["natural_person"] = 705
    tables["requests"]["granted"]["total"] = "n/a"
    tables["proactive"]["fees"]["amount" if form == "2021" else "change"] = "4068.208" if form == "2021" else 58
    narrative = Narrative(overview={"proactive": parts.get("proactive")}, problems=parts.get("problems"))
    return Report(form, "青澜县水利局", 2024, tables, narrative)


def _shown(report: Report, *findings: Finding) -> str:
    return str(report_fragment(report, findings, "x"))


def _error(where: object) -> Finding:
    return Finding("requests.balance", "error", where, {}, "")  # type: ignore[arg-type]


def _grid(fragment: str, table: str) -> Sequence[int]:
    """How many columns each row of the table fills, spans of rows above included."""
    root = html5lib.parseFragment(fragment, namespaceHTMLElements=False)
    found = next(each for each in root.iter("table") if table in each.get("class", ""))
    reaching: dict[int, int] = {}
    widths = []
    for number, row in enumerate(found.iter("tr")):
        width = reaching.pop(number, 0)
        for cell in row:
            wide, high = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            width += wide
            for below in range(number + 1, number + high):
                reaching[below] = reaching.get(below, 0) + wide
        widths.append(width)
    assert reaching == {}
    return widths


@pytest.mark.parametrize(
    ("form", "table", "width", "rows"),
    [
        ("2021", "form-proactive", 4, 14),
        ("2019", "form-proactive", 4, 18),
        ("2021", "form-requests", 10, 28),
        ("2019", "form-requests", 10, 26),
        ("2021", "form-remedies", 15, 4),
        ("2019", "form-remedies", 15, 4),
    ],
)
def test_every_row_of_a_table_fills_its_width(form: str, table: str, width: int, rows: int) -> None:
    assert _grid(_shown(_report(form)), table) == [width] * rows


def test_blank_is_blank_and_not_applicable_is_a_slash() -> None:
    shown = _shown(_report())
    assert "<td>705</td>" in shown
    assert "<td>/</td>" in shown
    assert ">4068.208</td>" in shown
    assert "None" not in shown


def test_a_finding_on_a_cell_marks_the_cell_and_says_its_severity() -> None:
    shown = _shown(_report(), _error(CellPlace("requests", "new", "natural_person")))
    assert (
        '<td class="marked-error">705<a class="mark mark-error" href="#x-f1" id="x-m1">'
        '<span class="visually-hidden">错误</span>1</a></td>' in shown
    )


@pytest.mark.parametrize(
    ("where", "before"),
    [
        (CellPlace("requests", None, "business"), "商业企业"),
        (CellPlace("requests", "granted", None), "（一）予以公开"),
        (CellPlace("remedies", "litigation_after", None), "复议后起诉"),
        (CellPlace("remedies", "reconsideration", "total"), ""),
        (CellPlace("proactive", "rules", None), "规章"),
        (CellPlace("requests"), "三、收到和处理政府信息公开申请情况"),
        (DocumentPlace("remedies"), "四、政府信息公开行政复议、行政诉讼情况"),
        (DocumentPlace("title"), "青澜县水利局2024年政府信息公开工作年度报告"),
        (DocumentPlace(None), "青澜县水利局2024年政府信息公开工作年度报告"),
    ],
)
def test_every_place_has_its_mark(where: object, before: str) -> None:
    shown = _shown(_report(), _error(where))
    assert shown.count('id="x-m1"') == 1
    assert f'{before}<a class="mark' in shown


def test_two_findings_on_one_cell_show_both_numbers_and_the_graver_colour() -> None:
    cell = CellPlace("requests", "new", "natural_person")
    shown = _shown(_report(), Finding("cell.text", "warning", cell), Finding("requests.row_total", "error", cell))
    assert 'class="marked-error">705' in shown
    assert re.findall(r'id="(x-m\d)"', shown) == ["x-m1", "x-m2"]


def test_prose_is_marked_where_it_stands() -> None:
    text = "第一段。\n　　全年建立建全制度。"
    shown = _shown(_report(proactive=text), Finding("text.typo", "warning", ProsePlace("overview.proactive", 9, 13)))
    assert (
        '全年<mark class="marked-warning">建立建全</mark><a class="mark mark-warning" href="#x-f1" id="x-m1">' in shown
    )
    assert shown.count("<p>第一段。</p>") == 1


def test_overlapping_marks_never_nest_and_lose_no_word() -> None:
    text = "一二三四五六七八\n九十"
    places = [
        ProsePlace("problems", 1, 5),
        ProsePlace("problems", 3, 8),
        ProsePlace("problems", 0, 11),
        ProsePlace("problems", 4, 4),
    ]
    shown = _shown(_report(problems=text), *map(_error, places))
    inside = re.sub(r"<a class=\"mark.*?</a>", "", shown)
    assert not re.search(r"<mark[^>]*>[^<]*<mark", inside)
    assert "一二三四五六七八" in re.sub("<[^>]+>", "", inside)
    assert sorted(re.findall(r'id="x-m(\d)"', shown)) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "place", [ProsePlace("problems", 0, 10**9), ProsePlace("problems", 50, 60), ProsePlace("nowhere", 0, 1)]
)
def test_a_place_that_is_not_there_breaks_nothing(place: ProsePlace) -> None:
    assert "短文" in _shown(_report(problems="短文"), _error(place))


def test_what_a_document_says_is_text() -> None:
    shown = _shown(_report(problems="<script>alert(1)</script>&"), _error(ProsePlace("problems", 0, 8)))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_report_of_no_known_form_shows_its_prose() -> None:
    report = Report(None, None, None, {}, Narrative(problems="文字"))
    shown = _shown(report)
    assert "<p>文字</p>" in shown
    assert shown.count("没有读出这张表。") == 3
