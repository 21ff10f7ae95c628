"""The report as a JSON file, to the letter of the exchange contract (docs/reference/report-json.md)."""

from __future__ import annotations

import json
from dataclasses import replace

from gongkai.statute.primitives import Finding
from gongkai.statute.report.json_format import to_json
from gongkai.statute.report.model import Report


def to_json_file(report: Report, findings: tuple[Finding, ...]) -> bytes:
    """UTF-8, indented for people; the findings given take the place of those that the report carries."""
    shown = replace(report, findings=findings) if findings else report
    return json.dumps(to_json(shown), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
