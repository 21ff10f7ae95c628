"""The annual report as JSON, to the letter of the exchange contract (docs/reference/report-json.md), both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.statute.primitives import Finding, InputRefused
from gongkai.statute.report.form import CODES, Form, load
from gongkai.statute.report.json_reading import Faults, cell, finding, integer, members, text
from gongkai.statute.report.model import OVERVIEW_PARTS, Cell, Narrative, Report
from gongkai.statute.wording import sentence

_REPORT_KEYS = ("form", "agency", "year", "tables", "narrative", "findings")
_NARRATIVE_KEYS = ("overview", "problems", "other")
_OVERVIEW_KEYS = ("lead", *OVERVIEW_PARTS)


def to_json(report: Report, *, file: str | None = None) -> dict[str, object]:
    """The report as JSON values, cells in the order of the form; with `file`, that name comes first.

    A cell of the form that the report lacks is null. `overview.lead`, the prose before the five sections,
    is there only if the report has such prose.
    """
    head: dict[str, object] = {} if file is None else {"file": file}
    return head | {
        "form": report.form,
        "agency": report.agency,
        "year": report.year,
        "tables": _tables_json(report),
        "narrative": _narrative_json(report.narrative),
        "findings": [finding_json(found) for found in report.findings],
    }


def finding_json(found: Finding) -> dict[str, object]:
    """A finding as JSON, with its sentence as `message`."""
    return {
        "code": found.code,
        "severity": found.severity,
        "where": found.where.as_json(),
        "facts": dict(found.facts),
        "cite": found.cite,
        "message": sentence(found),
    }


def _tables_json(report: Report) -> dict[str, object]:
    if report.form not in CODES:
        return {table: {row: dict(cells) for row, cells in rows.items()} for table, rows in report.tables.items()}
    out: dict[str, object] = {}
    for table in load(report.form).tables.values():
        rows = report.tables.get(table.code, {})
        out[table.code] = {
            row.code: {column.code: rows.get(row.code, {}).get(column.code) for column in row.columns}
            for row in table.rows
        }
    return out


def _narrative_json(narrative: Narrative) -> dict[str, object]:
    lead = narrative.overview.get("lead")
    overview: dict[str, object] = {} if lead is None else {"lead": lead}
    overview |= {part: narrative.overview.get(part) for part in OVERVIEW_PARTS}
    return {"overview": overview, "problems": narrative.problems, "other": narrative.other}


def from_json(obj: object) -> Report:
    """The report that a JSON object states; a cell that it leaves out is blank.

    Raises InputRefused with every fault: unknown keys, rows and columns, values of another type than the cell's.
    """
    faults = Faults()
    data = members(obj, "报告", (*_REPORT_KEYS, "file"), faults)
    form_code = text(data.get("form"), "form", faults)
    form: Form | None = None
    if form_code in CODES:
        form = load(str(form_code))
    elif form_code is not None:
        faults.add("form", f"没有“{form_code}”这一格式", "、".join(CODES) + "或 null")
    report = Report(
        form=form_code,
        agency=text(data.get("agency"), "agency", faults),
        year=_year(data.get("year"), faults),
        tables=_tables(data.get("tables", {}), form, faults),
        narrative=_narrative(data.get("narrative", {}), faults),
        findings=_findings(data.get("findings", []), faults),
    )
    text(data.get("file"), "file", faults)
    if faults.found:
        raise InputRefused(*faults.found)
    return report


def _year(value: object, faults: Faults) -> int | None:
    year = integer(value, "year", faults)
    if year is not None and not 1949 <= year <= 9999:
        faults.add("year", f"{year} 不是报告年度", "四位数的年份")
        return None
    return year


def _tables(value: object, form: Form | None, faults: Faults) -> Mapping[str, Mapping[str, Mapping[str, Cell]]]:
    """The cells given, over a blank form; where the form is unknown, the cells given, of any form."""
    forms = (form,) if form else tuple(load(code) for code in CODES)
    known = tuple(forms[-1].tables)
    out: dict[str, dict[str, dict[str, Cell]]] = {}
    given = members(value, "tables", known, faults)
    for table in known:
        kinds: dict[str, dict[str, str]] = {}
        for each in forms:
            for row in each.tables[table].rows:
                kinds.setdefault(row.code, {}).update({column.code: column.kind for column in row.columns})
        rows = members(given.get(table, {}), f"tables.{table}", tuple(kinds), faults)
        cells = {
            row: _row(rows.get(row, {}), f"tables.{table}.{row}", columns, faults)
            for row, columns in kinds.items()
            if form or row in rows
        }
        if form or cells:
            out[table] = cells
    return out


def _row(value: object, place: str, kinds: Mapping[str, str], faults: Faults) -> dict[str, Cell]:
    given: Mapping[str, Any] = members(value, place, tuple(kinds), faults)
    return {code: cell(given.get(code), f"{place}.{code}", kind, faults) for code, kind in kinds.items()}


def _narrative(value: object, faults: Faults) -> Narrative:
    data = members(value, "narrative", _NARRATIVE_KEYS, faults)
    overview = members(data.get("overview", {}), "narrative.overview", _OVERVIEW_KEYS, faults)
    return Narrative(
        overview={
            part: text(overview.get(part), f"narrative.overview.{part}", faults)
            for part in _OVERVIEW_KEYS
            if part != "lead" or overview.get("lead") is not None
        },
        problems=text(data.get("problems"), "narrative.problems", faults),
        other=text(data.get("other"), "narrative.other", faults),
    )


def _findings(value: object, faults: Faults) -> tuple[Finding, ...]:
    if not isinstance(value, list):
        faults.add("findings", "不是列表", "列表")
        return ()
    read = (finding(each, f"findings[{index}]", faults) for index, each in enumerate(value))
    return tuple(found for found in read if found is not None)
