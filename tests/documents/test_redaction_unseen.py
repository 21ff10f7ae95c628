"""What nobody sees in a Word or Excel file is not in the file that leaves, however it came to be unseen."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.styles import Font, PatternFill
from redaction_samples import W, holds, packed, run, secret, unzipped

from gongkai.documents.redaction import Ground, Redaction, Words, redact

NONE = [Redaction(Words("查无此人"), Ground("15"))]
SECRET = secret(1)


def _word(change: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    document.add_paragraph("看得见的字")
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _body(*inner: str) -> Callable[[Any], None]:
    def add(document: Any) -> None:
        for each in inner:
            document.element.body.insert(0, parse_xml(each))

    return add


def _cell(properties: str, text: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def _table(*rows: str) -> str:
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl {W}><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{inner}</w:tbl>"


def _paragraph(properties: str) -> str:
    return f"<w:p {W}>{run(SECRET, properties)}</w:p>"


def _first_header(document: Any) -> None:
    header = document.sections[0].first_page_header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = SECRET


def _even_footer(document: Any) -> None:
    footer = document.sections[0].even_page_footer
    footer.is_linked_to_previous = False
    footer.paragraphs[0].text = SECRET


def _hidden_normal(document: Any) -> None:
    document.styles["Normal"].font.hidden = True
    document.paragraphs[0].runs[0].font.hidden = False
    document.add_paragraph(SECRET)


def _inherited(document: Any) -> None:
    document.styles.add_style("甲", 2).font.hidden = True
    document.styles.add_style("乙", 2).base_style = document.styles["甲"]
    document.paragraphs[0].add_run(SECRET, style="乙")


UNSEEN_WORDS: dict[str, Callable[[Any], None]] = {
    "cell covered by a merge": _body(
        _table(_cell('<w:vMerge w:val="restart"/>', "上"), _cell("<w:vMerge/>", SECRET), _cell("", "下"))
    ),
    "deleted cell": _body(_table(_cell('<w:cellDel w:id="1" w:author="a"/>', SECRET), _cell("", "下"))),
    "deleted row": _body(
        _table(f'<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>{_cell("", SECRET)}', _cell("", "下"))
    ),
    "header of a first page that is none": _first_header,
    "footer of even pages that are none": _even_footer,
    "hidden by the usual style": _hidden_normal,
    "hidden by a style of a style": _inherited,
    "black on black by highlight": _body(_paragraph('<w:highlight w:val="black"/>')),
    "black on black by shading": _body(
        _paragraph('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')
    ),
    "letters of one point": _body(_paragraph('<w:sz w:val="2"/>')),
    "command of a field over paragraphs": _body(
        f'<w:p {W}><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        f"<w:p {W}><w:r><w:instrText>{SECRET}</w:instrText></w:r>{run(SECRET)}</w:p>",
        f'<w:p {W}><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText></w:r></w:p>',
    ),
    "deleted within inserted": _body(
        f'<w:p {W}><w:ins w:id="1" w:author="a"><w:del w:id="2" w:author="a"><w:r><w:delText>{SECRET}</w:delText></w:r>'
        f"</w:del>{run('插')}</w:ins></w:p>"
    ),
    "former properties": _body(
        f'<w:p {W}><w:pPr><w:pPrChange w:id="1" w:author="{SECRET}"><w:pPr/></w:pPrChange></w:pPr>{run("字")}</w:p>'
    ),
    "unknown element": _body(f'<w:p {W}><x:a xmlns:x="urn:x" x:b="{SECRET}">{SECRET}</x:a></w:p>'),
    "text between elements": _body(f"<w:p {W}>{SECRET}{run('字')}{SECRET}</w:p>"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNSEEN_WORDS)
def test_nobody_sees_it_in_word(case: str) -> None:
    before = _word(UNSEEN_WORDS[case])
    assert holds(before, SECRET)
    made = redact(before, "a.docx", NONE)
    assert not holds(made.data, SECRET)
    assert any("看得见的字" in paragraph.text for paragraph in docx.Document(BytesIO(made.data)).paragraphs)


def test_a_note_that_no_text_refers_to() -> None:
    parts = unzipped(_word(lambda document: None))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"
    notes = f'<w:endnotes {W}><w:endnote w:id="5"><w:p>{run(SECRET)}</w:p></w:endnote></w:endnotes>'
    parts["word/endnotes.xml"] = notes.encode()
    rels = parts["word/_rels/document.xml.rels"]
    added = f'<Relationship Id="rId77" Type="{kind}" Target="endnotes.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = rels.replace(b"</Relationships>", added.encode())
    assert not holds(redact(packed(parts), "a.docx", NONE).data, SECRET)


def test_headers_that_are_shown_stay() -> None:
    def change(document: Any) -> None:
        document.sections[0].different_first_page_header_footer = True
        document.sections[0].first_page_header.paragraphs[0].text = "首页的页眉"

    made = redact(_word(change), "a.docx", NONE)
    assert docx.Document(BytesIO(made.data)).sections[0].first_page_header.paragraphs[0].text == "首页的页眉"


def test_white_letters_on_a_dark_cell_stay() -> None:
    white = run("表头", '<w:color w:val="FFFFFF"/>')
    table = f'<w:tbl {W}><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="003366"/></w:tcPr>'
    made = redact(_word(_body(f"{table}<w:p>{white}</w:p></w:tc></w:tr></w:tbl>")), "a.docx", NONE)
    assert docx.Document(BytesIO(made.data)).tables[0].cell(0, 0).text == "表头"


def _sheet(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = SECRET, "看得见"
    change(book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _set(**values: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for name, value in values.items():
            setattr(sheet["A1"], name, value)

    return change


def _low(sheet: Any) -> None:
    sheet["B2"] = "看得见"
    sheet.row_dimensions[1].height = 0.5


def _narrow(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = 0.1


UNSEEN_CELLS: dict[str, Callable[[Any], None]] = {
    "format without a part for text": _set(number_format="0;0;0;"),
    "black on black": _set(fill=PatternFill("solid", fgColor="FF000000"), font=Font(color="FF000000")),
    "white": _set(font=Font(color="FFFFFFFF")),
    "white of the theme": _set(font=Font(color=openpyxl.styles.colors.Color(theme=0))),
    "low row": _low,
    "narrow column": _narrow,
}


@pytest.mark.parametrize("case", UNSEEN_CELLS)
def test_nobody_sees_it_in_excel(case: str) -> None:
    before = _sheet(UNSEEN_CELLS[case])
    assert holds(before, SECRET)
    made = redact(before, "a.xlsx", NONE)
    assert not holds(made.data, SECRET)
    book = openpyxl.load_workbook(BytesIO(made.data))
    assert "看得见" in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


@pytest.mark.parametrize(
    ("value", "shown_as", "kept"),
    [(5, "0.00", 5), (5, '"已核"', None), (-5, "0;", None), (0, "0;0;", None), (5, "General", 5), (5, '0"元"', 5)],
)
def test_figures_stay_where_their_format_shows_them(value: int, shown_as: str, kept: int | None) -> None:
    def change(sheet: Any) -> None:
        sheet["C1"], sheet["C1"].number_format = value, shown_as

    made = redact(_sheet(change), "a.xlsx", NONE)
    assert openpyxl.load_workbook(BytesIO(made.data)).worksheets[0]["C1"].value == kept
