"""A checked report as a file to take away, marked up with its findings."""

from __future__ import annotations

import json

from gongkai.documents.annual_report.render import render
from gongkai.statute.report.json_format import to_json
from gongkai.statute.report.model import Report

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
WORD = "核查意见"


def file_of(report: Report, to: str) -> bytes:
    """The report with its findings; JSON to the letter of the exchange contract."""
    if to == "json":
        return json.dumps(to_json(report), ensure_ascii=False, indent=2).encode()
    return render(report, to, findings=report.findings)  # type: ignore[arg-type]  # one of CONTENT_TYPES


def file_stem(report: Report) -> str:
    """青澜县科学技术局2025年政府信息公开工作年度报告（核查意见）, without what file names cannot have."""
    name = f"{report.agency or ''}{report.year or ''}{'年' if report.year else ''}政府信息公开工作年度报告（{WORD}）"
    return "".join(character for character in name if character.isprintable() and character not in '\\/:*?"<>|')[:120]
