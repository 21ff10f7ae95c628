"""The files themselves: merged cells, repeated headings, archival and accessible PDF, signs of findings, no formula."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from docx import Document
from lxml import html

from gongkai.documents.annual_report.render import render
from gongkai.documents.annual_report.specimens import specimen
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.checks import check

KJJ = specimen("qinglan-kjj-2025")
FOUND = check(KJJ, None, specimen("qinglan-kjj-2024"))


def test_the_planted_contradictions_are_found_and_the_clean_report_has_none() -> None:
    assert [found.code for found in FOUND] == [
        "prose.count", "text.typo", "requests.balance", "requests.balance", "years.carry", "years.carry",
    ]  # fmt: skip
    assert check(specimen("qinglan-2025")) == ()


def test_pdf_is_tagged_archival_and_in_chinese() -> None:
    made = render(KJJ, "pdf")
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part", b"pdfaid:part", b"pdfaid:conformance"):
        assert sign in made
    document = pypdfium2.PdfDocument(made)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "青澜县科学技术局2025年政府信息公开工作年度报告" in text.replace("\r\n", "")
    assert "核查意见" not in text


def test_marked_pdf_has_the_list_of_findings() -> None:
    document = pypdfium2.PdfDocument(render(KJJ, "pdf", findings=FOUND))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "核查意见" in text and "①" in text and "⑥" in text


def test_docx_repeats_heading_rows_and_comments_findings() -> None:
    document = Document(BytesIO(render(KJJ, "docx", findings=FOUND)))
    _, three, four = document.tables
    assert [len(three.rows), len(four.rows)] == [3 + len(KJJ.tables["requests"]), 4]
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") != [] for row in three.rows]
    assert heads[:4] == [True, True, True, False]
    assert three.cell(0, 0)._tc is three.cell(2, 2)._tc
    assert len(list(document.comments)) == 6
    assert document.core_properties.author == "青澜县科学技术局"


def test_html_is_semantic_and_marks_link_to_the_list() -> None:
    page = html.fromstring(render(KJJ, "html", findings=FOUND).decode())
    assert page.get("lang") == "zh-CN"
    assert len(page.xpath("//h1")) == 1 and len(page.xpath("//table")) == 3
    ids = set(page.xpath("//@id"))
    links = page.xpath("//*[contains(@class,'mark')]//a/@href")
    assert links and all(link.removeprefix("#") in ids for link in links)
    assert page.xpath("//@style") == [] and page.xpath("//script | //link") == []


def test_prose_never_becomes_markup_or_formula() -> None:
    hostile = replace(KJJ, narrative=replace(KJJ.narrative, problems="=HYPERLINK(1)<script>x</script>"))
    page = html.fromstring(render(hostile, "html").decode())
    assert page.xpath("//script") == []
    book = openpyxl.load_workbook(BytesIO(render(hostile, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == "=HYPERLINK(1)<script>x</script>" for cell in cells)


def test_a_character_without_a_font_is_refused_by_name_and_no_traceback() -> None:
    made = replace(KJJ, narrative=replace(KJJ.narrative, problems="公开不够细\U0001f4a4。"))
    with pytest.raises(InputRefused, match="U\\+1F4A4"):
        render(made, "pdf")
    assert "公开不够细\U0001f4a4。" in render(made, "html").decode()


def test_a_long_title_is_broken_after_the_bodys_name() -> None:
    document = pypdfium2.PdfDocument(render(KJJ, "pdf"))
    lines = document[0].get_textpage().get_text_range().splitlines()
    assert lines[:2] == ["青澜县科学技术局", "2025年政府信息公开工作年度报告"]
    title = Document(BytesIO(render(KJJ, "docx"))).paragraphs[0].text
    assert title == "青澜县科学技术局\n2025年政府信息公开工作年度报告"


def test_money_is_a_number_in_a_sheet_with_all_its_digits() -> None:
    tables = KJJ.tables | {"proactive": KJJ.tables["proactive"] | {"fees": {"amount": "12.50"}}}
    book = openpyxl.load_workbook(BytesIO(render(replace(KJJ, tables=tables), "xlsx")))
    cells = [cell for row in book["主动公开"].iter_rows() for cell in row if cell.value == 12.5]
    assert [cell.number_format for cell in cells] == ["0.00"]


def test_table_three_begins_where_a_third_of_the_page_is_left() -> None:
    """Whatever the prose before it takes, its heading and first rows are on one page in the PDF."""
    for lines in range(0, 20, 3):
        prose = "\n".join(["公开内容已经细化。"] * lines)
        made = replace(KJJ, narrative=replace(KJJ.narrative, overview={"lead": prose}))
        document = pypdfium2.PdfDocument(render(made, "pdf"))
        pages = [page.get_textpage().get_text_range() for page in document]
        heading = next(text for text in pages if "三、收到和处理" in text)
        assert "二、上年结转政府信息公开申请数量" in heading
        assert "（三）不予" in heading
