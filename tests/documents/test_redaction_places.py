"""Words are found however they are set, and the boxes cover them fully: turned pages, cropped ones, slanted lines,
shuffled letters, fields and stamps; what was cropped or hidden in Word files is gone."""

from __future__ import annotations

from io import BytesIO

import docx
import pypdfium2
import pytest
import typst
from docx.oxml import parse_xml
from hostile_files import FONT, pdf
from PIL import Image
from redaction_samples import FONTS, W, holds, run, secret, unzipped, workbook

from gongkai.documents.redaction import Box, Ground, Named, Redaction, Words, propose, redact
from gongkai.documents.redaction.matching import identifiers, spans
from gongkai.statute.primitives import InputRefused

PRIVATE = Ground("15")
NAME = [Redaction(Words("诸葛明远"), PRIVATE)]
HEAD = '#set page(width: 300pt, height: 200pt, margin: 20pt)\n#set text(font: "Noto Serif SC", size: {size}pt)\n'


def _set(text: str, size: int = 12) -> bytes:
    made = typst.compile((HEAD.replace("{size}", str(size)) + text).encode(), format="pdf", font_paths=[str(FONTS)])
    assert isinstance(made, bytes)
    return made


def _turned(data: bytes, quarter: int, crop: tuple[int, int, int, int] | None = None) -> bytes:
    document = pypdfium2.PdfDocument(data)
    document[0].set_rotation(quarter * 90)
    if crop:
        document[0].set_cropbox(*crop)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _red_left(data: bytes) -> int:
    """Pixels of a page on which the words to hide are red and everything else is black or blue."""
    left = 0
    for page in pypdfium2.PdfDocument(data):
        bands = [band.tobytes() for band in page.render(scale=3).to_pil().convert("RGB").split()]
        left += sum(red > 110 and red > green + 60 and red > blue + 60 for red, green, blue in zip(*bands, strict=True))
    return left


RED = "#text(fill: red)[诸葛明远]"


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
@pytest.mark.parametrize("size", [5, 12, 40])
def test_boxes_cover_every_stroke(quarter: int, size: int) -> None:
    text = f"#text(fill: blue)[上文]{RED}#text(fill: blue)[下文] \\ #rotate(90deg, reflow: true)[{RED}]"
    data = _turned(_set(text, size), quarter)
    assert _red_left(data) > 50
    made = redact(data, "a.pdf", NAME, label=True)
    assert _red_left(made.data) == 0
    assert _blue(made.data) > 0.7 * _blue(data)


def _blue(data: bytes) -> int:
    """Pixels of the words beside, weighed by how blue they are."""
    picture = pypdfium2.PdfDocument(data)[0].render(scale=3).to_pil().convert("RGB")
    colours = picture.getcolors(1 << 24) or []
    return sum(count * (blue - red) for count, (red, _, blue) in colours if blue > red)


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_cropped_pages_show_no_more_than_before(quarter: int) -> None:
    data = _turned(_set(f"#v(40pt)看得见 {RED} 看得见"), quarter, (10, 60, 290, 180))
    assert _red_left(data) > 50
    made = redact(data, "a.pdf", NAME)
    assert _red_left(made.data) == 0
    assert pypdfium2.PdfDocument(made.data)[0].get_size() == ((280, 120) if quarter % 2 == 0 else (120, 280))


@pytest.mark.parametrize("angle", [10, 33, 170, -47])
def test_slanted_lines_are_covered(angle: int) -> None:
    made = redact(_set(f"#v(40pt)#rotate({angle}deg)[上文 {RED} 下文]"), "a.pdf", NAME)
    assert _red_left(made.data) == 0


def test_words_broken_over_lines_and_columns() -> None:
    data = _set(f"#block(width: 30pt)[#text(fill: red)[诸葛明远]] #h(1em) {RED} #table(columns: 2, [{RED}], [别人])")
    made = redact(data, "a.pdf", NAME)
    assert len(made.applied) == 3
    assert _red_left(made.data) == 0


