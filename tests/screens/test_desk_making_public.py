"""From the answer of a case to the published information, at the desk, and then before the next who asks."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.bureau import clock
from gongkai.bureau.casework import services
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _at(username: str) -> Client:
    client = Client()
    person = Person.objects.get(username=username)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_answer_of_a_case_becomes_public(settings: SimpleNamespace) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.fill(bodies=19, seed=1)
    today = clock.today()
    made = services.register(
        Person.objects.get(username="zhuanyuan"), body="qinglan-kjj", number="KJJ-7", applicant_kind="natural_person",
        names=("欧阳慕云", None, None), subject="2025年科技特派员经费的分配结果", channel="in_person",
        events=[
            {"kind": "submitted", "on": f"{today - timedelta(days=5)}"},
            {"kind": "replied", "on": f"{today}", "outcome": "granted"},
        ],
        evidence="申请书",
    )  # fmt: skip
    officer, reviewer = _at("zhuanyuan"), _at("baomi")
    assert f"/desk/items/new/?of={made}" in officer.get(f"/desk/requests/{made}/").content.decode()
    assert f"?of={made}" not in reviewer.get(f"/desk/requests/{made}/").content.decode()
    form = f"/desk/items/new/?of={made}"
    assert 'value="KJJ-7-公开"' in officer.get(form).content.decode()
    typed = {
        "body": "qinglan-kjj", "source_id": "KJJ-7-公开", "column": "依申请公开转主动公开",
        "title": "2025年科技特派员经费的分配结果", "published_on": f"{today}", "body_text": "欧阳慕云要的表",
    }  # fmt: skip
    wrong = officer.post(form, typed)
    assert wrong.status_code == 400
    assert "写有申请人的姓名、证件号码或联系方式" in wrong.content.decode()
    assert "欧阳慕云要的表" in wrong.content.decode()
    assert officer.post(form, {**typed, "body_text": "经费分配表"}).status_code == 302
    item = Item.objects.get().pk
    assert f"/desk/items/{item}/#review" in reviewer.get("/desk/").content.decode()
    page = f"/desk/items/{item}/"
    assert "作出审查结论" not in officer.get(page).content.decode()
    assert officer.post(page, {"conclusion": "public", "ground": "不涉密"}).status_code == 403
    empty = reviewer.post(page, {"conclusion": "public", "ground": ""})
    assert (empty.status_code, "审查意见：没有填写" in empty.content.decode()) == (400, True)
    assert reviewer.post(page, {"conclusion": "public", "ground": "不涉密"}).status_code == 302
    shown = Client().get(f"/apply/qinglan-kjj/answers/{item}/", follow=True)
    assert (shown.status_code, "经费分配表" in shown.content.decode()) == (200, True)
    assert officer.get("/desk/items/new/?of=999999").status_code == 404
