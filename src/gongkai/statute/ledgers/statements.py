"""`statements`: one cell of table two that no ledger of records can give, stated with its evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.statute.ledgers.fields import Fields
from gongkai.statute.report.form import Form, governing
from gongkai.statute.report.model import Cell

_FIELDS = ("agency", "year", "row", "column", "value", "evidence")
_MONEY = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,8})?")
MOST = 10**9


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """`value`: a count (a change is signed), a decimal string in 万元, or "n/a"."""

    agency: str
    year: int
    row: str
    column: str
    value: int | str
    evidence: str

    def as_json(self) -> dict[str, object]:
        return {
            "agency": self.agency, "year": self.year, "row": self.row, "column": self.column, "value": self.value,
            "evidence": self.evidence,
        }  # fmt: skip


def parse_statement(given: object, place: str = "") -> StatementRecord:
    """One exchanged object. Raises InputRefused with every fault; `place` begins each."""
    fields = Fields(given, _FIELDS, place)
    year = fields.given.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or not 2019 <= year <= 2999:
        fields.fault("year", "缺少字段" if "year" not in fields.given else f"“{year}”不能用", "2019年及以后的年度")
        year = 0
    row, column = fields.needed("row", 64), fields.needed("column", 64)
    if year and row and column:
        check_cell(fields, governing(year), row, column)
    record = StatementRecord(
        agency=fields.needed("agency", 64),
        year=year,
        row=row,
        column=column,
        value=_value(fields),
        evidence=fields.text("evidence", 500),
    )
    if not fields.faults:
        wrong = value_fault(governing(year), row, column, record.value)
        if wrong:
            fields.fault("value", *wrong)
    fields.close()
    return record


def check_cell(fields: Fields, form: Form, row: str, column: str) -> None:
    """Whether table two of the form has that cell."""
    rows = {each.code: each for each in form.tables["proactive"].rows}
    if row not in rows:
        fields.fault("row", f"{form.code}年格式的表二没有“{row}”", "、".join(rows))
    elif column not in {each.code for each in rows[row].columns}:
        codes = "、".join(each.code for each in rows[row].columns)
        fields.fault("column", f"“{row}”没有“{column}”这一栏", codes)


def _value(fields: Fields) -> int | str:
    value = fields.given.get("value")
    if "value" not in fields.given or value is None:
        fields.fault("value", "缺少字段", "数、金额文字或 n/a")
        return 0
    if isinstance(value, bool) or not isinstance(value, int | str):
        fields.fault("value", f"“{value}”不能用", "整数；金额用文字，如 “4068.208”")
        return 0
    return value


def value_fault(form: Form, row: str, column: str, value: Cell) -> tuple[str, str] | None:
    """What is wrong with a value for that cell of table two, and what would be right; None where it fits."""
    kind = form.tables["proactive"].row(row).column(column).kind
    if value == "n/a":
        return None
    if kind == "money":
        fits = isinstance(value, str) and _MONEY.fullmatch(value) is not None
        return None if fits else (f"“{value}”不是以万元计的金额", '文字，如 "4068.208"')
    if not isinstance(value, int) or abs(value) > MOST:
        return (f"“{value}”不是数", "整数")
    if kind == "count" and value < 0:
        return (f"“{value}”是负数", "0或正整数")
    return None
