"""A finished letter read back: what an edit or a template left out is named before the letter leaves."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.documents.letters import Item, Letter, Section, missing_text, to_docx, to_pdf
from gongkai.statute.primitives import InputRefused

LETTER = Letter(
    body="青澜县科学技术局",
    title="政府信息公开申请答复书",
    number="青科公复〔2026〕12号",
    addressee="江一诺",
    paragraphs=("经研究，现答复如下：", Section("一、关于名单", "不予公开。")),
    remedies=("应当先申请行政复议。",),
    attachments=("名单",),
    items=(Item("1", "评审专家名单", "不予公开", "条例第十五条"),),
    signed_on=date(2026, 11, 23),
    contact="0570-0000103",
    copy_to=("青澜县司法局",),
)


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_all_that_a_letter_says() -> None:
    assert LETTER.passages == (
        "青科公复〔2026〕12号", "政府信息公开申请答复书", "江一诺", "经研究，现答复如下：", "一、关于名单",
        "不予公开。", "1", "评审专家名单", "不予公开", "条例第十五条", "应当先申请行政复议。", "名单",
        "青澜县科学技术局", "2026年11月23日", "0570-0000103", "青澜县司法局",
    )  # fmt: skip
    assert missing_text(to_docx(LETTER), LETTER.passages) == missing_text(to_pdf(LETTER), LETTER.passages) == ()


def test_what_somebody_cut_out_in_word_is_named() -> None:
    document = Document(BytesIO(to_docx(LETTER)))
    for paragraph in document.paragraphs:
        if "行政复议" in paragraph.text or paragraph.text == "2026年11月23日":
            paragraph._element.getparent().remove(paragraph._element)
    assert missing_text(saved(document), LETTER.passages) == ("应当先申请行政复议。", "2026年11月23日")


def test_one_other_digit_is_another_number() -> None:
    for made in (to_docx(LETTER), to_pdf(LETTER)):
        assert missing_text(made, ("青科公复〔2026〕1号", "青科公复〔2025〕12号")) == (
            "青科公复〔2026〕1号", "青科公复〔2025〕12号",
        )  # fmt: skip


def test_words_hidden_or_struck_out_are_not_said() -> None:
    document = Document()
    document.add_paragraph("江一诺").runs[0].font.hidden = True
    document.add_paragraph("应当先申请").runs[0].font.hidden = False
    struck = '<w:del w:id="1" w:author="某人"><w:r><w:delText>2026年11月23日</w:delText></w:r></w:del>'
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{struck}</w:p>"))
    assert missing_text(saved(document), ("江一诺", "应当先申请", "2026年11月23日")) == ("江一诺", "2026年11月23日")


def test_the_number_may_stand_in_the_head_of_the_page() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "青科公复〔2026〕12号"
    assert missing_text(saved(document), ("青科公复〔2026〕12号",)) == ()


def test_a_passage_over_two_pages_is_found_in_spite_of_the_number_between() -> None:
    long = "，".join(f"第{number}处" for number in range(1, 400)) + "。"
    letter = Letter(body="甲局", title="答复书", number="", addressee="乙", paragraphs=(long,))
    assert missing_text(to_pdf(letter), (long,)) == ()


def test_a_file_whose_writer_used_radicals_for_the_words_still_says_them() -> None:
    document = Document()
    document.add_paragraph("⼀⽉⼆⼗⽇")
    assert missing_text(saved(document), ("一月二十日",)) == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", to_docx(LETTER)[:-100]])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="文书：打不开"):
        missing_text(data, ("甲",))
