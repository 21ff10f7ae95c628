"""本年统计, 期限日历, 期限变动: figures counted by hand, each with its requests, nobody's work for the wrong eyes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau import clock
from gongkai.bureau.annual import year_so_far as stats
from gongkai.bureau.annual.compile import compile_report
from gongkai.bureau.casework import assigning, intake, services
from gongkai.bureau.casework.models import Assignment, Request
from gongkai.bureau.casework.queries import due_changes, due_days, handling_time
from gongkai.bureau.casework.queries.handling_time import BANDS
from gongkai.bureau.casework.queries.replay import with_cases
from gongkai.bureau.casework.queries.statistics import NOBODY
from gongkai.bureau.casework.recompute import recompute
from gongkai.bureau.orgs import services as orgs
from gongkai.bureau.orgs.models import Body, Section
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.remedies import services as remedies
from gongkai.statute.clock import handling_days
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 20)
NOTICE = "青政办发〔2026〕9号"


def replied(on: str, outcome: str = "granted") -> dict[str, object]:
    return {"kind": "replied", "on": on, "outcome": outcome}


CONSULTED: tuple[dict[str, object], ...] = (
    {"kind": "third_party_consulted", "on": "2026-11-04", "party": "甲公司"},
    {"kind": "third_party_replied", "on": "2026-11-12", "party": "甲公司", "consents": True},
)
CORRECTION: dict[str, object] = {"kind": "correction_requested", "on": "2026-11-04", "deadline_on": "2026-11-30"}


def request(cast: Cast, number: int, *events: dict[str, object], since: str = "2026-11-02") -> int:
    return services.register(
        cast.officer, body="qinglan-kjj", number=f"KJJ-2026-{number:04d}", applicant_kind="natural_person",
        names=(f"申请人{number}", None, None), subject=f"专项资金分配结果{number}", channel="in_person",
        events=[{"kind": "submitted", "on": since}, *events], evidence="申请书",
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def ledger(cast: Cast) -> Cast:
    """1 running, 2 awaits a correction, 3 overdue; 4–6 answered, plainly, after a consultation, after a correction;
    7 answered late; 8 withdrawn; one more of another body."""
    request(cast, 1)
    request(cast, 2, CORRECTION)
    request(cast, 3, since="2026-09-01")
    request(cast, 4, replied("2026-11-10"))
    request(cast, 5, *CONSULTED, replied("2026-11-17", "partial"))
    request(cast, 6, CORRECTION, {"kind": "correction_received", "on": "2026-11-10"}, replied("2026-11-20"))
    request(cast, 7, replied("2026-10-12", "unavailable.not_held"), since="2026-09-01")
    request(cast, 8, {"kind": "withdrawn", "on": "2026-11-05"})
    services.register(
        cast.elsewhere, body="qinglan-mzj", number="MZJ-1", applicant_kind="business", names=(None, None, None),
        subject="低保名册", channel="in_person", events=[{"kind": "submitted", "on": "2026-11-02"}], evidence="申请书",
    )  # fmt: skip
    return cast


def made(number: int) -> Request:
    return Request.objects.get(number=f"KJJ-2026-{number:04d}")


def numbers(found: stats.Behind) -> str:
    return "".join(sorted(row.number[-1] for _, row in found.rows))


def test_the_tables_are_those_of_the_report_and_each_cell_opens_its_requests(ledger: Cast) -> None:
    asked = stats.scope(ledger.officer)
    told = stats.year_so_far(asked)
    report = compile_report("qinglan-kjj", 2026, TODAY).report
    assert told.tables == {name: report.tables[name] for name in ("requests", "remedies")}
    value, records, following = stats.cell(asked, "requests", "new", "total")
    assert (value, len(records), following) == (8, 8, "")
    value, records, _ = stats.cell(asked, "requests", "granted", "natural_person")
    assert (value, [each.number[-1] for each in records]) == (2, ["4", "6"])
    office = stats.scope(ledger.office)
    assert stats.cell(office, "requests", "new", "total")[0] == 9
    earlier = stats.scope(ledger.officer, "qinglan-kjj", 2026, date(2026, 11, 1))
    assert [stats.cell(earlier, "requests", row, "total")[0] for row in ("new", "concluded")] == [2, 1]


def test_handling_time_leaves_out_what_the_clock_leaves_out(ledger: Cast) -> None:
    """Counted on the calendar of 2026: 4: 3–6, 9, 10 November; 5: 3, 4 and 13, 16, 17, without the eight days of the
    consultation; 6: 11–13, 16–20 after the correction; 7: 21 days of September (the 20th worked, the 25th off),
    8–10 and 12 October (the 10th worked). Withdrawn: no reply."""
    told = stats.year_so_far(stats.scope(ledger.officer)).times
    assert [(days, row.number[-1]) for days, row in told.slowest] == [(25, "7"), (8, "6"), (6, "4"), (5, "5")]
    assert (told.replies, told.median) == (4, 7.0)
    assert told.bands == (1, 2, 0, 0, 1, 0)
    for band, expected in ((0, "5"), (1, "46"), (4, "7"), (5, "")):
        assert numbers(stats.cases(stats.scope(ledger.officer), "replied", band=band)) == expected
    calendar = in_force("qinglan-kjj")
    replayed = {
        row.pk: handling_days(case, calendar) for row, case in with_cases(Request.objects.select_related("body"))
    }
    quick = handling_time.taken(("qinglan-kjj",), date(2026, 1, 1), TODAY)
    assert {each.request: each.days for each in quick} == {
        pk: days for pk, days in replayed.items() if days is not None
    }
    assert sum(high is None for _, high in BANDS) == 1


@pytest.fixture
def worked(ledger: Cast) -> Cast:
    """A section has 1 and 3, the handler 1 of them, and joins in 2; the officer answered 4, the handler was relieved
    of 5 before the reply and answered 7."""
    section = Section.objects.create(body=Body.objects.get(code="qinglan-kjj"), code="gxk", name="高新技术科")
    assigning.assign(ledger.officer, made(1).pk, section=section.pk)
    assigning.assign(ledger.officer, made(1).pk, person="handler", due_on=date(2026, 11, 24), task="查档案")
    assigning.assign(ledger.officer, made(3).pk, section=section.pk)
    assigning.assign(ledger.officer, made(2).pk, person="handler", joins=True)
    then = timezone.now().replace(year=2026, month=11, day=6)
    for number, person, ended in ((4, ledger.officer, None), (5, ledger.handler, then), (7, ledger.handler, None)):
        Assignment.objects.create(request=made(number), person=person, by=ledger.officer, at=then, ended_at=ended)
    return ledger


def test_work_by_person_and_section_opens_its_requests(worked: Cast) -> None:
    asked = stats.scope(worked.leader)
    told = stats.year_so_far(asked)
    figures = {
        each.name: (each.on_hand, each.overdue, each.standing, each.closed, each.late, each.joining)
        for each in (told.totals, *told.people, *told.sections)
    }
    assert figures == {
        "合计": (3, 1, 1, 5, 1, 0),
        "handler": (1, 0, 0, 1, 1, 1),
        "officer": (0, 0, 0, 1, 0, 0),
        "没有交给个人": (2, 1, 1, 3, 0, 0),
        "高新技术科": (2, 1, 0, 0, 0, 0),
        "没有交给科室": (1, 0, 1, 5, 1, 0),
    }
    for load, by in [(each, "person") for each in told.people] + [(each, "section") for each in told.sections]:
        for what in ("on_hand", "overdue", "standing", "closed", "late", "joining"):
            if load.key == NOBODY and what == "joining":
                continue
            found = stats.cases(asked, what, by=by, key=load.key)
            assert len(found.rows) == getattr(load, what), (load.name, what)
    assert numbers(stats.cases(asked, "closed")) == "45678"
    assert numbers(stats.cases(asked, "closed", month=10)) == "7"
    assert numbers(stats.cases(asked, "received", month=11)) == "124568"
    with pytest.raises(KeyError):
        stats.cases(asked, "everything")


def test_only_heads_and_officers_see_the_work_of_each_person(worked: Cast) -> None:
    for reader, seen in (
        (worked.head, {"handler", "officer", "没有交给个人"}), (worked.handler, {"handler"}), (worked.reviewer, set()),
        (worked.office, set()),
    ):  # fmt: skip
        asked = stats.scope(reader, "qinglan-kjj")
        assert {each.name for each in stats.year_so_far(asked).people} == seen
        assert asked.everybody is (reader == worked.head)
    with pytest.raises(PermissionDenied):
        stats.cases(stats.scope(worked.handler), "on_hand", by="person", key="officer")
    with pytest.raises(PermissionDenied):
        stats.scope(worked.stranger)
    for wrong in (("qinglan-mzj", 2026, None), ("", 2027, None), ("", 2007, None), ("", 2026, date(2026, 11, 21))):
        with pytest.raises(InputRefused):
            stats.scope(worked.officer, *wrong)


def test_replies_corrected_and_people_answered_before_filing(ledger: Cast) -> None:
    for number, of, result in (("F-1", 4, "corrected"), ("F-2", 5, "upheld"), ("F-3", 4, "corrected")):
        given: dict[str, object] = {
            "number": number, "agency": "qinglan-kjj", "case": made(of).number, "kind": "reconsideration",
            "accepted_on": "2026-11-12",
        }  # fmt: skip
        remedy = remedies.enter(ledger.officer, given, evidence="受理通知书")
        remedies.close(
            ledger.officer, remedy, closed_on="2026-11-18", result=result, decision="决定", evidence="决定书"
        )
    for found in ("2025年补助名单", "2025年补助名单", "采购公告"):
        intake.answered_before("qinglan-kjj", found)
    asked = stats.scope(ledger.officer)
    told = stats.year_so_far(asked)
    assert (told.corrected, told.answered_before) == (1, 3)
    assert numbers(stats.cases(asked, "corrected")) == "4"
    assert stats.answers(asked) == (("2025年补助名单", 2), ("采购公告", 1))
    assert [(each.number, each.received, each.closed) for each in told.months if each.received or each.closed] == [
        (9, 2, 0), (10, 0, 1), (11, 6, 4),
    ]  # fmt: skip


def test_more_requests_cost_no_more_queries(
    worked: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10, 22):
        request(worked, number, *(CONSULTED if number % 2 else ()), replied("2026-11-17"))
    asked = stats.scope(worked.officer)
    with django_assert_max_num_queries(32):
        told = stats.year_so_far(asked)
    assert told.times.replies == 16
    with django_assert_max_num_queries(5):
        due_days.month(worked.officer, date(2026, 11, 1), date(2026, 11, 30))


def test_the_month_of_due_days(worked: Cast) -> None:
    """20 working days after 2 November 2026 is the 30th, after 1 September 2026 the 29th (25–27 中秋, 20 worked)."""
    month = due_days.month(worked.officer, date(2026, 11, 1), date(2026, 11, 30))
    assert {day.day: dict(counts) for day, counts in month.items()} == {
        24: {"inner": 1},
        30: {"reply": 1, "correction": 1},
    }
    assert due_days.month(worked.officer, date(2026, 9, 1), date(2026, 9, 30)) == {date(2026, 9, 29): {"reply": 1}}
    assert due_days.month(worked.handler, date(2026, 11, 1), date(2026, 11, 30), whose="mine") == {
        date(2026, 11, 24): {"inner": 1}, date(2026, 11, 30): {"reply": 1, "correction": 1},
    }  # fmt: skip
    office = due_days.month(worked.office, date(2026, 11, 30), date(2026, 11, 30))
    assert office == {date(2026, 11, 30): {"reply": 2, "correction": 1}}
    day = due_days.day(worked.officer, date(2026, 11, 30))
    assert [(each.kind, each.row.number[-1]) for each in day.falling] == [("reply", "1"), ("correction", "2")]
    inner = due_days.day(worked.officer, date(2026, 11, 24))
    assert [each.told for each in inner.falling] == ["handler：查档案"]
    assert due_days.day(worked.elsewhere, date(2026, 11, 24)).falling == ()


def test_a_notice_tells_which_days_it_moved(
    ledger: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    orgs.enter_notice(ledger.system, days=[date(2026, 11, 25)], worked=False, instrument=NOTICE)
    done = recompute(progress=lambda *told: None, because=NOTICE)
    assert done.write is not None
    done.write()
    with django_assert_max_num_queries(4):
        page = due_changes.changes(ledger.officer, because=NOTICE)
    assert [(each.number[-1], each.before, each.after, each.due_on) for each in page.rows] == [
        ("1", date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 1))
    ]
    [mover] = due_changes.movers(ledger.office)
    assert (mover.because, mover.moved) == (NOTICE, 2)
    assert due_changes.changes(ledger.officer, because="别的通知").rows == ()
    first = due_changes.changes(ledger.office, size=1)
    second = due_changes.changes(ledger.office, after=first.next_after, size=1)
    assert {each.number for each in (*first.rows, *second.rows)} == {"KJJ-2026-0001", "MZJ-1"}
    assert second.next_after == ""
    assert timedelta(days=1) == page.rows[0].after - page.rows[0].before  # type: ignore[operator]
