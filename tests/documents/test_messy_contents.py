"""What a careful clerk recovers from a messy document: the value, and what is told about it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import fixtures_reports as fixtures
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.documents.annual_report import read
from gongkai.statute.report.checks import check
from gongkai.statute.report.model import Reading

FORMS = ("2019", "2021")
Places = dict[tuple[str, int], str]


def _changed(texts: Places) -> Callable[[str, int, str], str]:
    return lambda row, column, text: texts.get((row, column), text)


def _two(form: str, texts: Places) -> list[Any]:
    return fixtures.report(form, tables={"proactive": [fixtures.proactive_table(form, _changed(texts))]})


def _three(form: str, texts: Places) -> list[Any]:
    return fixtures.report(form, tables={"requests": [fixtures.requests_table(form, _changed(texts))]})


def _read(data: str | bytes, name: str) -> Reading:
    return read(data.encode() if isinstance(data, str) else data, name)


def _others_as_printed(reading: Reading, form: str, table: str, *rows: str) -> None:
    """All cells but those rows are what the fixture states."""
    want = fixtures.figures(form)
    for code, cells in reading.report.tables.items():
        for row, values in cells.items():
            if (code, row) not in {(table, each) for each in rows}:
                assert tuple(values.values()) == want[code][row], (code, row)


def _told(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    where = [(found.code, found.where.as_json()) for found in reading.report.findings]
    return [(code, place.get("row"), place.get("column")) for code, place in where]


WRITERS: dict[str, Callable[[Any], str | bytes]] = {
    "a.txt": lambda pieces: fixtures.as_cell_lines(pieces),
    "a.md": lambda pieces: fixtures.as_pipes(pieces),
    "a.html": lambda pieces: fixtures.as_html(pieces),
    "a.docx": lambda pieces: fixtures.as_docx(pieces),
    "a.xlsx": lambda pieces: fixtures.as_xlsx(pieces),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    ("printed", "value", "code"),
    [
        ("1,204", 1204, None),
        ("１，２０４", 1204, None),
        ("1 204", 1204, None),
        ("/", "n/a", None),
        ("—", "n/a", None),
        ("22（其中修订16件）", 22, "cell.text"),
        ("22件", 22, "cell.text"),
        ("22①", 22, "cell.text"),
        ("二", 2, "cell.text"),
        ("58_x000D_", 58, "cell.artefact"),
        ("58[endif]", 58, "cell.artefact"),
        ("错误!未找到引用源。", None, "cell.artefact"),
    ],
)
def test_a_cell_as_people_fill_it(name: str, printed: str, value: object, code: str | None) -> None:
    reading = _read(WRITERS[name](_two("2021", {("normative", 2): printed})), name)
    assert tuple(reading.report.tables["proactive"]["normative"].values()) == (6, 1, value)
    _others_as_printed(reading, "2021", "proactive", "normative")
    told = [place for place in _told(reading) if place[0] != "cell.blank"]
    assert told == ([(code, "normative", "in_force")] if code else [])


@pytest.mark.parametrize(
    ("printed", "value", "codes"),
    [
        ("251000元", "25.1", ["cell.unit"]),
        ("0.00251亿元", "25.1", ["cell.unit"]),
        ("25.1", "25.1", ["cell.unit"]),
        ("25.1万元（含税）", "25.1", ["cell.text"]),
        ("￥25.1 万元", "25.1", []),
    ],
)
def test_units_inside_a_cell(printed: str, value: str, codes: list[str]) -> None:
    reading = _read(fixtures.as_html(_two("2019", {("procurement", 1): printed})), "a.html")
    assert reading.report.tables["proactive"]["procurement"] == {"items": 9, "amount": value}
    assert [code for code, _, _ in _told(reading)] == codes


@pytest.mark.parametrize(
    ("printed", "value"), [("减4", -4), ("减少4项", -4), ("↓4", -4), ("－4", -4), ("+58", 58), ("增3", 3)]
)
def test_a_change_in_words_or_with_a_sign(printed: str, value: int) -> None:
    reading = _read(fixtures.as_html(_two("2019", {("licences", 1): printed})), "a.html")
    assert reading.report.tables["proactive"]["licences"] == {"prior_items": 38, "change": value, "decisions": 312}


@pytest.mark.parametrize("name", WRITERS)
def test_blank_cells_are_blank_and_told(name: str) -> None:
    blank = {("granted", column): "" for column in range(1, 6)}
    reading = _read(WRITERS[name](_three("2021", blank)), name)
    assert tuple(reading.report.tables["requests"]["granted"].values()) == (5, None, None, None, None, None, 7)
    _others_as_printed(reading, "2021", "requests", "granted")
    assert [told[:2] for told in _told(reading)] == [("cell.blank", "granted")] * 5


def test_a_bookmark_left_by_a_converter() -> None:
    reading = _read(fixtures.as_cell_lines(_two("2019", {("licences", 1): "[bookmark: _GoBack]58"})), "a.txt")
    assert reading.report.tables["proactive"]["licences"]["change"] == 58
    assert _told(reading) == [("cell.artefact", "licences", "change")]


def test_rows_of_the_old_form_in_the_new_one() -> None:
    """政府集中采购 and 其他对外管理服务事项 were taken out in 2021; a body still prints them."""
    table = fixtures.proactive_table("2021")
    table += [
        [("第二十条第（九）项", 4, 1)],
        [("信息内容", 1, 1), ("采购项目数量", 1, 1), ("采购总金额", 2, 1)],
        [("政府集中采购", 1, 1), ("9", 1, 1), ("25.1万元", 2, 1)],
    ]
    reading = _read(fixtures.as_html(fixtures.report("2021", tables={"proactive": [table]})), "a.html")
    assert reading.report.form == "2021"
    _others_as_printed(reading, "2021", "", "")
    assert "procurement" not in reading.report.tables["proactive"]
    assert ("form.mixed", "error") in [(found.code, found.severity) for found in check(reading.report, reading.source)]


def test_a_report_in_the_form_that_no_longer_governs() -> None:
    pieces = fixtures.report("2019", title="青澜县水利局2023年政府信息公开工作年度报告")
    reading = _read(fixtures.as_html(pieces), "a.html")
    assert (reading.report.form, reading.report.year) == ("2019", 2023)
    assert "form.wrong_year" in [found.code for found in check(reading.report, reading.source)]


@pytest.mark.parametrize("name", ["a.html", "a.docx"])
def test_a_table_that_is_only_a_picture_is_told(name: str) -> None:
    if name == "a.html":
        data: str | bytes = fixtures.as_html(fixtures.report("2021", tables={"requests": ["<p><img src=3.png></p>"]}))
    else:
        pieces = fixtures.report("2021", tables={"requests": ["此处是表"]})
        data = fixtures.as_docx(pieces, after=_picture_for("此处是表"))
    reading = _read(data, name)
    assert reading.source.pictures == ("requests",)
    found = check(reading.report, reading.source)
    assert [each.code for each in found if each.code.startswith("form.")] == ["form.missing_part"]
    assert {value for row in reading.report.tables["requests"].values() for value in row.values()} == {None}
    _others_as_printed(reading, "2021", "requests", *reading.report.tables["requests"])


def _picture_for(words: str) -> Callable[[Any], None]:
    """Puts a drawing of ten by ten centimetres in the place of a paragraph."""

    def put(document: Any) -> None:
        paragraph = next(each for each in document.paragraphs if each.text == words)
        paragraph.clear()
        drawing = parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a", "pic")}><wp:inline><wp:extent cx="3600000" cy="3600000"/><a:graphic>'
            '<a:graphicData uri="x"><pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing>"
        )
        paragraph.add_run()._r.append(drawing)

    return put


def test_tables_side_by_side_in_a_layout_table() -> None:
    page = fixtures.as_html(fixtures.report("2021"))
    first, second, third = (
        page.index("<table", start) for start in (0, page.index("三、收到"), page.index("四、政府"))
    )
    ends = [page.index("</table>", start) + 8 for start in (first, second, third)]
    two, three, four = (page[start:end] for start, end in zip((first, second, third), ends, strict=True))
    page = page.replace(two, "").replace(four, "")
    page = page.replace(three, f"<table width=100%><tr><td>{two}</td><td>{three}</td><td>{four}</td></tr></table>")
    _others_as_printed(_read(page, "a.html"), "2021", "", "")


def test_tracked_changes_are_read_as_accepted_and_deleted_rows_are_gone() -> None:
    def edit(document: Any) -> None:
        cell = next(row.cells[1] for table in document.tables for row in table.rows if row.cells[0].text == "行政许可")
        run = cell.paragraphs[0].runs[0]
        run.text = "99"
        run._r.find("{*}t").tag = run._r.find("{*}t").tag[:-1] + "delText"
        deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="甲"/>')
        run._r.addprevious(deleted)
        deleted.append(run._r)
        deleted.addnext(parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="乙"><w:r><w:t>1204</w:t></w:r></w:ins>'))
        row = next(row for table in document.tables for row in table.rows if row.cells[0].text == "行政处罚")
        copied = parse_xml(row._tr.xml.replace("行政处罚", "行政许可"))
        copied.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:del w:id="3" w:author="甲"/></w:trPr>'))
        row._tr.addprevious(copied)

    reading = _read(fixtures.as_docx(fixtures.report("2021"), after=edit), "a.docx")
    _others_as_printed(reading, "2021", "", "")


def test_hidden_text_in_a_cell_is_not_the_cell() -> None:
    def hide(document: Any) -> None:
        cell = next(row.cells[1] for table in document.tables for row in table.rows if row.cells[0].text == "行政许可")
        cell.paragraphs[0].add_run("原为99").font.hidden = True

    reading = _read(fixtures.as_docx(fixtures.report("2021"), after=hide), "a.docx")
    _others_as_printed(reading, "2021", "", "")
    assert _told(reading) == []


def _book(change: Callable[[openpyxl.Workbook], None], *, sheets: bool = False) -> bytes:
    book = openpyxl.load_workbook(BytesIO(fixtures.as_xlsx(fixtures.report("2021"), sheets=sheets)))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_numbers_kept_as_text_in_a_sheet() -> None:
    def as_text(book: openpyxl.Workbook) -> None:
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if isinstance(cell.value, int):
                    cell.value = f" {cell.value} "

    _others_as_printed(_read(_book(as_text), "a.xlsx"), "2021", "", "")


def test_a_formula_never_calculated_is_blank_and_not_nought() -> None:
    def formula(book: openpyxl.Workbook) -> None:
        for row in book.worksheets[0].iter_rows():
            if row[0].value == "行政许可":
                row[1].value = "=SUM(1,2)"

    reading = _read(_book(formula), "a.xlsx")
    assert reading.report.tables["proactive"]["licences"] == {"decisions": None}
    assert _told(reading) == [("cell.blank", "licences", "decisions")]


def test_a_formula_is_read_by_the_value_kept_with_it() -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(fixtures.as_xlsx(fixtures.report("2021")))) as made, zipfile.ZipFile(out, "w") as book:
        for name in made.namelist():
            content = made.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"<v>1204</v>", b"<f>600+604</f><v>1204</v>")
            book.writestr(name, content)
    _others_as_printed(_read(out.getvalue(), "a.xlsx"), "2021", "", "")


def test_what_a_sheet_hides_is_not_read() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("底稿", 0)
        sheet.append(["第二十条第（五）项"])
        sheet.append(["信息内容", "本年处理决定数量"])
        sheet.append(["行政许可", 99])
        sheet.sheet_state = "hidden"
        first = book.worksheets[1]
        number = next(row[0].row for row in first.iter_rows() if row[0].value == "行政许可")
        first.cell(number - 1, 20, "行政处罚")
        first.column_dimensions["T"].hidden = True

    _others_as_printed(_read(_book(hide), "a.xlsx"), "2021", "", "")


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("青澜县自然资源和\n规划局2024年政府信息公开工作年度报告", "青澜县自然资源和规划局"),
        ("青澜县综合行政执法\n大队2024年度政府信息公开\n工作年度报告", "青澜县综合行政执法大队"),
        (
            "青澜经济开发区管委会（青澜县\n高新区）2024年政府信息公开工作年度报告",
            "青澜经济开发区管委会（青澜县高新区）",
        ),
        ("政府信息公开年报\n青澜县水利局2024年政府信息公开工作年度报告", "青澜县水利局"),
        ("青澜县人民政府门户网站\n水利局2024年政府信息公开工作年度报告", "水利局"),
        ("青澜县水利局\n青澜县水利局2024年政府信息公开工作年度报告", "青澜县水利局"),
    ],
)
def test_a_bodys_name_broken_over_lines(title: str, agency: str) -> None:
    reading = _read(fixtures.as_cell_lines(fixtures.report("2021", title=title)), "a.txt")
    assert (reading.report.agency, reading.report.year) == (agency, 2024)


def test_sentences_named_like_a_cell_stay_prose() -> None:
    pieces = fixtures.report("2021")
    pieces[pieces.index(fixtures.PROSE["platform"])] = "结果维持。"
    for name, write in WRITERS.items():
        narrative = _read(write(pieces), name).report.narrative
        assert narrative.overview["platform"] == "结果维持。", name


def test_a_row_without_cells_in_an_incomplete_table() -> None:
    page = fixtures.as_html(fixtures.report("2021")).replace("<tr><td", "<tr></tr><tr><td").replace("行政强制", "")
    reading = _read(page, "a.html")
    assert reading.report.tables["proactive"]["coercive"] == {"decisions": None}
    _others_as_printed(reading, "2021", "proactive", "coercive")


def test_a_table_printed_twice_does_not_add_up() -> None:
    twice = [fixtures.requests_table("2021"), fixtures.requests_table("2021")]
    reading = _read(fixtures.as_html(fixtures.report("2021", tables={"requests": twice})), "a.html")
    _others_as_printed(reading, "2021", "", "")
