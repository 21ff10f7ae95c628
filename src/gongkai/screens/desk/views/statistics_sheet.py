"""本年统计 as a workbook: what the page shows, a sheet for each part, the scope on the first."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from gongkai.bureau.annual.year_so_far import Scope, YearSoFar
from gongkai.bureau.casework.queries.statistics import Load
from gongkai.screens.desk.sheets import Sheet, book_answer
from gongkai.screens.desk.statistics_words import BANDS, FIGURES, days_in_words, told
from gongkai.screens.ui.report_tables import printed
from gongkai.statute.report.model import Cell

SCOPE_NOTE = "在办、逾期、等申请人是今天的情况；截至以前的日子时不列。"


def sheet(asked: Scope, found: YearSoFar) -> HttpResponse:
    return book_answer(f"{asked.name}{asked.year}年统计（截至{asked.last}）", _sheets(asked, found))


def _sheets(asked: Scope, found: YearSoFar) -> Iterator[Sheet]:
    times, totals = found.times, found.totals
    yield Sheet("概要", ("项目", "数字"), [
        ("机关", asked.name), ("年度", asked.year), ("截至", asked.last), ("说明", SCOPE_NOTE),
        ("本年新收", _number(found.tables["requests"]["new"]["total"])),
        ("办理结果总计", _number(found.tables["requests"]["concluded"]["total"])),
        *((word, getattr(totals, name)) for name, word in FIGURES.items() if told(asked, name) and name != "joining"),
        ("答复件数", times.replies), ("办理用时中位数（工作日）", days_in_words(times.median)),
        ("结果纠正所涉及的申请", found.corrected), ("申请前已得到答复", found.answered_before),
    ])  # fmt: skip
    for name, title in (("requests", "表三"), ("remedies", "表四")):
        table = asked.form.tables[name]
        yield Sheet(title, ("项目", "列", "数字"), [
            ("".join(row.path), column.label, _number(found.tables[name][row.code][column.code]))
            for row in table.rows for column in row.columns
        ])  # fmt: skip
    yield Sheet("各月", ("月份", "收到", "办结"), [(each.number, each.received, each.closed) for each in found.months])
    yield Sheet("办理用时", ("用时", "件数"), list(zip(BANDS, times.bands, strict=True)))
    yield Sheet("最慢的答复", ("编号", "申请内容", "工作日", "收到", "办结"), [
        (row.number, row.subject, days, row.received_on, row.closed_on) for days, row in times.slowest
    ])  # fmt: skip
    for title, loads in (("按科室", found.sections), ("按人员", found.people)):
        if loads:
            heads = ("机关", title.removeprefix("按"), *(word for name, word in FIGURES.items() if told(asked, name)))
            yield Sheet(title, heads, [_load(asked, each) for each in loads])


def _load(asked: Scope, load: Load) -> tuple[object, ...]:
    return (load.body_name, load.name, *(getattr(load, name) for name in FIGURES if told(asked, name)))


def _number(value: Cell) -> object:
    return value if isinstance(value, int) else printed(value)
