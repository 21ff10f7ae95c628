"""The three statutory tables as HTML, laid out as the form prints them, with marks on cells, rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.screens.ui.report_marks import Mark, Marks, worst
from gongkai.statute.report.form import Row, Table
from gongkai.statute.report.model import Cell

Cells = Mapping[str, Mapping[str, Cell]]


def table_html(table: Table, cells: Cells, marks: Marks) -> SafeString:
    """One table of the form; it scrolls inside itself where the window is narrower."""
    body = {"proactive": _proactive, "requests": _requests, "remedies": _remedies}[table.code](table, cells, marks)
    return format_html(
        '<div class="table-wrap" tabindex="0" role="region" aria-label="{}">'
        '<table class="form-table form-{}">{}</table></div>',
        table.title,
        table.code,
        body,
    )


def printed(value: Cell) -> str:
    """A cell as the form prints it: a blank is blank, 不适用 is a slash."""
    return "" if value is None else "/" if value == "n/a" else str(value)


def _join(parts: Iterator[str] | Sequence[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  (made of escaped parts)


def _tr(*cells: str) -> SafeString:
    return format_html("<tr>{}</tr>", _join(cells))


def _th(
    label: str, scope: str, marks: Marks, on: Sequence[Mark] = (), *, wide: int = 1, high: int = 1, kind: str = ""
) -> SafeString:
    spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
    names = " ".join(filter(None, (kind, worst(on))))
    return format_html(
        '<th scope="{}"{}{}>{}{}</th>',
        scope,
        mark_safe(spans),  # noqa: S308  (two numbers)
        format_html(' class="{}"', names) if names else "",
        label,
        marks.links(on),
    )


def _td(table: str, row: str, column: str, cells: Cells, marks: Marks, *, wide: int = 1) -> SafeString:
    on = marks.cell(table, row, column)
    return format_html(
        "<td{}{}>{}{}</td>",
        format_html(' colspan="{}"', wide) if wide > 1 else "",
        format_html(' class="{}"', worst(on)) if on else "",
        marks.figure(table, row, column, printed(cells.get(row, {}).get(column))),
        marks.links(on),
    )


def _proactive(table: Table, cells: Cells, marks: Marks) -> SafeString:
    """A band for each item of article 20, its own columns under it; the last column fills the width."""
    width = max(len(row.columns) for row in table.rows)
    out: list[str] = []
    for part, group in groupby(table.rows, key=lambda row: row.part):
        rows = list(group)
        columns = rows[0].columns
        rest = width - len(columns) + 1
        wide = [1] * (len(columns) - 1) + [rest]
        out.append(_tr(_th(part, "colgroup", marks, wide=width + 1, kind="band")))
        heads = [
            _th(column.label, "col", marks, marks.cell("proactive", None, column.code), wide=span)
            for column, span in zip(columns, wide, strict=True)
        ]
        out.append(_tr(_th("信息内容", "col", marks), *heads))
        for row in rows:
            values = [
                _td("proactive", row.code, column.code, cells, marks, wide=span)
                for column, span in zip(columns, wide, strict=True)
            ]
            out.append(_tr(_th(row.label, "row", marks, marks.cell("proactive", row.code, None)), *values))
    return format_html("<tbody>{}</tbody>", _join(out))


def _requests(table: Table, cells: Cells, marks: Marks) -> SafeString:
    depth = max(len(row.path) for row in table.rows)
    columns = table.rows[0].columns
    head = [_th(table.note, "col", marks, wide=depth, high=3, kind="remark")]
    grouped = [column for column in columns if column.group]
    below = [_th(column.label, "col", marks, marks.cell("requests", None, column.code)) for column in grouped]
    middle: list[str] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        listed = list(members)
        if group:
            middle.append(_th(group, "colgroup", marks, wide=len(listed)))
        else:
            middle += [
                _th(column.label, "col", marks, marks.cell("requests", None, column.code), high=2) for column in listed
            ]
    head.append(_th("申请人情况", "colgroup", marks, wide=len(columns)))
    rows = [_request_row(table.rows, index, depth, cells, marks) for index in range(len(table.rows))]
    return format_html(
        "<thead>{}</thead><tbody>{}</tbody>", _join([_tr(*head), _tr(*middle), _tr(*below)]), _join(rows)
    )


def _request_row(rows: Sequence[Row], index: int, depth: int, cells: Cells, marks: Marks) -> SafeString:
    """The labels that begin at this row, those above it reaching down beside it, and the values."""
    row = rows[index]
    labels: list[str] = []
    for level, label in enumerate(row.path):
        stem = row.path[: level + 1]
        if level < len(row.path) - 1:
            if index and rows[index - 1].path[: level + 1] == stem:
                continue
            high = sum(1 for each in rows[index:] if each.path[: level + 1] == stem)
            labels.append(_th(label, "rowgroup", marks, high=high))
        else:
            on = marks.cell("requests", row.code, None)
            labels.append(_th(label, "row", marks, on, wide=depth - level))
    values = [_td("requests", row.code, column.code, cells, marks) for column in row.columns]
    return _tr(*labels, *values)


def _remedies(table: Table, cells: Cells, marks: Marks) -> SafeString:
    """The groups side by side, as the form has them; one row of figures."""
    top: list[str] = []
    middle: list[str] = []
    for first, group in groupby(table.rows, key=lambda row: row.path[0]):
        rows = list(group)
        wide = sum(len(row.columns) for row in rows)
        if len(rows[0].path) == 1:
            on = marks.cell("remedies", rows[0].code, None)
            top.append(_th(first, "colgroup", marks, on, wide=wide, high=2))
            continue
        top.append(_th(first, "colgroup", marks, wide=wide))
        middle += [
            _th(row.label, "colgroup", marks, marks.cell("remedies", row.code, None), wide=len(row.columns))
            for row in rows
        ]
    heads = [_th(column.label, "col", marks) for row in table.rows for column in row.columns]
    values = [_td("remedies", row.code, column.code, cells, marks) for row in table.rows for column in row.columns]
    return format_html(
        "<thead>{}</thead><tbody>{}</tbody>", _join([_tr(*top), _tr(*middle), _tr(*heads)]), _tr(*values)
    )
