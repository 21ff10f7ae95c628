"""我的视图: kept under a name for oneself, of the list's own filters alone; and passwords that an administrator set."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person, SavedView

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _county(settings: SimpleNamespace) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.fill(bodies=19, seed=1)


def _at(username: str) -> Client:
    client = Client()
    person = Person.objects.get(username=username)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_view_is_kept_shown_to_its_owner_alone_and_dropped() -> None:
    officer, handler = _at("zhuanyuan"), _at("chengban")
    query = "state=overdue&outcome=&after=2026-01-02~7&as=xlsx&unknown=1"
    kept = officer.post("/desk/views/requests/", {"name": " 逾期的 ", "query": query})
    assert kept.status_code == 302
    assert list(SavedView.objects.values_list("name", "query")) == [("逾期的", "state=overdue")]
    assert 'href="?state=overdue">逾期的' in officer.get("/desk/requests/").content.decode()
    assert "逾期的</a>" not in handler.get("/desk/requests/").content.decode()
    assert "逾期的</a>" not in officer.get("/desk/remedies/").content.decode()
    assert 'aria-current="true">逾期的' in officer.get("/desk/requests/?state=overdue").content.decode()
    officer.post("/desk/views/requests/", {"name": "逾期的", "query": "state=overdue&year=2026"})
    assert SavedView.objects.get().query == "state=overdue&year=2026"
    handler.post("/desk/views/requests/", {"name": "逾期的", "query": "", "do": "drop"})
    assert SavedView.objects.count() == 1
    officer.post("/desk/views/requests/", {"name": "逾期的", "query": "", "do": "drop"})
    assert SavedView.objects.count() == 0


def test_what_cannot_be_kept_is_said_and_the_name_stays() -> None:
    officer = _at("zhuanyuan")
    none = officer.post("/desk/views/items/", {"name": "全部", "query": "after=1"}, follow=True)
    assert "视图：没有任何筛选条件" in none.content.decode()
    long = officer.post("/desk/views/items/", {"name": "长" * 41, "query": "year=2025"}, follow=True)
    assert "视图名称：有41个字；应为不超过40个字" in long.content.decode()
    assert f'value="{"长" * 40}"' in long.content.decode()
    assert officer.post("/desk/views/journal/", {"name": "甲", "query": "year=2025"}).status_code == 404
    for number in range(21):
        officer.post("/desk/views/items/", {"name": f"第{number}个", "query": "year=2025"})
    assert SavedView.objects.count() == 20


def test_a_password_that_an_administrator_set_is_changed_first() -> None:
    security = _at("anquan")
    answer = security.post("/desk/people/chengban/", {"act": "password"})
    found = re.search("新的初始口令：<code>([a-z2-9]{16})</code>", answer.content.decode())
    assert found is not None
    assert found[1] not in "".join(Entry.objects.values_list("facts", flat=True))
    assert Entry.objects.filter(stream="person:chengban", kind="person.password_reset").count() == 1
    assert found[1] not in security.get("/desk/people/chengban/").content.decode()
    own = Client()
    signed_in = own.post("/accounts/login/", {"login": "chengban", "password": found[1]})
    assert signed_in.status_code == 302
    assert own.get("/desk/requests/").headers["Location"] == "/accounts/password/change/"
    assert own.get("/api/v1/requests").status_code == 403
    new = "qing-lan-2027-own"
    form = {"oldpassword": found[1], "password1": new, "password2": new}
    assert own.post("/accounts/password/change/", form).status_code == 302
    assert own.get("/desk/requests/").status_code == 200


@pytest.mark.parametrize("who", ["xitong", "shenji", "zhuanyuan", "lingdao", "zhuguan"])
def test_others_set_no_password(who: str) -> None:
    before = Person.objects.get(username="chengban").password
    assert _at(who).post("/desk/people/chengban/", {"act": "password"}).status_code == 403
    assert Person.objects.get(username="chengban").password == before


def test_nobody_sets_their_own_and_a_new_account_must_change_it() -> None:
    assert _at("anquan").post("/desk/people/anquan/", {"act": "password"}).status_code == 403
    new = {"username": "xinren", "name": "新人", "email": "", "password": "zhe-shi-chushi-2026"}
    assert _at("xitong").post("/desk/people/", new).status_code == 302
    assert Person.objects.get(username="xinren").initial_password
    assert _at("xinren").get("/desk/").headers["Location"] == "/accounts/password/change/"
