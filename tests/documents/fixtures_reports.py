"""A fictional bureau's reports in both forms, laid out as published documents lay them out, in every format."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from io import BytesIO

import docx
import openpyxl

from gongkai.statute.report.form import load

Cell = tuple[str, int, int]
"""text, colspan, rowspan"""
Rows = list[list[Cell]]
Piece = str | Rows

REQUESTS = {
    "new": (11, 2, 0, 1, 0, 3, 17),
    "carried_in": (1, 0, 0, 0, 0, 0, 1),
    "granted": (5, 1, 0, 0, 0, 1, 7),
    "partial": (2, 0, 0, 0, 0, 0, 2),
    "refused.internal": (1, 0, 0, 0, 0, 0, 1),
    "refused.process": (0, 1, 0, 0, 0, 0, 1),
    "unavailable.not_held": (3, 0, 0, 1, 0, 1, 5),
    "not_processed.petition": (0, 0, 0, 0, 0, 1, 1),
    "concluded": (12, 2, 0, 1, 0, 3, 18),
}
"""Rows of table three that are not all 0; `other` (2019) or `other.lapsed_correction` (2021) is `LAPSED`."""
LAPSED = (1, 0, 0, 0, 0, 0, 1)
REMEDIES = {
    "reconsideration": (2, 1, 0, 1, 4),
    "litigation_direct": (1, 0, 0, 0, 1),
    "litigation_after": (0, 1, 0, 0, 1),
}
PROACTIVE = {
    "2019": {
        "rules": ("0", "0", "0"),
        "normative": ("2", "1", "14"),
        "licences": ("38", "-4", "312"),
        "other_services": ("12", "3", "88"),
        "penalties": ("120", "0", "45"),
        "coercive": ("8", "1", "2"),
        "fees": ("3", "0"),
        "procurement": ("9", "25.1万元"),
    },
    "2021": {
        "rules": ("0", "0", "0"),
        "normative": ("6", "1", "32"),
        "licences": ("1204",),
        "penalties": ("15",),
        "coercive": ("3",),
        "fees": ("4068.208",),
    },
}
PROSE = {
    "lead": "本年度，青澜县水利局按照《条例》要求做好政府信息公开工作。",
    "proactive": "及时公开水利工程建设和防汛信息。",
    "on_request": "依法办理申请，按期答复。",
    "management": "规范信息的审核、发布和更新。",
    "platform": "做好栏目维护。",
    "supervision": "定期自查，及时整改。",
    "problems": "公开内容还不够细。下一步将细化目录。",
    "other": "本年度没有收取信息处理费。",
}
YEARS = {"2019": 2020, "2021": 2024}


def figures(form: str) -> dict[str, dict[str, tuple[object, ...]]]:
    """The cells that every layout of the report must yield, as literals, in the order of the form's columns."""
    requests: dict[str, tuple[object, ...]] = {}
    for row in load(form).tables["requests"].rows:
        lapsed = row.code in ("other", "other.lapsed_correction")
        requests[row.code] = LAPSED if lapsed else REQUESTS.get(row.code, (0,) * 7)
    proactive: dict[str, tuple[object, ...]] = {}
    for code, printed in PROACTIVE[form].items():
        money = {"procurement": "25.1", "fees": "4068.208" if form == "2021" else None}.get(code)
        proactive[code] = tuple(
            money if money and index == len(printed) - 1 else int(text) for index, text in enumerate(printed)
        )
    return {"proactive": proactive, "requests": requests, "remedies": dict(REMEDIES)}


def proactive_table(form: str, change: Callable[[str, int, str], str] = lambda row, column, text: text) -> Rows:
    """Table two with its sub-tables under each other; `change` rewrites a figure by row and column number."""
    rows: Rows = []
    part = ""
    for row in load(form).tables["proactive"].rows:
        wide = 3 // len(row.columns) if len(row.columns) != 2 else 1
        if row.part != part:
            part = row.part
            rows.append([(part, 4, 1)])
            rows.append([("信息内容", 1, 1), *((column.label, wide, 1) for column in row.columns)])
        printed = PROACTIVE[form][row.code]
        rows.append([(row.label, 1, 1), *((change(row.code, i, text), wide, 1) for i, text in enumerate(printed))])
    return rows


