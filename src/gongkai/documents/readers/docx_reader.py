"""Word documents from their XML: merged cells, tracked changes, nested tables, text boxes, pictures.

Insertions are read and deletions are not: the text as it stands once the changes are accepted.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from gongkai.documents.blocks import Block, Document, Paragraph, Picture, Table, TableCell
from gongkai.documents.limits import DEEPEST_NESTING, LONGEST_SPAN, Budget, refuse, too_deep
from gongkai.documents.readers.zipped import member, open_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SKIPPED = {
    f"{_W}{tag}"
    for tag in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr", "rt")
}
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = ("}blip", "}imagedata")
_LEAST_PICTURE = 914_400
"""English metric units (2.54 cm): smaller drawings are seals, lines and icons."""


def read_docx(data: bytes, name: str) -> Document:
    """A .docx file."""
    packed = open_zip(data, name, "docx")
    main = next((path for path in packed.namelist() if re.fullmatch(r"word/document\d*\.xml", path)), None)
    xml = member(packed, main or "word/document.xml", name, "docx").replace(_STRICT, _TRANSITIONAL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any("depth" in fault.message for fault in parser.error_log):
        raise too_deep(name)
    body = root.find(f"{_W}body") if root is not None else None
    if body is None:
        raise refuse(name, "文件已损坏，读不出正文", "完整的 docx 文件")
    reader = _Reader(name)
    return Document(tuple(reader.blocks(body, 0)))


class _Reader:
    def __init__(self, name: str) -> None:
        self.budget = Budget(name)

    def blocks(self, parent: Any, depth: int) -> list[Block]:
        """Paragraphs, tables and what stands in content controls, custom XML and insertions, in order."""
        out: list[Block] = []
        if depth > DEEPEST_NESTING:
            raise too_deep(self.budget.name)
        for child in parent:
            if child.tag == f"{_W}p":
                out += self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                out += self._table(child, depth)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                out += self.blocks(child, depth + 1)
        return out

    def _paragraph(self, paragraph: Any, depth: int) -> list[Block]:
        pieces: list[str] = []
        boxes: list[Any] = []
        pictured = False
        stack = [paragraph]
        while stack:
            node = stack.pop()
            tag = node.tag
            if not isinstance(tag, str) or tag in _SKIPPED or tag == _MC_FALLBACK or _is_hidden(node):
                continue
            if tag == f"{_W}t":
                pieces.append(node.text or "")
            elif tag == f"{_W}tab":
                pieces.append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            elif tag == f"{_W}noBreakHyphen":
                pieces.append("-")
            elif tag == f"{_W}txbxContent":
                boxes.append(node)
                continue
            elif tag.endswith(_PICTURES):
                pictured = pictured or _is_large(node)
            stack.extend(reversed(node))
        text = "".join(pieces)
        self.budget.block(len(text))
        out: list[Block] = [Paragraph(line.strip(), _level(paragraph)) for line in text.split("\n")]
        for box in boxes:
            out += self.blocks(box, depth + 1)
        if pictured:
            out.append(Picture())
        return out

    def _table(self, table: Any, depth: int) -> list[Block]:
        rows: list[list[tuple[TableCell, bool]]] = []
        inner: list[Block] = []
        for row in table.iter(f"{_W}tr"):
            if _nearest(row, "tbl") is not table or row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells: list[tuple[TableCell, bool]] = []
            for cell in row.iter(f"{_W}tc"):
                if _nearest(cell, "tr") is not row:
                    continue
                text, nested = self._cell(cell, depth)
                inner += nested
                cells.append((TableCell(text, _span(cell)), _is_continued(cell)))
                self.budget.cell(len(text))
            before = _number(row.find(f"{_W}trPr/{_W}gridBefore"))
            rows.append([(TableCell(""), False)] * before + cells)
        whole = Table(tuple(_merged(rows)))
        if len(whole.rows) == 1 and len(whole.rows[0]) == 1 and inner:
            return inner
        self.budget.block()
        return [whole, *(block for block in inner if not isinstance(block, Paragraph))]

    def _cell(self, cell: Any, depth: int) -> tuple[str, list[Block]]:
        """(the cell's own text, the blocks of a cell that holds tables, pictures or several)."""
        blocks = self.blocks(cell, depth + 1)
        text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph)).strip()
        special = any(not isinstance(block, Paragraph) for block in blocks)
        return text, blocks if special else []


def _is_hidden(node: Any) -> bool:
    """Whether it is a run of hidden text."""
    vanish = node.find(f"{_W}rPr/{_W}vanish") if node.tag == f"{_W}r" else None
    return vanish is not None and vanish.get(f"{_W}val", "1") not in ("0", "false", "off")


def _nearest(node: Any, tag: str) -> Any:
    return next(node.iterancestors(f"{_W}{tag}"), None)


def _number(node: Any) -> int:
    value = node.get(f"{_W}val", "0") if node is not None else "0"
    return min(int(value), LONGEST_SPAN) if value.isascii() and value.isdigit() else 0


def _span(cell: Any) -> int:
    return max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan")))


def _is_continued(cell: Any) -> bool:
    """Whether the cell is the lower part of one merged over rows."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _merged(rows: list[list[tuple[TableCell, bool]]]) -> list[tuple[TableCell, ...]]:
    """Rows with vertical merges told by the upper cell's rowspan; the lower parts are left out."""
    open_cells: dict[int, tuple[int, int]] = {}  # grid column → (row, place in it) of the cell that goes on
    out: list[list[TableCell]] = []
    for row in rows:
        line: list[TableCell] = []
        column = 0
        for cell, continued in row:
            if continued and column in open_cells:
                above_row, place = open_cells[column]
                above = out[above_row][place]
                out[above_row][place] = TableCell(above.text, above.colspan, above.rowspan + 1)
            else:
                open_cells[column] = (len(out), len(line))
                line.append(cell)
            column += cell.colspan
        out.append(line)
    return [tuple(line) for line in out]


def _level(paragraph: Any) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None:
        found = re.match(r"(?:heading|标题|)\s?([1-9])$", style.get(f"{_W}val", ""), re.IGNORECASE)
        if found:
            return int(found[1])
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    return min(_number(outline) + 1, 9) if outline is not None and _number(outline) < 9 else 0


def _is_large(picture: Any) -> bool:
    """Whether a drawing is as large as content; without a stated size it may be."""
    for parent in picture.iterancestors():
        for extent in parent:
            if isinstance(extent.tag, str) and extent.tag.endswith("}extent"):
                width, height = extent.get("cx", "0"), extent.get("cy", "0")
                return width.isdigit() and height.isdigit() and int(width) * int(height) > _LEAST_PICTURE**2
        if parent.tag == f"{_W}p":
            break
    return True
