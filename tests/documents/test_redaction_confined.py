"""In a process of its own the result is the same, and a file that takes too long is refused."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest
from hostile_files import CATALOGUE, FONT, PAGE, TEXT, pdf
from redaction_samples import holds, pdf_file, secret, word_file, workbook

from gongkai.documents.redaction import Box, Ground, Named, Redaction, Words, accepted, as_pdf, propose, redact
from gongkai.documents.redaction.confined import propose_safely, redact_safely
from gongkai.statute.primitives import InputRefused

PRIVATE = Ground("15", "个人隐私")
ORDERS = [
    Redaction(Words("诸葛明远"), PRIVATE),
    Redaction(Named("phone"), Ground("16(3)")),
    Redaction(Box(1, 0.5, 0.5, 0.9, 0.9), Ground("37", "不是政府信息")),
]


def test_the_same_as_here() -> None:
    data = pdf_file()
    assert redact_safely(data, "a.pdf", ORDERS, label=True) == redact(data, "a.pdf", ORDERS, label=True)
    assert propose_safely(data, "a.pdf") == propose(data, "a.pdf")


def test_refusals_come_back_whole() -> None:
    with pytest.raises(InputRefused) as refused:
        redact_safely(word_file(), "a.docx", ORDERS)
    assert [fault.place for fault in refused.value.faults] == ["a.docx 第3项"]
    with pytest.raises(InputRefused, match="损坏"):
        propose_safely(b"%PDF-1.7", "a.pdf")


def test_time_and_memory_are_bounded() -> None:
    wide = pdf([CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE.replace("595 842", "9000 9000"), TEXT, FONT])
    with pytest.raises(InputRefused, match=r"内存|损坏"):
        redact_safely(wide, "a.pdf", ORDERS, memory=160 * 1024 * 1024)
    endless = "q Q " * 40_000 + "0 0 9000 9000 re f " * 4_000
    slow = pdf([CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE.replace("595 842", "9000 9000"),
                f"<</Length {len(endless)}>>\nstream\n{endless}\nendstream", FONT])  # fmt: skip
    with pytest.raises(InputRefused, match="时间"):
        redact_safely(slow, "a.pdf", ORDERS, seconds=3)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("data", "name"), [(word_file(), "a.docx"), (workbook(), "a.xlsx")])
def test_office_files_as_pdf_show_nothing_hidden(data: bytes, name: str) -> None:
    made, new = as_pdf(data, name)
    assert new == "a.pdf"
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    assert "11010519491231002X" in text
    assert not any(holds(made, secret(number)) or secret(number) in text for number in range(1, 20))
    found = propose(made, new)
    done = redact(made, new, accepted(found, [each.number for each in found], PRIVATE))
    assert done.applied


def test_a_pdf_is_not_made_a_pdf() -> None:
    if shutil.which("soffice"):
        with pytest.raises(InputRefused, match="不是 Word"):
            as_pdf(pdf_file(), "a.pdf")


def test_only_proposals_that_were_made_can_be_accepted() -> None:
    with pytest.raises(InputRefused, match="没有第9项"):
        accepted(propose(pdf_file(), "a.pdf"), [1, 9], PRIVATE)
