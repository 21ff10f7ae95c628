"""The covering letter: its words, and its layout by GB/T 9704-2012, at Word's own values and on paper."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from gongkai.documents.annual_report.covering_letter import covering_letter

REPORT = "青澜县科学技术局2025年政府信息公开工作年度报告"


def letter(**other: Any) -> list[Any]:
    given: dict[str, Any] = {
        "agency": "青澜县科学技术局", "addressee": "青澜县人民政府办公室", "year": 2025,
        "enclosed": [REPORT, "签批件扫描件"], "day": date(2026, 1, 20), "deadline": date(2026, 1, 31),
        "published_on": date(2026, 1, 19), **other,
    }  # fmt: skip
    return list(Document(io.BytesIO(covering_letter(**given))).paragraphs)


def test_what_the_letter_says() -> None:
    assert [each.text for each in letter()] == [
        "青澜县科学技术局关于报送2025年\n政府信息公开工作年度报告的函",
        "",
        "青澜县人民政府办公室：",
        "根据《中华人民共和国政府信息公开条例》第四十九条、第五十条规定，我单位编制了2025年政府信息公开工作年度报告，"
        "已于2026年1月19日向社会公布。报送期限为2026年1月31日前，现予报送，请审阅。",
        "",
        f"附件：1.{REPORT}",
        "2.签批件扫描件",
        "",
        "",
        "青澜县科学技术局",
        "2026年1月20日",
    ]


def test_one_enclosure_has_no_number_and_nothing_is_said_of_what_did_not_happen() -> None:
    told = [each.text for each in letter(enclosed=[REPORT], published_on=None)]
    assert f"附件：{REPORT}" in told
    assert told[3].startswith("根据《中华人民共和国政府信息公开条例》第四十九条、第五十条规定，我单位编制了")
    assert "公布" not in told[3]


def test_the_layout_is_that_of_an_official_letter() -> None:
    title, _, addressee, text, _, first, second, *_, agency, day = letter()
    assert (title.alignment, title.runs[0].font.size) == (WD_ALIGN_PARAGRAPH.CENTER, Pt(22))
    assert (addressee.alignment, addressee.paragraph_format.left_indent) == (None, Pt(0))
    assert (addressee.paragraph_format.first_line_indent, addressee.runs[0].font.size) == (Pt(0), Pt(16))
    assert text.paragraph_format.first_line_indent == Pt(32)  # two characters of sixteen points
    # the second line of a name begins beneath its first character: 2 + 附件： + 1.
    for each in (first, second):
        assert each.paragraph_format.left_indent == Pt(16 * 6)
    assert first.paragraph_format.first_line_indent == Pt(-16 * 4)
    assert second.paragraph_format.first_line_indent == Pt(-16)
    # both centred in one block that ends some four characters before the edge
    for each in (agency, day):
        assert each.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert each.paragraph_format.right_indent == agency.paragraph_format.right_indent
        assert each.paragraph_format.left_indent == agency.paragraph_format.left_indent
    assert Pt(16 * 2) <= agency.paragraph_format.right_indent <= Pt(16 * 4)


@pytest.mark.parametrize(
    ("agency", "title", "signed"),
    [
        ("青澜县发改局", "青澜县发改局关于报送2025年\n政府信息公开工作年度报告的函", ["青澜县发改局"]),
        ("青澜县农业农村和水利水务局政务办",
         "青澜县农业农村和水利水务局政务办\n关于报送2025年政府信息公开工作\n年度报告的函",
         ["青澜县农业农村和水利水务局政务办"]),
        ("北岭省青澜市经济技术开发区管理委员会行政审批与营商环境建设局",
         "北岭省青澜市经济技术开发区管理\n委员会行政审批与营商环境建设局\n关于报送2025年政府信息公开工作\n年度报告的函",
         ["北岭省青澜市经济技术开发区管理", "委员会行政审批与营商环境建设局"]),
    ],
)  # fmt: skip
def test_long_names_are_broken_into_even_lines(agency: str, title: str, signed: list[str]) -> None:
    told = [each.text for each in letter(agency=agency)]
    assert told[0] == title
    assert told[-1 - len(signed) : -1] == signed
    assert told[-1] == "2026年1月20日"
