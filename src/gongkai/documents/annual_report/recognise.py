"""From a document's blocks to the parts of a report: prose by section, tables by statutory table, pictures by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.documents.annual_report.labels import bare, column_of, is_group, is_part, row_of
from gongkai.documents.annual_report.lines import rows_of_lines
from gongkai.documents.annual_report.outline import heading_of
from gongkai.documents.annual_report.tables import TABLES, Found, read_ragged, read_remedies, read_table, table_kind
from gongkai.documents.blocks import Block, Document, Paragraph, Picture, Table, spread, table_of_texts
from gongkai.documents.limits import WIDEST_ROW

_PROSE_LENGTH = 36
_ANCHORS = {"本年新收政府信息公开申请数量": "requests", "申请人情况": "requests", "结果维持": "remedies"}
_CHROME = re.compile(
    r"^(?:【?(?:打印|关闭|字体|字号|分享|扫一扫|返回顶部|纠错)|上一篇|下一篇|责任编辑|版权所有|主办单位|承办单位|网站标识码"
    r"|Copyright|.{0,20}ICP备|.{0,20}公网安备|您是第|浏览次数|相关附件|附件下载)"
)


@dataclass(slots=True)
class Parts:
    """What stands where. `prose`: part → its paragraphs; `lines`: table → its bare lines; `found`: table → cells."""

    head: list[str] = field(default_factory=list)
    prose: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)
    pictures: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    other_texts: list[str] = field(default_factory=list)


def divide(document: Document) -> Parts:
    """Each block to its part; statutory tables are known by their labels wherever they stand."""
    parts = Parts()
    inside = ""
    ended = False
    open_tables: dict[str, list[Table]] = {}
    for block in _peeled(document):
        if isinstance(block, Picture):
            parts.pictures.append(inside)
        elif isinstance(block, Table):
            inside = _take_table(parts, block, inside, open_tables)
        elif not ended:
            ended = bool(inside == "other" and _CHROME.match(block.text))
            inside = inside if ended else _take_paragraph(parts, block, inside)
    for kind, tables in open_tables.items():
        parts.found[kind] = _read_all(kind, tables)
    for kind, lines in parts.lines.items():
        _read_lines(parts, kind, lines)
    return parts


def _take_paragraph(parts: Parts, block: Paragraph, inside: str) -> str:
    text = block.text
    heading = heading_of(text, inside, block.level)
    if heading is not None:
        if heading.code.partition(".")[0] in TABLES and inside.partition(".")[0] != heading.code:
            parts.lines.setdefault(heading.code, [])
        parts.headings.add(heading.code)
        if heading.rest:
            parts.prose.setdefault(heading.code, []).append(heading.rest)
            parts.texts.append(heading.rest)
        return heading.code
    if text:
        parts.texts.append(text)
    if inside in TABLES:
        anchored = _anchor(text)
        if anchored and anchored != inside and TABLES.index(anchored) > TABLES.index(inside):
            inside = anchored
        if "。" not in text:
            parts.lines.setdefault(inside, []).append(text)
        return inside
    anchored = _anchor(text) if text else None
    if anchored:
        parts.lines.setdefault(anchored, []).append(text)
        return anchored
    if not inside:
        parts.head.append(text)
    elif text:
        parts.prose.setdefault("overview.lead" if inside == "overview" else inside, []).append(text)
    return inside


def _anchor(text: str) -> str | None:
    """The statutory table that a bare line can only belong to."""
    if not text or len(text) > 24 or text.endswith("。"):
        return None
    return "proactive" if is_part(text) else _ANCHORS.get(bare(text)[0])


def _take_table(parts: Parts, table: Table, inside: str, open_tables: dict[str, list[Table]]) -> str:
    grid = [[cell.text for cell in row] for row in table.rows]
    kind = table_kind(grid)
    if kind is None and inside in TABLES and open_tables.get(inside) and _continues(grid):
        kind = inside
    if kind is None and inside in TABLES:
        parts.lines.setdefault(inside, []).extend(_in_lines(grid))
        return inside
    if kind is None:
        for row in grid:
            text = " ".join(cell.replace("\n", "") for cell in row if cell).strip()
            if text:
                _take_paragraph(parts, Paragraph(text), inside)
        return inside
    open_tables.setdefault(kind, []).append(table)
    return kind if inside in ("", *TABLES) else inside


def _in_lines(grid: list[list[str]]) -> Iterator[str]:
    for row in grid:
        yield from row


def _continues(grid: list[list[str]]) -> bool:
    """A table without a statutory label may be the rest of one split over pages: it has figures or label pieces."""
    return any(cell.strip() for row in grid for cell in row)


def _read_all(kind: str, tables: list[Table]) -> Found:
    """Tables of one kind: together where they are as wide (split over pages), and each for itself."""
    alone = Found()
    for table in tables:
        alone.absorb(read_table(kind, table))
    if len(tables) == 1:
        return alone
    joined = Found()
    run: list[Table] = []
    following: tuple[Table | None, ...] = (*tables, None)
    for next_table in following:
        if run and (next_table is None or _width(next_table) != _width(run[-1])):
            joined.absorb(read_table(kind, _stacked(kind, run)))
            run = []
        if next_table is not None:
            run.append(next_table)
    best, second = (joined, alone) if len(joined) >= len(alone) else (alone, joined)
    best.absorb(second)
    # a page may also part a heading from its figures, and the rest then be of another width
    rows = [[cell.text for cell in row] for table in tables for row in table.rows]
    carried = read_ragged(kind, rows) if kind != "remedies" else Found()
    known = {row for row, _ in best.cells}
    for (row, column), text in carried.cells.items():
        if row not in known:
            best.put(row, column, text)
    best.rows |= carried.rows
    return best


def _width(table: Table) -> int:
    return max((sum(cell.colspan for cell in row) for row in table.rows), default=0)


def _stacked(kind: str, tables: list[Table]) -> Table:
    """One table of several, merges spread; a row that the page cut in two is mended."""
    rows: list[list[str]] = []
    for table in tables:
        rest = spread(table, WIDEST_ROW)
        if rows and rest and kind != "remedies" and len(rows[-1]) == len(rest[0]) and _cut(kind, rows[-1], rest[0]):
            rows[-1] = [
                upper if upper == lower else upper + lower for upper, lower in zip(rows[-1], rest[0], strict=True)
            ]
            rest = rest[1:]
        rows += rest
    return table_of_texts(rows)


def _cut(kind: str, above: list[str], below: list[str]) -> bool:
    """Whether two rows are one: one of them has no figures, and either one's label means nothing alone."""
    # a merged group's label stands in both rows; any other known label begins a row or a heading of its own
    own = [lower for upper, lower in zip(above, below, strict=True) if lower and lower != upper]
    labelled = any(row_of(kind, text) for text in above if text)
    if any(column_of(kind, text) or is_group(text) or (labelled and row_of(kind, text)) for text in own):
        return False
    upper, lower = (sum(text.strip().isdigit() for text in row) for row in (above, below))
    return (upper == 0) != (lower == 0) or (upper > 0 and lower == 0)


