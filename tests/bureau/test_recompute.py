"""A notice entered or taken back moves the due days of what is under way, and says which and why (条例第33条)."""

from __future__ import annotations

from datetime import date

import pytest
from bureau_cast import Cast
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau import clock
from gongkai.bureau.casework import services
from gongkai.bureau.casework.models import DueChange, Request
from gongkai.bureau.casework.recompute import recompute
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.models import Job
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import services as orgs

pytestmark = pytest.mark.database
TODAY = date(2026, 9, 10)
INSTRUMENT = "青政办发〔2026〕6号"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def request(cast: Cast, number: str = "KJJ-2026-0001", *more: dict[str, object]) -> Request:
    made = services.register(
        cast.officer, body="qinglan-kjj", number=number, applicant_kind="natural_person", names=(None, None, None),
        subject="某项资金的分配结果", channel="in_person", events=[{"kind": "submitted", "on": "2026-09-01"}, *more],
        evidence="申请书",
    )  # fmt: skip
    return Request.objects.get(pk=made)


def run(because: str = "") -> str:
    done = recompute(progress=lambda *told: None, because=because)
    assert done.write is not None
    done.write()
    return done.message


def notice(cast: Cast, day: date, *, worked: bool = False) -> int:
    [made] = orgs.enter_notice(cast.system, days=[day], worked=worked, instrument=INSTRUMENT)
    return made


def test_a_day_off_moves_the_due_day_by_one_and_back(cast: Cast) -> None:
    """20 working days from 1 September 2026: 中秋 is 25–27 September, 20 September is worked (国办放假安排)."""
    made = request(cast)
    before = made.due_on
    assert before == date(2026, 9, 29)
    entered = notice(cast, date(2026, 9, 16))
    run(INSTRUMENT)
    assert Request.objects.get().due_on == date(2026, 9, 30)
    change = DueChange.objects.get()
    assert (change.before, change.after, change.because) == (before, date(2026, 9, 30), INSTRUMENT)
    assert Entry.objects.filter(kind="requests.recomputed").count() == 1
    orgs.withdraw_notice(cast.system, entered, "录错了")
    run("撤回")
    assert Request.objects.get().due_on == before
    assert DueChange.objects.count() == 2


def test_the_change_queues_the_reading_in_its_own_transaction(cast: Cast) -> None:
    entered = notice(cast, date(2026, 9, 16))
    orgs.withdraw_notice(cast.system, entered, "录错了")
    found = Job.objects.filter(name="casework.recompute").order_by("id")
    assert [each.arguments["because"] for each in found] == [INSTRUMENT, f"撤回{INSTRUMENT}"]


def test_read_twice_nothing_changes_twice(cast: Cast) -> None:
    request(cast)
    notice(cast, date(2026, 9, 16))
    assert run(INSTRUMENT) == f"读了1件，期限变动1件（{INSTRUMENT}）"
    assert run(INSTRUMENT) == f"读了1件，期限变动0件（{INSTRUMENT}）"
    assert DueChange.objects.count() == 1


def test_a_night_makes_a_request_late_without_a_word_on_the_calendar(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    request(cast)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 9, 30))
    run()
    assert Request.objects.get().phase == "overdue"
    assert not DueChange.objects.exists()


def test_what_is_closed_stays_as_it_closed(cast: Cast) -> None:
    request(cast, "KJJ-2026-0001", {"kind": "withdrawn", "on": "2026-09-03"})
    notice(cast, date(2026, 9, 16))
    assert run(INSTRUMENT) == f"读了0件，期限变动0件（{INSTRUMENT}）"


def test_who_acted_meanwhile_is_not_written_over(cast: Cast) -> None:
    made = request(cast)
    notice(cast, date(2026, 9, 16))
    done = recompute(progress=lambda *told: None, because=INSTRUMENT)
    services.append(cast.officer, made.pk, {"kind": "withdrawn", "on": "2026-09-08"}, evidence="撤回书")
    assert done.write is not None
    done.write()
    found = Request.objects.get()
    assert (found.phase, found.due_on) == ("closed", None)


def test_many_cost_a_few_looks_a_chunk(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(1, 13):
        request(cast, f"KJJ-2026-{number:04d}")
    with django_assert_max_num_queries(8):
        recompute(progress=lambda *told: None)


def test_the_daily_work_is_queued_once_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.enqueue_daily()
    jobs.enqueue_daily()
    found = Job.objects.filter(name="casework.recompute")
    assert found.count() == 1
    monkeypatch.setattr(clock, "today", lambda: date(2026, 9, 11))
    jobs.enqueue_daily()
    assert found.count() == 2
