"""The letter as an archival, accessible PDF set by typst from data (PDF/A-3a, PDF/UA-1)."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import typst

from gongkai.documents.annual_report.render.pdf_format import MADE, STANDARDS, fonts, without_font
from gongkai.documents.letters.layout import ERHAO, HEAD_LINE, ITEM_SHARES, LONGEST_KEPT, NAME_LINE, TITLE_LINE, YIHAO
from gongkai.documents.letters.letter import ITEM_HEADS, Letter, lines_of, printable


def to_pdf(letter: Letter) -> bytes:
    """Fonts embedded, nothing fetched; equal letters give equal bytes. A character without a font is refused."""
    try:
        made = typst.compile(
            resources.files(__package__).joinpath("letter.typ").read_bytes(),
            font_paths=fonts(),
            format="pdf",
            sys_inputs={"letter": json.dumps(_data(printable(letter)), ensure_ascii=False)},
            pdf_standards=[*STANDARDS],
            timestamp=MADE,
        )
    except typst.TypstError as fault:
        raise without_font(fault) from None
    assert isinstance(made, bytes)  # noqa: S101  (one document, one file)
    return made


def _data(letter: Letter) -> dict[str, Any]:
    return {
        "author": letter.body,
        "head": lines_of(letter.body, TITLE_LINE) if letter.red_head and letter.body else (),
        "head_size": ERHAO.pt if len(letter.body) > HEAD_LINE else YIHAO.pt,
        "title": letter.shown_title,
        "title_lines": lines_of(letter.shown_title, TITLE_LINE, letter.body),
        "number": letter.shown_number,
        "addressee": letter.addressee,
        "paragraphs": letter.paragraphs,
        "items": letter.items,
        "item_heads": ITEM_HEADS,
        "item_shares": ITEM_SHARES,
        "remedies": letter.remedies,
        "longest_kept": LONGEST_KEPT,
        "attachments": letter.attachments,
        "signature": lines_of(letter.signatory, NAME_LINE),
        "day": letter.day,
        "seal_note": letter.seal_note,
        "contact": letter.contact,
        "copied": letter.copied,
    }
