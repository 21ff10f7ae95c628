"""Numbers in the prose held against the cells that they are said to count.

What the words allow is no contradiction: 受理 may be new, new plus carried in, or the concluded; 答复 and 办结 may
leave out what was closed without a reply. A statement is judged only where every cell it may mean has a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import Finding, ProsePlace
from gongkai.statute.report.cells import REMEDY_RESULTS, count, outcome_rows, total
from gongkai.statute.report.prose.parts import prose_parts
from gongkai.statute.report.prose.statements import Statement, statements
from gongkai.statute.report.rules.evidence import Evidence

Cells = tuple[str, ...]

_NEW: Cells = ("new",)
_ALL: Cells = ("new", "carried_in")
_DONE: Cells = ("concluded",)

# for each meaning the readings that the words allow, the plainest first; a reading is the rows that add up to it
_REQUEST_READINGS: dict[str, tuple[Cells, ...]] = {
    "new": (_NEW,),
    "received": (_NEW, _ALL),
    "accepted": (_NEW, _ALL, _DONE),
    "handled": (_ALL, _NEW, _DONE),
    "concluded": (_DONE, _NEW, _ALL),
    "carried_in": (("carried_in",),),
    "carried_out": (("carried_out",),),
    "carried": (("carried_out",), ("carried_in",)),
}
_GROUPS = {
    "reconsideration": (("reconsideration",),),
    "litigation": (("litigation_direct", "litigation_after"), ("litigation_direct",), ("litigation_after",)),
    "both": (("reconsideration", "litigation_direct", "litigation_after"),),
}


def read_prose(evidence: Evidence) -> tuple[Statement, ...]:
    """Every plain statement of the report's prose, those that no table holds (主动公开132条) included."""
    report = evidence.report
    return tuple(
        statement for part, text in prose_parts(report.narrative) for statement in statements(part, text, report.year)
    )


def check_prose(evidence: Evidence) -> Iterator[Finding]:
    """A number in the prose equals a reading of the cells that its words allow."""
    texts = dict(prose_parts(evidence.report.narrative))
    for statement in read_prose(evidence):
        if statement.subject == "proactive":
            continue
        requests = statement.subject == "requests"
        readings = _request_readings(evidence, statement) if requests else _remedy_readings(statement)
        values = [total(count(evidence.report, *address) for address in reading) for reading in readings]
        if not values or None in values or statement.stated in values:
            continue
        if _less_than_all(evidence, statement):
            continue
        expected = values[0] or 0
        yield Finding(
            "prose.count" if requests else "prose.remedies",
            "error",
            ProsePlace(statement.part, statement.start, statement.end),
            {
                "words": texts[statement.part][statement.start : statement.end],
                "stated": statement.stated,
                "expected": expected,
                "difference": statement.stated - expected,
                "cells": {".".join(address): count(evidence.report, *address) for address in readings[0]},
            },
            evidence.cite("表三" if requests else "表四"),
        )


Reading = tuple[tuple[str, str, str], ...]


def _request_readings(evidence: Evidence, statement: Statement) -> list[Reading]:
    """Addresses of the cells of each reading; for outcomes in one breath (予以公开、部分公开15件) sum or last."""
    first = statement.meanings[0]
    if first in _REQUEST_READINGS:
        return [tuple(("requests", row, "total") for row in rows) for rows in _REQUEST_READINGS[first]]
    if evidence.form is None:
        return []
    rows = outcome_rows(evidence.form)

    def cells(meanings: tuple[str, ...]) -> Reading:
        return tuple(("requests", row, "total") for row in rows if row.partition(".")[0] in meanings)

    readings = [cells(statement.meanings)]
    if statement.meanings == ("other",) and "other.other" in rows:
        # the two rows before it may have been told apart: 逾期未补正2件，其他处理5件
        readings.append((("requests", "other.other", "total"),))
    return readings if len(statement.meanings) == 1 else [*readings, cells(statement.meanings[-1:])]


def _remedy_readings(statement: Statement) -> list[Reading]:
    meaning = statement.meanings[0]
    if meaning in ("direct", "after"):
        return [(("remedies", f"litigation_{meaning}", "total"),)]
    column = meaning if meaning in REMEDY_RESULTS else "total"
    groups = list(_GROUPS[statement.subject])
    if statement.stated == 0 and column == "total":
        # “未发生行政诉讼” says none of either kind
        groups = groups[:1]
    if column != "total":
        # “复议3件，诉讼1件，其中维持2件”: a result after both may be that of either or of all together
        groups += [each for named in _GROUPS.values() for each in named if each not in groups]
    return [tuple(("remedies", group, column) for group in each) for each in groups]


def _less_than_all(evidence: Evidence, statement: Statement) -> bool:
    """答复 without what was closed unanswered (其他处理), and remedies without those pending, are lawful readings."""
    report = evidence.report
    if statement.subject == "requests":
        if statement.meanings != ("concluded",) or evidence.form is None:
            return False
        other = [row for row in outcome_rows(evidence.form) if row.partition(".")[0] == "other"]
        unanswered = total(count(report, "requests", row, "total") for row in other)
        done = count(report, "requests", "concluded", "total")
        return unanswered is not None and done is not None and statement.stated == done - unanswered
    if statement.meanings != ("total",) or statement.stated == 0:
        return False
    for groups in _GROUPS[statement.subject]:
        everything = total(count(report, "remedies", group, "total") for group in groups)
        pending = total(count(report, "remedies", group, "pending") for group in groups)
        if everything is not None and pending is not None and statement.stated == everything - pending:
            return True
    return False
