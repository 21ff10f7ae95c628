"""Interpretations within three working days (国办发〔2016〕80号, unverified), on the State Council's calendar."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.bureau.orgs.working_days import state_council
from gongkai.statute.publishing.interpretation import Reading, reading

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("read_on", "today", "expected"),
    [
        (None, date(2026, 3, 11), Reading("owed", date(2026, 3, 11), 0)),  # the third working day
        (None, date(2026, 3, 12), Reading("late", date(2026, 3, 11), 1)),
        (date(2026, 3, 9), date(2026, 6, 1), Reading("done", date(2026, 3, 11), 0)),
        (date(2026, 3, 16), date(2026, 6, 1), Reading("done", date(2026, 3, 11), 3)),
        (date(2026, 3, 2), date(2026, 6, 1), Reading("done", date(2026, 3, 11), 0)),  # public before the document
    ],
)
def test_the_third_working_day_is_the_last(read_on: date | None, today: date, expected: Reading) -> None:
    assert reading(FRIDAY, read_on, False, today, state_council()) == expected


def test_none_is_owed_where_it_says_why_or_before_there_was_a_rule() -> None:
    assert reading(FRIDAY, None, True, date(2026, 6, 1), state_council()).word == "不解读"
    assert reading(date(2016, 11, 9), None, False, date(2026, 6, 1), state_council()).state == "before"
