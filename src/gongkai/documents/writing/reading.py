"""Import of a whole file as the text of a piece of information: Word, WPS, web page, plain text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from html import escape
from typing import Final

from gongkai.documents.blocks import Document, Paragraph, Table
from gongkai.documents.formats import Format, detect
from gongkai.documents.limits import LARGEST_MARKUP, MEGABYTE, refuse
from gongkai.documents.readers import html_reader, txt_reader
from gongkai.documents.readers.doc_reader import as_docx
from gongkai.documents.redaction.pictures import decoded, encoded, encoded_clear
from gongkai.documents.writing.cleaning import clean_html
from gongkai.documents.writing.imported import NOTES, VALID, Imported, ImportedPicture, Note, in_our_words
from gongkai.documents.writing.word.converting import convert
from gongkai.statute.primitives import InputRefused

LARGEST_TEXT: Final = 2_000_000
"""Characters of the clean text with its markup; a text that is longer is not read on a page by anybody."""
_IMAGE: Final = re.compile(r"<img\b[^>]{0,4000}?\bsrc\s*=", re.IGNORECASE)
_INLINE: Final = re.compile(r"data:image/(?:png|jpe?g|gif|bmp);base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_MOST_PICTURES: Final = 300
_KINDS: Final = ("JPEG", "PNG", "GIF", "BMP")


def read(data: bytes, name: str) -> Imported:
    """The clean text, its pictures and what to know, read in this process. Raises InputRefused."""
    try:
        kind = detect(data, name)
        reader = _READERS.get(kind)
        if reader is None:
            raise refuse(name, f"{kind} 文件不能导入为正文，可以作为附件", VALID)
        made = reader(data, name)
    except InputRefused as refused:
        # the readers of reports lend their limits, and their words of what would be right
        raise in_our_words(refused) from None
    if len(made.html) > LARGEST_TEXT:
        raise refuse(
            name,
            f"正文有 {len(made.html) // 10_000} 万字，超过 {LARGEST_TEXT // 10_000} 万字",
            "分成几份，或者作为附件",
        )
    if not made.html:
        raise refuse(name, "没有可以导入的文字或者图片", "有内容的文件")
    return made


def _read_docx(data: bytes, name: str) -> Imported:
    converted = convert(data, name)
    html = clean_html(converted.html)
    pictures = tuple(each for each in converted.pictures.values() if f"attachment:{each.digest}" in html)
    notes = tuple(Note(kind, converted.counts[kind]) for kind in NOTES if converted.counts[kind] > 0)
    return Imported(html, pictures, notes)


def _read_doc(data: bytes, name: str) -> Imported:
    made = _read_docx(as_docx(data, name), name)
    return Imported(made.html, made.pictures, (*made.notes, Note("old")))


def _read_html(data: bytes, name: str) -> Imported:
    """A web page; pictures that are written in it come along, others stay where they are."""
    if len(data) > LARGEST_MARKUP:
        raise refuse(name, f"网页超过 {LARGEST_MARKUP // MEGABYTE} MB", "小一些的网页")
    text = html_reader.text_of(data, name)
    pictures: dict[str, ImportedPicture] = {}

    def taken_out(found: re.Match[str]) -> str:
        made = _inline_picture(found[1], len(pictures) + 1) if len(pictures) < _MOST_PICTURES else None
        if made is None:
            return ""
        return f"attachment:{pictures.setdefault(made.digest, made).digest}"

    html = clean_html(_INLINE.sub(taken_out, text))
    kept = tuple(each for each in pictures.values() if f"attachment:{each.digest}" in html)
    lost = len(_IMAGE.findall(text)) - html.count("<img ")
    return Imported(html, kept, (Note("pictures", lost),) if lost > 0 else ())


def _inline_picture(code: str, number: int) -> ImportedPicture | None:
    """Written anew from its pixels; None for what is no picture."""
    try:
        kind, picture = decoded(base64.b64decode(code), f"图{number}", _KINDS, keep_clear=True)
    except (binascii.Error, ValueError, InputRefused):
        return None
    jpeg = kind == "JPEG" and picture.mode != "RGBA"
    content = encoded_clear(picture) if picture.mode == "RGBA" else encoded(picture, "JPEG" if jpeg else "PNG")
    suffix, media_type = ("jpg", "image/jpeg") if jpeg else ("png", "image/png")
    return ImportedPicture(hashlib.sha256(content).hexdigest(), f"图{number}.{suffix}", media_type, content)


def _read_txt(data: bytes, name: str) -> Imported:
    return _of_blocks(txt_reader.read_txt(data, name))


def _read_markdown(data: bytes, name: str) -> Imported:
    return _of_blocks(txt_reader.read_markdown(data, name))


def _of_blocks(document: Document) -> Imported:
    """Lines are paragraphs, cells apart by tabs or bars are tables."""
    out: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = ("".join(f"<td>{_lined(cell.text)}</td>" for cell in row) for row in block.rows)
            out.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        elif isinstance(block, Paragraph):
            kind = f"h{min(block.level, 6)}" if block.level else "p"
            out.append(f"<{kind}>{_lined(block.text)}</{kind}>")
    return Imported(clean_html("".join(out)), (), ())


def _lined(text: str) -> str:
    return escape(text).replace("\n", "<br>")


_READERS: Final[dict[Format, Callable[[bytes, str], Imported]]] = {
    "docx": _read_docx, "doc": _read_doc, "html": _read_html, "txt": _read_txt, "md": _read_markdown, "json": _read_txt,
}  # fmt: skip
