"""本年统计, 期限日历, 期限变动 at the desk: for whom, at what cost, every figure a way to its requests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongkai.bureau import clock
from gongkai.bureau.casework import assigning, services
from gongkai.bureau.casework.models import DueChange, Request
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person

PEOPLE = {
    "officer": "zhuanyuan", "handler": "chengban", "head": "kezhang", "reviewer": "baomi", "adviser": "falv",
    "leader": "lingdao", "office": "zhuguan", "elsewhere": "mzj-zhuanyuan", "system": "xitong", "security": "anquan",
    "auditor": "shenji",
}  # fmt: skip
BUSINESS = {"officer", "handler", "head", "reviewer", "adviser", "leader", "office", "elsewhere"}
PAGES = (
    "/desk/statistics/", "/desk/statistics/?as=xlsx", "/desk/statistics/cells/requests/new/total/",
    "/desk/statistics/cells/remedies/reconsideration/total/", "/desk/statistics/cases/on_hand/",
    "/desk/statistics/answered-before/", "/desk/requests/calendar/", "/desk/requests/calendar/2026-11-30/",
    "/desk/calendar/changes/",
)  # fmt: skip
TODAY = date(2026, 11, 20)
NOTICE = "青政办发〔2026〕9号"


def enter(number: int, *events: dict[str, object]) -> int:
    return services.register(
        Person.objects.get(username="zhuanyuan"), body="qinglan-kjj", number=f"K-{number}", applicant_kind="business",
        names=(f"欧阳慕云{number}", None, None), subject=f"某项资金的分配结果{number}", channel="in_person",
        events=[{"kind": "submitted", "on": "2026-11-02"}, *events], evidence="申请书",
    )  # fmt: skip


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Ten requests, five of them answered, one in the handler's hands, one moved by a notice; made once."""
    from django.conf import settings

    hashers, today = settings.PASSWORD_HASHERS, clock.today
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    clock.today = lambda: TODAY  # the fixture lives longer than a monkeypatch
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            demo.fill(bodies=19, seed=1)
            for number in range(10):
                replied = {"kind": "replied", "on": f"2026-11-{10 + number:02d}", "outcome": "granted"}
                made = enter(number, *((replied,) if number % 2 else ()))
            moved = Request.objects.get(number="K-0")
            assigning.assign(Person.objects.get(username="kezhang"), moved.pk, person="chengban")
            DueChange.objects.create(
                request=moved, before=date(2026, 11, 30), after=date(2026, 12, 1), because=NOTICE, at=clock.now()
            )
            yield made
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            clock.today = today
    settings.PASSWORD_HASHERS = hashers


@pytest.fixture
def at(county: int, db: None) -> Callable[[str], Client]:
    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(username=PEOPLE[who]), "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.mark.alike
def test_each_page_is_for_who_sees_the_ledgers_and_holds_the_policy(
    at: Callable[[str], Client], inline_code: Callable[[str], list[str]], parse: Callable[[str], object]
) -> None:
    for who in PEOPLE:
        client = at(who)
        for path in PAGES if who in ("officer", "office", "handler", "elsewhere", "system") else PAGES[5:]:
            response = client.get(path)
            assert response.status_code == (200 if who in BUSINESS else 403), (who, path)
            assert response.headers["Cache-Control"] == "no-store"
            if who in ("officer", "office", "handler") and "xlsx" not in path:
                text = response.content.decode()
                assert inline_code(text) == []
                parse(text)
                assert "欧阳慕云" not in text
    for path in PAGES:
        assert Client().get(path).status_code == 302


def test_another_bureaus_officer_is_told_nothing_of_this_one(at: Callable[[str], Client]) -> None:
    elsewhere = at("elsewhere")
    for path in (*(each for each in PAGES if "xlsx" not in each), "/desk/requests/calendar/2026-12-01/"):
        assert "K-" not in elsewhere.get(path).content.decode(), path
        if path.startswith("/desk/statistics/"):
            told = elsewhere.get(f"{path}?body=qinglan-kjj")
            assert told.status_code == (400 if path == "/desk/statistics/" else 404), path
        else:
            assert "K-" not in elsewhere.get(f"{path}?body=qinglan-kjj&because={NOTICE}").content.decode(), path


def test_every_figure_of_the_page_opens_as_many_records(at: Callable[[str], Client]) -> None:
    officer = at("officer")
    page = officer.get("/desk/statistics/").content.decode()
    ways = dict(re.findall(r'<a class="figure(?: late)?" href="(/desk/statistics/c[^"]+)">(\d+)</a>', page))
    assert len(ways) > 100
    opened = [(way, int(count)) for way, count in ways.items() if "/cells/requests/" not in way or int(count)]
    for way, count in opened:
        rows = officer.get(unescape(way)).content.decode().count('<td class="nowrap"><a href="/desk/re')
        assert rows == count, way
    assert 'data-key="a"' in page


