"""The writer of the defence's papers: type, tables, pages counted."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from docx import Document
from docx.shared import Pt

from gongkai.documents.defence import Heading, Paper, Right, Table, Text, pages_of, write


def pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_paper_in_official_type() -> None:
    table = Table(("序号", "名称"), [("1", "答复书"), ("2", "回执")], (1, 4))
    paper = Paper(
        "证据目录", "青澜县科学技术局", [Text("此致", 0), Heading("一、经过"), table, Right("青澜县科学技术局")]
    )
    found = Document(io.BytesIO(write(paper)))
    title, _, first, heading, signature = found.paragraphs
    assert (title.text, title.runs[0].font.size, title.runs[0].font.name) == ("证据目录", Pt(22), "方正小标宋简体")
    assert (first.text, first.paragraph_format.first_line_indent, first.runs[0].font.size) == ("此致", Pt(0), Pt(16))
    assert (heading.runs[0].font.name, heading.paragraph_format.first_line_indent) == ("黑体", Pt(32))
    assert signature.paragraph_format.right_indent == Pt(64)
    assert [[cell.text for cell in row.cells] for row in found.tables[0].rows] == [
        ["序号", "名称"], ["1", "答复书"], ["2", "回执"],
    ]  # fmt: skip
    narrow, wide = found.tables[0].columns
    assert wide.width == pytest.approx(narrow.width * 4, rel=0.01)
    assert found.core_properties.author == "青澜县科学技术局"


@pytest.mark.parametrize(("data", "pages"), [(pdf(1), 1), (pdf(3), 3), (b"%PDF-1.4", None), (b"\x89PNG", None)])
def test_pages_are_counted_where_they_are_known(data: bytes, pages: int | None) -> None:
    assert pages_of(data) == pages
