"""期限计算 at the desk: the printed derivation names the days, the holidays, the pauses and the notices."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.services import enter_notice


@pytest.fixture
def officer(db: None, settings: Any) -> Client:
    """A browser of the disclosure officer of 青澜县科学技术局."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.fill(bodies=19, seed=1)
    client = Client()
    client.force_login(Person.objects.get(username="zhuanyuan"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def article(client: Client, events: list[dict[str, Any]], as_of: str) -> str:
    """What is printed of the page."""
    case = {"number": "KJJ-1", "agency": "qinglan-kjj", "applicant": {"kind": "business"}, "subject": "名单",
            "channel": "in_person", "events": events}  # fmt: skip
    form = {"cases": json.dumps(case, ensure_ascii=False), "as_of": as_of, "body": "qinglan-kjj"}
    page = client.post("/desk/clock/", form).content.decode()
    return page[page.index('<article class="derivation">') : page.index("</article>")]


def told(client: Client, events: list[dict[str, Any]], as_of: str) -> list[str]:
    """The lines of the derivation."""
    lines = re.findall(r"<(?:li|h3|p)>(.*?)</(?:li|h3|p)>", article(client, events, as_of))
    return [unescape(line) for line in lines]


def test_the_derivation_names_holidays_pauses_and_the_notice_of_the_administrator(officer: Client) -> None:
    administrator = Person.objects.get(username="xitong")
    enter_notice(
        administrator, days=[date(2024, 3, 22)], worked=False, instrument="青政办发〔2024〕9号", body="qinglan"
    )
    events: list[dict[str, Any]] = [
        {"kind": "submitted", "on": "2024-03-01"},
        {"kind": "third_party_consulted", "on": "2024-03-11", "party": "甲公司"},
        {"kind": "third_party_replied", "on": "2024-03-20", "party": "甲公司", "consents": False},
    ]
    assert told(officer, events, "2024-03-21") == [
        "怎么算的",
        "2024年3月1日（周五）：收到申请，当日不计，自次日起 20 个工作日（条例第31条第1项）。",
        "2024年3月11日（周一）：征求第三方意见（“甲公司”），所需时间不计入期限（条例第32条）。",
        "2024年3月20日（周三）：第三方答复意见（“甲公司”），征求意见结束，不计入的工作日 7 个（条例第32条）。",
        "哪些日子计入，哪些不计",
        "数法：自2024年3月2日（周六）至2024年4月11日（周四）共 41 天，计入的工作日 20 个，最后一天就是第 20 个。",
        "不计周末 10 天。",
        "不计清明放假 3 天：2024年4月4日至6日。",
        "清明调休上班 1 天，算工作日：2024年4月7日。",
        "2024年3月22日（周五）按通知放假，不计（青政办发〔2024〕9号）。",
        "不计征求“甲公司”意见占用的工作日 7 个：自2024年3月12日（周二）至2024年3月20日（周三）。",
        "届满日：2024年4月11日（周四）。届满当日答复，不算逾期。",
        "所处阶段：办理中。",
    ]


def test_what_waits_has_no_days_to_show(officer: Client) -> None:
    events: list[dict[str, Any]] = [
        {"kind": "submitted", "on": "2024-03-01"},
        {"kind": "fee_notified", "on": "2024-03-11", "amount": "380", "basis": "pages"},
    ]
    assert told(officer, events, "2024-03-21") == [
        "怎么算的",
        "2024年3月1日（周五）：收到申请，当日不计，自次日起 20 个工作日（条例第31条第1项）。",
        "2024年3月11日（周一）：通知缴纳信息处理费 380 元，自此期限停止（国办函〔2020〕109号第6条）。",
        "所处阶段：待申请人缴费。",
    ]


def test_a_party_is_text_not_markup(officer: Client) -> None:
    events: list[dict[str, Any]] = [
        {"kind": "submitted", "on": "2024-03-01"},
        {"kind": "third_party_consulted", "on": "2024-03-11", "party": "<b>甲</b>"},
    ]
    shown = article(officer, events, "2024-03-12")
    assert "（“&lt;b&gt;甲&lt;/b&gt;”），所需时间不计入期限" in shown
    assert "<b>" not in shown
