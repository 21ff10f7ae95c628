"""`gongkai verify` of the yearly statements, their items and the records of work, against what the journal tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.bureau.annual.models import Statement, StatementLine, WorkRecord
from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.derived import derived

Key = tuple[str, int, str, str]
Told = Mapping[str, object]
_LINE = ("year", "row", "name", "reference", "prior", "change", "decisions", "amount", "evidence")
_WORK = ("kind", "title", "people", "found", "rectified", "result", "evidence")


@derived("annual.statements", "年度数据")
def check_statements() -> Iterator[str | None]:
    """Each cell in force as it was last stated."""
    told: dict[Key, tuple[object, object]] = {}
    for entry in journal.of_kinds("statement.entered", "statement.corrected", "statements.imported"):
        imported = entry.kind == "statements.imported"
        for each in entry.facts["records"] if imported else [{**entry.facts, "agency": entry.body}]:
            key = (each["agency"], each["year"], each["row"], each["column"])
            told[key] = (each["value"], each.get("evidence") or "")
    found = Statement.objects.filter(replaced_at__isnull=True).select_related("body").order_by("id")
    for row in found.iterator(chunk_size=1000):
        name = f"{row.body.name}{row.year}年度数据{row.row}的{row.column}"
        known = told.pop((row.body.code, row.year, row.row, row.column), None)
        if known is None:
            yield f"{name}：日志里没有它的登记"
        else:
            yield None if known == (row.value, row.evidence) else f"{name}：与日志所记的“{known[0]}”不符"
    for body, year, row_code, column in sorted(told):
        yield f"{body}{year}年度数据{row_code}的{column}：日志里有，登记里不见了"


@derived("annual.lines", "年度数据的逐项登记")
def check_lines() -> Iterator[str | None]:
    told: dict[int, Told] = {}
    withdrawn: set[int] = set()
    for entry in journal.of_kinds("line.added", "line.withdrawn"):
        line = int(str(entry.facts["line"]))
        if entry.kind == "line.added":
            told[line] = entry.facts
        else:
            withdrawn.add(line)
    for each in StatementLine.objects.select_related("body").order_by("id").iterator(chunk_size=1000):
        wrong = _wrong(each, told.pop(each.pk, None), _LINE, each.pk in withdrawn)
        yield f"{each.body.name}{each.year}年度数据“{each.name}”：{wrong}" if wrong else None
    for line in sorted(told):
        yield f"年度数据第{line}项：日志里有，登记里不见了"


@derived("annual.work", "工作记录")
def check_work() -> Iterator[str | None]:
    told: dict[int, Told] = {}
    withdrawn: set[int] = set()
    for entry in journal.of_kinds("work.recorded", "work.withdrawn"):
        work = int(entry.stream.removeprefix("work:"))
        if entry.kind == "work.recorded":
            told[work] = entry.facts
        else:
            withdrawn.add(work)
    for each in WorkRecord.objects.select_related("body").order_by("id").iterator(chunk_size=1000):
        known = told.pop(each.pk, None)
        wrong = _wrong(each, known, _WORK, each.pk in withdrawn)
        if known is not None and not wrong and known["on"] != each.on.isoformat():
            wrong = "日期与日志所记的不符"
        yield f"{each.body.name}的工作记录“{each.title}”：{wrong}" if wrong else None
    for work in sorted(told):
        yield f"第{work}条工作记录：日志里有，登记里不见了"


def _wrong(row: StatementLine | WorkRecord, told: Told | None, names: tuple[str, ...], withdrawn: bool) -> str:
    if told is None:
        return "日志里没有它的登记"
    # 0 is told, what is empty is not; a name that the journal did not tell when the row was written is not compared
    given = {name: getattr(row, name) for name in names if getattr(row, name) not in (None, "")}
    known = {name: told[name] for name in names if told.get(name) not in (None, "")}
    if "reference" not in told:
        given.pop("reference", None)
    if given != known:
        return "内容与日志所记的不符"
    if withdrawn != (row.withdrawn_at is not None):
        return "日志里已经撤下，登记里没有" if withdrawn else "登记里已经撤下，日志里没有"
    return ""
