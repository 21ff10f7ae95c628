"""A comparison as HTML that is safe to show: only these tags, everything else escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Final

from gongkai.documents.comparison.model import (
    Change,
    Compared,
    ComparedCell,
    ComparedTable,
    ComparedText,
    Comparison,
    Pieces,
    Side,
)

_TAGS: Final[Mapping[str, str]] = {"inserted": "ins", "deleted": "del"}
_WITHOUT: Final[Mapping[Side, Change | None]] = {"both": None, "old": "inserted", "new": "deleted"}
_KINDS: Final[Mapping[str, str]] = {"li": "li", "quote": "p", "caption": "p"}


def to_html(of: Comparison, side: Side = "both") -> str:
    """Both versions in one text; or one side, with what only it has marked."""
    out: list[str] = []
    for is_item, group in groupby(of.blocks, key=lambda block: isinstance(block, ComparedText) and block.kind == "li"):
        shown = "".join(block_html(block, side) for block in group)
        out.append(f"<ul>{shown}</ul>" if is_item and shown else shown)
    return "".join(out)


def block_html(block: Compared, side: Side = "both") -> str:
    """Empty where that side does not have it. An item of a list is an `li` without its list."""
    if block.change == _WITHOUT[side]:
        return ""
    if isinstance(block, ComparedTable):
        return _table(block, side)
    tag = _KINDS.get(block.kind, block.kind)
    return f"<{tag}{_class(block.change)}>{pieces_html(block.pieces, side)}</{tag}>"


def pieces_html(pieces: Pieces, side: Side = "both") -> str:
    out = []
    for piece in pieces:
        if piece.change == _WITHOUT[side]:
            continue
        text = escape(piece.text).replace("\n", "<br>")
        if piece.picture:
            text = f"［图片{'：' if piece.alt else ''}{escape(piece.alt)}］"
        if piece.href:
            # the address is shown and not followed: a reviewer sees that it changed
            text += f"（{escape(piece.href)}）" if piece.change != "equal" else ""
        tag = _TAGS.get(piece.change)
        out.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return "".join(out)


def _table(table: ComparedTable, side: Side) -> str:
    rows = []
    for row in table.rows:
        if row.change != _WITHOUT[side]:
            cells = "".join(_cell(cell, side) for cell in row.cells if cell.change != _WITHOUT[side])
            rows.append(f"<tr{_class(row.change)}>{cells}</tr>")
    return f"<table{_class(table.change)}><tbody>{''.join(rows)}</tbody></table>"


def _cell(cell: ComparedCell, side: Side) -> str:
    tag = "th" if cell.head else "td"
    spans = _spans({"colspan": cell.colspan, "rowspan": cell.rowspan}.items())
    return f"<{tag}{_class(cell.change)}{spans}>{pieces_html(cell.pieces, side)}</{tag}>"


def _spans(of: Iterable[tuple[str, int]]) -> str:
    return "".join(f' {name}="{span}"' for name, span in of if span > 1)


def _class(change: Change) -> str:
    return f' class="{change}"' if change != "equal" else ""
