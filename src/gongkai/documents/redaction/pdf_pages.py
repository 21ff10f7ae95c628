"""PDF: every page becomes a picture with the boxes burnt in; nothing of the old file is carried over.

Notes stuck on a page are taken off; form fields, stamps and typed annotations become part of the page first, so that
their words are searched like all others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from gongkai.documents.limits import MOST_PAGES, refuse
from gongkai.documents.redaction.model import Applied, Box, Redaction
from gongkai.documents.redaction.painting import Patch, paint, patch_of
from gongkai.documents.redaction.pdf_text import Sign, found_across, found_on, rectangles, signs_of
from gongkai.documents.redaction.pdf_writing import PicturePdf
from gongkai.statute.primitives import InputFault, InputRefused

DOTS = 200 / 72
"""Pixels to a point: 200 to the inch, as a good copier scans."""
_MOST_PIXELS = 24_000_000
_PICTURE_SHARE = 0.02
_NOTES = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_SOUND,
        pdfium.FPDF_ANNOT_MOVIE, pdfium.FPDF_ANNOT_SCREEN, pdfium.FPDF_ANNOT_RICHMEDIA, pdfium.FPDF_ANNOT_THREED,
        pdfium.FPDF_ANNOT_REDACT,
    }
)  # fmt: skip
_VALID = "完整的 PDF 文件"


def redact_pdf(
    data: bytes, name: str, redactions: Sequence[Redaction], label: bool
) -> tuple[bytes, list[Applied], list[InputFault]]:
    """The new file, what was hidden, and what was not looked at. Raises InputRefused."""
    applied: list[Applied] = []
    notices: list[InputFault] = []
    made = PicturePdf()
    with opened(data, name) as pdf:
        _refuse_outside(pdf, name, redactions)
        read = [_read(pdf, index, name, redactions, notices) for index in range(len(pdf))]
        crossing = _crossing(read, redactions, applied)
        for index, signs in enumerate(read):
            page = pdf[index]
            picture, scale = _rendered(page, name, index)
            done, patches = _patches(redactions, index, signs, picture, scale, label)
            applied += done
            patches += [Patch(*rectangle) for rectangle in crossing.get(index, ())]
            paint(picture, patches)
            made.add(picture, *page.get_size())
            page.close()
    return made.finished(), sorted(applied, key=_page_of), notices


def _page_of(applied: Applied) -> int:
    return int(applied.place[1:].partition("页")[0])


def _read(pdf: Any, index: int, name: str, redactions: Sequence[Redaction], notices: list[InputFault]) -> list[Sign]:
    """The page's characters; adds what cannot be searched to the notices."""
    with flattened(pdf, index, name, notices) as page:
        signs, unknown = signs_of(page, *_pixels(page, name, index))
        if any(not isinstance(each.what, Box) for each in redactions):
            notices += _unsearched(page, index, signs, unknown)
    return signs


