"""A draft of the demo bureau, the people who take it through review, and their browsers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongkai.bureau import clock
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing import columns, drafting
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Column


def person(username: str) -> Person:
    return Person.objects.get(username=username)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


@pytest.fixture
def draft(db: None, settings: Any, tmp_path: object) -> int:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES = tmp_path
    demo.fill(bodies=1, seed=1)
    if not Column.objects.filter(body__code=demo.BUREAU).exists():
        columns.begin(person("zhuanyuan"), demo.BUREAU)
    place = Column.objects.get(body__code=demo.BUREAU, code="notices")
    made = drafting.begin(person("chengban"), place.pk)
    elements = {"title": "关于“揭榜挂帅”项目<申报>的通知", "kind": "information", "source": "made", "genre": "通知",
                "topic": "科技、教育", "formed_on": clock.today().isoformat()}  # fmt: skip
    drafting.write(person("chengban"), made, Written(elements, "<p>申报条件见附件。</p>"), seen=0)
    return made


WAY = (
    ("chengban", "submit", {}), ("kezhang", "pass_section", {"note": "内容属实"}),
    ("baomi", "conclude", {"conclusion": "public", "ground": "不涉及国家秘密和工作秘密"}),
    ("lingdao", "sign", {}), ("zhuanyuan", "publish", {}),
)  # fmt: skip
