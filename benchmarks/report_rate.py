"""Text reports a second, from bytes to all findings; and against the same reports as web pages.

python benchmarks/report_rate.py [number of reports]

The reports are variants of the fictional bureau's, one cell a line as word processors leave it, each with its own
figures, so that nothing can be remembered from one to the next. The alternative in the same run reads the same
reports from HTML tables, whose cells need not be found among lines.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from time import perf_counter

from gongkai.documents.annual_report import read
from gongkai.documents.annual_report.render import render
from gongkai.documents.annual_report.specimens import specimen
from gongkai.statute.report.checks import check
from gongkai.statute.report.form import Form, Table, load
from gongkai.statute.report.model import OVERVIEW_PARTS, Report

LEAST = 200


def variant(number: int) -> Report:
    """The specimen with other figures in table three: balanced or not, as chance has it."""
    chance = random.Random(number)
    report = specimen("qinglan-kjj-2024")
    tables = {code: {row: dict(cells) for row, cells in rows.items()} for code, rows in report.tables.items()}
    for cells in tables["requests"].values():
        for column in cells:
            cells[column] = chance.randrange(30)
    return replace(report, tables=tables)


def as_text(report: Report) -> bytes:
    """The report as plain text, one cell a line, a tab before each, rows apart by an empty line."""
    form = load(report.form or "2021")
    head = form.headings
    lines = [f"{report.agency}{report.year}年政府信息公开工作年度报告", head["overview"]]
    lines.append(report.narrative.overview.get("lead") or "")
    for part in OVERVIEW_PARTS:
        lines += [head[f"overview.{part}"], report.narrative.overview.get(part) or ""]
    lines += [head["proactive"], *_proactive(form.tables["proactive"], report)]
    lines += [head["requests"], *_requests(form, report), head["remedies"], *_remedies(form.tables["remedies"], report)]
    lines += [head["problems"], report.narrative.problems or "", head["other"], report.narrative.other or ""]
    return "\n".join(lines).encode()


def _row(*cells: object) -> list[str]:
    return [f"\t{cell}" for cell in cells] + [""]


def _proactive(table: Table, report: Report) -> list[str]:
    lines: list[str] = []
    part = ""
    for row in table.rows:
        if row.part != part:
            part = row.part
            lines += _row(part) + _row("信息内容", *(column.label for column in row.columns))
        lines += _row(row.label, *report.tables["proactive"][row.code].values())
    return lines


def _requests(form: Form, report: Report) -> list[str]:
    table = form.tables["requests"]
    lines = _row(f"（{table.note.strip('（）')}）", "申请人情况") + _row("", "自然人", "法人或其他组织", "总计")
    lines += _row("", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "")
    open_path: tuple[str, ...] = ()
    for row in table.rows:
        labels = [label for depth, label in enumerate(row.path) if open_path[: depth + 1] != row.path[: depth + 1]]
        open_path = row.path
        lines += _row(*labels, *report.tables["requests"][row.code].values())
    return lines


def _remedies(table: Table, report: Report) -> list[str]:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    values = [value for row in table.rows for value in report.tables["remedies"][row.code].values()]
    head = _row("行政复议", "行政诉讼") + _row(*results, "未经复议直接起诉", "复议后起诉")
    return head + _row("", "", "", "", "", *results, *results) + _row(*values)


def checked(data: bytes, name: str) -> int:
    reading = read(data, name)
    return len(check(reading.report, reading.source))


def rate(files: list[bytes], name: str) -> float:
    start = perf_counter()
    for data in files:
        checked(data, name)
    return len(files) / (perf_counter() - start)


def main(number: int) -> None:
    reports = [variant(index) for index in range(number)]
    texts = [as_text(each) for each in reports]
    back = read(texts[0], "a.txt").report
    if back.tables != reports[0].tables:
        raise SystemExit("the text does not read back equal: nothing to measure")
    pages = [render(each, "html") for each in reports[: max(1, number // 10)]]
    by_text, by_page = rate(texts, "a.txt"), rate(pages, "a.html")
    print(f"text, read and checked: {by_text:,.0f} reports/s")
    print(f"web page, read and checked: {by_page:,.0f} reports/s")
    print(f"ratio: {by_text / by_page:.1f}")
    print(f"at least {LEAST}: {'yes' if by_text >= LEAST else 'NO'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
