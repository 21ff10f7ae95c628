"""Splitting a request at the desk: what was chosen and typed stays when it is refused; the query code is told once."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.bureau import clock
from gongkai.bureau.casework import intake
from gongkai.bureau.casework.models import Request
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.statute.cases.application import Filing, Wanted, Who

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_item_becomes_a_request_of_its_own(settings: SimpleNamespace) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.fill(bodies=19, seed=1)
    officer = Person.objects.get(username="zhuanyuan")
    filing = Filing(
        kind="natural_person", applicant=Who("林晓岚", "resident", "11010519491231002X"), telephone="13800138000",
        wanted=(Wanted("资金分配方案"), Wanted("专家名单")), form="electronic", way="electronic",
    )  # fmt: skip
    arrival = intake.Arrival("in_person", clock.today() - timedelta(days=2), None, "申请表")
    made = intake.receive(officer, "qinglan-kjj", filing, arrival)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/desk/requests/{made}/split/"
    assert f'action="{path}"' in client.get(f"/desk/requests/{made}/").content.decode()
    typed = {"seen": "2", "positions": ["2"], "agreed_on": "", "evidence": "电话记录第3号"}
    refused = client.post(path, typed)
    shown = refused.content.decode()
    assert refused.status_code == 400
    assert "同意之日：没有填写" in shown
    assert 'value="2" checked' in shown
    assert 'value="电话记录第3号"' in shown
    done = client.post(path, {**typed, "agreed_on": f"{clock.today()}"}, follow=True)
    assert "查询码" in done.content.decode()
    assert "只显示这一次" in done.content.decode()
    assert "只显示这一次" not in client.get(f"/desk/requests/{made}/").content.decode()
    assert list(Request.objects.order_by("id").values_list("subject", flat=True))[1:] == ["专家名单"]
    assert client.post("/desk/requests/999999/split/", typed).status_code == 404
