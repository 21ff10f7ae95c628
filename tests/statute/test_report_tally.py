"""From facts of cases and remedies to tables three and four."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import report, zero_tables

from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.cells import outcome_rows
from gongkai.statute.report.checks import check
from gongkai.statute.report.form import load
from gongkai.statute.report.tally import APPLICANT_COLUMNS, CaseFact, RemedyFact, remedies_table, requests_table

FORM = load("2021")
FACTS = (
    CaseFact("natural_person", 2024, 2024, "granted", 5),
    CaseFact("natural_person", 2023, 2024, "refused.process"),
    CaseFact("business", 2024, None, None, 2),
    CaseFact("business", 2024, 2025, "partial"),
    CaseFact("research", 2022, 2023, "granted"),
    CaseFact("research", 2025, 2025, "granted"),
    CaseFact("legal_service", 2024, 2024, "other.unpaid_fee"),
)


def nonzero(table: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    kept = {row: {column: value for column, value in cells.items() if value} for row, cells in table.items()}
    return {row: cells for row, cells in kept.items() if cells}


def test_requests_of_a_year() -> None:
    assert nonzero(requests_table(FORM, 2024, FACTS)) == {
        "new": {"natural_person": 5, "business": 3, "legal_service": 1, "total": 9},
        "carried_in": {"natural_person": 1, "total": 1},
        "granted": {"natural_person": 5, "total": 5},
        "refused.process": {"natural_person": 1, "total": 1},
        "other.unpaid_fee": {"legal_service": 1, "total": 1},
        "concluded": {"natural_person": 6, "legal_service": 1, "total": 7},
        "carried_out": {"business": 3, "total": 3},
    }


def test_the_next_year_takes_over_what_was_carried_out() -> None:
    table = requests_table(FORM, 2025, FACTS)
    assert table["carried_in"] == requests_table(FORM, 2024, FACTS)["carried_out"]
    assert (table["partial"]["business"], table["carried_out"]["business"], table["new"]["research"]) == (1, 2, 1)


def test_the_form_of_2019_has_one_row_for_other_outcomes() -> None:
    facts = (
        CaseFact("other_org", 2020, 2020, "other.lapsed_correction"),
        CaseFact("other_org", 2020, 2020, "other"),
    )
    assert nonzero(requests_table(load("2019"), 2020, facts))["other"] == {"other_org": 2, "total": 2}
    later = [CaseFact("other_org", 2021, 2021, "other")]
    assert nonzero(requests_table(FORM, 2021, later))["other.other"] == {"other_org": 1, "total": 1}


def test_facts_that_fit_no_cell_are_refused_all_at_once() -> None:
    facts = (
        CaseFact("person", 2024, None, None),
        CaseFact("business", 2024, 2024, "lost"),
        CaseFact("business", 2024, 2023, "granted"),
    )
    with pytest.raises(InputRefused) as refused:
        requests_table(FORM, 2024, facts)
    assert [fault.place for fault in refused.value.faults] == ["第1件", "第2件", "第3件"]


def test_remedies_of_a_year() -> None:
    facts = (
        RemedyFact("reconsideration", 2023, 2023, "upheld", 4),
        RemedyFact("reconsideration", 2023, 2024, "corrected", 2),
        RemedyFact("litigation_direct", 2023, None, None),
        RemedyFact("litigation_after", 2024, 2024, "other"),
    )
    assert nonzero(remedies_table(2023, facts)) == {
        "reconsideration": {"upheld": 4, "pending": 2, "total": 6},
        "litigation_direct": {"pending": 1, "total": 1},
    }
    assert nonzero(remedies_table(2024, facts)) == {
        "reconsideration": {"corrected": 2, "total": 2},
        "litigation_direct": {"pending": 1, "total": 1},
        "litigation_after": {"other": 1, "total": 1},
    }


@pytest.mark.parametrize(
    "fact",
    [
        RemedyFact("appeal", 2024, None, None),
        RemedyFact("reconsideration", 2024, 2024, None),
        RemedyFact("reconsideration", 2024, None, "upheld"),
        RemedyFact("reconsideration", 2024, 2024, "won"),
    ],
)
def test_a_remedy_that_fits_no_cell_is_refused(fact: RemedyFact) -> None:
    with pytest.raises(InputRefused):
        remedies_table(2024, [fact])


@st.composite
def case_facts(draw: st.DrawFn) -> CaseFact:
    received = draw(st.integers(2021, 2025))
    closed = draw(st.none() | st.integers(received, 2026))
    outcome = draw(st.sampled_from(outcome_rows(FORM))) if closed else None
    return CaseFact(
        draw(st.sampled_from(sorted(APPLICANT_COLUMNS))), received, closed, outcome, draw(st.integers(1, 9))
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(case_facts(), max_size=30))
def test_whatever_the_cases_the_tables_of_two_years_agree(facts: list[CaseFact]) -> None:
    first, second = (
        report({**zero_tables(), "requests": requests_table(FORM, year, facts)}, year=year) for year in (2023, 2024)
    )
    assert check(first) == ()
    assert check(second, previous=first) == ()
