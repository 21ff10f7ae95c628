"""我的工作: what of the requests waits for whom, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bureau_cast import Cast
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau import clock
from gongkai.bureau.casework import assigning, letters, services
from gongkai.bureau.casework.models import ApplicantMessage, Letter, Request
from gongkai.bureau.casework.queries.worklist import waiting_for
from gongkai.bureau.orgs.models import Person

pytestmark = pytest.mark.database


def request(cast: Cast, number: int = 1, channel: str = "in_person") -> int:
    return services.register(
        cast.officer, body="qinglan-kjj", number=f"KJJ-2026-{number:04d}", applicant_kind="natural_person",
        names=("江一诺", None, None), subject="专项资金分配结果", channel=channel,
        events=[{"kind": "submitted", "on": clock.today().isoformat()}], evidence="申请书",
    )  # fmt: skip


def told(person: Person) -> list[str]:
    return [each.what for each in waiting_for(person)]


@pytest.mark.parametrize(
    ("state", "who", "act"),
    [
        ("drafting", {"handler"}, "写完送审"),
        ("in_section", {"head"}, "科室审核"),
        ("in_legal", {"adviser"}, "合法性审查"),
        ("in_secrecy", {"reviewer"}, "保密审查"),
        ("awaiting_signature", {"leader"}, "签发"),
        ("signed", {"officer"}, "用印"),
        ("sealed", {"officer"}, "送达"),
        ("delivered", set(), ""),
        ("void", set(), ""),
    ],
)
def test_a_letter_waits_for_whose_turn_it_is(cast: Cast, state: str, who: set[str], act: str) -> None:
    made = letters.draft(cast.handler, request(cast), "refused")
    Letter.objects.filter(pk=made).update(state=state)
    names = ("officer", "handler", "head", "reviewer", "adviser", "leader", "office", "elsewhere", "stranger", "system")
    found = {name: told(getattr(cast, name)) for name in names}
    assert {name for name, listed in found.items() if listed} == who
    for name in who:
        assert found[name] == [f"{act}：KJJ-2026-0001 政府信息公开申请答复书（不予公开）"]


def test_a_notice_waits_for_the_head_who_signs_it_and_the_leader_who_may(cast: Cast) -> None:
    made = letters.draft(cast.handler, request(cast), "extension_notice")
    Letter.objects.filter(pk=made).update(state="awaiting_signature")
    assert len(told(cast.head)) == len(told(cast.leader)) == 1


def test_what_is_assigned_waits_until_its_inner_day_or_the_due_day(cast: Cast) -> None:
    made = request(cast)
    inner = clock.today() + timedelta(days=5)
    assigning.assign(cast.officer, made, person="handler", task="查档案", due_on=inner)
    [waiting] = waiting_for(cast.handler)
    assert (waiting.what, waiting.due, waiting.url) == ("KJJ-2026-0001：查档案", inner, f"/desk/requests/{made}/")
    assert not waiting_for(cast.elsewhere)


def test_what_nobody_confirmed_and_what_is_late_waits_for_the_officer(cast: Cast) -> None:
    request(cast, 1, "internet")
    late = request(cast, 2)
    Request.objects.filter(pk=late).update(due_on=clock.today() - timedelta(days=1), phase="overdue")
    assert told(cast.officer) == ["KJJ-2026-0002：答复", "KJJ-2026-0001：与申请人确认收到"]
    assert told(cast.elsewhere) == []


def test_what_nobody_handles_waits_for_the_officer_until_it_is_assigned_or_a_letter_is_begun(cast: Cast) -> None:
    first, second = request(cast, 1), request(cast, 2)
    assert told(cast.officer) == ["KJJ-2026-0001：交办", "KJJ-2026-0002：交办"]
    assert told(cast.handler) == told(cast.elsewhere) == []
    assigning.assign(cast.officer, first, person="handler", task="查档案", due_on=None)
    letters.draft(cast.handler, second, "refused")
    assert told(cast.officer) == []


def test_a_complaint_waits_for_the_county_office_and_a_suggestion_for_the_body(cast: Cast) -> None:
    made = request(cast)
    for kind in ("complaint", "suggestion", "rating"):
        ApplicantMessage.objects.create(request_id=made, kind=kind, sealed=b"x", at=clock.now())
    assert told(cast.office) == ["KJJ-2026-0001：处理投诉"]
    assert told(cast.officer) == ["KJJ-2026-0001：交办", "KJJ-2026-0001：处理纳入主动公开的建议"]


def test_nobody_is_told_who_asked(cast: Cast) -> None:
    request(cast, 1, "internet")
    assert "江一诺" not in repr(waiting_for(cast.officer))


def test_many_cost_no_more_than_one(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(1, 8):
        letters.draft(cast.officer, request(cast, number, "internet"), "receipt")
    with django_assert_max_num_queries(8):
        assert len(waiting_for(cast.officer)) == 14
