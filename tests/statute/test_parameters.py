"""Legal values on the day before and on the day of each change."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.fees import fee_by_items, fee_by_pages
from gongkai.statute.parameters import statutory, value
from gongkai.statute.primitives import InputRefused


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("reply_days", date(2008, 5, 1), 15),
        ("reply_days", date(2019, 5, 14), 15),
        ("reply_days", date(2019, 5, 15), 20),
        ("extension_days", date(2019, 5, 14), 15),
        ("extension_days", date(2019, 5, 15), 20),
        ("correction_request_days", date(2019, 5, 15), 7),
        ("third_party_days", date(2019, 5, 15), 15),
        ("joint_agency_days", date(2019, 5, 15), 15),
        ("publication_days", date(2019, 5, 15), 20),
        ("report_deadline_department", date(2019, 5, 14), "03-31"),
        ("report_deadline_department", date(2019, 5, 15), "01-31"),
        ("report_deadline_government", date(2019, 5, 15), "03-31"),
        ("fee_payment_days", date(2021, 1, 1), 30),
        ("reconsideration_days", date(2024, 1, 1), 60),
        ("draft_comment_days", date(2019, 9, 1), 30),
    ],
)
def test_a_value_on_its_day(name: str, on: date, expected: int | str) -> None:
    assert value(name, on).value == expected


def test_before_the_first_version_and_unknown_names_are_refused() -> None:
    with pytest.raises(InputRefused, match="2008-04-30尚无规定"):
        value("reply_days", date(2008, 4, 30))
    with pytest.raises(InputRefused, match="没有这个参数"):
        value("patience", date(2020, 1, 1))


def test_an_office_may_set_what_is_not_verified_and_nothing_else() -> None:
    own = statutory().overlay("confirmation_days", date(2024, 1, 1), 1, "青澜县规定")
    assert own.value("confirmation_days", date(2023, 12, 31)).value == 2
    assert own.value("confirmation_days", date(2024, 1, 1)).value == 1
    assert value("confirmation_days", date(2024, 1, 1)).value == 2
    with pytest.raises(InputRefused, match="法定的值不能更改"):
        statutory().overlay("reply_days", date(2024, 1, 1), 30, "青澜县规定")


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(30, 0), (31, 10), (68, 380), (100, 700), (109, 880), (119, 1080), (200, 2700), (201, 2740)],
)
def test_the_tariff_by_pages(pages: int, yuan: int) -> None:
    assert fee_by_pages(pages, date(2021, 1, 1)) == yuan


@pytest.mark.parametrize(
    ("items", "yuan"),
    [(10, 0), (11, 100), (25, 1500), (30, 2000), (31, 2200), (40, 4000), (41, 4300)],
)
def test_the_tariff_by_items(items: int, yuan: int) -> None:
    assert fee_by_items(items, date(2021, 1, 1)) == yuan
