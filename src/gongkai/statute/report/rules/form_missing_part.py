"""A report has its six parts, its tables, and what its form requires to be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, DocumentPlace, Finding
from gongkai.statute.report.rules.evidence import Evidence

PARTS = ("overview", "proactive", "requests", "remedies", "problems", "other")
TABLES = ("proactive", "requests", "remedies")

# “未发生收费事项”, “收取信息处理费共计380元”, “没有收取费用”: whatever says that a fee was or was not taken
_FEES = re.compile(r"处理费|收费|收取|费用")


def check_parts_present(evidence: Evidence) -> Iterator[Finding]:
    """条例第五十条 and the form: six parts, three of them with a table; 2021: part six tells the fees collected."""
    for part in PARTS:
        what = _missing(evidence, part)
        if what:
            yield _finding(evidence, part, what)
    other = evidence.report.narrative.other
    if evidence.report.form == "2021" and other is not None and not _FEES.search(other):
        yield Finding(
            "form.missing_part",
            "warning",
            DocumentPlace("other"),
            {"part": "other", "missing": "fees"},
            evidence.cite("第六部分"),
        )


def _finding(evidence: Evidence, part: str, what: str) -> Finding:
    facts: dict[str, object] = {"part": part, "missing": what}
    if evidence.source is not None and part in evidence.source.pictures:
        facts["picture"] = True
    return Finding("form.missing_part", "error", DocumentPlace(part), facts, evidence.cite("格式"))


def _missing(evidence: Evidence, part: str) -> str | None:
    """ "part" where the document has neither heading nor content, "table" where it has the heading alone."""
    source = evidence.source
    if part in TABLES:
        if not _table_blank(evidence, part):
            return None
        return "table" if source is not None and part in source.parts else "part"
    if source is not None and part in source.parts:
        return None
    return None if _prose(evidence, part) else "part"


def _table_blank(evidence: Evidence, table: str) -> bool:
    """No cell has a value and none was seen: a table of blank cells is there, and each has its `cell.blank`."""
    rows = evidence.report.tables.get(table, {})
    if any(value is not None for cells in rows.values() for value in cells.values()):
        return False
    seen = (found.where for found in evidence.report.findings if found.code.startswith("cell."))
    return not any(isinstance(where, CellPlace) and where.table == table for where in seen)


def _prose(evidence: Evidence, part: str) -> bool:
    narrative = evidence.report.narrative
    if part == "overview":
        return any(narrative.overview.values())
    return bool(narrative.problems if part == "problems" else narrative.other)