def _crossing(
    read: list[list[Sign]], redactions: Sequence[Redaction], applied: list[Applied]
) -> dict[int, list[tuple[int, int, int, int]]]:
    """What runs on from a page to the next, by page."""
    out: dict[int, list[tuple[int, int, int, int]]] = {}
    for index, (before, after) in enumerate(pairwise(read)):
        for number, head, tail in found_across(before, after, redactions):
            out.setdefault(index, []).extend(rectangles(head))
            out.setdefault(index + 1, []).extend(rectangles(tail))
            each = redactions[number]
            applied.append(Applied(f"第{index + 1}页至第{index + 2}页", each.kind, each.ground, number))
    return out


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """The document; refused where it is damaged, encrypted or too long."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise refuse(name, "文件设了密码，不能处理", "去掉密码后的 PDF 文件") from None
        raise refuse(name, "文件已损坏，打不开", _VALID) from None
    try:
        if not 0 < len(pdf) <= MOST_PAGES:
            raise refuse(name, f"有 {len(pdf)} 页", f"1 至 {MOST_PAGES} 页的 PDF 文件")
        pdf.init_forms()
        yield pdf
    except pypdfium2.PdfiumError:
        raise refuse(name, "文件已损坏，有的页打不开", _VALID) from None
    except MemoryError:
        raise refuse(name, "页面过大，超出内存", _VALID) from None
    finally:
        pdf.close()


@contextmanager
def flattened(pdf: Any, index: int, name: str, notices: list[InputFault]) -> Iterator[Any]:
    """The page with its fields, stamps and typed annotations made part of it, its notes taken off."""
    page = pdf[index]
    notes = _without_notes(page)
    if notes:
        notices.append(InputFault(f"第{index + 1}页", f"有批注、附件 {notes} 个，没有带出"))
    ended = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    if ended == pdfium.FLATTEN_FAIL:
        raise refuse(name, f"第{index + 1}页的表单或者印章读不出", "打印成新的 PDF 后再处理")
    page = pdf[index]
    try:
        yield page
    finally:
        page.close()


def _without_notes(page: Any) -> int:
    count = 0
    for place in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in _NOTES and pdfium.FPDFPage_RemoveAnnot(page, place):
            count += kind != pdfium.FPDF_ANNOT_POPUP
    return count


def _scale(page: Any, name: str, index: int) -> float:
    width, height = page.get_size()
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise refuse(name, f"第{index + 1}页没有大小", _VALID)
    return min(DOTS, math.sqrt(_MOST_PIXELS / (width * height)))


def _pixels(page: Any, name: str, index: int) -> tuple[int, int]:
    """The size of the page's picture, rounded as the library does it."""
    scale = _scale(page, name, index)
    width, height = page.get_size()
    return math.ceil(width * scale), math.ceil(height * scale)


def _rendered(page: Any, name: str, index: int) -> tuple[Image.Image, float]:
    scale = _scale(page, name, index)
    bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=False, may_draw_forms=False)
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture, scale


def _refuse_outside(pdf: Any, name: str, redactions: Sequence[Redaction]) -> None:
    faults = [
        InputFault(f"{name} 第{number}项", f"方框在第{each.what.page}页，文件只有 {len(pdf)} 页", f"1 至 {len(pdf)}")
        for number, each in enumerate(redactions, 1)
        if isinstance(each.what, Box) and each.what.page > len(pdf)
    ]
    if faults:
        raise InputRefused(*faults)


def _patches(
    redactions: Sequence[Redaction], index: int, signs: list[Sign], picture: Image.Image, scale: float, label: bool
) -> tuple[list[Applied], list[Patch]]:
    """The boxes of a page, drawn by the officer and found by their words; the article on the first line of each."""
    place = f"第{index + 1}页"
    applied: list[Applied] = []
    patches: list[Patch] = []
    for number, each in enumerate(redactions):
        if isinstance(each.what, Box) and each.what.page == index + 1:
            patch = patch_of(each.what, *picture.size, scale, each.ground.article if label else "")
            if patch is None:
                raise InputRefused(InputFault(f"第{number + 1}项", f"方框不在{place}的版面上", "版面之内的方框"))
            patches.append(patch)
            applied.append(Applied(place, each.kind, each.ground, number))
    for number, letters in found_on(signs, redactions):
        each = redactions[number]
        applied.append(Applied(place, each.kind, each.ground, number))
        for line, rectangle in enumerate(rectangles(letters)):
            patches.append(Patch(*rectangle, each.ground.article if label and not line else ""))
    return applied, patches


def _unsearched(page: Any, index: int, signs: list[Sign], unknown: bool) -> list[InputFault]:
    """What a search for words cannot see: scans, pictures, letters without meaning. The officer must look himself."""
    place, advice = f"第{index + 1}页", "逐页看过，用方框遮盖"
    if not any(sign.placed for sign in signs):
        return [InputFault(place, "没有文字（扫描件或者图片），按文字遮盖在这一页不起作用", advice)]
    out = []
    if unknown:
        out.append(InputFault(place, "有的字在文件里没有编码，按文字找不到", advice))
    area = math.prod(page.get_size())
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) > _PICTURE_SHARE * area:
            out.append(InputFault(place, "有图片，图片里的文字没有查找", advice))
            break
    return out
