"""The calendar of a body: the State Council's days under the notices for all, its superiors and itself."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied

from gongkai.bureau.ledger import derived
from gongkai.bureau.orgs import services
from gongkai.bureau.orgs.working_days import in_force, state_council
from gongkai.bureau.orgs.year_arrangement import complete_year
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


def test_a_year_entered_whole_is_published(cast: Cast) -> None:
    with pytest.raises(InputRefused, match="还没有录入放假的日子"):
        complete_year(cast.system, 2027, "国办发明电〔2026〕7号")
    new_year, saturday = date(2027, 1, 1), date(2027, 1, 9)
    services.enter_notice(cast.system, days=[new_year], worked=False, instrument="国办发明电〔2026〕7号")
    services.enter_notice(cast.system, days=[saturday], worked=True, instrument="国办发明电〔2026〕7号")
    assert in_force().nth(date(2026, 12, 28).toordinal(), 10).provisional is True
    whole = complete_year(cast.system, 2027, "国办发明电〔2026〕7号")
    calendar = in_force("qinglan-kjj")
    assert (calendar.is_workday(new_year), calendar.is_workday(saturday)) == (False, True)
    assert calendar.is_workday(date(2027, 3, 1)) is True
    # 29, 30, 31 December; 4 to 8 January; Saturday the 9th is worked; Monday the 11th is the tenth
    found = calendar.nth(date(2026, 12, 28).toordinal(), 10)
    assert (date.fromordinal(found.on), found.provisional) == (date(2027, 1, 11), False)
    with pytest.raises(InputRefused, match="已经有了"):
        complete_year(cast.system, 2027, "国办发明电〔2026〕7号")
    services.withdraw_notice(cast.system, whole, "通知有更正")
    assert in_force().is_workday(date(2027, 3, 1)) is None
    assert [fault for outcome in derived.run_all() for fault in outcome.faults] == []


def test_only_a_system_administrator_of_the_whole_declares_a_year(cast: Cast) -> None:
    for person in (cast.officer, cast.security, cast.office):
        with pytest.raises(PermissionDenied):
            complete_year(person, 2027, "国办发明电〔2026〕7号")
