"""A form of the desk that comes after the session has ended: nothing that was written is lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.bureau.annual.models import WorkRecord
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PATH = "/desk/work-records/"
WRITTEN = {
    "do": "record", "body": "qinglan-kjj", "kind": "training", "on": "2026-03-02", "people": "30", "evidence": "签到表",
    "title": "条例专题培训第一场，全体干部参加，讲答复文书", "password": "不该出现",
}  # fmt: skip
HERE = {"Origin": "http://testserver"}


def test_signed_out_signed_in_again_and_sent(settings: SimpleNamespace) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.fill(bodies=19, seed=1)
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    token = client.cookies["csrftoken"].value
    late = client.post(PATH, {**WRITTEN, "csrfmiddlewaretoken": token}, headers=HERE)
    shown = late.content.decode()
    assert (late.status_code, late.headers["Cache-Control"]) == (401, "no-store")
    assert shown.count(WRITTEN["title"]) == 2
    assert "不该出现" not in shown
    client.force_login(Person.objects.get(username="zhuanyuan"), "django.contrib.auth.backends.ModelBackend")
    stale = client.post(PATH, {**WRITTEN, "csrfmiddlewaretoken": "x" * 64}, headers=HERE)
    assert stale.status_code == 403
    assert WRITTEN["title"] in stale.content.decode()
    fresh = client.cookies["csrftoken"].value
    assert client.post(PATH, {**WRITTEN, "csrfmiddlewaretoken": fresh}, headers=HERE).status_code == 302
    assert WorkRecord.objects.get().title == WRITTEN["title"]


@pytest.mark.parametrize("origin", ["http://elsewhere.example", ""])
def test_what_another_site_sent_is_not_offered_again(origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = Client(enforce_csrf_checks=True).post(PATH, WRITTEN, headers=headers)
    assert answer.status_code == 403
    assert WRITTEN["title"] not in answer.content.decode()
