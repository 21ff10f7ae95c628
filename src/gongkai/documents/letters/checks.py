"""Reading a finished letter back: what it had to say and does not say in the file that leaves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import pypdfium2
from docx.oxml.ns import qn

from gongkai.documents.letters.places import opened, paragraphs, texts
from gongkai.documents.limits import refuse

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff\x00-\x1f\x7f]+")
_PAGE_NUMBER = re.compile(r"(?m)^\s*—\s*\d+\s*—\s*$")


def missing_text(data: bytes, expected: Iterable[str]) -> tuple[str, ...]:
    """The expected passages that a docx or PDF does not show; spaces and line ends do not count."""
    text = _bare(_of_pdf(data) if data.startswith(b"%PDF") else _of_word(data))
    return tuple(each for each in expected if _bare(each) not in text)


def _bare(text: str) -> str:
    """One form for characters that writers of PDF exchange, as radicals for the words that look alike."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def _of_word(data: bytes) -> str:
    return "".join(
        each.text or ""
        for paragraph in paragraphs(opened(data, "文书"))
        for each in texts(paragraph)
        if not _hidden(each)
    )


def _hidden(text: Any) -> bool:
    """Text set hidden is in the file and on no page."""
    mark = text.getparent().find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "true") not in ("0", "false", "off")


def _of_pdf(data: bytes) -> str:
    """The pages on end; a page's number stands between the lines of a paragraph that goes over it."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise refuse("文书", "打不开，不是完整的 PDF 文件", "没有密码的 PDF 文件") from None
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "\n".join(_PAGE_NUMBER.sub("", each) for each in pages)
