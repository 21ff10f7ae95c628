"""The statutory document, in the official layout, from any report, in every format."""

from __future__ import annotations

from typing import Literal

from gongkai.documents.annual_report.render.draft import draft_of
from gongkai.statute.primitives import Finding
from gongkai.statute.report.model import Report

__all__ = ["FORMATS", "Format", "render"]

Format = Literal["docx", "html", "pdf", "xlsx", "json"]
FORMATS: tuple[Format, ...] = ("docx", "html", "pdf", "xlsx", "json")


def render(report: Report, to: Format, *, findings: tuple[Finding, ...] = ()) -> bytes:
    """The report as a file of that format.

    With findings the document is marked up: cells and prose bear the numbers of a list, 核查意见, at its end.
    The same report gives the same bytes. Blank cells stay blank, “/” is not applicable, money is in 万元.
    """
    # Each format's library is loaded only when that format is asked for.
    if to == "json":
        from gongkai.documents.annual_report.render.json_file import to_json_file

        return to_json_file(report, findings)
    draft = draft_of(report, findings)
    if to == "docx":
        from gongkai.documents.annual_report.render.docx_format import to_docx

        return to_docx(draft)
    if to == "pdf":
        from gongkai.documents.annual_report.render.pdf_format import to_pdf

        return to_pdf(draft)
    if to == "xlsx":
        from gongkai.documents.annual_report.render.xlsx_format import to_xlsx

        return to_xlsx(draft)
    from gongkai.documents.annual_report.render.html_format import to_html

    return to_html(draft)
