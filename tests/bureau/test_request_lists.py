"""The ledger of requests: what the filters find, in which order, who is found by an exact match, many given at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau import clock
from gongkai.bureau.casework import assigning, services
from gongkai.bureau.casework.models import Request
from gongkai.bureau.casework.queries import Filter, of_applicant, requests
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs.models import Assignment as Role
from gongkai.bureau.orgs.models import Body, Section
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database


def request(cast: Cast, number: int, *events: dict[str, object], **given: object) -> int:
    told = {
        "body": "qinglan-kjj", "number": f"KJJ-2026-{number:04d}", "applicant_kind": "natural_person",
        "names": (f"申请人{number}", None, None), "subject": f"专项资金分配结果{number}", "channel": "in_person",
        "events": [{"kind": "submitted", "on": "2026-11-02"}, *events], "evidence": "申请书", **given,
    }  # fmt: skip
    return services.register(cast.officer, **told)  # type: ignore[arg-type]


WITHDRAWN = {"kind": "withdrawn", "on": "2026-11-05"}
CORRECTION = {"kind": "correction_requested", "on": "2026-11-04", "deadline_on": "2026-12-04"}
CONSULTED = {"kind": "third_party_consulted", "on": "2026-11-04", "party": "甲公司"}


@pytest.fixture
def ledger(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """1 running, 2 withdrawn, 3 awaiting a correction, 4 consulting, 5 not confirmed, 6 late."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    request(cast, 1)
    request(cast, 2, WITHDRAWN, applicant_kind="business")
    request(cast, 3, CORRECTION)
    request(cast, 4, CONSULTED, subject="验收材料 云帆")
    request(cast, 5, channel="internet")
    late = request(cast, 6, events=[{"kind": "submitted", "on": "2026-09-01"}])
    Request.objects.filter(pk=late).update(phase="overdue")
    return cast


def found(cast: Cast, **asked: object) -> list[str]:
    page = requests(cast.officer, Filter(**asked))  # type: ignore[arg-type]
    return sorted(each.number[-1] for each in page.rows)


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, "123456"),
        ({"state": "open"}, "1346"),
        ({"state": "closed"}, "2"),
        ({"state": "awaiting_receipt"}, "5"),
        ({"state": "awaiting_correction"}, "3"),
        ({"state": "paused"}, "4"),
        ({"state": "overdue"}, "6"),
        ({"search": "KJJ-2026-0004"}, "4"),
        ({"search": "云帆 验收"}, "4"),
        ({"search": "云帆 分配"}, ""),
        ({"applicant_kind": "business"}, "2"),
        ({"channel": "internet"}, "5"),
        ({"outcome": "other.other"}, "2"),
        ({"received_from": date(2026, 11, 1)}, "1234"),
        ({"received_until": date(2026, 10, 31)}, "6"),
        ({"body": "qinglan-mzj"}, ""),
        ({"search": "%"}, ""),
    ],
)
def test_each_filter_finds_its_own(ledger: Cast, asked: dict[str, object], numbers: str) -> None:
    assert "".join(found(ledger, **asked)) == numbers


def test_by_due_day_the_latest_come_first_and_pages_follow_each_other(ledger: Cast) -> None:
    asked = Filter(order="due")
    whole = [each.number for each in requests(ledger.officer, asked).rows]
    assert whole[0] == "KJJ-2026-0006"
    assert {"KJJ-2026-0002", "KJJ-2026-0003", "KJJ-2026-0005"}.isdisjoint(whole)
    turned, after = [], ""
    for _ in range(5):
        page = requests(ledger.officer, asked, after=after, size=1)
        turned += [each.number for each in page.rows]
        after = page.next_after
        if not after:
            break
    assert turned == whole


def test_mine_and_my_sections(ledger: Cast) -> None:
    section = Section.objects.create(body=Body.objects.get(code="qinglan-kjj"), code="gxk", name="高新技术科")
    first, second = Request.objects.order_by("id")[0], Request.objects.order_by("id")[2]
    assigning.assign(ledger.officer, first.pk, person="handler")

    Role.objects.filter(person=ledger.handler).update(section=section)
    assigning.assign(ledger.officer, second.pk, section=section.pk)
    numbers = {
        whose: [each.number for each in requests(ledger.handler, Filter(whose=whose)).rows]
        for whose in ("mine", "section")
    }
    assert numbers["mine"] == ["KJJ-2026-0001"]
    assert sorted(numbers["section"]) == ["KJJ-2026-0001", "KJJ-2026-0003"]


def test_another_body_sees_none(ledger: Cast) -> None:
    assert requests(ledger.elsewhere).rows == ()
    assert len(requests(ledger.office).rows) == 6
    with pytest.raises(PermissionDenied):
        requests(ledger.stranger)


def test_an_applicant_is_found_by_an_exact_match_and_the_search_is_journalled(ledger: Cast) -> None:
    assert [each.number for each in of_applicant(ledger.officer, " 申请人4 ")] == ["KJJ-2026-0004"]
    assert of_applicant(ledger.officer, "申请人") == ()
    entries = Entry.objects.filter(kind="identity.searched").order_by("sequence")
    assert [each.facts for each in entries] == ['{"found":1}', '{"found":0}']
    with pytest.raises(InputRefused):
        of_applicant(ledger.officer, " ")
    for person in (ledger.leader, ledger.adviser, ledger.office, ledger.stranger):
        with pytest.raises(PermissionDenied):
            of_applicant(person, "申请人4")
    assert of_applicant(ledger.elsewhere, "申请人4") == ()


def test_many_rows_cost_as_one(ledger: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(3):
        requests(ledger.officer, Filter(order="due", state="open", search="资金"))


def test_the_inner_day_and_the_due_day_are_kept_apart(ledger: Cast) -> None:
    made = Request.objects.get(number="KJJ-2026-0001")
    given = assigning.assign(
        ledger.officer, made.pk, person="handler", due_on=(made.due_on or date.max) + timedelta(days=1)
    )
    assert given.warnings
