"""Assignment inside: only within the body, one that handles and others that join, handed over when somebody leaves."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bureau_cast import SINCE, Cast
from case_ground import days_ago, enter, today
from django.core.exceptions import PermissionDenied

from gongkai.bureau.casework import assigning, services
from gongkai.bureau.casework.models import Assignment, Request
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import services as orgs
from gongkai.bureau.orgs.models import Section
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database


@pytest.fixture
def sections(cast: Cast) -> tuple[int, int]:
    for code, name in (("gxk", "高新技术科"), ("cgk", "成果转化科")):
        orgs.create_section(cast.system, body="qinglan-kjj", code=code, name=name)
    one, other = Section.objects.order_by("id")
    return one.pk, other.pk


def test_a_section_handles_then_one_of_it_and_another_joins(cast: Cast, sections: tuple[int, int]) -> None:
    request = enter(cast)
    assigning.assign(cast.officer, request, section=sections[0], task="查找资金分配文件")
    assigning.assign(cast.head, request, section=sections[0], person="handler", due_on=today() + timedelta(days=3))
    assigning.assign(cast.head, request, section=sections[1], joins=True)
    rows = Assignment.objects.order_by("id").values_list("section", "person__username", "joins")
    assert list(rows) == [(sections[0], None, False), (sections[0], "handler", False), (sections[1], None, True)]
    entries = Entry.objects.filter(kind="request.assigned").order_by("pk")
    facts = [json.loads(each) for each in entries.values_list("facts", flat=True)]
    assert facts[0]["section"] == "高新技术科"
    assert facts[1]["person"] == "handler"


def test_only_one_handles_it(cast: Cast, sections: tuple[int, int]) -> None:
    request = enter(cast)
    assigning.assign(cast.officer, request, section=sections[0])
    with pytest.raises(InputRefused, match="已有主办"):
        assigning.assign(cast.officer, request, section=sections[1])
    with pytest.raises(InputRefused, match="已经交办过"):
        assigning.assign(cast.officer, request, section=sections[0])
    [given] = Assignment.objects.all()
    assigning.end(cast.head, given.pk, because="转成果转化科")
    assigning.assign(cast.officer, request, section=sections[1])
    assert Assignment.objects.filter(ended_at__isnull=True).get().section_id == sections[1]


@pytest.mark.parametrize(
    "who", ["handler", "reviewer", "adviser", "leader", "office", "elsewhere", "stranger", "system"]
)
def test_who_may_not_assign(who: str, cast: Cast, sections: tuple[int, int]) -> None:
    request = enter(cast)
    with pytest.raises(PermissionDenied):
        assigning.assign(getattr(cast, who), request, section=sections[0])
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("person", ["elsewhere", "office", "stranger", "system", "nobody-at-all"])
def test_work_is_given_only_to_who_serves_that_body(person: str, cast: Cast) -> None:
    request = enter(cast)
    with pytest.raises(InputRefused, match=r"没有任职|没有这个在用的账号"):
        assigning.assign(cast.officer, request, person=person)


def test_a_person_of_another_section_cannot_take_a_sections_work(cast: Cast, sections: tuple[int, int]) -> None:
    request = enter(cast)
    orgs.create_person(cast.system, username="li", name="李", password="long-enough-9274")
    orgs.grant_role(
        cast.security, username="li", role="handler", body="qinglan-kjj", section="cgk", since=SINCE, until=None
    )
    with pytest.raises(InputRefused, match="李在高新技术科没有任职"):
        assigning.assign(cast.officer, request, section=sections[0], person="li")
    assigning.assign(cast.officer, request, section=sections[1], person="li")


def test_an_inner_day_not_before_the_due_day_is_a_warning(cast: Cast) -> None:
    request = enter(cast)
    due = Request.objects.get(pk=request).due_on
    assert due is not None
    assert assigning.assign(cast.officer, request, person="handler", due_on=due - timedelta(days=1)).warnings == ()
    [warning] = assigning.assign(cast.officer, request, person="head", joins=True, due_on=due).warnings
    assert warning.startswith("内部期限不早于答复期限届满日")
    with pytest.raises(InputRefused, match="已经过去"):
        assigning.assign(cast.officer, request, person="leader", joins=True, due_on=today() - timedelta(days=1))


def test_a_closed_request_is_assigned_to_nobody(cast: Cast) -> None:
    request = enter(cast, more=[{"kind": "withdrawn", "on": days_ago(1)}])
    with pytest.raises(InputRefused, match="已经办结"):
        assigning.assign(cast.officer, request, person="handler")


def test_two_people_at_once_one_is_told(cast: Cast) -> None:
    request = enter(cast)
    assigning.assign(cast.officer, request, person="handler", joins=True, seen=0)
    with pytest.raises(InputRefused, match="已经有人交办"):
        assigning.assign(cast.head, request, person="leader", joins=True, seen=0)


def test_who_holds_it_says_that_it_is_done(cast: Cast) -> None:
    request = enter(cast)
    given = assigning.assign(cast.officer, request, person="handler").id
    with pytest.raises(PermissionDenied):
        assigning.end(cast.adviser, given, because="办完")
    with pytest.raises(InputRefused, match="原因"):
        assigning.end(cast.handler, given, because=" ")
    assigning.end(cast.handler, given, because="办完")
    with pytest.raises(InputRefused, match="已经结束"):
        assigning.end(cast.handler, given, because="办完")
    assert Assignment.objects.get().ended_because == "办完"


def test_everything_of_who_leaves_goes_to_another(cast: Cast) -> None:
    first, second, done = enter(cast, "A"), enter(cast, "B"), enter(cast, "C")
    due = today() + timedelta(days=5)
    assigning.assign(cast.officer, first, person="handler", due_on=due)
    assigning.assign(cast.officer, second, person="handler", joins=True)
    assigning.end(cast.officer, assigning.assign(cast.officer, done, person="handler").id, because="办完")
    assert assigning.hand_over(cast.officer, "handler", "head", because="调离") == 2
    rows = Assignment.objects.filter(ended_at__isnull=True).order_by("request__number")
    assert list(rows.values_list("request__number", "person__username", "joins", "due_on")) == [
        ("A", "head", False, due), ("B", "head", True, None),
    ]  # fmt: skip
    assert Assignment.objects.filter(person=cast.handler, ended_at__isnull=True).count() == 0
    assert Assignment.objects.get(request=first, person=cast.handler).ended_because == "移交head：调离"
    with pytest.raises(InputRefused, match="没有任职"):
        assigning.hand_over(cast.officer, "head", "elsewhere", because="调离")
    with pytest.raises(PermissionDenied):
        assigning.hand_over(cast.handler, "head", "handler", because="调离")


def test_another_body_hands_over_nothing_of_this_one(cast: Cast) -> None:
    assigning.assign(cast.officer, enter(cast), person="handler")
    assert assigning.hand_over(cast.elsewhere, "handler", "elsewhere", because="调离") == 0
    assert Assignment.objects.get().person == cast.handler


def test_many_at_once_and_what_could_not_be_is_told(cast: Cast) -> None:
    ids = [enter(cast, f"N-{each}") for each in range(4)]
    services.append(cast.officer, ids[0], {"kind": "withdrawn", "on": days_ago(1)}, evidence="撤回")
    assigning.assign(cast.officer, ids[1], person="handler")
    found = assigning.assign_many(cast.head, ids, person="handler")
    assert found.done == 2
    assert found.refused == (("N-0", "已经办结"), ("N-1", "已经交办过，还没有结束"))
    assert Assignment.objects.filter(person=cast.handler).count() == 3
    with pytest.raises(PermissionDenied):
        assigning.assign_many(cast.elsewhere, ids, person="elsewhere")
    with pytest.raises(InputRefused, match="1至500件"):
        assigning.assign_many(cast.officer, [], person="handler")
