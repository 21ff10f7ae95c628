"""Nobody reaches beyond his bodies: subtree, expired roles, stopped accounts, numbers of another body's rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from bureau_cast import SINCE, Cast
from django.core.exceptions import PermissionDenied
from django.test import Client

from gongkai.bureau import clock
from gongkai.bureau.ledger.models import Entry, Stream
from gongkai.bureau.orgs import accounts, founding, queries, services
from gongkai.bureau.orgs.models import Assignment, Body, Person
from gongkai.bureau.orgs.permissions import Act, may, reach
from gongkai.statute.primitives import InputRefused

TODAY = clock.today()


def person(cast: Cast, username: str, role: str, body: str) -> Person:
    services.create_person(cast.system, username=username, name=username, password="long-enough-9274")
    services.grant_role(cast.security, username=username, role=role, body=body, since=SINCE, until=None)
    Person.objects.filter(username=username).update(initial_password=False)  # chosen their own since
    return Person.objects.get(username=username)


@pytest.fixture
def local(cast: Cast) -> dict[str, Person]:
    """The three administrators of one bureau alone."""
    roles = ("system_admin", "security_admin", "auditor")
    return {role: person(cast, f"kjj-{role}", role, "qinglan-kjj") for role in roles}


# --- whose account ----------------------------------------------------------------------------------------------------

OVER: dict[str, tuple[str, Callable[[Person, str], object]]] = {
    "stop": ("system_admin", lambda who, whom: services.set_active(who, whom, False)),
    "unlock": ("security_admin", accounts.unlock),
    "reset the second factor": ("security_admin", accounts.reset_second_factor),
    "set a new password": ("security_admin", accounts.reset_password),
}


@pytest.mark.parametrize("act", OVER)
@pytest.mark.parametrize("whom", ["xitong", "anquan", "shenji", "elsewhere", "office"])
def test_a_bureaus_administrator_does_not_touch_accounts_of_others(
    act: str, whom: str, cast: Cast, local: dict[str, Person]
) -> None:
    role, do = OVER[act]
    before = Entry.objects.count()
    with pytest.raises(PermissionDenied, match=r"这个账号在.*任职，您的角色不及于那里"):
        do(local[role], whom)
    assert Entry.objects.count() == before
    assert Person.objects.get(username=whom).is_active


@pytest.mark.parametrize("act", OVER)
def test_a_bureaus_administrator_serves_its_own_accounts(act: str, cast: Cast, local: dict[str, Person]) -> None:
    role, do = OVER[act]
    before = Entry.objects.count()
    do(local[role], "officer")
    do(local[role], "stranger")
    assert Entry.objects.count() == before + 2


def test_one_role_elsewhere_is_enough_to_be_out_of_reach(cast: Cast, local: dict[str, Person]) -> None:
    services.grant_role(
        cast.security, username="officer", role="handler", body="qinglan-mzj", since=TODAY + timedelta(30), until=None
    )
    with pytest.raises(PermissionDenied, match="青澜县民政局"):
        services.set_active(local["system_admin"], "officer", False)


@pytest.mark.parametrize("do", [accounts.unlock, accounts.reset_second_factor])
def test_nobody_restores_his_own_sign_in(do: Callable[[Person, str], object], cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match="另一名安全保密管理员"):
        do(cast.security, "anquan")


@pytest.mark.parametrize("do", [accounts.unlock, accounts.reset_second_factor])
def test_an_account_that_is_none_leaves_no_stream(do: Callable[[Person, str], object], cast: Cast) -> None:
    with pytest.raises(InputRefused, match="没有账号“nobody”"):
        do(cast.security, "nobody")
    assert not Stream.objects.filter(name="person:nobody").exists()


# --- whose days and entries -------------------------------------------------------------------------------------------


def test_a_day_off_for_all_is_not_a_bureaus_to_enter_or_withdraw(cast: Cast, local: dict[str, Person]) -> None:
    with pytest.raises(PermissionDenied, match="及于全部机关，您的角色不及于青澜县人民政府"):
        services.enter_notice(local["system_admin"], days=[date(2026, 5, 18)], worked=False, instrument="通知")
    with pytest.raises(PermissionDenied, match="不及于青澜县民政局"):
        services.enter_notice(
            local["system_admin"], days=[date(2026, 5, 18)], worked=False, instrument="通知", body="qinglan-mzj"
        )
    (notice,) = services.enter_notice(cast.system, days=[date(2026, 5, 18)], worked=False, instrument="通知")
    with pytest.raises(PermissionDenied, match="及于全部机关"):
        services.withdraw_notice(local["system_admin"], notice, "不要")


def test_a_bureaus_auditor_reads_his_bureaus_entries_alone(cast: Cast, local: dict[str, Person]) -> None:
    assert queries.journal_reach(cast.auditor) is None
    assert queries.journal_reach(local["auditor"]) == frozenset({"qinglan-kjj"})
    assert queries.journal_reach(cast.officer) == frozenset()
    client = Client()
    client.force_login(local["auditor"], backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get("/desk/journal/").content.decode()
    assert "body:qinglan-kjj" in shown or "kjj-auditor" in shown
    assert "body:qinglan-mzj" not in shown
    assert "青澜县民政局" not in shown.split("<main")[1]


# --- when and who -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (TODAY - timedelta(9), TODAY - timedelta(1), False),
        (TODAY - timedelta(9), TODAY, True),
        (TODAY, None, True),
        (TODAY + timedelta(1), None, False),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(since: date, until: date | None, holds: bool, cast: Cast) -> None:
    services.grant_role(
        cast.security, username="stranger", role="disclosure_officer", body="qinglan-kjj", since=since, until=until
    )
    assert may(cast.stranger, Act.ENTER_REQUESTS, "qinglan-kjj") is holds
    assert Body.objects.filter(reach(cast.stranger, Act.SEE_LEDGERS)).exists() is holds


def test_ending_a_role_never_lengthens_it_past_the_separation_of_the_three(cast: Cast) -> None:
    role = services.grant_role(
        cast.security, username="stranger", role="handler", body="qinglan-kjj", since=SINCE, until=TODAY
    )
    services.grant_role(
        cast.security, username="stranger", role="auditor", body="qinglan", since=TODAY + timedelta(1), until=None
    )
    with pytest.raises(InputRefused, match=f"晚于原定的{TODAY}"):
        services.end_role(cast.security, role, TODAY + timedelta(365))


def test_a_body_whose_code_begins_as_anothers_is_not_beneath_it(cast: Cast) -> None:
    services.create_body(
        cast.system, code="qinglan-kjj-2", name="青澜县第二科技局", level="county_department", parent="qinglan"
    )
    head = person(cast, "kjj-office", "county_office", "qinglan-kjj")
    assert not may(head, Act.SEE_LEDGERS, "qinglan-kjj-2")
    assert [each.code for each in queries.own_bodies(head, Act.SEE_LEDGERS)] == ["qinglan-kjj"]


@pytest.mark.parametrize("code", ["", "a/b", "../x", "QINGLAN-KJJ", "科技局", "a b", "x" * 65, "a\x00"])
def test_a_code_that_could_be_taken_for_another_place_in_the_tree_is_refused(code: str, cast: Cast) -> None:
    with pytest.raises(InputRefused) as refused:
        services.create_body(cast.system, code=code, name="某局", level="county_department", parent="qinglan")
    assert [each.place for each in refused.value.faults] == ["机关代码"]


def test_accounts_do_not_differ_in_case_alone(cast: Cast) -> None:
    with pytest.raises(InputRefused, match="已有人使用"):
        services.create_person(cast.system, username="Officer", name="冒名", password="long-enough-9274")
    with pytest.raises(InputRefused, match="不能用的字符"):
        services.create_person(cast.system, username="a/b", name="某人", password="long-enough-9274")


def test_a_stopped_account_gets_no_role_and_no_post(cast: Cast) -> None:
    services.create_section(cast.system, body="qinglan-kjj", code="gxk", name="高新科")
    services.set_active(cast.system, "stranger", False)
    with pytest.raises(InputRefused, match="账号已停用"):
        services.grant_role(
            cast.security, username="stranger", role="handler", body="qinglan-kjj", since=TODAY, until=None
        )
    with pytest.raises(InputRefused, match="账号已停用"):
        services.create_post(cast.system, body="qinglan-kjj", section="gxk", name="公开岗", holder="stranger")


def test_what_is_not_there_is_told_in_words(cast: Cast) -> None:
    with pytest.raises(InputRefused, match="没有账号“nobody”"):
        services.set_active(cast.system, "nobody", False)
    with pytest.raises(InputRefused, match="没有代码为“none”的科室"):
        services.create_post(cast.system, body="qinglan-kjj", section="none", name="岗")
    with pytest.raises(InputRefused, match="没有这一行"):
        services.end_role(cast.security, 987654, TODAY)
    with pytest.raises(InputRefused, match="没有这一条"):
        services.withdraw_notice(cast.system, 987654, "x")
    with pytest.raises(InputRefused, match="有121个字；应为不超过120个字"):
        services.update_body(
            cast.system, "qinglan-kjj", name="局" * 121, short_name="", address="", office_hours="", telephone=""
        )


# --- with a session open ----------------------------------------------------------------------------------------------


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_session_loses_the_role_with_the_role(browser: Client, cast: Cast) -> None:
    assert browser.get("/desk/requests/").status_code == 200
    services.end_role(cast.security, Assignment.objects.get(person=cast.officer).pk, TODAY - timedelta(1))
    assert browser.get("/desk/requests/").status_code == 403
    assert browser.post("/desk/requests/new/", {"body": "qinglan-kjj"}).status_code == 403


def test_a_session_ends_when_the_account_is_stopped(browser: Client, cast: Cast) -> None:
    services.set_active(cast.system, "officer", False)
    answer = browser.get("/desk/requests/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_a_session_ends_when_the_password_changes(browser: Client, cast: Cast) -> None:
    changed = Person.objects.get(username="officer")
    changed.set_password("another-one-9274")
    changed.save()
    assert browser.get("/desk/requests/").status_code == 302


# --- the first administrators -----------------------------------------------------------------------------------------


def test_one_in_office_for_a_time_is_in_office(cast: Cast) -> None:
    Assignment.objects.filter(role="auditor").update(until=TODAY)
    with pytest.raises(InputRefused, match="已有安全审计员"):
        founding.appoint(username="second", name="二号", role="auditor", body="qinglan", password="x")


@pytest.mark.parametrize(("username", "name"), [("", "某人"), ("a" * 65, "某人"), ("new", " "), ("XITONG", "冒名")])
def test_a_first_administrator_needs_a_name_of_his_own(username: str, name: str, cast: Cast) -> None:
    Assignment.objects.filter(role="auditor").delete()
    with pytest.raises(InputRefused):
        founding.appoint(username=username, name=name, role="auditor", body="qinglan", password="x")
