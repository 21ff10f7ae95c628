"""A report is in one form: rows and columns of the other do not stand beside it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import DocumentPlace, Finding
from gongkai.statute.report.rules.evidence import Evidence


def check_single_form(evidence: Evidence) -> Iterator[Finding]:
    """Words that belong to one form alone are those of one form only."""
    if evidence.source is None:
        return
    marks = {code: sorted(set(words)) for code, words in sorted(evidence.source.marks.items()) if words}
    if len(marks) > 1:
        yield Finding(
            "form.mixed",
            "error",
            DocumentPlace(None),
            {"form": evidence.report.form, "marks": marks},
            evidence.cite("格式"),
        )
