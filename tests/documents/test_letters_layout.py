"""The layout of a letter (GB/T 9704—2012), and that its words come out as they were written, in every place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from gongkai.documents.letters import Item, Letter, Section, default_template, missing_text, to_docx, to_pdf, to_text
from gongkai.documents.letters.letter import lines_of
from gongkai.statute.primitives import InputRefused

LETTER = Letter(
    body="青澜县科学技术局",
    title="政府信息公开申请答复书",
    number="青科公复〔2026〕12号",
    addressee="江一诺",
    paragraphs=("经研究，现答复如下：", Section("一、关于分配结果表", "该信息可以在本机关网站查阅。")),
    items=(
        Item("1", "科技计划项目经费分配结果表", "予以公开", "条例第三十六条第（一）项"),
        Item("2", "评审专家名单", "不予公开", "条例第十五条"),
    ),
    remedies=("对不予公开的决定不服的，应当先申请行政复议。",),
    attachments=("分配结果表",),
    signed_on=date(2026, 11, 23),
    contact="0570-0000103",
    copy_to=("青澜县人民政府办公室", "青澜县司法局"),
    seal_note="（此处加盖印章）",
)
HOSTILE = "{{title}}{%for%}#let x=1\\]*甲*_乙_$丙$<w:p/>&\"'@丁//戊`己`~{{items_asked}}[庚](辛)#v(9cm)"
# children of w:pPr in the order of the schema (ECMA-376 part 1, CT_PPrBase), as far as they are used
ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "wordWrap",
    "autoSpaceDE", "autoSpaceDN", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr",
)  # fmt: skip


def word(letter: Letter) -> list[str]:
    return [each.text for each in Document(BytesIO(to_docx(letter))).paragraphs if each.text]


def printed(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as document:
        return "".join((page.extract_text() or "") for page in document.pages).replace("\n", "").replace(" ", "")


def test_the_whole_letter_in_word() -> None:
    assert word(LETTER) == [
        "青澜县科学技术局", "青科公复〔2026〕12号", "政府信息公开申请答复书", "江一诺：", "经研究，现答复如下：",
        "一、关于分配结果表", "该信息可以在本机关网站查阅。", "对不予公开的决定不服的，应当先申请行政复议。",
        "附件：分配结果表", "青澜县科学技术局", "2026年11月23日", "（此处加盖印章）", "（联系方式：0570-0000103）",
        "抄送：青澜县人民政府办公室，青澜县司法局。",
    ]  # fmt: skip
    [table] = Document(BytesIO(to_docx(LETTER))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "申请内容", "处理结果", "依据"],
        ["1", "科技计划项目经费分配结果表", "予以公开", "条例第三十六条第（一）项"],
        ["2", "评审专家名单", "不予公开", "条例第十五条"],
    ]


def test_the_whole_letter_in_pdf() -> None:
    said = printed(to_pdf(LETTER))
    for passage in (
        "青澜县科学技术局", "青科公复〔2026〕12号", "政府信息公开申请答复书", "江一诺：", "经研究，现答复如下：",
        "一、关于分配结果表", "该信息可以在本机关网站查阅。", "序号申请内容处理结果依据",
        "2评审专家名单不予公开条例第十五条",
        "对不予公开的决定不服的，应当先申请行政复议。", "附件：分配结果表", "2026年11月23日", "（此处加盖印章）",
        "（联系方式：0570-0000103）", "抄送：青澜县人民政府办公室，青澜县司法局。", "—1—",
    ):  # fmt: skip
        assert passage in said


def test_the_whole_letter_as_text() -> None:
    assert to_text(LETTER) == (
        "青澜县科学技术局\n青科公复〔2026〕12号\n政府信息公开申请答复书\n江一诺：\n经研究，现答复如下：\n"
        "一、关于分配结果表\n该信息可以在本机关网站查阅。\n"
        "1. 申请内容：科技计划项目经费分配结果表；处理结果：予以公开；依据：条例第三十六条第（一）项\n"
        "2. 申请内容：评审专家名单；处理结果：不予公开；依据：条例第十五条\n"
        "对不予公开的决定不服的，应当先申请行政复议。\n附件：分配结果表\n青澜县科学技术局\n2026年11月23日\n"
        "（此处加盖印章）\n（联系方式：0570-0000103）\n抄送：青澜县人民政府办公室，青澜县司法局。\n"
    )


def hostile() -> Letter:
    return Letter(
        body=HOSTILE, title=HOSTILE, number=HOSTILE, addressee=HOSTILE, paragraphs=(HOSTILE, (HOSTILE, HOSTILE)),
        items=(Item(HOSTILE, HOSTILE, HOSTILE, HOSTILE),), remedies=(HOSTILE,), attachments=(HOSTILE, HOSTILE),
        signed_on=date(2026, 11, 23), contact=HOSTILE, copy_to=(HOSTILE,), signature=HOSTILE, seal_note=HOSTILE,
    )  # fmt: skip


def test_hostile_words_come_out_in_every_place_as_they_are() -> None:
    """head, number, title, addressee, three of the text, remedies, two enclosures, name, seal, contact, copies."""
    letter = hostile()
    made = Document(BytesIO(to_docx(letter)))
    assert "".join(each.text for each in made.paragraphs).replace("\n", "").count(HOSTILE) == 14
    assert [cell.text for cell in made.tables[0].rows[1].cells] == [HOSTILE] * 4
    assert to_text(letter).count(HOSTILE) == 18
    assert missing_text(to_docx(letter), letter.passages) == missing_text(to_pdf(letter), letter.passages) == ()


def test_characters_that_no_file_may_hold_are_left_out_and_line_ends_begin_a_paragraph() -> None:
    letter = replace(LETTER, paragraphs=("甲\x00\x0b\ufffe乙\r\n丙\n\n　丁",), number="青科\n公复\x1f〔2026〕1号")
    assert word(letter)[1:7] == ["青科 公复〔2026〕1号", "政府信息公开申请答复书", "江一诺：", "甲乙", "丙", "丁"]
    assert "甲乙丙丁" in printed(to_pdf(letter))
    assert missing_text(to_pdf(letter), ("甲\x00\x0b乙\r\n丙",)) == ()


@pytest.mark.parametrize("write", [to_docx, to_pdf, to_text])
def test_a_letter_without_a_title_is_refused(write: Callable[[Letter], object]) -> None:
    with pytest.raises(InputRefused, match="标题：没有填写"):
        write(replace(LETTER, title=" \x00"))


def test_the_least_letter_leaves_no_empty_place() -> None:
    least = Letter(body="", title="登记回执", number="", addressee="", paragraphs=())
    assert word(least) == ["登记回执"]
    assert Document(BytesIO(to_docx(least))).tables == []
    assert printed(to_pdf(least)) == "登记回执—1—"
    assert to_text(least) == "登记回执\n"


def test_a_letter_without_a_head_and_with_another_name_beneath() -> None:
    letter = replace(LETTER, red_head=False, signature="青澜县科学技术局政府信息公开办公室")
    assert word(letter)[0] == "青科公复〔2026〕12号"
    assert "青澜县科学技术局\n政府信息公开办公室" in word(letter)
    assert printed(to_pdf(letter)).startswith("青科公复〔2026〕12号")
    assert missing_text(to_pdf(letter), ("青澜县科学技术局政府信息公开办公室",)) == ()


def test_an_addressee_written_with_its_colon_gets_no_second_one() -> None:
    assert "江一诺：" in word(replace(LETTER, addressee="江一诺："))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("政府信息公开申请答复书", ("政府信息公开申请答复书",)),
        ("青澜县科学技术局政府信息公开申请答复书（稿）", ("青澜县科学技术局", "政府信息公开申请答复书（稿）")),
        ("关于科技计划项目经费分配结果的申请公开答复书", ("关于科技计划项目经费分配结果的", "申请公开答复书")),
        ("Notice2026" * 5, ("Notice2026" * 5,)),
    ],
)  # fmt: skip
def test_a_long_title_is_broken_by_its_sense(title: str, lines: tuple[str, ...]) -> None:
    assert lines_of(title, 20, "青澜县科学技术局") == lines


def test_the_page_takes_22_lines_of_28_characters() -> None:
    """版心 156 mm × 225 mm; 三号字 (5.2.3, 5.2.4)."""
    letter = replace(LETTER, red_head=False, number="", addressee="", items=(), remedies=(), attachments=(),
                     paragraphs=("字" * (28 * 60 - 2),))  # fmt: skip
    with pdfplumber.open(BytesIO(to_pdf(letter))) as document:
        page = document.pages[1]
        lines = [each["text"] for each in page.extract_text_lines()]
    assert lines[:22] == ["字" * 28] * 22
    assert lines[22:] == ["— 2 —"]


def test_word_has_the_margins_the_type_and_the_numbers_of_the_standard() -> None:
    document = Document(BytesIO(to_docx(LETTER)))
    [section] = document.sections
    assert [round(each.mm) for each in (section.page_width, section.page_height)] == [210, 297]
    assert [round(each.mm) for each in (section.top_margin, section.bottom_margin)] == [37, 35]
    assert [round(each.mm) for each in (section.left_margin, section.right_margin)] == [28, 26]
    title = next(each for each in document.paragraphs if each.text == "政府信息公开申请答复书")
    assert (title.style.name, title.runs[0].font.size) == ("Title", Pt(22))
    heading = next(each for each in document.paragraphs if each.text == "一、关于分配结果表")
    fonts = heading.runs[0]._element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), heading.paragraph_format.keep_with_next) == ("黑体", True)
    for footer in (section.footer, section.even_page_footer):
        assert [each.text for each in footer.paragraphs[0]._element.iter(qn("w:instrText"))] == ["PAGE"]
    [table] = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


@pytest.mark.parametrize("data", [default_template(), to_docx(LETTER)], ids=["template", "letter"])
def test_word_finds_the_elements_in_the_order_of_the_schema(data: bytes) -> None:
    for properties in Document(BytesIO(data)).element.body.iter(qn("w:pPr")):
        names = [each.tag.rpartition("}")[2] for each in properties]
        assert names == sorted(names, key=ORDER.index)


def test_the_pdf_is_tagged_and_bears_title_and_language() -> None:
    with pdfplumber.open(BytesIO(to_pdf(LETTER))) as document:
        catalog = document.doc.catalog
        assert catalog["MarkInfo"]["Marked"] is True
        assert catalog["Lang"] == b"zh-CN"
        assert document.metadata["Title"] == "政府信息公开申请答复书"


def test_a_rare_name_is_printed() -> None:
    assert "喆堃：" in printed(to_pdf(replace(LETTER, addressee="喆堃")))


def test_a_table_over_pages_has_its_heads_on_each() -> None:
    items = tuple(Item(str(number), f"第{number}项信息" * 12, "予以公开", "条例") for number in range(1, 31))
    made = to_pdf(replace(LETTER, items=items))
    assert missing_text(made, tuple(item.asked for item in items)) == ()
    with pdfplumber.open(BytesIO(made)) as document:
        pages = [page.extract_text() for page in document.pages]
    assert len([page for page in pages if "项信息" in page]) > 3
    assert all("序号" in page for page in pages if "项信息" in page)


def test_a_long_number_and_an_address_stay_in_the_type_area() -> None:
    letter = replace(LETTER, paragraphs=("见https://www.example.gov.cn/" + "a1" * 60, "9" * 200))
    assert missing_text(to_pdf(letter), letter.passages) == ()
    with pdfplumber.open(BytesIO(to_pdf(letter))) as document:
        assert max(each["x1"] for page in document.pages for each in page.chars) < (210 - 26) * 72 / 25.4 + 1


def test_no_page_holds_a_signature_alone() -> None:
    for many in range(6, 16):
        made = to_pdf(replace(LETTER, items=(), copy_to=(), paragraphs=("文" * 60,) * many))
        with pdfplumber.open(BytesIO(made)) as document:
            last = document.pages[-1].extract_text()
        assert "应当先申请行政复议" in last
        assert "2026年11月23日" in last.replace(" ", "")
