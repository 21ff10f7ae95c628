"""A piece of information from its draft to the portal by API alone, each step by who may; nobody skips one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from draft_ground import ELEMENTS, notices

from gongkai.bureau.publishing.models import Column

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["cast", "notices"]
API = "/api/v1"
REVIEW = (
    ("handler", "submit", {}), ("head", "pass_section", {}),
    ("reviewer", "conclude", {"conclusion": "public", "ground": "不涉及国家秘密、工作秘密"}), ("leader", "sign", {}),
    ("officer", "publish", {}),
)  # fmt: skip


class Desk:
    """A client of each person of the cast."""

    def __init__(self, cast: Cast) -> None:
        self.clients = {}
        for who in ("officer", "handler", "head", "reviewer", "adviser", "leader", "elsewhere"):
            self.clients[who] = Client()
            self.clients[who].force_login(getattr(cast, who))

    def send(self, who: str, method: str, path: str, body: Any = None) -> Any:
        sent = json.dumps(body) if body is not None else ""
        response = self.clients[who].generic(method, f"{API}{path}", sent, content_type="application/json")
        return response.status_code, response.json()

    def step(self, who: str, draft: int, act: str, fields: Any) -> tuple[int, Any]:
        response = self.clients[who].post(f"{API}/drafts/{draft}/steps/{act}", fields)
        return response.status_code, response.json()


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def _drafted(desk: Desk, notices: Column, html: str = "<p>申报条件见附件。</p>") -> int:
    status, made = desk.send("handler", "POST", "/drafts", {"column": notices.pk, "title": "关于申报的通知"})
    assert status == 201
    draft = int(made["id"])
    status, shown = desk.send(
        "handler", "PUT", f"/drafts/{draft}", {"elements": ELEMENTS, "body_html": html, "seen": 0}
    )
    assert (status, shown["version"], shown["may_write"]) == (200, 1, True)
    return draft


def test_from_the_draft_to_the_portal(desk: Desk, notices: Column) -> None:
    draft = _drafted(desk, notices)
    file = SimpleUploadedFile("申报表.txt", "申报条件".encode())
    attached = desk.clients["handler"].post(f"{API}/drafts/{draft}/attachments", {"file": file})
    assert [each["name"] for each in attached.json()["attachments"]] == ["申报表.txt"]
    late = desk.send("handler", "PUT", f"/drafts/{draft}", {"elements": ELEMENTS, "seen": 0})
    assert late[0] == 409
    for who, act, fields in REVIEW:
        for other in {"handler", "adviser", "elsewhere"} - {who}:
            assert desk.step(other, draft, act, fields)[0] == 403, (other, act)
        status, shown = desk.step(who, draft, act, fields)
        assert status == 200, (act, shown)
    assert (shown["state"], shown["index_number"]) == ("published", "qinglan-kjj/2026-00001")
    assert [each["act"] for each in shown["steps"]] == [act for _, act, _ in REVIEW]
    assert Client().get("/info/qinglan-kjj/2026-00001/").status_code == 200
    assert desk.send("officer", "GET", f"/drafts/{draft}/versions/1")[1]["attachments"] == "申报表.txt"
    assert desk.send("officer", "GET", "/drafts?state=published")[1]["counts"] == {"published": 1}
    assert desk.send("officer", "GET", "/bodies/qinglan-kjj/columns")[1]["columns"][0]["name"] == "政府信息公开指南"
    assert desk.send("elsewhere", "GET", f"/drafts/{draft}")[0] == 403
    assert desk.send("officer", "GET", "/documents")[1] == {"documents": [], "next": None}


def test_a_leak_is_masked_or_waived_before_review(desk: Desk, notices: Column) -> None:
    draft = _drafted(desk, notices, "<p>联系电话13912345678，身份证号11010519491231002X。</p>")
    shown = desk.send("handler", "GET", f"/drafts/{draft}")[1]
    stopping = [each for each in shown["findings"] if each["stops"]]
    assert len(stopping) == 2
    assert "13912345678" not in json.dumps(shown["findings"])
    refused = desk.step("handler", draft, "submit", {})
    assert refused[0] == 422
    telephone, citizen = sorted(stopping, key=lambda each: "身份证" in each["sentence"])
    masked = desk.send("handler", "POST", f"/drafts/{draft}/findings/{citizen['key']}/mask", {})
    assert masked[0] == 200
    assert "11010519491231002X" not in masked[1]["body_html"]
    path = f"/drafts/{draft}/findings/{telephone['key']}/waive"
    assert desk.send("handler", "POST", path, {"because": " "})[0] == 422
    assert desk.send("reviewer", "POST", path, {"because": "可以"})[0] == 403
    waived = desk.send("handler", "POST", path, {"because": "公开的办公电话"})[1]["findings"]
    assert [each["waived"]["because"] for each in waived if each["waived"]] == ["公开的办公电话"]
    assert desk.step("handler", draft, "submit", {})[0] == 200
