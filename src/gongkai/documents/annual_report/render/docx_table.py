"""A statutory table in Word: merged cells, borders, heading rows that repeat, rows that do not break over pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from gongkai.documents.annual_report.render.docx_parts import set_font
from gongkai.documents.annual_report.render.grids import Grid, GridCell

_TEXT_WIDTH = 156
_SIZES = {"proactive": Pt(12), "requests": Pt(9), "remedies": Pt(9)}
_FONTS = {"head": "黑体", "band": "黑体"}


def set_table(
    document: DocxDocument, grid: Grid, fills: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], Paragraph]:
    """Adds the table; gives the paragraph of each cell by the place where the cell begins. `fills`: ground colours."""
    unit = _TEXT_WIDTH / sum(grid.widths)
    widths = [Mm(unit * width) for width in grid.widths]
    table = document.add_table(len(grid.rows), len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _margins(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):
        _row(row, grid, number)
    # All cells at once: a look-up by place is slow in python-docx.
    cells = [list(row.cells) for row in table.rows]
    out: dict[tuple[int, int], Paragraph] = {}
    for down, across, cell in grid.placed():
        target = cells[down][across]
        if cell.colspan > 1 or cell.rowspan > 1:
            target = target.merge(cells[down + cell.rowspan - 1][across + cell.colspan - 1])
        target.width = sum(widths[across : across + cell.colspan])
        _vertical_middle(target, fills.get((down, across)))
        paragraph = target.paragraphs[0]
        _fill(paragraph, cell, grid.table)
        # Tables two and four fit on a page whole; table three may be longer than a page: its first rows stay together.
        kept = grid.header_rows + 5 if grid.table == "requests" else len(grid.rows) - 1
        paragraph.paragraph_format.keep_with_next = down < kept
        out[down, across] = paragraph
    return out


def _fill(paragraph: Paragraph, cell: GridCell, table: str) -> None:
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0 if table == "proactive" else 1.5)
    layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    left = cell.role == "remark" or (cell.role == "label" and table == "requests" and cell.colspan > 1)
    item = cell.role == "label" and table == "requests" and cell.text[:1].isdigit()
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT if left or item else WD_ALIGN_PARAGRAPH.CENTER
    if table == "requests" and cell.role == "head" and cell.colspan == 1 and len(cell.text) == 4:
        # 商业 / 企业, not 商业企 / 业: room for two characters a line
        layout.left_indent = layout.right_indent = Mm(2)
    size = _SIZES[table]
    set_font(paragraph.add_run(cell.text), _FONTS.get(cell.role, "仿宋_GB2312"), size)


def _row(row: Any, grid: Grid, number: int) -> None:
    """No break inside a row; the heading rows repeat on every page; a band stays with what it heads."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if number < grid.header_rows:
        properties.append(OxmlElement("w:tblHeader"))
    row.height = Mm(9 if grid.table == "proactive" else 6.5)


def _vertical_middle(cell: Any, fill: str | None) -> None:
    properties = cell._tc.get_or_add_tcPr()
    if fill:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:color"), "auto")
        shade.set(qn("w:fill"), fill)
        properties.append(shade)
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    properties.append(middle)


def _margins(table: Any) -> None:
    """Narrow side margins (0.7 mm), for the ten columns of table three must fit the page's width."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "40")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)
