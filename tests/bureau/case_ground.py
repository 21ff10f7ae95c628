"""A request to work on, and the days of the tests: entered by the officer of the cast's bureau."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bureau_cast import Cast

from gongkai.bureau import clock
from gongkai.bureau.casework import services

SUBJECT = "2025年度县级科技项目资金分配结果及各项目验收意见"


def today() -> date:
    return clock.today()


def days_ago(count: int) -> str:
    return (clock.today() - timedelta(days=count)).isoformat()


def enter(
    cast: Cast,
    number: str = "KJJ-1",
    *,
    subject: str = SUBJECT,
    names: tuple[str | None, str | None, str | None] = (None, None, None),
    ago: int = 2,
    more: Sequence[dict[str, object]] = (),
) -> int:
    return services.register(
        cast.officer, body="qinglan-kjj", number=number, applicant_kind="natural_person", names=names, subject=subject,
        channel="in_person", events=[{"kind": "submitted", "on": days_ago(ago)}, *more], evidence="申请书",
    )  # fmt: skip