def requests_table(form: str, change: Callable[[str, int, str], str] = lambda row, column, text: text) -> Rows:
    """Table three with its merged headings, as the form prints it."""
    table = load(form).tables["requests"]
    rows: Rows = [
        [(table.note, 3, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(label, 1, 1) for label in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    values = figures(form)["requests"]
    heights: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        for depth in range(1, len(row.path)):
            heights[row.path[:depth]] = heights.get(row.path[:depth], 0) + 1
    begun: set[tuple[str, ...]] = set()
    for row in table.rows:
        line: list[Cell] = []
        for depth in range(1, len(row.path)):
            if row.path[:depth] not in begun:
                begun.add(row.path[:depth])
                line.append((row.path[depth - 1], 1, heights[row.path[:depth]]))
        line.append((row.path[-1], 4 - len(row.path), 1))
        line += [(change(row.code, i, str(value)), 1, 1) for i, value in enumerate(values[row.code])]
        rows.append(line)
    return rows


def remedies_table() -> Rows:
    """Table four: three groups of five side by side."""
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((result, 1, 2) for result in results), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [(result, 1, 1) for result in results * 2],
        [(str(value), 1, 1) for group in REMEDIES.values() for value in group],
    ]


def report(form: str, *, title: str | None = None, tables: dict[str, list[Piece]] | None = None) -> list[Piece]:
    """The whole document as paragraphs and tables; `tables` puts other pieces in place of a table."""
    headings = load(form).headings
    placed: dict[str, list[Piece]] = {
        "proactive": [proactive_table(form)],
        "requests": [requests_table(form)],
        "remedies": [remedies_table()],
    } | (tables or {})
    pieces: list[Piece] = [title or f"青澜县水利局{YEARS[form]}年政府信息公开工作年度报告"]
    pieces += [headings["overview"], PROSE["lead"]]
    for part in ("proactive", "on_request", "management", "platform", "supervision"):
        pieces += [headings[f"overview.{part}"], PROSE[part]]
    for table in ("proactive", "requests", "remedies"):
        pieces += [headings[table], *placed[table]]
    return [*pieces, headings["problems"], PROSE["problems"], headings["other"], PROSE["other"]]


def plain_grid(rows: Rows) -> list[list[str]]:
    """The merged cells' texts once, the covered places blank."""
    width = max(sum(span for _, span, _ in row) for row in rows)
    grid: list[list[str | None]] = [[None] * width for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for text, wide, high in row:
            while column < width and grid[number][column] is not None:
                column += 1
            for down in range(high):
                for right in range(wide):
                    grid[number + down][column + right] = text if down == right == 0 else ""
            column += wide
    return [[text or "" for text in line] for line in grid]


def as_cell_lines(pieces: Sequence[Piece], *, tabs: bool = True) -> str:
    """Text as old Word converters leave it: one cell a line, led by a tab, rows apart by an empty line."""
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
            continue
        for row in piece:
            lead = "\t" if tabs else ""
            out += [lead + text for text, _, _ in row]
            if tabs:
                out.append("")
    return "\n".join(out) + "\n"


def as_pipes(pieces: Sequence[Piece], *, heads: bool = True) -> str:
    """Markdown."""
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            level = "# " if not out else "## " if heads and piece[:2] in [f"{n}、" for n in "一二三四五六"] else ""
            out += [level + piece, ""]
            continue
        grid = plain_grid(piece)
        lines = ["| " + " | ".join(text.replace("\n", "<br>") for text in line) + " |" for line in grid]
        out += [lines[0], "|" + "---|" * len(grid[0]), *lines[1:], ""]
    return "\n".join(out)


def as_tabbed(pieces: Sequence[Piece]) -> str:
    """Text with one row a line and tabs between cells."""
    out: list[str] = []
    for piece in pieces:
        out += [piece] if isinstance(piece, str) else ["\t".join(line) for line in plain_grid(piece)]
    return "\n".join(out)


def as_spaced(pieces: Sequence[Piece], gap: str = "  ") -> str:
    """Text with one row a line and spaces between cells; blanks leave no trace."""
    out: list[str] = []
    for piece in pieces:
        out += [piece] if isinstance(piece, str) else [gap.join(filter(None, line)) for line in plain_grid(piece)]
    return "\n".join(out)


def as_html(pieces: Sequence[Piece], *, charset: str = "utf-8") -> str:
    """A web page with merged cells."""
    body: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            body.append(piece if piece.startswith("<") else f"<p>　　{html.escape(piece)}</p>")
            continue
        body.append("<table border=1>")
        for row in piece:
            cells = (
                f'<td colspan="{wide}" rowspan="{high}"><p><span>{html.escape(text)}</span></p></td>'
                for text, wide, high in row
            )
            body.append(f"<tr>{''.join(cells)}</tr>")
        body.append("</table>")
    head = f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>网站</title></head>'
    return f"{head}<body>{''.join(body)}</body></html>"


def as_docx(
    pieces: Sequence[Piece], *, merge: bool = True, after: Callable[[docx.document.Document], None] | None = None
) -> bytes:
    """A Word document; without `merge` covered cells are there and blank."""
    document = docx.Document()
    for piece in pieces:
        if isinstance(piece, str):
            document.add_paragraph(piece)
            continue
        grid = plain_grid(piece)
        table = document.add_table(rows=len(grid), cols=len(grid[0]))
        table.style = "Table Grid"
        _fill_word(table, piece, grid, merge)
    if after:
        after(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _fill_word(table: docx.table.Table, rows: Rows, grid: list[list[str]], merge: bool) -> None:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for text, wide, high in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + down, column + right) for down in range(high) for right in range(wide)}
            cell = table.cell(number, column)
            if merge and (wide > 1 or high > 1):
                cell = cell.merge(table.cell(number + high - 1, column + wide - 1))
            cell.text = text
            column += wide


def as_xlsx(pieces: Sequence[Piece], *, sheets: bool = False) -> bytes:
    """A workbook, all on one sheet, or each table on one of its own; figures as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    line = 1
    for piece in pieces:
        if isinstance(piece, str):
            sheet.cell(line, 1, piece)
            line += 1
            continue
        if sheets:
            sheet, line = book.create_sheet(), 1
        line = _fill_sheet(sheet, piece, line) + 1
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_sheet(sheet: openpyxl.worksheet.worksheet.Worksheet, rows: Rows, first: int) -> int:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, first):
        column = 1
        for text, wide, high in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + down, column + right) for down in range(high) for right in range(wide)}
            sheet.cell(number, column, int(text) if text.isascii() and text.lstrip("-").isdigit() else text)
            if wide > 1 or high > 1:
                sheet.merge_cells(
                    start_row=number, start_column=column, end_row=number + high - 1, end_column=column + wide - 1
                )
            column += wide
    return first + len(rows)
