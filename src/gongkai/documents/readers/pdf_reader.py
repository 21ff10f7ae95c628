"""PDF: tables by their ruled lines, prose from lines joined to paragraphs, page numbers left out, scans told."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2

from gongkai.documents.blocks import Block, Document, Paragraph, Picture, Table, TableCell
from gongkai.documents.limits import MOST_PAGES, Budget, refuse
from gongkai.statute.primitives import InputRefused

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_PAGE_NUMBER = re.compile(r"^[\s—\-–·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—\-–·]*$")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
# CJK Radicals Supplement: Unicode maps the Kangxi radicals to characters, but not these
_SIMPLIFIED_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_STOPS = ("。", "；", "：", "！", "？", "”", ";", ":")
_NEAR = 2.0
_LATIN_GAP = 3.0
_LEAST_PICTURE = 10_000
"""Square points: a picture of less is no table."""
_MARGIN = 0.09
"""The share of a page's height at head and foot where page numbers stand."""


def read_pdf(data: bytes, name: str) -> Document:
    """A .pdf file. Raises InputRefused for a damaged or encrypted one, and for a scan without text."""
    _refuse_scan(data, name)
    budget = Budget(name)
    things: list[Any] = []
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            for page in pdf.pages:
                things += _page(page, budget)
                page.close()
            pages = len(pdf.pages)
    except InputRefused:
        raise
    except (MemoryError, RecursionError):
        raise refuse(name, "文件过于复杂", "一份年度报告的 PDF 文件") from None
    except Exception:  # pdfminer raises whatever it meets in a damaged file
        raise refuse(name, "文件已损坏，读不出内容", "完整的 PDF 文件") from None
    return Document(tuple(_flowed(_without_running_heads(things, pages))))


def _refuse_scan(data: bytes, name: str) -> None:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise refuse(name, "文件设了密码，不能读取", "去掉密码后的 PDF 文件") from None
        raise refuse(name, "文件已损坏，读不出内容", "完整的 PDF 文件") from None
    try:
        if len(pdf) > MOST_PAGES:
            raise refuse(name, f"有 {len(pdf)} 页，超过 {MOST_PAGES} 页", "一份年度报告的 PDF 文件")
        if not any(_has_text(pdf, index) for index in range(len(pdf))):
            raise refuse(name, "是扫描件，页面都是图片，没有文字可读", "带文字的 PDF、docx 或网页")
    finally:
        pdf.close()


def _has_text(pdf: Any, index: int) -> bool:
    try:
        page = pdf[index]
        count: int = page.get_textpage().count_chars()
    except pypdfium2.PdfiumError:
        return False
    return count > 0


