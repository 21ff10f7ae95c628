"""年度数据: table two of a body's year as the form prints it; a cell opens what it is made of and is stated there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau import clock
from gongkai.bureau.annual import statement_queries as queries
from gongkai.bureau.annual import statements as services
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import queries as publishing
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import ORIGINS, cell_in_words
from gongkai.screens.desk.paging import day_key, key, with_key, word
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.form import CODES, load
from gongkai.statute.wording import sentence

LINE_LABELS = {"prior": "上一年", "change": "本年增减", "decisions": "处理决定数量", "amount": "金额（万元）"}
LINE_HINTS = {
    "prior": "上一年就有的填1，没有的填0。", "change": "新增填1，取消填-1，不变填0。", "amount": "如 0.93402。",
}  # fmt: skip
LINE_PLACES = {
    "名称": ("name", "名称"), "文号": ("reference", "文号"), "依据": ("evidence", "依据"), "数": ("", "数"),
    "上一年": ("prior", "上一年"), "本年增减": ("change", "本年增减"), "处理决定数量": ("decisions", "处理决定数量"),
    "金额": ("amount", "金额"), "撤回理由": ("because", "撤回理由"),
}  # fmt: skip
FIRST_YEAR = load(CODES[0]).first_year


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The year that was asked for, of the body that was asked for; the last full year of one's own without either."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    bodies = own_bodies(person, Act.SEE_LEDGERS)
    body = word(request, "body") or bodies[0].code
    today = clock.today().year
    year = key(request, "year") or today - 1
    faults: tuple[str, ...] = ()
    found = None
    try:
        found = queries.year(person, body, year)
    except InputRefused as refused:
        faults = forms.lines(refused)
    if found is None and not faults:
        raise Http404
    context = {
        "found": found,
        "parts": _parts(found) if found else (),
        "width": _width(found) if found else 0,
        "bodies": [(each.code, each.name) for each in bodies],
        "body": body,
        "year": year,
        "years": [(each, f"{each}年") for each in range(today, FIRST_YEAR - 1, -1)],
        "faults": faults,
    }
    return page(request, "desk/ledgers/statements.html", context, here="statements", status=400 if faults else 200)


def _parts(found: queries.YearDetail) -> list[tuple[str, list[str], int, list[object]]]:
    """The bands of the form: part, labels of its columns, how wide the last is, rows with their cells in words."""
    parts: list[tuple[str, list[str], int, list[object]]] = []
    width = _width(found)
    for part, group in groupby(found.rows, key=lambda each: each.row.part):
        rows = list(group)
        labels = [each.label for each in rows[0].row.columns]
        parts.append(
            (part, labels, width - len(labels), [(each, [_cell(cell) for cell in each.cells]) for each in rows])
        )
    return parts


def _width(found: queries.YearDetail) -> int:
    """Columns of the table, the labels of the rows among them."""
    return 1 + max(len(each.cells) for each in found.rows)


def _cell(cell: queries.CellDetail) -> Mapping[str, object]:
    shown, light = ORIGINS[cell.origin]
    return {
        "column": cell.column,
        "value": cell_in_words(cell.value),
        "origin": shown,
        "light": light,
        "differences": [sentence(each) for each in cell.differences],
    }


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, body: str, year: int, code: str) -> HttpResponse:
    """One row of table two: each cell with its statements, the lines beneath, the documents behind."""
    faults, at = field_faults.NONE, ""
    if request.method == "POST":
        at = forms.text(request, "do") + forms.text(request, "column") + forms.text(request, "line")
        try:
            said = _act(request, body, year, code)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, {**LINE_PLACES, "数": ("value", "数")})
        else:
            messages.success(request, said)
            return redirect("desk:statement-row", body, year, code)
    return _row_page(request, body, year, code, faults, at)


def _act(request: HttpRequest, body: str, year: int, code: str) -> str:
    """Do what was posted; returns what to say about it."""
    person, do = person_of(request), forms.text(request, "do")
    evidence = forms.text(request, "evidence")
    if do == "state":
        column = forms.text(request, "column")
        services.state(person, body, year, code, column, _value(request, year, code, column), evidence)
        return "已登记，原来登记的留在下面的经过里。"
    if do == "line":
        values = {each: _count(request, each) for each in ("prior", "change", "decisions")}
        services.add_line(
            person, body, year, code, name=forms.text(request, "name"), reference=forms.text(request, "reference"),
            amount=forms.text(request, "amount"), evidence=evidence, **values,
        )  # fmt: skip
        return "已登记，计入上面的数。"
    line = forms.text(request, "line")
    if do == "withdraw" and line.isascii() and line.isdecimal() and len(line) < 19:
        found = queries.row(person, body, year, code)
        if found is None or int(line) not in {each.id for each in found.lines}:
            raise InputRefused(InputFault("记录", "已经撤回，或者不在这里", "表中的一项"))
        services.withdraw_line(person, int(line), because=forms.text(request, "because"))
        return "已撤回，不再计入。"
    raise PermissionDenied("没有这个操作")


def _count(request: HttpRequest, name: str) -> int | None:
    return forms.count(request, name, LINE_LABELS[name].partition("（")[0], signed=True)


def _value(request: HttpRequest, year: int, code: str, column: str) -> int | str:
    """What was entered, as the exchange spells it: a count, money as text, n/a for 不适用."""
    entered = forms.text(request, "value")
    if not entered:
        raise InputRefused(InputFault("数", "没有填写", "数；本机关没有这项职能的填“不适用”"))
    if entered in ("不适用", "/", "n/a"):
        return "n/a"
    digits = entered.removeprefix("-").removeprefix("+")
    money = column == "amount"
    if not money and digits.isascii() and digits.isdecimal() and len(digits) < 10:
        return int(entered)
    return entered


def _row_page(
    request: HttpRequest, body: str, year: int, code: str, faults: field_faults.FormFaults, at: str
) -> HttpResponse:
    try:
        found = queries.row(person_of(request), body, year, code)
    except InputRefused as refused:
        raise Http404 from refused
    if found is None:
        raise Http404
    documents, following = _documents(request, found, year)
    context = {
        "found": found,
        "row": found.row.row,
        "cells": [
            {
                **_cell(cell),
                "statements": [
                    (each, cell_in_words(each.value)) for each in found.statements.get(cell.column.code, ())
                ],
                "at": at == f"state{cell.column.code}",
            }
            for cell in found.row.cells
        ],
        "fields": [(name, LINE_LABELS[name], LINE_HINTS.get(name, "")) for name in found.fields],
        "may": not found.year.refused,
        "by_item": code in services.BY_ITEM,
        "counts_lines": any(each.code == "items" for each in found.row.row.columns),
        "documents": documents,
        "next": following,
        "column": word(request, "column", {each.code for each in found.row.row.columns})
        or found.row.row.columns[0].code,
        "last_year": reverse("desk:statement-row", args=[body, year - 1, code]) if year > FIRST_YEAR else "",
        "faults": faults,
        "at": at,
        "entered": request.POST,
    }
    return page(request, "desk/ledgers/statement_row.html", context, here="statements", status=400 if faults else 200)


def _documents(request: HttpRequest, found: queries.RowDetail, year: int) -> tuple[tuple[publishing.ItemRow, ...], str]:
    """The documents behind the chosen column of a row that counts documents."""
    if found.row.row.code not in services.BY_ITEM:
        return (), ""
    columns = [each.code for each in found.row.row.columns]
    column = word(request, "column", columns) or columns[0]
    shown = publishing.behind(
        found.bodies, year, clock.today(), row=found.row.row.code, column=column, after=day_key(request, "after")
    )
    return shown.rows, with_key(request, "after", shown.next_after) if shown.next_after else ""
