"""The period from forming to publication: 20 working days, 7 for licences and penalties since December 2018."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.calendars import Calendar
from gongkai.statute.catalogue.publication import publication

CALENDAR = Calendar(
    frozenset({date(2018, 1, 1), date(2024, 1, 1), *(date(2024, 2, day) for day in range(10, 18))}),
    frozenset({date(2024, 2, 4), date(2024, 2, 18)}),
    frozenset({2018, 2024}),
)
"""国办发明电〔2017〕12号、国办发明电〔2023〕7号, as far as these days need them."""


@pytest.mark.parametrize(
    ("formed", "published", "column", "due", "late", "cite"),
    [
        # from Tuesday 2 January 2024: the 20th working day is 30 January
        ("2024-01-02", "2024-01-30", "", "2024-01-30", 0, "条例第26条"),
        ("2024-01-02", "2024-01-31", "", "2024-01-30", 1, "条例第26条"),
        # over the Spring Festival of 2024 (10 to 17 February off, 4 and 18 February worked)
        ("2024-02-01", "2024-03-10", "", "2024-03-05", 3, "条例第26条"),
        ("2024-01-02", "2024-01-12", "penalties", "2024-01-11", 1, "国办发〔2018〕118号"),
        ("2018-01-02", "2018-01-30", "licences", "2018-01-30", 0, "条例第18条"),
    ],
)
def test_the_last_day_and_what_came_after_it(
    formed: str, published: str, column: str, due: str, late: int, cite: str
) -> None:
    found = publication(date.fromisoformat(formed), date.fromisoformat(published), column, CALENDAR)
    assert found is not None
    assert (found.due.isoformat(), found.late, found.cite) == (due, late, cite)


def test_before_the_regulation_there_was_no_period() -> None:
    assert publication(date(2008, 4, 30), date(2009, 1, 1), "", CALENDAR) is None
