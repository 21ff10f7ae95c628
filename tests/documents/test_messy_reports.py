"""Every layout in which reports are really published yields the same cells, prose, agency, year and form."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.documents.annual_report import read
from gongkai.documents.blocks import Table, TableCell, spread
from gongkai.statute.report.checks import check

_spec = importlib.util.spec_from_file_location("fixtures_reports", Path(__file__).with_name("fixtures_reports.py"))
assert _spec and _spec.loader
fixtures = sys.modules.setdefault("fixtures_reports", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(fixtures)

FORMS = ("2019", "2021")
AGENCY = "青澜县水利局"
FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def _verify(data: str | bytes, name: str, form: str) -> None:
    """All cells, all prose, the three identities, and not one finding."""
    reading = read(data.encode() if isinstance(data, str) else data, name)
    report = reading.report
    assert (report.form, report.agency, report.year) == (form, AGENCY, fixtures.YEARS[form])
    got = {table: {row: tuple(cells.values()) for row, cells in rows.items()} for table, rows in report.tables.items()}
    assert got == fixtures.figures(form)
    prose = dict(report.narrative.overview) | {"problems": report.narrative.problems, "other": report.narrative.other}
    assert prose == fixtures.PROSE
    assert check(report, reading.source) == ()


def test_the_fixture_is_what_it_says() -> None:
    assert fixtures.figures("2021")["proactive"]["normative"] == (6, 1, 32)
    assert fixtures.figures("2021")["proactive"]["fees"] == ("4068.208",)
    assert fixtures.figures("2019")["proactive"]["procurement"] == (9, "25.1")
    assert fixtures.figures("2019")["proactive"]["licences"] == (38, -4, 312)
    assert fixtures.figures("2021")["requests"]["unavailable.not_held"] == (3, 0, 0, 1, 0, 1, 5)
    assert len(fixtures.figures("2019")["requests"]) == 23
    assert len(fixtures.figures("2021")["requests"]) == 25


def _spread(rows: object) -> list[list[str]]:
    return spread(Table(tuple(tuple(TableCell(*cell) for cell in row) for row in rows)), 64)  # type: ignore[attr-defined]


def _flat(grid: list[list[str]]) -> list[list[tuple[str, int, int]]]:
    return [[(text, 1, 1) for text in row] for row in grid]


LAYOUTS: dict[str, tuple[str, Callable[[list[object]], str | bytes]]] = {
    "one cell a line": ("a.txt", lambda d: fixtures.as_cell_lines(d)),
    "one cell a line, tabs and blank lines lost": ("a.txt", lambda d: fixtures.as_cell_lines(d, tabs=False)),
    "GB18030": ("a.txt", lambda d: fixtures.as_cell_lines(d).encode("gb18030")),
    "UTF-16 with mark": ("a.txt", lambda d: fixtures.as_cell_lines(d).encode("utf-16")),
    "UTF-16 without mark": ("a.txt", lambda d: fixtures.as_cell_lines(d).encode("utf-16-be")),
    "Windows line ends": ("a.txt", lambda d: fixtures.as_cell_lines(d).replace("\n", "\r\n")),
    "Markdown": ("a.md", lambda d: fixtures.as_pipes(d)),
    "pipe tables in text": ("a.txt", lambda d: fixtures.as_pipes(d, heads=False).replace("# ", "")),
    "tabs between cells": ("a.txt", lambda d: fixtures.as_tabbed(d)),
    "wide gaps between cells": ("a.txt", lambda d: fixtures.as_spaced(d, "    ")),
    "single spaces between cells": ("a.txt", lambda d: fixtures.as_spaced(d, " ")),
    "web page": ("a.html", lambda d: fixtures.as_html(d)),
    "web page declared gb2312": ("a.html", lambda d: fixtures.as_html(d, charset="gb2312").encode("gbk")),
    "web page under another name": ("a.aspx", lambda d: fixtures.as_html(d)),
    "Word, merged": ("a.docx", lambda d: fixtures.as_docx(d)),
    "Word, not merged": ("a.docx", lambda d: fixtures.as_docx(d, merge=False)),
    "Word under a wrong name": ("a.pdf", lambda d: fixtures.as_docx(d)),
    "workbook, one sheet": ("a.xlsx", lambda d: fixtures.as_xlsx(d)),
    "workbook, several sheets": ("a.xlsx", lambda d: fixtures.as_xlsx(d, sheets=True)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str, form: str) -> None:
    name, write = LAYOUTS[layout]
    _verify(write(fixtures.report(form)), name, form)


@pytest.mark.parametrize("form", FORMS)
def test_full_width_digits(form: str) -> None:
    def wide(row: str, column: int, text: str) -> str:
        return text.translate(FULL_WIDTH)

    tables = {"proactive": [fixtures.proactive_table(form, wide)], "requests": [fixtures.requests_table(form, wide)]}
    _verify(fixtures.as_html(fixtures.report(form, tables=tables)), "a.html", form)


@pytest.mark.parametrize("form", FORMS)
def test_nested_layout_tables_and_page_furniture(form: str) -> None:
    page = fixtures.as_html(fixtures.report(form))
    body = page[page.index("<body>") + 6 : page.index("</body>")]
    _verify(
        "<html><head><meta charset=utf-8></head><body><nav><a>首页</a></nav>"
        "<div>当前位置：首页 &gt; 政府信息公开 &gt; 年度报告</div><script>var a='一、总体情况'</script>"
        f"<table><tr><td>左栏</td><td><table><tr><td>{body}</td></tr></table></td></tr></table>"
        "<div>打印本页</div><div>主办单位：某某人民政府办公室</div></body></html>",
        "a.html",
        form,
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", ["transposed", "columns shuffled", "columns shuffled in Markdown"])
def test_turned_and_shuffled_tables_go_by_their_labels(form: str, shape: str) -> None:
    grid = _spread(fixtures.requests_table(form))
    if shape == "transposed":
        grid = [list(column) for column in zip(*grid, strict=True)]
    else:
        order = (0, 1, 2, 9, 4, 3, 5, 6, 8, 7)
        grid = [[row[place] for place in order] for row in grid]
    pieces = fixtures.report(form, tables={"requests": [_flat(grid)]})
    if shape.endswith("Markdown"):
        _verify(fixtures.as_pipes(pieces), "a.md", form)
    else:
        _verify(fixtures.as_html(pieces), "a.html", form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("cut", ["between rows", "header repeated", "label in both, figures above", "figures below"])
def test_tables_split_over_pages(form: str, cut: str) -> None:
    grid = _spread(fixtures.requests_table(form))
    row = grid[20]
    head, tail = [*row[:2], row[2][:9]], ["", "", row[2][9:]]
    parts = {
        "between rows": (grid[:12], grid[12:]),
        "header repeated": (grid[:12], grid[:3] + grid[12:]),
        "label in both, figures above": ([*grid[:20], head + row[3:]], [tail + [""] * 7, *grid[21:]]),
        "figures below": ([*grid[:20], head + [""] * 7], [tail + row[3:], *grid[21:]]),
    }[cut]
    pieces = fixtures.report(form, tables={"requests": [_flat(part) for part in parts]})
    _verify(fixtures.as_docx(pieces), "a.docx", form)


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", ["html", "lines", "transposed"])
def test_table_four_with_its_groups_as_rows(form: str, layout: str) -> None:
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    rows = [["", *RESULTS]] + [
        [name, *map(str, values)] for name, values in zip(names, fixtures.REMEDIES.values(), strict=True)
    ]
    if layout == "transposed":
        rows = [list(column) for column in zip(*_spread(fixtures.remedies_table()), strict=True)]
    pieces = fixtures.report(form, tables={"remedies": [_flat(rows)]})
    if layout == "lines":
        _verify(fixtures.as_cell_lines(pieces, tabs=False), "a.txt", form)
    else:
        _verify(fixtures.as_html(pieces), "a.html", form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "title",
    [
        "{agency}\n{year}年政府信息公开\n工作年度报告",
        "{year}年度{agency}政府信息公开工作年度报告",
        "{agency}政府信息公开工作年度报告（{year}年度）",
        "{agency}关于{year}年度政府信息公开工作情况的报告",
        "{agency}{chinese}年政府信息公开年度报告",
        "《{agency}{year}年度政府信息公开工作报告》",
    ],
)
def test_titles(form: str, title: str) -> None:
    year = fixtures.YEARS[form]
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    written = title.format(agency=AGENCY, year=year, chinese=chinese)
    _verify(fixtures.as_cell_lines(fixtures.report(form, title=written)), "a.txt", form)


@pytest.mark.parametrize("form", FORMS)
def test_headings_without_numbers_in_arabic_and_run_into_the_text(form: str) -> None:
    text = fixtures.as_cell_lines(fixtures.report(form))
    part = re.compile(r"^([一二三四五六])、(?=总体|主动|收到|政府信息公开行|存在|其他需)", re.M)
    _verify(part.sub("", text), "a.txt", form)
    _verify(part.sub(lambda found: f"{'一二三四五六'.index(found[1]) + 1}.", text), "a.txt", form)
    for heading in ("（一）主动公开", "（二）依申请公开", "（三）政府信息管理", "（五）监督保障"):
        text = text.replace(f"{heading}\n", f"{heading}。")
    _verify(text, "a.txt", form)


@pytest.mark.parametrize("form", FORMS)
def test_labels_broken_over_lines(form: str) -> None:
    text = fixtures.as_cell_lines(fixtures.report(form), tabs=False)
    for whole, broken in {
        "本年新制作数量": "本年新\n制作数量",
        "本年制发件数": "本年制\n发件数",
        "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关\n确认或重新出具已\n获取信息",
        "社会公益组织": "社会公\n益组织",
        "未经复议直接起诉": "未经复议\n直接起诉",
    }.items():
        text = text.replace(whole, broken)
    _verify(text, "a.txt", form)


@pytest.mark.parametrize("form", FORMS)
def test_signature_and_day_belong_to_no_part(form: str) -> None:
    text = fixtures.as_cell_lines(fixtures.report(form)) + f"{AGENCY}\n{fixtures.YEARS[form] + 1}年1月20日\n"
    _verify(text, "a.txt", form)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", FORMS)
def test_old_word_and_pdf_made_by_an_office_program(form: str, tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(fixtures.as_docx(fixtures.report(form)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("doc", "pdf"):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        made = tmp_path / f"report.{kind}"
        _verify(made.read_bytes(), made.name, form)
        if kind == "doc":
            _verify(made.read_bytes(), "report.wps", form)
