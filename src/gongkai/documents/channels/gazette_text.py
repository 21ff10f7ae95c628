"""The text of an item as the data that typst sets: headings, paragraphs, lists, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin

from gongkai.documents.channels.gazette_tables import INSET, Placed, placed, setting
from gongkai.documents.channels.item import ChannelItem
from gongkai.documents.channels.texts import printable
from gongkai.documents.writing.cleaning import blocks
from gongkai.documents.writing.model import (
    Block,
    Break,
    Figure,
    Inline,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Row,
    Table,
)
from gongkai.documents.writing.plain import plain_text

Data = dict[str, Any]
_LINKED: Final = ("http://", "https://", "mailto:")


def text_data(item: ChannelItem, pictures: Mapping[str, str]) -> list[Data]:
    """`pictures`: the file of each digest. An item without HTML is its plain text."""
    told: Iterable[Block] = blocks(printable(item.html))
    if not told:
        lines = (each.strip() for each in printable(item.text).split("\n"))
        return [_paragraph([_run(each.replace("\t", "　"))]) for each in lines if each]
    return _Writer(item, pictures).blocks(told)


@dataclass
class _Writer:
    item: ChannelItem
    pictures: Mapping[str, str]
    level: int = 1
    """Of the last heading: the title of the item is the first level, and none may be left out (PDF/UA-1, 7.4.2)."""
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {f"attachment:{each.digest}": each.name for each in self.item.attachments}

    def blocks(self, told: Iterable[Block]) -> list[Data]:
        return [made for block in told for made in self._block(block)]

    def _block(self, block: Block) -> list[Data]:
        if isinstance(block, Paragraph):
            return self._lines(block)
        if isinstance(block, Listing):
            items = [self.blocks(each) for each in block.items]
            return [{"kind": block.kind, "start": block.start, "items": items}]
        if isinstance(block, Table):
            return self._table(block)
        inside = self.blocks(block.blocks)
        if isinstance(block, Quote):
            return [{"kind": "quote", "blocks": inside}]
        return [*inside, *self._lines(Paragraph("p", block.caption, "center"))] if isinstance(block, Figure) else inside

    def _lines(self, block: Paragraph) -> list[Data]:
        """A heading, or a paragraph; a picture stands between the lines of its paragraph."""
        if block.kind != "p":
            self.level = min(int(block.kind[1]), self.level + 1)
            return [{"kind": "heading", "level": self.level, "look": block.kind, "align": block.align,
                     "runs": self._runs(block.content)}]  # fmt: skip
        out: list[Data] = []
        line: list[Inline] = []
        for each in (*block.content, None):
            shown = isinstance(each, Picture) and each.src.removeprefix("attachment:") in self.pictures
            if each is not None and not shown:
                line.append(each)
                continue
            if runs := self._runs(line):
                out.append(_paragraph(runs, block.align))
            line = []
            if isinstance(each, Picture):
                file = self.pictures[each.src.removeprefix("attachment:")]
                out.append({"kind": "picture", "file": file, "alt": each.alt or self.names.get(each.src, "") or "图"})
        return out

    def _runs(self, content: Iterable[Inline]) -> list[Data]:
        out: list[Data] = []
        for each in content:
            if isinstance(each, Break):
                out.append({"text": "\n", "marks": [], "href": ""})
            elif isinstance(each, Picture):
                said = each.alt or self.names.get(each.src, "")
                out.append(_run(f"（图：{said}，见网站）" if said else "（图见网站）"))
            else:
                href = "" if each.href.startswith("attachment:") else urljoin(self.item.address, each.href)
                linked = href if each.href and href.startswith(_LINKED) else ""
                out.append({"text": each.text, "marks": sorted(each.marks), "href": linked})
        return out

    def _table(self, table: Table) -> list[Data]:
        rows: tuple[Row, ...] = (*table.head, *table.body)
        cells = placed(rows)
        caption = self._runs(table.caption)
        how = setting(cells)
        if how is None:
            told = plain_text([Table((), (), rows)]).split("\n")
            lines = [_paragraph([_run(each.replace("\t", "；"))]) for each in told]
            return [_paragraph(caption, "center"), *lines] if caption else lines
        split = len(table.head)
        return [{
            "kind": "table",
            "caption": caption,
            "widths": how.widths,
            "size": how.size,
            "across": how.across,
            "inset": INSET,
            "head": [self._cell(each, split - each.down) for each in cells if each.down < split],
            "body": [self._cell(each, len(rows)) for each in cells if each.down >= split],
        }]  # fmt: skip

    def _cell(self, each: Placed, rows: int) -> Data:
        """`rows`: that are left of its part; a cell of the head may not reach into the body."""
        return {
            "x": each.across, "y": each.down, "colspan": each.colspan, "rowspan": min(each.rowspan, rows),
            "head": each.cell.kind == "th", "align": each.cell.align, "blocks": self.blocks(each.cell.blocks),
            "short": _is_short(each.cell.blocks),
        }  # fmt: skip


def _paragraph(runs: list[Data], align: str = "") -> Data:
    return {"kind": "p", "align": align, "runs": runs}


def _run(text: str) -> Data:
    return {"text": text, "marks": [], "href": ""}


def _is_short(told: Sequence[Block]) -> bool:
    """A figure or a few words, which stand in the middle of their cell."""
    return all(isinstance(each, Paragraph) for each in told) and len(plain_text(told)) <= 12
