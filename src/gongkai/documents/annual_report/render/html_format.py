"""The report as an HTML file that stands alone; `report.css` beside this module is its style.

Classes: `report`; `report-prose`; `report-table` with `table-proactive|requests|remedies`; `band`, `remark`, `figure`
on cells; `marked-error|warning|note` on marked cells and prose; `mark` on the numbers, which link to the entries of
`opinions`. Ids: `m{n}` where finding n is marked, `f{n}` its entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from gongkai.documents.annual_report.render.draft import (
    OPINIONS,
    Block,
    Draft,
    Heading,
    Opinion,
    Paragraph,
    Tabular,
    mark_sign,
)
from gongkai.documents.annual_report.render.grids import GridCell


def to_html(draft: Draft) -> bytes:
    """A document that stands alone: its style is inside it, nothing is fetched, no script."""
    style = resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    body = _Setter(draft).article()
    title = escape(draft.title)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ).encode()


class _Setter:
    """Sets one draft; remembers which findings have their mark, for an id stands once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._anchored: set[int] = set()

    def article(self) -> str:
        draft = self._draft
        lines = ['<article class="report" lang="zh-CN">']
        lines.append(f"<h1>{escape(draft.title)}{self._signs(draft.title_marks)}</h1>")
        lines += [self._block(block) for block in draft.blocks]
        if draft.opinions:
            lines.append(f'<section class="opinions">\n<h2>{OPINIONS}</h2>\n<ol>')
            lines += [self._opinion(opinion) for opinion in draft.opinions]
            lines.append("</ol>\n</section>")
        lines.append("</article>\n")
        return "\n".join(lines)

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            level = block.level + 1
            return f"<h{level}>{escape(block.text)}{self._signs(block.marks)}</h{level}>"
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        return self._table(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        out = []
        for run in paragraph.runs:
            text = escape(run.text)
            if run.on:
                text = f'<mark class="marked-{self._draft.gravity(run.on)}">{text}</mark>'
            out.append(text + self._signs(run.ends))
        return f'<p class="report-prose">{"".join(out)}</p>'

    def _table(self, block: Tabular) -> str:
        grid = block.grid
        rows: list[list[str]] = [[] for _ in grid.rows]
        for down, across, cell in grid.placed():
            rows[down].append(self._cell(cell, down < grid.header_rows, block.marks.get((down, across), ())))
        lines = ["<tr>" + "".join(row) + "</tr>" for row in rows]
        head, body = lines[: grid.header_rows], lines[grid.header_rows :]
        top = ["<thead>", *head, "</thead>"] if head else []
        caption = f'<caption class="visually-hidden">{escape(grid.title)}</caption>'
        table = [f'<table class="report-table table-{grid.table}">', caption, *top, "<tbody>", *body, "</tbody>"]
        label = escape(grid.title)
        opening = f'<div class="report-scroll" role="region" aria-label="{label}" tabindex="0">'
        return "\n".join([opening, *table, "</table>", "</div>"])

    def _cell(self, cell: GridCell, in_head: bool, marks: tuple[int, ...]) -> str:
        spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
            f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        )
        classes = {"band": ["band"], "remark": ["remark"], "value": ["figure"]}.get(cell.role, [])
        if marks:
            classes.append(f"marked-{self._draft.gravity(marks)}")
        named = f' class="{" ".join(classes)}"' if classes else ""
        text = escape(cell.text) + self._signs(marks)
        if cell.role in ("value", "remark"):
            return f"<td{spans}{named}>{text}</td>"
        across = cell.role == "head" or in_head
        scope = ("colgroup" if cell.colspan > 1 else "col") if across else ("rowgroup" if cell.rowspan > 1 else "row")
        scope = "colgroup" if cell.role == "band" else scope
        return f'<th scope="{scope}"{spans}{named}>{text}</th>'

    def _signs(self, numbers: Sequence[int]) -> str:
        out = []
        for number in numbers:
            anchor = "" if number in self._anchored else f' id="m{number}"'
            self._anchored.add(number)
            word = self._draft.opinions[number - 1].word
            out.append(
                f'<sup class="mark"{anchor}><a href="#f{number}" aria-label="{word}，核查意见{number}">'
                f"{mark_sign(number)}</a></sup>"
            )
        return "".join(out)

    def _opinion(self, opinion: Opinion) -> str:
        place = escape(opinion.place)
        if opinion.number in self._anchored:
            place = f'<a href="#m{opinion.number}">{place}</a>'
        extra = "".join(
            f"<p>{name}：{escape(text)}</p>"
            for name, text in (("相差", opinion.difference), ("建议", opinion.advice), ("依据", opinion.cite))
            if text
        )
        return (
            f'<li id="f{opinion.number}" class="opinion-{opinion.severity}">'
            f"<p><strong>〔{opinion.word}〕</strong>{place}：{escape(opinion.sentence)}</p>{extra}</li>"
        )
