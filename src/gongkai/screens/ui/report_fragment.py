"""A whole report as HTML without inline style: the official document on the page, its findings marked.

Classes: .report; .form-table .form-proactive -requests -remedies, .band, .remark; .marked-error -warning -note on
cells and stretches of prose; .mark .mark-error -warning -note are the numbers that lead to the findings.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.screens.ui.report_marks import Marks, Ways
from gongkai.screens.ui.report_tables import table_html
from gongkai.statute.primitives import Finding
from gongkai.statute.report.form import CODES, Form, load
from gongkai.statute.report.model import OVERVIEW_PARTS, Report


def report_fragment(report: Report, findings: Sequence[Finding], prefix: str, ways: Ways | None = None) -> SafeString:
    """The report under its title; ids begin with `prefix`. Where the form is unknown the latest lends its layout.

    `ways` makes each figure a link to the records behind it.
    """
    form = load(report.form if report.form in CODES else CODES[-1])
    marks = Marks(findings, prefix, ways)
    year = f"{report.year}年" if report.year else ""
    parts: list[str] = [
        format_html(
            '<h2 class="report-title">{}{}政府信息公开工作年度报告{}</h2>',
            report.agency or "",
            year,
            marks.links(marks.part("title")),
        )
    ]
    for part, heading in form.headings.items():
        if "." not in part:
            parts.append(_part(part, heading, report, form, marks))
    return format_html('<article class="report official">{}</article>', mark_safe("".join(parts)))  # noqa: S308


def _part(part: str, heading: str, report: Report, form: Form, marks: Marks) -> SafeString:
    head = format_html("<h3>{}{}</h3>", heading, marks.links((*marks.part(part), *marks.cell(part, None, None))))
    if part == "overview":
        return head + _overview(report, form, marks)
    if part in form.tables:
        if not report.tables.get(part):
            return head + format_html('<p class="muted">{}</p>', "没有读出这张表。")
        return head + table_html(form.tables[part], report.tables[part], marks)
    text = report.narrative.problems if part == "problems" else report.narrative.other
    return head + _prose(part, text, marks)


def _overview(report: Report, form: Form, marks: Marks) -> SafeString:
    out = _prose("overview.lead", report.narrative.overview.get("lead"), marks)
    for section in OVERVIEW_PARTS:
        part = f"overview.{section}"
        out += format_html("<h4>{}{}</h4>", form.headings.get(part, ""), marks.links(marks.part(part)))
        out += _prose(part, report.narrative.overview.get(section), marks)
    return out


def _prose(part: str, text: str | None, marks: Marks) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((line,) for line in marks.prose(part, text or "")))
