"""Columns at the desk and on the portal: what was typed stays, closed addresses lead on, nobody's name is public."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing.models import Column

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _at(username: str) -> Client:
    client = Client()
    person = Person.objects.get(username=username)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_from_the_first_column_to_its_page(settings: SimpleNamespace, django_assert_max_num_queries: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.fill(bodies=19, seed=1)
    officer, anybody = _at("zhuanyuan"), Client()
    assert "还没有栏目" in officer.get("/desk/columns/").content.decode()
    assert "还没有建立栏目" in anybody.get("/bodies/qinglan-kjj/columns/").content.decode()
    assert officer.post("/desk/columns/?body=qinglan-kjj").status_code == 302
    assert _at("lingdao").post("/desk/columns/?body=qinglan-kjj").status_code == 403
    with django_assert_max_num_queries(20):
        shown = officer.get("/desk/columns/").content.decode()
    assert "26个栏目没有责任科室或者责任人" in shown
    none = officer.post("/desk/columns/?body=qinglan-kjj", {"do": "fields"})
    assert (none.status_code, "领域：没有选择" in none.content.decode()) == (400, True)
    assert (
        officer.post("/desk/columns/?body=qinglan-kjj", {"do": "fields", "field": ["field-culture"]}).status_code == 302
    )
    assert "公共文化服务" in anybody.get("/bodies/qinglan-kjj/columns/").content.decode()
    notices = Column.objects.get(code="notices").pk
    typed = {"do": "change", "name": "公示公告", "parent": "", "days": "x", "event": "", "section": "",
             "person": "chengban", "position": "3"}  # fmt: skip
    wrong = officer.post(f"/desk/columns/{notices}/", typed)
    assert wrong.status_code == 400
    assert "更新天数：“x”不是整数" in wrong.content.decode()
    assert 'value="公示公告"' in wrong.content.decode()
    assert officer.post(f"/desk/columns/{notices}/", {**typed, "days": "30"}).status_code == 302
    tree = anybody.get("/bodies/qinglan-kjj/columns/").content.decode()
    assert "公示公告" in tree
    assert "陆一鸣" not in tree
    assert "这个栏目还没有公开的信息" in anybody.get("/bodies/qinglan-kjj/columns/notices/").content.decode()
    target = Column.objects.get(code="others").pk
    closing = {"do": "close", "into": f"{target}", "because": "合并"}
    assert officer.post(f"/desk/columns/{notices}/", closing).status_code == 302
    moved = anybody.get("/bodies/qinglan-kjj/columns/notices/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/bodies/qinglan-kjj/columns/others/")
    assert anybody.get("/bodies/qinglan-kjj/columns/annual/").headers["Location"] == "/bodies/qinglan-kjj/reports/"
    assert anybody.get("/bodies/qinglan-kjj/columns/nothing/").status_code == 404
    new = {"code": "notices", "name": "又一个", "parent": "", "days": "", "event": "", "position": ""}
    taken = officer.post("/desk/columns/new/?body=qinglan-kjj", new)
    assert (taken.status_code, "“notices”已经用过" in taken.content.decode()) == (400, True)
    assert officer.post("/desk/columns/new/?body=qinglan-kjj", {**new, "code": "you"}).status_code == 302
    assert officer.get("/desk/columns/?body=nowhere").status_code == 404
    assert _at("mzj-zhuanyuan").get(f"/desk/columns/{notices}/").status_code == 403
