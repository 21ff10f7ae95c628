"""The files of a published report in the official layout, and the package that goes to the superior office."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping

from gongkai.documents.annual_report.render import Format, render
from gongkai.statute.report.form import load
from gongkai.statute.report.json_format import to_json
from gongkai.statute.report.model import Narrative, Report, Tables

PUBLISHED: tuple[Format, ...] = ("docx", "pdf", "xlsx", "json")


def render_files(form: str, agency: str, year: int, tables: Tables, narrative: Narrative) -> dict[str, bytes]:
    """format → bytes, in the official layout, with JSON and CSV for machines."""
    report = Report(form, agency, year, tables, narrative)
    return {**{to: render(report, to) for to in PUBLISHED}, "csv": as_csv(report)}


def as_csv(report: Report) -> bytes:
    """Every cell a line: table, row and column by code and by the form's words, value. UTF-8 with a mark for Excel."""
    form = load(report.form or "")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["表", "行代码", "列代码", "行", "列", "值"])
    for table in form.tables.values():
        for row in table.rows:
            for column in row.columns:
                value = report.tables[table.code][row.code][column.code]
                shown = "" if value is None else "/" if value == "n/a" else value
                words = " ".join(dict.fromkeys(row.path))
                writer.writerow([table.code, row.code, column.code, words, column.label, shown])
    return "\ufeff".encode() + out.getvalue().encode()


def package(names: Mapping[str, bytes]) -> bytes:
    """The files as one zip, their names in Chinese; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, names[name])
    return out.getvalue()


SCANS: Mapping[bytes, str] = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
"""How a scan begins, and the end of its name."""


def scan_suffix(data: bytes) -> str:
    """pdf, jpg or png by the first bytes; "" for anything else."""
    return next((suffix for head, suffix in SCANS.items() if data.startswith(head)), "")


def as_json(report: Report) -> bytes:
    return json.dumps(to_json(report), ensure_ascii=False).encode()