def _read_lines(parts: Parts, kind: str, lines: list[str]) -> None:
    """Bare lines of a table part; they only fill what no real table gave."""
    if not any(lines):
        return
    rows = rows_of_lines(kind, lines)
    read = read_remedies(rows, rows) if kind == "remedies" else read_ragged(kind, rows)
    if read.cells or read.unplaced:
        parts.found.setdefault(kind, Found()).absorb(read)


def _peeled(document: Document) -> Iterator[Block]:
    """Blocks, with prose and headings that stand in table rows of their own taken out of the tables."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _peel(block)
        else:
            yield block


def _peel(table: Table) -> Iterator[Block]:
    texts = [{cell.text.strip() for cell in row if cell.text.strip()} for row in table.rows]
    peel = [len(text) == 1 and _is_prose(next(iter(text))) for text in texts]
    if not any(peel):
        yield table
        return
    start = 0
    for index, out in enumerate([*peel, True]):
        if not out:
            continue
        if index > start:
            yield Table(table.rows[start:index])
        if index < len(peel):
            for line in next(iter(texts[index])).splitlines():
                yield Paragraph(line.strip())
        start = index + 1


def _is_prose(text: str) -> bool:
    """Whether the only text of a table's row is prose, a heading or the title, laid out by the table."""
    if "勾稽关系" in text:
        return False
    lines = text.splitlines()
    return (
        text.endswith("。")
        or (len(text) > _PROSE_LENGTH and "。" in text)
        or any(heading_of(line, "") or heading_of(line, "overview") for line in lines)
        or bool(re.search(r"信息公开.{0,12}报告", text))
    )
