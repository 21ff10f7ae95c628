"""Tables three and four from the facts of cases and remedies, by the rules of the exchange contracts.

A request counts as new in the year of its receipt day, its outcome in the year of the event that first closed it;
received by 31 December and not closed by then, it is carried out. Remedies: those closed in the year by result, those
accepted and not closed by 31 December as pending. Every fact has a weight, so that equal facts may come grouped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.cells import APPLICANTS, REMEDY_RESULTS, outcome_rows
from gongkai.statute.report.form import Form
from gongkai.statute.report.model import Cell

APPLICANT_COLUMNS = {
    "natural_person": "natural_person",
    "business": "business",
    "research": "research",
    "public_welfare": "public_welfare",
    "legal_service": "legal_service",
    "other_org": "other_org",
}
"""The column of table three for each kind of applicant of the case exchange format."""

REMEDY_KINDS = ("reconsideration", "litigation_direct", "litigation_after")


@dataclass(frozen=True, slots=True)
class CaseFact:
    """What the report needs of a request, or of `count` equal ones.

    `received_year` is that of the receipt day; `closed_year` that of the first closing event and `outcome` the row of
    its result, both None while open. A request never received is no fact.
    """

    applicant_kind: str
    received_year: int
    closed_year: int | None
    outcome: str | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class RemedyFact:
    """What the report needs of a reconsideration or a lawsuit; `result` upheld, corrected or other once closed."""

    kind: str
    accepted_year: int
    closed_year: int | None
    result: str | None
    count: int = 1


def requests_table(form: Form, year: int, facts: Iterable[CaseFact]) -> dict[str, dict[str, Cell]]:
    """Table three of `year` in that form; every cell a count. Raises InputRefused with each fact that fits no cell."""
    rows = [row.code for row in form.tables["requests"].rows]
    outcomes = frozenset(outcome_rows(form))
    counts = {row: dict.fromkeys((*APPLICANTS, "total"), 0) for row in rows}
    faults: list[InputFault] = []

    for index, fact in enumerate(facts):
        column = APPLICANT_COLUMNS.get(fact.applicant_kind)
        outcome = outcome_in(form, fact.outcome)
        if column is None:
            faults.append(
                InputFault(f"第{index + 1}件", f"申请人类别“{fact.applicant_kind}”", "、".join(APPLICANT_COLUMNS))
            )
            continue
        if fact.closed_year is not None and (outcome not in outcomes or fact.closed_year < fact.received_year):
            faults.append(
                InputFault(f"第{index + 1}件", f"办理结果“{fact.outcome}”", "该格式的办理结果，且不早于收到年度")
            )
            continue
        for row in _rows(fact, year, outcome):
            counts[row][column] += fact.count
            counts[row]["total"] += fact.count
    if faults:
        raise InputRefused(*faults)
    return {row: dict(cells) for row, cells in counts.items()}


def _rows(fact: CaseFact, year: int, outcome: str | None) -> tuple[str, ...]:
    """The rows of the year's table in which the request stands once each."""
    if fact.received_year > year or (fact.closed_year is not None and fact.closed_year < year):
        return ()
    came = "new" if fact.received_year == year else "carried_in"
    if fact.closed_year == year and outcome is not None:
        return came, outcome, "concluded"
    return came, "carried_out"


def outcome_in(form: Form, outcome: str | None) -> str | None:
    """The outcome's row in that form: the three rows 其他处理 of 2021 are the one row of 2019."""
    if outcome is None:
        return None
    rows = outcome_rows(form)
    if outcome in rows:
        return outcome
    head = outcome.partition(".")[0]
    if head != "other":
        return None
    return "other" if "other" in rows else "other.other" if outcome == "other" else None


def remedies_table(year: int, facts: Iterable[RemedyFact]) -> dict[str, dict[str, Cell]]:
    """Table four of `year` (the same in both forms). Raises InputRefused with each fact that fits no cell.

    One pending at the end of a year stands there, and by its result again in the year that closes it.
    """
    counts = {kind: dict.fromkeys((*REMEDY_RESULTS, "total"), 0) for kind in REMEDY_KINDS}
    faults: list[InputFault] = []
    for index, fact in enumerate(facts):
        closed = fact.closed_year
        if fact.kind not in REMEDY_KINDS:
            faults.append(InputFault(f"第{index + 1}件", f"种类“{fact.kind}”", "、".join(REMEDY_KINDS)))
        elif (closed is None) != (fact.result is None) or fact.result not in (None, "upheld", "corrected", "other"):
            faults.append(
                InputFault(f"第{index + 1}件", f"结果“{fact.result}”", "upheld、corrected、other，未审结的两项都空")
            )
        elif fact.accepted_year <= year and (closed is None or closed >= year):
            result = fact.result if closed == year and fact.result else "pending"
            counts[fact.kind][result] += fact.count
            counts[fact.kind]["total"] += fact.count
    if faults:
        raise InputRefused(*faults)
    return {kind: dict(cells) for kind, cells in counts.items()}