def test_wrong_words_are_told_at_the_field_and_kept(at: Callable[[str], Client]) -> None:
    officer = at("officer")
    for query, told in (
        ("year=2099", "应为2008至2026"), ("year=xx", "“xx”不是年度"), ("as_of=31", "“31”不是日期"),
        ("as_of=2026-12-01", "应为2026-01-01至2026-11-20"), ("body=qinglan-mzj", "您的角色不及于它"),
    ):  # fmt: skip
        response = officer.get(f"/desk/statistics/?{query}")
        text = response.content.decode()
        assert (response.status_code, told in text) == (400, True), query
        if not query.startswith("body"):
            assert f'value="{query.partition("=")[2]}"' in text
    for query, told in (("month=2026-13", "不是月份"), ("month=1999-01", "不在范围内")):
        response = officer.get(f"/desk/requests/calendar/?{query}")
        assert (response.status_code, told in response.content.decode()) == (400, True)
    for path in (
        "statistics/cells/requests/none/total/", "statistics/cells/proactive/rules/made/", "statistics/cases/all/",
        "statistics/cases/replied/?band=99", "statistics/cases/closed/?month=13", "statistics/cases/closed/?year=2099",
        "requests/calendar/tomorrow/",
    ):  # fmt: skip
        assert officer.get(f"/desk/{path}").status_code == 404, path


def test_the_work_of_each_person_is_not_for_everyone(at: Callable[[str], Client]) -> None:
    way = "/desk/statistics/cases/on_hand/?by=person&key=chengban&body=qinglan-kjj"
    for who, status in (("officer", 200), ("leader", 200), ("handler", 200), ("adviser", 403), ("office", 403)):
        assert at(who).get(way).status_code == status, who
    name = Person.objects.get(username="chengban").name
    table = 'aria-label="按人员"'
    assert [table in at(who).get("/desk/statistics/?body=qinglan-kjj").content.decode()
            for who in ("officer", "handler", "adviser", "office")] == [True, True, False, False]  # fmt: skip
    assert f"<h1>{name}：在办</h1>" in at("officer").get(way).content.decode()


def test_the_workbook_says_what_the_page_says(at: Callable[[str], Client]) -> None:
    book = load_workbook(BytesIO(at("officer").get("/desk/statistics/?as=xlsx").content))
    assert book.sheetnames == ["概要", "表三", "表四", "各月", "办理用时", "最慢的答复", "按科室", "按人员"]
    summary = {row[0]: row[1] for row in book["概要"].iter_rows(values_only=True)}
    assert (summary["本年新收"], summary["办理结果总计"], summary["在办"]) == (10, 5, 5)
    # 2 November, then 11, 13, 15 (Sunday), 17, 19 November: 7, 9, 9, 11, 13 working days
    assert summary["办理用时中位数（工作日）"] == "9"
    assert [row[2] for row in book["最慢的答复"].iter_rows(min_row=2, values_only=True)] == [13, 11, 9, 9, 7]
    totals = [row[2] for row in book["表三"].iter_rows(min_row=2, values_only=True) if row[1] == "总计"]
    # new 10, granted 5, concluded 5, carried out 5
    assert [each for each in totals if each] == [10, 5, 5, 5]


def test_the_month_leads_to_the_day_and_the_notice_to_what_it_moved(at: Callable[[str], Client]) -> None:
    officer = at("officer")
    month = officer.get("/desk/requests/calendar/").content.decode()
    assert "答复 <strong>5</strong> 件" in month
    day = officer.get("/desk/requests/calendar/2026-11-30/").content.decode()
    assert sorted(re.findall(r">(K-\d)</a>", day)) == ["K-0", "K-2", "K-4", "K-6", "K-8"]
    mine = at("handler").get("/desk/requests/calendar/2026-11-30/?whose=mine").content.decode()
    assert re.findall(r">(K-\d)</a>", mine) == ["K-0"]
    moved = officer.get(f"/desk/calendar/changes/?because={NOTICE}").content.decode()
    assert "2026年11月30日" in moved and "2026年12月1日" in moved and "推后1天" in moved
    case = officer.get(f"/desk/requests/{Request.objects.get(number='K-0').pk}/").content.decode()
    assert case.count("/desk/calendar/changes/?because=") == 2
    assert "/desk/calendar/changes/" in officer.get("/desk/calendar/").content.decode()
    assert "/desk/calendar/changes/" not in at("system").get("/desk/calendar/").content.decode()


def test_ten_more_requests_cost_no_more_queries(at: Callable[[str], Client]) -> None:
    office = at("office")
    before = {path: _cost(office, path) for path in PAGES}
    for number in range(10, 20):
        enter(number, *(({"kind": "replied", "on": "2026-11-18", "outcome": "partial"},) if number % 2 else ()))
    assert {path: _cost(office, path) for path in PAGES} == before
    assert max(before.values()) <= 50


def _cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as context:
        assert client.get(path).status_code == 200
    return len(context)