def test_words_that_run_on_over_the_page() -> None:
    half = "#set page(footer: align(center)[— 1 —])\n"
    data = _set(half + "上文。#v(1fr)当事人为#text(fill: red)[诸葛] #pagebreak() #text(fill: red)[明远]，下文。")
    assert _red_left(data) > 50
    made = redact(data, "a.pdf", NAME)
    assert _red_left(made.data) == 0
    assert [(each.place, each.kind) for each in made.applied] == [("第1页至第2页", "指定文字")]


def test_what_a_kind_finds_once_is_hidden_everywhere() -> None:
    data = _set("当事人：#text(fill: red)[诸葛明远] \\ 经查，#text(fill: red)[诸葛明远]未到场。")
    made = redact(data, "a.pdf", [Redaction(Named("name"), PRIVATE)])
    assert _red_left(made.data) == 0
    assert [each.kind for each in made.applied] == ["姓名", "姓名"]


def _page_of(drawing: str, notes: str = "", *more: str) -> bytes:
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R{notes}/Resources<</Font<</F1 5 0 R>>>>>>"
    fields = "/AcroForm<</Fields[8 0 R]/NeedAppearances true/DR<</Font<</F1 5 0 R>>>>>>"
    return pdf(
        [f"<</Type/Catalog/Pages 2 0 R{fields if notes else ''}>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
         f"<</Length {len(drawing)}>>\nstream\n{drawing}\nendstream", FONT, *more]
    )  # fmt: skip


def test_letters_drawn_in_another_order() -> None:
    letters = [(20 + 8 * place, digit) for place, digit in enumerate("13800138000")]
    shuffled = [letters[place] for place in (5, 1, 9, 3, 7, 0, 10, 2, 8, 4, 6)]
    drawing = "BT /F1 12 Tf 1 0 0 rg " + " ".join(f"1 0 0 1 {x} 200 Tm ({digit}) Tj" for x, digit in shuffled) + " ET"
    data = _page_of(drawing)
    assert _red_left(data) > 50
    made = redact(data, "a.pdf", [Redaction(Named("phone"), PRIVATE)])
    assert _red_left(made.data) == 0


def test_fields_and_stamps_are_searched_and_notes_taken_off() -> None:
    look = "BT /F1 12 Tf 1 0 0 rg 4 5 Td (13900139000) Tj ET"
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>"
        f"/Length {len(look)}>>\nstream\n{look}\nendstream"
    )
    data = _page_of(
        "BT /F1 12 Tf 20 250 Td (Page) Tj ET",
        "/Annots[6 0 R 7 0 R 8 0 R 9 0 R]",
        "<</Type/Annot/Subtype/Stamp/Rect[20 200 220 220]/AP<</N 10 0 R>>>>",
        "<</Type/Annot/Subtype/Text/Rect[20 150 40 170]/Contents(a note)/C[1 0 0]>>",
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(13700137000)/Rect[20 60 220 80]/DA(/F1 12 Tf 1 0 0 rg)>>",
        "<</Type/Annot/Subtype/FreeText/Rect[20 100 220 120]/Contents(13900139000)/AP<</N 10 0 R>>>>",
        form,
    )
    made = redact(data, "a.pdf", [Redaction(Named("phone"), PRIVATE)])
    assert len(made.applied) == 3
    assert _red_left(made.data) == 0
    assert [notice.wrong for notice in made.notices] == ["有批注、附件 1 个，没有带出"]


def test_scans_and_pictures_are_told() -> None:
    picture = Image.new("RGB", (200, 100), "white")
    out = BytesIO()
    picture.save(out, "PDF")
    made = redact(out.getvalue(), "a.pdf", [*NAME, Redaction(Box(1, 0.1, 0.1, 0.2, 0.2), PRIVATE)])
    assert [notice.place for notice in made.notices] == ["第1页", "第1项"]
    assert "扫描件" in made.notices[0].wrong


