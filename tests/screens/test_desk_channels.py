"""Channels at the desk: chosen, sent, recorded; what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from draft_screens import WAY, draft, person, signed_in

from gongkai.bureau import clock
from gongkai.bureau.publishing import draft_steps
from gongkai.bureau.publishing.models import Draft, EvaluationEntry, IndexScheme, Sending

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["draft"]


@pytest.fixture
def officer(draft: int) -> Client:
    client = signed_in("zhuanyuan")
    chosen = {"used": ["bulletin", "wechat", "gazette", "library"], "addresses": "dangan@example.gov.cn"}
    assert client.post("/desk/channels/", chosen).status_code == 302
    for username, act, given in WAY:
        draft_steps.take_step(person(username), draft, act, given)
    return client


def test_all_that_waits_is_sent_and_recorded(
    officer: Client, inline_code: Callable[[str], list[str]], parse: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    page = officer.get("/desk/channels/").content.decode()
    parse(page)
    assert inline_code(page) == []
    for word in ("做移送清单", "编一期公报", "发一期简报", "已发送"):
        assert word in page
    assert officer.post("/desk/channels/bulletin/send/").status_code == 302
    assert officer.post("/desk/channels/gazette/send/").status_code == 302
    made = officer.post("/desk/channels/library/send/", {"receiver": "青澜县图书馆"})
    assert made.status_code == 200
    assert made["Content-Disposition"].startswith("attachment")
    wechat = Sending.objects.get(channel__kind="wechat")
    assert officer.get(f"/desk/channels/sendings/{wechat.pk}/package/").status_code == 200
    assert "没有填写" in officer.post(f"/desk/channels/sendings/{wechat.pk}/done/", {"note": ""}).content.decode()
    assert officer.post(f"/desk/channels/sendings/{wechat.pk}/done/", {"note": "已推送"}).status_code == 302
    page = officer.get("/desk/channels/").content.decode()
    assert "没有等候发送的信息" in page
    assert "移送青澜县图书馆" in page
    issue = officer.get("/desk/channels/gazettes/1/")
    assert issue.status_code in (200, 404)
    assert "第1期（PDF）" in page


def test_what_was_typed_stays(officer: Client) -> None:
    answer = officer.post("/desk/channels/", {"used": ["bulletin"], "addresses": "不是地址", "name-weibo": "青澜微博"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "不是邮件地址" in page
    assert "不是地址</textarea>" in page
    assert 'value="青澜微博"' in page


def test_the_form_of_index_numbers(officer: Client) -> None:
    wrong = officer.post("/desk/channels/index-numbers/", {"pattern": "{org}", "org": "011"})
    assert wrong.status_code == 400
    assert "没有年、流水号" in wrong.content.decode()
    right = {"pattern": "{org}/{year}-{serial:6}", "org": "011330800"}
    assert officer.post("/desk/channels/index-numbers/", right).status_code == 302
    assert IndexScheme.objects.get().org == "011330800"


def test_another_bodys_channels_are_not_there(officer: Client) -> None:
    assert officer.get("/desk/channels/?body=qinglan-mzj").status_code == 404
    assert signed_in("chengban").post("/desk/channels/gazette/send/").status_code == 403


def test_what_is_kept_is_evaluated_at_the_desk(officer: Client, draft: int, parse: Any) -> None:
    found = Draft.objects.get(pk=draft)
    found.state, found.way, found.way_ground, found.evaluate_on = "kept", "withheld", "内部事务", clock.today()
    found.save()
    page = officer.get("/desk/evaluations/").content.decode()
    parse(page)
    assert "内部事务" in page
    assert "再评估青澜县科学技术局不主动公开的信息" in officer.get("/desk/").content.decode()
    wrong = officer.post("/desk/evaluations/", {"body": "qinglan-kjj", "until": "明天"})
    assert (wrong.status_code, "不是日期" in wrong.content.decode()) == (400, True)
    opened = officer.post("/desk/evaluations/", {"body": "qinglan-kjj", "until": f"{clock.today()}"})
    entry = EvaluationEntry.objects.get()
    refused = officer.post(
        f"/desk/evaluations/entries/{entry.pk}/conclude/", {"conclusion": "keep", "ground": "没有变"}
    )
    assert refused.status_code == 400
    assert "没有变</textarea>" in refused.content.decode()
    given = {"conclusion": "open", "ground": "可以公开了"}
    assert officer.post(f"/desk/evaluations/entries/{entry.pk}/conclude/", given).status_code == 302
    page = officer.get(opened["Location"]).content.decode()
    parse(page)
    assert "转为公开" in page
    assert officer.get(f"{opened['Location']}?as=xlsx").status_code == 200
