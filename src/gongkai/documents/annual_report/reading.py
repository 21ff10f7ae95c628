"""A file's bytes → a reading: form, agency, year, every cell of the form, the prose, and `form.*`, `cell.*`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gongkai.documents.annual_report.cell_values import read_cell
from gongkai.documents.annual_report.labels import MARKS, ROW_MARKS
from gongkai.documents.annual_report.recognise import Parts, divide
from gongkai.documents.annual_report.tables import TABLES, Found
from gongkai.documents.annual_report.title import (
    agency_in,
    find_periods,
    find_title,
    signature,
    year_from_prose,
    year_in,
)
from gongkai.documents.blocks import Document
from gongkai.documents.formats import open_document
from gongkai.statute.primitives import CellPlace, Finding, InputRefused
from gongkai.statute.report import blank_tables
from gongkai.statute.report.checks import form_findings
from gongkai.statute.report.form import CODES, Form, governing, load
from gongkai.statute.report.model import OVERVIEW_PARTS, Cell, Narrative, Reading, Report, Source

PARTS = ("overview", "proactive", "requests", "remedies", "problems", "other")
_PLACES = {"proactive": "表二", "requests": "表三", "remedies": "表四"}


def read(data: bytes, name: str) -> Reading:
    """The report that a file holds. `name` helps where the content does not tell the format, and names faults.

    Raises InputRefused for a file that is empty, too large, damaged, encrypted or of no known format.
    """
    opened = open_document(data, name)
    if isinstance(opened, Report):
        return Reading(opened)
    return read_document(opened)


def read_document(document: Document) -> Reading:
    """The report in a document that a reader made."""
    parts = divide(document)
    title = find_title(parts.head)
    closing, signed_by = _take_signature(parts)
    periods = find_periods((*parts.texts, *closing))
    year = year_in(title)
    if year is None:
        overview = [line for code, lines in parts.prose.items() if code.startswith("overview") for line in lines]
        year = year_from_prose(periods, overview)
    marks = _marks(parts.found)
    form = _form(parts.found, marks, year)
    tables, findings = _cells(form, parts.found)
    source = Source(
        title=title,
        parts=_parts_present(parts),
        marks=marks,
        periods=periods,
        pictures=_pictures(parts),
    )
    report = Report(
        form=form.code if form else None,
        agency=agency_in(title) or signed_by,
        year=year,
        tables=tables,
        narrative=_narrative(parts),
        findings=tuple(findings),
    )
    return Reading(replace(report, findings=(*form_findings(report, source), *report.findings)), source)


def _take_signature(parts: Parts) -> tuple[list[str], str | None]:
    """The body and day that close a report are no part of its last part's prose."""
    last = parts.prose.get("other", [])
    count, agency = signature(last)
    closing = last[len(last) - count :]
    del last[len(last) - count :]
    return closing, agency


def _marks(found: Mapping[str, Found]) -> dict[str, tuple[str, ...]]:
    """The words in the document that belong to one form alone."""
    marks: dict[str, list[str]] = {code: [] for code in CODES}
    proactive = found.get("proactive", Found())
    for column, words in MARKS.items():
        if column in proactive.columns:
            marks[column.partition(":")[0]].append(words)
    rows = proactive.rows | found.get("requests", Found()).rows
    for row, (code, words) in ROW_MARKS.items():
        if row in rows:
            marks[code].append(words)
    if any(row == "other" for row, _ in found.get("requests", Found()).cells):
        marks["2019"].append("（六）其他处理（不分项）")
    return {code: tuple(words) for code, words in marks.items() if words}


def _form(found: Mapping[str, Found], marks: Mapping[str, tuple[str, ...]], year: int | None) -> Form | None:
    """The form that most of table two is in; else the one with more words of its own; else the one for the year."""
    cells = found.get("proactive", Found()).cells
    counts = {code: sum(column.startswith(code) for _, column in cells) for code in CODES}
    words = {code: len(marks.get(code, ())) for code in CODES}
    for score in (counts, words):
        if score["2019"] != score["2021"]:
            return load(max(CODES, key=lambda code: score[code]))
    try:
        return governing(year) if year is not None else None
    except InputRefused:
        return None


def _cells(
    form: Form | None, found: Mapping[str, Found]
) -> tuple[dict[str, dict[str, dict[str, Cell]]], list[Finding]]:
    """Every cell of the form with its value, and the findings of the cells, in the order of the form.

    Where the form is unknown, the tables that both forms share keep what was read.
    """
    shape = form or load(CODES[-1])
    tables = blank_tables(shape)
    findings: list[Finding] = []
    for table in TABLES:
        read_here = found.get(table)
        if read_here is None or not (read_here.cells or read_here.unplaced):
            if form is None:
                tables.pop(table)
            continue
        _fill(shape, table, read_here, tables[table], findings)
    return tables, findings


def _fill(form: Form, table: str, found: Found, cells: dict[str, dict[str, Cell]], findings: list[Finding]) -> None:
    cite = f"{form.instrument} {_PLACES[table]}"
    for row in form.tables[table].rows:
        printed = {column.code: _printed(form, table, found, row.code, column.code) for column in row.columns}
        if row.code in found.unplaced and not any(printed.values()):
            facts: dict[str, object] = {"text": found.unplaced[row.code]}
            findings.append(Finding("cell.text", "warning", CellPlace(table, row.code), facts, cite))
            continue
        if all(text is None for text in printed.values()):
            findings.append(Finding("cell.blank", "warning", CellPlace(table, row.code), {"missing": "row"}, cite))
            continue
        for column in row.columns:
            unit = _unit(form, found) if column.kind == "money" else ""
            reading = read_cell(printed[column.code] or "", column.kind, unit)
            cells[row.code][column.code] = reading.value
            where = CellPlace(table, row.code, column.code)
            findings += [Finding(code, "warning", where, dict(facts), cite) for code, facts in reading.found]


def _printed(form: Form, table: str, found: Found, row: str, column: str) -> str | None:
    """The printed text, None where the document has no such cell."""
    if table != "proactive":
        return found.cells.get((row, column))
    text = found.cells.get((row, f"{form.code}:{column}"))
    return found.cells.get((row, column)) if text is None else text


def _unit(form: Form, found: Found) -> str:
    """The unit of the money column: what its heading says; the form of 2021 prints 万元 there."""
    stated = found.units.get(f"{form.code}:amount", "")
    return stated or ("万元" if form.code != "2019" else "")


def _narrative(parts: Parts) -> Narrative:
    def text(code: str) -> str | None:
        if code in parts.prose:
            return "\n".join(parts.prose[code])
        return "" if code in parts.headings else None

    overview = {part: text(f"overview.{part}") for part in OVERVIEW_PARTS}
    lead = text("overview.lead")
    if lead:
        overview = {"lead": lead, **overview}
    return Narrative(overview=overview, problems=text("problems"), other=text("other"))


def _parts_present(parts: Parts) -> frozenset[str]:
    present = {code.partition(".")[0] for code in (*parts.headings, *parts.prose)}
    return frozenset((present | {kind for kind, found in parts.found.items() if found.cells}) & set(PARTS))


def _pictures(parts: Parts) -> tuple[str, ...]:
    """Parts whose table was not read and that hold a picture."""
    return tuple(
        dict.fromkeys(
            place for place in parts.pictures if place in TABLES and not parts.found.get(place, Found()).cells
        )
    )