def test_proposals_have_their_places_and_stay_masked() -> None:
    found = propose(_set("身份证 11010519491231002X，电话 0512-65123456"), "a.pdf")
    assert [(each.number, each.kind, each.place, each.masked) for each in found] == [
        (1, "id_card", "第1页", "110*************2X"), (2, "landline", "第1页", "051********56"),
    ]  # fmt: skip
    box = found[0].boxes[0]
    assert (box.page, 0.1 < box.x0 < 0.3, 0.05 < box.y0 < 0.15) == (1, True, True)
    assert "11010519491231002X" not in repr(found)
    assert [each.place for each in propose(workbook(), "a.xlsx")] == ["工作表1 B2", "工作表1 C2"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("110105194912310021", ["id_card"]),
        ("1101051949\r\n1231002X", ["id_card"]),
        ("１３８００１３８０００", ["phone"]),
        ("138-0013-8000", ["phone"]),
        ("6222021234567890128", ["bank_card"]),
        ("zhang.san@example.com.cn", ["email"]),
        ("住江苏省青澜市云河区解放路12号3栋502室", ["address"]),
        ("苏A12345", ["plate"]),
        ("护照E12345678", ["passport"]),
        ("申请人：张三，男", ["name"]),
        ("统一社会信用代码91320000MA1MUG5T9T", []),
        ("2025年收到申请110件，第三十七条", []),
    ],
)
def test_identifiers(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in identifiers(text)] == kinds


def test_rare_characters_and_radicals_are_found() -> None:
    assert [(span.start, span.end) for span in spans("甲𬭎\u200b⽔ 乙", [Redaction(Words("𬭎水"), PRIVATE)])] == [
        (1, 4)
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    document = docx.Document()
    document._body.clear_content()
    for inner in (
        f'<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>{run("诸葛")}', run("明远到场")
    ):  # fmt: skip
        document.element.body.append(parse_xml(f"<w:p {W}>{inner}</w:p>"))
    out = BytesIO()
    document.save(out)
    made = redact(out.getvalue(), "a.docx", NAME)
    assert [paragraph.text for paragraph in docx.Document(BytesIO(made.data)).paragraphs] == ["████到场"]


def test_what_was_cropped_off_a_picture_is_gone() -> None:
    picture = Image.new("RGB", (100, 100), (0, 0, 200))
    picture.paste((200, 0, 0), (50, 0, 100, 100))
    source, out = BytesIO(), BytesIO()
    picture.save(source, "PNG")
    document = docx.Document()
    document.add_picture(source)
    fill = document.element.body.xpath(".//pic:blipFill")[0]
    fill.insert(1, parse_xml('<a:srcRect xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r="50000"/>'))
    document.save(out)
    made = redact(out.getvalue(), "a.docx", NAME)
    kept = Image.open(BytesIO(next(part for path, part in unzipped(made.data).items() if "media" in path)))
    assert kept.size == (50, 100)
    assert [colour for _, colour in kept.getcolors() or []] == [(0, 0, 200)]


def test_transparent_pixels_hide_nothing() -> None:
    picture = Image.new("RGBA", (20, 10), (200, 0, 0, 0))
    picture.paste((0, 0, 200, 255), (0, 0, 10, 10))
    out = BytesIO()
    picture.save(out, "PNG")
    made = redact(out.getvalue(), "a.png", [Redaction(Box(1, 0, 0, 0.1, 0.1), PRIVATE)])
    colours = {colour for _, colour in Image.open(BytesIO(made.data)).getcolors() or []}
    assert colours == {(0, 0, 0), (0, 0, 200), (255, 255, 255)}


def test_names_of_styles_and_watermarks_are_searched() -> None:
    document = docx.Document()
    document.styles.add_style(secret(1), 1)
    document.add_paragraph("字", style=secret(1))
    document.add_paragraph()._p.append(parse_xml(
        f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:100pt;height:50pt">'
        f'<v:textpath string="{secret(1)}"/></v:shape></w:pict></w:r>'
    ))  # fmt: skip
    out = BytesIO()
    document.save(out)
    made = redact(out.getvalue(), "a.docx", [Redaction(Words(secret(1)), PRIVATE)])
    assert not holds(made.data, secret(1))
    assert [each.kind for each in made.applied] == ["指定文字"]


def test_words_cut_over_two_cells_do_not_leave() -> None:
    """They cannot be replaced there, so the file is refused, not let go."""
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "诸葛", "明远"
    out = BytesIO()
    document.save(out)
    with pytest.raises(InputRefused, match="仍能从文件里读出"):
        redact(out.getvalue(), "a.docx", NAME)
