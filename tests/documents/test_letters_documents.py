"""A letter as Word and PDF: read back word for word, whatever was written in it; an office's own template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from docx import Document
from docx.shared import Pt

from gongkai.documents.letters import Letter, check_template, default_template, missing_text, to_docx, to_pdf
from gongkai.statute.primitives import InputRefused

LETTER = Letter(
    body="青澜县科学技术局",
    title="政府信息公开申请答复书",
    number="青科公复〔2026〕12号",
    addressee="江一诺",
    paragraphs=("经研究，现答复如下：", "本机关决定不予公开。"),
    remedies=("对本答复书不服的，应当先申请行政复议。",),
    attachments=("分配结果表", "说明"),
    signed_on=date(2026, 11, 23),
    contact="0570-0000103",
)
LINES = (
    "青澜县科学技术局", "青科公复〔2026〕12号", "政府信息公开申请答复书", "江一诺：", "经研究，现答复如下：",
    "本机关决定不予公开。", "对本答复书不服的，应当先申请行政复议。", "附件：1.分配结果表", "2.说明", "2026年11月23日",
    "（联系方式：0570-0000103）",
)  # fmt: skip
HOSTILE = "{{title}} {% for %} #let x = 1 \\ ] *甲* _乙_ $丙$ <w:p/> & \" ' @丁 // 戊 `己` ~ {{unknown}}"


def lines(data: bytes) -> list[str]:
    return [each.text for each in Document(BytesIO(data)).paragraphs if each.text]


def printed(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as document:
        return "".join((page.extract_text() or "") for page in document.pages).replace("\n", "")


def test_word_and_pdf_say_the_letter_word_for_word() -> None:
    assert tuple(each.strip("\u3000 ") for each in lines(to_docx(LETTER))) == (
        *LINES[:9], "青澜县科学技术局", *LINES[9:],
    )  # fmt: skip
    assert missing_text(to_docx(LETTER), LINES) == ()
    assert missing_text(to_pdf(LETTER), LINES) == ()


@pytest.mark.parametrize("write", [to_docx, to_pdf])
def test_equal_letters_are_equal_bytes(write: object) -> None:
    assert write(LETTER) == write(replace(LETTER))  # type: ignore[operator]


def test_what_was_written_is_never_a_template_or_a_program() -> None:
    letter = replace(LETTER, paragraphs=(HOSTILE,), addressee=HOSTILE)
    assert HOSTILE in lines(to_docx(letter))
    assert missing_text(to_pdf(letter), (HOSTILE,)) == ()


def test_a_draft_says_so_and_has_no_number() -> None:
    draft = replace(LETTER, number="", draft=True, signed_on=None)
    assert "政府信息公开申请答复书（稿）" in lines(to_docx(draft))
    assert "（签发时编号）" in printed(to_pdf(draft))
    assert "2026年11月23日" not in printed(to_pdf(draft))


def test_what_there_is_none_of_leaves_no_empty_place() -> None:
    bare = replace(LETTER, remedies=(), attachments=(), contact="")
    assert not [each for each in lines(to_docx(bare)) if "{{" in each or "附件" in each or "联系方式" in each]


def test_one_attachment_has_no_number() -> None:
    assert "附件：分配结果表" in lines(to_docx(replace(LETTER, attachments=("分配结果表",))))


def test_the_page_is_that_of_the_standard() -> None:
    """GB/T 9704—2012: 天头 37 mm, 订口 28 mm; 三号字 is 16 points."""
    section = Document(BytesIO(to_docx(LETTER))).sections[0]
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    body = next(each for each in Document(BytesIO(to_docx(LETTER))).paragraphs if each.text == "本机关决定不予公开。")
    assert body.runs[0].font.size == Pt(16)
    assert body.paragraph_format.first_line_indent == Pt(32)


def test_a_long_letter_goes_over_pages_with_numbers() -> None:
    letter = replace(LETTER, paragraphs=tuple(f"第{number}段，{'内容' * 60}。" for number in range(1, 21)))
    made = to_pdf(letter)
    with pdfplumber.open(BytesIO(made)) as document:
        assert len(document.pages) > 2
    assert "— 2 —" in printed(made)
    assert missing_text(made, letter.paragraphs) == ()


def office_template(*paragraphs: tuple[str, ...]) -> bytes:
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text in runs:
            paragraph.add_run(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


OWN = office_template(
    ("某某局用笺",), ("{{", "number", "}}"), ("关于{{tit", "le}}",), ("{{addressee}}您好",), ("{{body}}",),
    ("{{remedies}}",), ("{{signature}}　{{day}}",),
)  # fmt: skip


def test_an_offices_own_template_is_filled_even_where_word_split_the_places() -> None:
    assert check_template(OWN) == ()
    assert lines(to_docx(LETTER, OWN)) == [
        "某某局用笺", "青科公复〔2026〕12号", "关于政府信息公开申请答复书", "江一诺您好", "经研究，现答复如下：",
        "本机关决定不予公开。", "对本答复书不服的，应当先申请行政复议。", "青澜县科学技术局　2026年11月23日",
    ]  # fmt: skip


def test_a_place_in_a_table_is_filled() -> None:
    document = Document(BytesIO(OWN))
    document.add_table(1, 1).cell(0, 0).text = "{{contact}}"
    buffer = BytesIO()
    document.save(buffer)
    made = Document(BytesIO(to_docx(LETTER, buffer.getvalue())))
    assert made.tables[0].cell(0, 0).text == "0570-0000103"


def test_a_template_without_a_necessary_place_or_with_an_unknown_one_is_refused_by_name() -> None:
    told = [str(each) for each in check_template(office_template(("{{title}}{{body}}{{secret}}",)))]
    assert [each for each in told if "缺少文号的位置" in each]
    assert [each for each in told if "缺少救济告知的位置" in each]
    assert [each for each in told if "没有“secret”这个位置" in each]
    assert check_template(default_template()) == ()


def test_a_file_that_is_no_word_file_is_refused() -> None:
    [fault] = check_template(b"PK not really")
    assert "打不开" in fault.wrong


def test_a_character_without_a_font_is_refused_by_name() -> None:
    with pytest.raises(InputRefused, match="没有字体"):
        to_pdf(replace(LETTER, paragraphs=("甲\U0001f9ff乙",)))


def test_what_is_missing_from_a_finished_file_is_named() -> None:
    assert missing_text(to_docx(LETTER), ("青科公复〔2026〕13号", "江一诺")) == ("青科公复〔2026〕13号",)
    assert missing_text(to_pdf(LETTER), ("青科公复〔2026〕13号", "江一诺")) == ("青科公复〔2026〕13号",)