def _page(page: Any, budget: Budget) -> list[Any]:
    """The page's tables and lines from top to bottom; lines within a table belong to it."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.rows[0].cells) > 2]
    boxes = [table.bbox for table in tables]
    placed: list[tuple[float, Any]] = []
    for table in tables:
        placed.append((table.bbox[1], _table(table, budget)))
    for image in page.images:
        if image["width"] * image["height"] > _LEAST_PICTURE and not _within(image, boxes):
            placed.append((image["top"], Picture()))
    ruled = min((box[0] for box in boxes), default=None)
    rest = page.filter(lambda thing: thing["object_type"] != "char" or not _within(thing, boxes)) if boxes else page
    for line in rest.extract_text_lines(strip=True, keep_blank_chars=True):
        edge = line["top"] < page.height * _MARGIN or line["bottom"] > page.height * (1 - _MARGIN)
        text = _clean(_line_text(line["chars"])).strip()
        if text and not (edge and _PAGE_NUMBER.match(text)):
            budget.block(len(text))
            height = line["bottom"] - line["top"]
            placed.append((line["top"], _Line(text, line["x0"], line["x1"], height, edge, page.width, ruled)))
    placed.sort(key=lambda each: each[0])
    return [thing for _, thing in placed]


def _line_text(chars: list[dict[str, Any]]) -> str:
    """The line's characters in order; a gap is a space where it is wider than the stretching of a justified line.

    By their middles: a Chinese bracket whose blank half is squeezed away begins left of the character before it.
    """
    # a glyph that stands for two characters (——) is in the list twice
    ordered = sorted({id(char): char for char in chars}.values(), key=lambda char: char["x0"] + char["x1"])
    gaps = [after["x0"] - before["x1"] for before, after in pairwise(ordered)]
    stretched = 1.5 * sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    out = [ordered[0]["text"]] if ordered else []
    for (before, after), gap in zip(pairwise(ordered), gaps, strict=True):
        latin = before["text"].isascii() and after["text"].isascii()
        least = _LATIN_GAP if latin else max(_LATIN_GAP, 0.9 * float(after["size"]))
        if gap > max(least, stretched) and not before["text"].isspace() and not after["text"].isspace():
            out.append(" ")
        out.append(after["text"])
    return "".join(out)


class _Line:
    """A printed line: text, left and right end, height and page width in points, whether it is at head or foot.

    `ruled`: the left edge of the tables on its page, None where there is none.
    """

    def __init__(
        self, text: str, left: float, right: float, height: float, edge: bool, page: float, ruled: float | None = None
    ) -> None:
        self.text, self.left, self.right, self.height, self.edge, self.page = text, left, right, height, edge, page
        self.ruled = ruled


def _without_running_heads(things: list[Any], pages: int) -> list[Any]:
    """Lines at head or foot that half of the pages repeat, but for their numbers, are left out."""

    def masked(line: _Line) -> str:
        return re.sub(r"\d+", "0", line.text)

    counts = Counter(masked(thing) for thing in things if isinstance(thing, _Line) and thing.edge)
    repeated = {text for text, count in counts.items() if count >= 2 and count * 2 >= pages}
    return [thing for thing in things if not (isinstance(thing, _Line) and thing.edge and masked(thing) in repeated)]


def _clean(text: str) -> str:
    """Radicals that some writers put for the characters that look like them (⽔ for 水) as characters."""
    return _RADICAL.sub(lambda found: _SIMPLIFIED_RADICALS.get(found[0], unicodedata.normalize("NFKC", found[0])), text)


def _within(thing: Any, boxes: list[tuple[float, float, float, float]]) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _table(table: Any, budget: Budget) -> Table:
    """The cells with their spans, told by the rulings that they pass."""
    texts = table.extract()
    lefts = _edges(cell[0] for cell in table.cells)
    tops = _edges(cell[1] for cell in table.cells)
    rows: list[list[TableCell]] = []
    for row, line in zip(table.rows, texts, strict=False):
        cells = []
        for cell, text in zip(row.cells, line, strict=False):
            if cell is None:
                continue
            left, top, right, bottom = cell
            wide = sum(left - _NEAR <= edge < right - _NEAR for edge in lefts)
            high = sum(top - _NEAR <= edge < bottom - _NEAR for edge in tops)
            budget.cell(len(text or ""))
            cells.append(TableCell(_clean(text or "").strip(), max(1, wide), max(1, high)))
        rows.append(cells)
    budget.block()
    return Table(tuple(tuple(row) for row in rows))


def _edges(values: Any) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _flowed(things: list[Any]) -> list[Block]:
    """Printed lines joined to paragraphs: a full line goes on in the next one, unless that one is indented."""
    lines = [thing for thing in things if isinstance(thing, _Line)]
    right = max((line.right for line in lines), default=0.0)
    left = _left_edge(lines, right)
    out: list[Block] = []
    text = ""
    last: _Line | None = None
    for thing in [*things, None]:
        if isinstance(thing, _Line) and last is not None and _goes_on(last, thing, left, right):
            text += _glue(text, thing.text)
        else:
            if last is not None:
                out.append(Paragraph(text.strip()))
            text = thing.text if isinstance(thing, _Line) else ""
        if isinstance(thing, Table | Picture):
            out.append(thing)
        last = thing if isinstance(thing, _Line) else None
    return out


def _goes_on(last: _Line, line: _Line, left: float, right: float) -> bool:
    """Whether the line continues the one before: that one is full, this one as large and not indented."""
    if last.right <= right - 2.2 * last.height or line.left >= left + line.height * 0.9:
        return False
    if abs(line.height - last.height) > 0.2 * last.height:
        return False
    headed = _NUMBERED.match(line.text) and line.right < right - 4 * line.height
    return not headed or (line.text.endswith("。") and not last.text.endswith(_STOPS))


def _left_edge(lines: list[_Line], right: float) -> float:
    """The edge from which paragraphs are indented: where most lines begin.

    Where every paragraph is one line, that is the indent: then nothing is indented further, and it lies deeper than
    the text keeps from the right edge of the page, or by an indent within the tables, which begin where text does.
    """
    edge = _common([line.left for line in lines])
    if not lines:
        return edge
    size = sorted(line.height for line in lines)[len(lines) // 2]
    body = [line for line in lines if abs(line.height - size) < 0.2 * size]
    deeper = any(edge + 1.5 * size < line.left < edge + 2.6 * size for line in body)
    if deeper:
        return edge
    margin = lines[0].page - right
    ruled = min((line.ruled for line in lines if line.ruled is not None), default=edge)
    full = sum(line.right > right - 2.2 * size for line in body)
    if edge <= margin + 1.5 * size and edge - 2.6 * size < ruled < edge - 1.5 * size and 2 * full < len(body):
        return ruled
    return margin if edge > margin + 1.5 * size else edge


def _glue(text: str, more: str) -> str:
    """Latin words are parted by a space, Chinese is not."""
    spaced = text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return f" {more}" if spaced else more


def _common(values: list[float]) -> float:
    """The left edge that most lines share."""
    if not values:
        return 0.0
    counts: dict[int, int] = {}
    for value in values:
        counts[round(value / 3)] = counts.get(round(value / 3), 0) + 1
    return 3.0 * max(counts, key=lambda key: counts[key])
