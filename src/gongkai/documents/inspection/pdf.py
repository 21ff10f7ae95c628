"""PDF: the text layer, also under pictures and black bars; notes, fields, properties, attachments; scans are told."""

from __future__ import annotations

import ctypes
import re
from itertools import pairwise
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.inspection.package import BODY
from gongkai.documents.inspection.reading import gather_embedded
from gongkai.documents.limits import MOST_PAGES, refuse

_PROPERTIES: Final = {"Author": "作者", "Title": "标题", "Subject": "主题", "Keywords": "关键词"}
_STOPS: Final = "。；：！？”）;:!?"
_STARTS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|第[一二三四五六七八九十百]+条|附件)"
)
_MOST_NOTES: Final = 500


def gather_pdf(data: bytes, name: str, gathering: Gathering) -> None:
    """A .pdf file. Raises InputRefused for a damaged or encrypted one."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise refuse(name, "文件设了密码，不能读取", "去掉密码后的 PDF 文件") from None
        raise refuse(name, "文件已损坏，读不出内容", "完整的 PDF 文件") from None
    try:
        if len(pdf) > MOST_PAGES:
            raise refuse(name, f"有 {len(pdf)} 页，超过 {MOST_PAGES} 页", "拆成几份的 PDF 文件")
        scans = [number for number in range(1, len(pdf) + 1) if not _page(pdf, number, gathering)]
        if scans:
            shown = "、".join(map(str, scans[:8])) + ("等" if len(scans) > 8 else "")
            gathering.notice("unread", f"第{shown}页", "没有文字层，可能是扫描的图片")
        _properties(pdf, gathering)
        for number in range(pdf.count_attachments()):
            attached = pdf.get_attachment(number)
            place = f"附件“{attached.get_name()}”"
            gathering.notice("hidden_text", place, "嵌入的文件")
            gather_embedded(bytes(attached.get_data()), attached.get_name(), place, gathering)
    except pypdfium2.PdfiumError:
        raise refuse(name, "文件已损坏，读不出内容", "完整的 PDF 文件") from None
    finally:
        pdf.close()


def _page(pdf: Any, number: int, gathering: Gathering) -> bool:
    """The page's passages and notes; False where it has no text."""
    page = pdf[number - 1]
    text_page = page.get_textpage()
    text = text_page.get_text_range().replace("\ufffe", "")
    for at, paragraph in enumerate(joined(text.splitlines()), 1):
        gathering.passage(f"第{number}页第{at}段", paragraph, is_line=True)
    _annotations(page, number, gathering)
    text_page.close()
    page.close()
    return bool(text.strip())


def joined(lines: list[str]) -> list[str]:
    """Lines that a page breaks, made paragraphs: a full line without a stop goes on in the next."""
    lines = [line.rstrip() for line in lines if line.strip()]
    widest = max(map(len, lines), default=0)
    out = lines[:1]
    for before, line in pairwise(lines):
        broken = len(before) >= max(12, 0.8 * widest) and before[-1] not in _STOPS and not _STARTS.match(line)
        if broken:
            out[-1] += line.lstrip()
        else:
            out.append(line)
    return out


def _annotations(page: Any, number: int, gathering: Gathering) -> None:
    notes = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        for key, word in ((b"Contents", "批注"), (b"V", "表单")):
            text = _string(annotation, key)
            if text.strip():
                notes += 1
                gathering.passage(f"第{number}页的{word}{index + 1}", text, "comment")
        raw.FPDFPage_CloseAnnot(annotation)
    if notes:
        gathering.notice("comments", f"第{number}页", f"{notes}条")


def _string(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _properties(pdf: Any, gathering: Gathering) -> None:
    said = pdf.get_metadata_dict(skip_empty=True)
    for key, label in _PROPERTIES.items():
        gathering.passage(f"文件属性“{label}”", said.get(key, ""), "metadata")
    if said.get("Author", "").strip() and not BODY.search(said["Author"]):
        gathering.notice("metadata", "文件属性", "作者")
