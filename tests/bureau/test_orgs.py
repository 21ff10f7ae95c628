"""Bodies, people and roles: who may do what, four eyes, three separated administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied

from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import exchange, founding, queries, services
from gongkai.bureau.orgs.models import Assignment, Body
from gongkai.bureau.orgs.permissions import Act, may, refusal
from gongkai.statute.primitives import InputRefused

EVERYONE = (
    "system", "security", "auditor", "officer", "handler", "head", "reviewer", "adviser", "leader", "office",
    "elsewhere", "stranger",
)  # fmt: skip
STAFF = {"officer", "handler", "head", "reviewer", "adviser", "leader", "office"}
ALLOWED: dict[Act, set[str]] = {
    Act.EDIT_BODIES: {"system"},
    Act.EDIT_PEOPLE: {"system"},
    Act.ENTER_CALENDAR: {"system"},
    Act.GRANT_ROLES: {"security"},
    Act.RESET_SIGN_IN: {"security"},
    Act.READ_JOURNAL: {"auditor"},
    Act.VERIFY_JOURNAL: {"auditor"},
    Act.SEE_BODIES: STAFF | {"system", "security", "auditor"},
    Act.SEE_PEOPLE: {"system", "security"},
    Act.SEE_REPORTS: STAFF,
    Act.CHECK_REPORTS: {"officer", "office"},
    Act.WAIVE_FINDINGS: {"officer", "office"},
    Act.USE_CLOCK: STAFF,
    Act.SEE_LEDGERS: STAFF,
    Act.SEE_WORKLOAD: {"officer", "head", "leader"},
    Act.SEE_IDENTITIES: {"officer", "handler"},
    Act.ENTER_REQUESTS: {"officer", "handler"},
    Act.ASSIGN_REQUESTS: {"officer", "head"},
    Act.GIVE_OPINIONS: {"handler", "head", "adviser", "reviewer", "leader"},
    Act.WRITE_LETTERS: {"officer", "handler"},
    Act.EDIT_TEMPLATES: {"officer"},
    Act.ANSWER_COMPLAINTS: {"office"},
    Act.ENTER_REMEDIES: {"officer", "adviser"},
    Act.ENTER_STATEMENTS: {"officer", "handler", "head"},
    Act.EDIT_COLUMNS: {"officer"},
    Act.ENTER_ITEMS: {"officer", "handler"},
    Act.REVIEW_ITEMS: {"reviewer"},
    Act.EVALUATE_KEPT: {"officer", "reviewer"},
    Act.SEE_DRAFTS: STAFF,
    Act.DRAFT_REPORT: {"officer"},
    Act.REVIEW_REPORT: {"head", "adviser"},
    Act.APPROVE_REPORT: {"leader"},
    Act.ORGANISE_REPORTS: {"office"},
}


def test_every_act_is_in_the_table() -> None:
    assert set(ALLOWED) == set(Act)


@pytest.mark.parametrize("act", list(Act))
def test_each_role_may_do_its_acts_for_the_bureau_and_no_others(act: Act, cast: Cast) -> None:
    people = {who: getattr(cast, who) for who in EVERYONE}
    assert {who for who in EVERYONE if may(people[who], act, "qinglan-kjj")} == ALLOWED[act]
    untold = [who for who in EVERYONE if who not in ALLOWED[act] and not refusal(people[who], act, "qinglan-kjj")]
    assert untold == []


WRITES: dict[str, tuple[Callable[[Cast], object], str]] = {}


def write(allowed: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    def keep(act: Callable[..., object]) -> Callable[..., object]:
        WRITES[act.__name__] = (act, allowed)
        return act

    return keep


@write("system")
def create_body(who: object) -> object:
    return services.create_body(who, code="new", name="青澜县新设局", level="county_department", parent="qinglan")  # type: ignore[arg-type]


@write("system")
def create_section(who: object) -> object:
    return services.create_section(who, body="qinglan-kjj", code="gxk", name="高新科")  # type: ignore[arg-type]


@write("system")
def create_person(who: object) -> object:
    return services.create_person(who, username="new", name="新人", password="long-enough-9274")  # type: ignore[arg-type]


@write("system")
def disable_person(who: object) -> object:
    return services.set_active(who, "stranger", False)  # type: ignore[arg-type]


@write("system")
def enter_notice(who: object) -> object:
    return services.enter_notice(who, days=[date(2026, 3, 16)], worked=False, instrument="青政办发〔2026〕6号")  # type: ignore[arg-type]


@write("security")
def grant_role(who: object) -> object:
    return services.grant_role(
        who, username="stranger", role="handler", body="qinglan-kjj", since=date(2026, 1, 5), until=None
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("name", list(WRITES))
def test_each_write_is_for_one_role_alone_and_leaves_a_record(name: str, cast: Cast) -> None:
    act, allowed = WRITES[name]
    before = Entry.objects.count()
    for who in EVERYONE:
        if who != allowed:
            with pytest.raises(PermissionDenied, match="没有这个角色"):
                act(getattr(cast, who))
    assert Entry.objects.count() == before
    act(getattr(cast, allowed))
    assert Entry.objects.count() == before + 1


def test_nobody_grants_himself(cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match="不能给自己授予角色"):
        services.grant_role(
            cast.security, username="anquan", role="handler", body="qinglan", since=date(2026, 1, 5), until=None
        )


@pytest.mark.parametrize(
    ("username", "role"),
    [("xitong", "auditor"), ("shenji", "system_admin"), ("xitong", "handler"), ("officer", "auditor")],
)
def test_the_three_administrators_stay_separated(username: str, role: str, cast: Cast) -> None:
    with pytest.raises(InputRefused, match="三员必须分立"):
        services.grant_role(
            cast.security, username=username, role=role, body="qinglan", since=date(2026, 1, 5), until=None
        )


def test_a_role_ends_with_its_day(cast: Cast) -> None:
    held = Assignment.objects.get(person=cast.officer)
    services.end_role(cast.security, held.pk, date(2025, 12, 31))
    assert may(cast.officer, Act.CHECK_REPORTS, "qinglan-kjj") is False
    with pytest.raises(InputRefused, match="终止"):
        services.end_role(cast.security, held.pk, date(2026, 1, 31))


def test_a_stopped_account_may_do_nothing(cast: Cast) -> None:
    services.set_active(cast.system, "officer", False)
    cast.officer.refresh_from_db()
    assert may(cast.officer, Act.SEE_REPORTS, "qinglan-kjj") is False
    with pytest.raises(PermissionDenied, match="自己的账号"):
        services.set_active(cast.system, "xitong", False)


def test_an_officer_reaches_his_own_body_and_the_office_its_subtree(cast: Cast) -> None:
    assert [each.code for each in queries.own_bodies(cast.officer, Act.SEE_REPORTS)] == ["qinglan-kjj"]
    assert [each.code for each in queries.own_bodies(cast.office, Act.SEE_REPORTS)] == [
        "qinglan", "qinglan-kjj", "qinglan-mzj",
    ]  # fmt: skip
    assert refusal(cast.officer, Act.SEE_REPORTS, "qinglan-mzj") == "您的角色不及于青澜县民政局，不能查看年报核查"


def test_a_body_needs_its_elements(cast: Cast) -> None:
    with pytest.raises(InputRefused) as refused:
        services.create_body(cast.system, code="qinglan-kjj", name=" ", level="planet", parent="qinglan")
    assert [each.place for each in refused.value.faults] == ["层级", "机关名称", "机关代码"]


def test_a_deputy_is_another_person(cast: Cast) -> None:
    services.create_section(cast.system, body="qinglan-kjj", code="gxk", name="高新科")
    with pytest.raises(InputRefused, match="同一人"):
        services.create_post(
            cast.system, body="qinglan-kjj", section="gxk", name="公开岗", holder="officer", deputy="officer"
        )


def test_the_first_administrators_are_appointed_once(cast: Cast) -> None:
    with pytest.raises(InputRefused, match="已有系统管理员"):
        founding.appoint(username="second", name="二号", role="system_admin", body="qinglan", password="x")


@pytest.mark.django_db
def test_bodies_are_exchanged_as_they_were_given() -> None:
    text = (
        '{"code": "a", "name": "甲县人民政府", "short_name": "甲县政府", "level": "county", "parent": null}\n'
        '{"code": "b", "name": "甲县科学技术局", "short_name": "", "level": "county_department", "parent": "a", '
        '"valid_from": "2019-03-01", "predecessors": ["a"]}\n'
    )
    assert exchange.write(text) == exchange.Imported(2, 0)
    assert exchange.write(text) == exchange.Imported(0, 2)
    assert "\n".join(exchange.lines()) + "\n" == text


@pytest.mark.django_db
def test_a_file_with_faults_tells_them_all_and_writes_nothing() -> None:
    text = (
        '{"code": "a", "name": "甲县人民政府", "level": "county"}\n'
        '{"code": "b", "name": "乙", "level": "planet", "colour": 1}\n'
        "not json\n"
        '{"code": "c", "name": "丙", "level": "other", "parent": "nobody"}\n'
    )
    with pytest.raises(InputRefused) as refused:
        exchange.write(text)
    assert [each.place for each in refused.value.faults] == ["第2行 colour", "第2行 level", "第3行", "第4行 parent"]
    assert Body.objects.count() == 0


@pytest.mark.django_db
def test_a_known_body_with_other_values_is_an_error_that_shows_both() -> None:
    exchange.write('{"code": "a", "name": "甲县人民政府", "level": "county"}')
    with pytest.raises(InputRefused, match=r"甲县人民政府.*乙县人民政府"):
        exchange.write('{"code": "a", "name": "乙县人民政府", "level": "county"}')


def test_lists_cost_the_same_however_long(cast: Cast, django_assert_num_queries: object) -> None:
    for number in range(20):
        services.create_body(
            cast.system, code=f"x{number:02}", name=f"青澜县第{number}局", level="county_department", parent="qinglan"
        )
    with django_assert_num_queries(1):  # type: ignore[operator]
        page = queries.bodies(size=10)
    assert len(page.rows) == 10
    assert queries.bodies(size=100, after=page.next_after).rows[0].code > page.rows[-1].code
    with django_assert_num_queries(2):  # type: ignore[operator]
        queries.people(size=10)
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.assignments()
