"""The calendar of a body: the State Council's days under the notices for all, its superiors and itself."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from bureau_cast import Cast

from gongkai.bureau.orgs import services
from gongkai.bureau.orgs.working_days import in_force, state_council
from gongkai.statute.primitives import InputRefused

MONDAY = date(2026, 3, 16)


@pytest.mark.parametrize("year", range(2018, 2027))
def test_the_published_years_agree_with_a_second_source(year: int) -> None:
    china = holidays.country_holidays("CN", years=year)
    calendar = state_council()
    day = date(year, 1, 1)
    while day.year == year:
        assert calendar.is_workday(day) is china.is_working_day(day), day
        day += timedelta(days=1)


def test_an_unpublished_year_is_known_to_be_missing() -> None:
    assert state_council().is_workday(date(2027, 3, 1)) is None


def test_a_notice_for_all_a_county_or_one_body(cast: Cast) -> None:
    services.enter_notice(
        cast.system, days=[MONDAY], worked=False, instrument="青政办发〔2026〕6号", body="qinglan-kjj"
    )
    assert in_force("qinglan-kjj").is_workday(MONDAY) is False
    assert in_force("qinglan-mzj").is_workday(MONDAY) is True
    assert in_force().is_workday(MONDAY) is True
    services.enter_notice(cast.system, days=[MONDAY], worked=False, instrument="青政办发〔2026〕7号", body="qinglan")
    assert in_force("qinglan-mzj").is_workday(MONDAY) is False


def test_a_notice_may_work_a_saturday_and_be_withdrawn(cast: Cast) -> None:
    saturday = date(2026, 3, 14)
    (notice,) = services.enter_notice(cast.system, days=[saturday], worked=True, instrument="青政办发〔2026〕6号")
    assert in_force().is_workday(saturday) is True
    found = in_force().notice(saturday)
    assert found is not None
    assert found.instrument == "青政办发〔2026〕6号"
    services.withdraw_notice(cast.system, notice, "通知取消")
    assert in_force().is_workday(saturday) is False


def test_one_day_has_one_notice_and_a_notice_its_instrument(cast: Cast) -> None:
    services.enter_notice(cast.system, days=[MONDAY], worked=False, instrument="青政办发〔2026〕6号")
    with pytest.raises(InputRefused, match="已有通知"):
        services.enter_notice(cast.system, days=[MONDAY], worked=True, instrument="青政办发〔2026〕8号")
    with pytest.raises(InputRefused, match="依据文号"):
        services.enter_notice(cast.system, days=[date(2026, 3, 17)], worked=False, instrument=" ")
