"""Blocks as HTML: one way to write each, so that cleaning what was cleaned changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.documents.writing.model import (
    MARKS,
    Block,
    Break,
    Cell,
    Inline,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Row,
    Table,
    Text,
)

_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE: Final = str.maketrans({"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"})


def markup(blocks: Iterable[Block]) -> str:
    return "".join(block_markup(block) for block in blocks)


def block_markup(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<{block.kind}{_class(block.align)}>{inline_markup(block.content)}</{block.kind}>"
    if isinstance(block, Listing):
        start = f' start="{block.start}"' if block.start != 1 else ""
        items = "".join(f"<li>{_held(item)}</li>" for item in block.items)
        return f"<{block.kind}{start}>{items}</{block.kind}>"
    if isinstance(block, Table):
        caption = f"<caption>{inline_markup(block.caption)}</caption>" if block.caption else ""
        head = f"<thead>{_rows(block.head)}</thead>" if block.head else ""
        body = f"<tbody>{_rows(block.body)}</tbody>" if block.body else ""
        return f"<table>{caption}{head}{body}</table>"
    inside = "".join(map(block_markup, block.blocks))
    if isinstance(block, Quote):
        return f"<blockquote>{inside}</blockquote>"
    return f"<figure>{_held(block.blocks)}<figcaption>{inline_markup(block.caption)}</figcaption></figure>"


def cell_opening(cell: Cell) -> str:
    """The start tag of a cell."""
    spans = "".join(f' {name}="{span}"' for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
                    if span > 1)  # fmt: skip
    scope = f' scope="{cell.scope}"' if cell.scope else ""
    return f"<{cell.kind}{_class(cell.align)}{spans}{scope}>"


def inline_markup(content: Iterable[Inline]) -> str:
    """Formatting stands in the order of `MARKS`, a link outside of it; what two runs share is opened once."""
    out: list[str] = []
    open_marks: list[str] = []
    for run in content:
        wanted = [] if isinstance(run, Break) else _wrapping(run)
        common = 0
        while common < min(len(open_marks), len(wanted)) and open_marks[common] == wanted[common]:
            common += 1
        out += [_closing(mark) for mark in reversed(open_marks[common:])]
        out += [f"<{mark}>" for mark in wanted[common:]]
        open_marks = wanted
        if isinstance(run, Break):
            out.append("<br>")
        elif isinstance(run, Picture):
            out.append(f'<img src="{run.src.translate(_VALUE)}" alt="{run.alt.translate(_VALUE)}">')
        else:
            out.append(run.text.translate(_TEXT))
    out += [_closing(mark) for mark in reversed(open_marks)]
    return "".join(out)


def _wrapping(run: Text | Picture) -> list[str]:
    link = [f'a href="{run.href.translate(_VALUE)}"'] if run.href else []
    return link + ([mark for mark in MARKS if mark in run.marks] if isinstance(run, Text) else [])


def _closing(mark: str) -> str:
    return f"</{mark.partition(' ')[0]}>"


def _class(align: str) -> str:
    return f' class="{align}"' if align else ""


def _rows(rows: Iterable[Row]) -> str:
    return "".join(
        f"<tr>{''.join(f'{cell_opening(cell)}{_held(cell.blocks)}</{cell.kind}>' for cell in row)}</tr>" for row in rows
    )


def _held(blocks: Sequence[Block]) -> str:
    """The blocks of a cell, an item, a figure: one plain paragraph stands without its tags, before a list too."""
    if not blocks:
        return ""
    first, rest = blocks[0], blocks[1:]
    bare = isinstance(first, Paragraph) and first.kind == "p" and not first.align
    if isinstance(first, Paragraph) and bare and all(isinstance(block, Listing) for block in rest):
        return inline_markup(first.content) + "".join(map(block_markup, rest))
    return "".join(map(block_markup, blocks))
