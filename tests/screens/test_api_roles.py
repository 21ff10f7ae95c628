"""Who may do what by API: a literal table of operations and roles; everybody else is refused with the reason."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from case_ground import enter
from following_ground import filed

from gongkai.bureau import clock
from gongkai.bureau.annual import drafting, statements
from gongkai.bureau.annual import services as checks
from gongkai.bureau.annual.models import FindingWaiver
from gongkai.bureau.casework import assigning, consulting, deciding, following, letters, materials, searching
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import ApplicantMessage
from gongkai.bureau.publishing import columns, draft_steps
from gongkai.bureau.publishing import drafting as writing
from gongkai.bureau.publishing import services as publishing
from gongkai.bureau.publishing.models import Column
from gongkai.bureau.remedies import services as remedies
from gongkai.screens.api.v1 import api
from gongkai.screens.api.who import ROLES_OF

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
API = "/api/v1"
ANYBODY = {
    ("GET", "/api/v1/applications/challenge"), ("GET", "/api/v1/bodies"), ("GET", "/api/v1/bodies/{code}/reports"),
    ("GET", "/api/v1/bodies/{code}/reports/{year}"), ("GET", "/api/v1/forms/{code}"), ("GET", "/api/v1/reports"),
    ("POST", "/api/v1/applications/acts/{kind}"), ("POST", "/api/v1/applications/files/{file}"),
    ("POST", "/api/v1/applications/status"), ("POST", "/api/v1/bodies/{code}/applications"),
    ("POST", "/api/v1/reports/check"), ("POST", "/api/v1/reports/read"),
}  # fmt: skip
EVERYBODY = (
    "officer", "handler", "head", "reviewer", "adviser", "leader", "office", "elsewhere", "system", "security",
    "auditor", "stranger",
)  # fmt: skip
SEE = {"officer", "handler", "head", "reviewer", "adviser", "leader", "office"}
"""Who reads the bureau's ledger; somebody of another bureau reads their own alone."""
LISTS = SEE | {"elsewhere"}
STAFF = {"officer", "handler"}
ASSIGN = {"officer", "head"}
ADVISED = STAFF | {"head", "reviewer", "adviser", "leader"}
"""Who handles a request or gives opinions on it."""
STATE = STAFF | {"head"}
LAST_YEAR = clock.today().year - 1
APPLICANT = {"kind": "natural_person", "applicant": {"name": "江一诺"}, "telephone": "13800000000",
             "wanted": [{"name": "分配结果"}], "form": "paper", "way": "in_person"}  # fmt: skip
EVENT = {"event": {"kind": "archived", "on": "2026-01-05"}, "evidence": "卷宗"}

# operation id → who may, by what they are; the others get 403
MAY: Mapping[str, set[str]] = {
    "requests": LISTS,
    "register_request": STAFF,
    "request": SEE,
    "append_event": STAFF,
    "unmask_identity": STAFF,
    "search_applicant": STAFF | {"elsewhere"},
    "receive_application": STAFF,
    "assign": ASSIGN,
    "assign_many": ASSIGN,
    "end_assignment": ASSIGN | {"handler"},  # whose it is
    "hand_over": ASSIGN | {"elsewhere"},
    "give_opinion": {"leader"},
    "record_search": STAFF,
    "divide_items": STAFF,
    "decide_item": STAFF,
    "undo_decision": STAFF,
    "upload": STAFF,
    "review_file": {"reviewer"},
    "file_content": SEE,
    "messages": LISTS,
    "read_message": STAFF,
    "message_file": STAFF,
    "answer_message": STAFF,
    "letter_kinds": STAFF,
    "letters": SEE,
    "draft_letter": STAFF,
    "letter": SEE,
    "write_letter": STAFF,
    "letter_step": STAFF,
    "letter_preview": SEE,
    "letter_file": SEE,
    "letter_numbers": LISTS,
    "remedies": LISTS,
    "enter_remedy": {"officer", "adviser"},
    "remedy": SEE,
    "close_remedy": {"officer", "adviser"},
    "serve_remedy": {"officer", "adviser"},
    "answer_remedy": {"officer", "adviser"},
    "learn": {"officer", "adviser"},
    "make_defence": {"officer"},  # it names the applicant too
    "packages": SEE,
    "make_package": STAFF,
    "file_away": STAFF,
    "deliveries": LISTS,
    "library": LISTS,
    "checkup": SEE,
    "consultations": SEE,
    "open_consultation": STAFF,
    "read_consultation": ADVISED,
    "consultation_file": ADVISED,
    "revoke_consultation": STAFF,
    "redaction": STAFF,
    "redact": STAFF,
    "to_pdf": STAFF,
    "page_picture": STAFF,
    "annual_reports": LISTS,
    "start_report": {"officer"},
    "annual_report": SEE,
    "annual_cell": SEE,
    "annual_step": {"officer"},
    "extra_rows": {"officer"},
    "carried": SEE,
    "annual_file": SEE,
    "annual_package": {"officer"},
    "annual_part": SEE,
    "write_part": {"officer"},
    "insert_number": {"officer"},
    "refresh_numbers": {"officer"},
    "prepare_part": {"officer"},
    "statements": SEE,
    "statement_row": SEE,
    "state_cell": STATE,
    "add_line": STATE,
    "withdraw_line": STATE,
    "work_records": LISTS,
    "record_work": STATE,
    "withdraw_work": STATE,
    "items": LISTS,
    "enter_item": STAFF,
    "item": SEE,
    "review_item": {"reviewer"},
    "drafts": LISTS,
    "draft": SEE,
    "draft_version": SEE,
    "columns": SEE,
    "documents": LISTS,
    "begin_draft": STAFF,
    "write_draft": STAFF,
    "attach_to_draft": STAFF,
    "mask_finding": STAFF,
    "waive_finding": STAFF,
    "draft_step": STAFF,
    "statistics": LISTS,
    "statistics_cell": LISTS,
    "statistics_requests": LISTS,
    "statistics_answers": LISTS,
    "checks": LISTS,
    "check": SEE,
    "keep_reports": {"officer", "office"},
    "waive": {"officer", "office"},
    "withdraw_waiver": {"officer", "office"},
    "deadline": SEE,
    "calendar": set(EVERYBODY),
    "tasks": set(EVERYBODY),
    "journal": {"auditor"},
}
SENT: Mapping[str, Mapping[str, Any]] = {
    "register_request": {
        "body": "qinglan-kjj", "applicant": {"kind": "business"}, "subject": "某项信息", "channel": "fax",
        "events": [{"kind": "submitted", "on": "2026-01-05"}], "evidence": "传真件",
    },
    "append_event": EVENT,
    "unmask_identity": {"because": "送达答复"},
    "search_applicant": {"who": "江一诺"},
    "assign": {"person": "handler"},
    "assign_many": {"requests": [0], "person": "handler"},
    "end_assignment": {"because": "已办完"},
    "hand_over": {"from_person": "handler", "to_person": "officer", "because": "调离"},
    "give_opinion": {"kind": "leader", "conclusion": "agree"},
    "record_search": {"places": "档案室", "terms": "分配", "period": "2025年", "searchers": "承办人",
                      "archive_asked": True, "result": "没有", "on": clock.today().isoformat()},
    "divide_items": {"texts": ["甲", "乙"]},
    "undo_decision": {},
    "review_file": {"conclusion": "agree"},
    "file_content": {},
    "read_message": {},
    "message_file": {},
    "answer_message": {"answer": "将研究"},
    "draft_letter": {"kind": "granted"},
    "write_letter": {"word": "青科公复", "seen": 0},
    "letter_file": {},
    "enter_remedy": {"remedy": {"number": "R-2", "agency": "qinglan-kjj", "kind": "reconsideration",
                                "accepted_on": "2026-01-05"}, "evidence": "通知书"},
    "close_remedy": {"closed_on": clock.today().isoformat(), "result": "upheld", "evidence": "决定书"},
    "serve_remedy": {"on": clock.today().isoformat(), "evidence": "回证"},
    "answer_remedy": {"on": clock.today().isoformat(), "evidence": "收据"},
    "learn": {"text": "先检索，后答复。"},
    "make_defence": {"because": "提交答复"},
    "make_package": {"because": "移交档案室"},
    "file_away": {"on": clock.today().isoformat(), "evidence": "移交清单"},
    "revoke_consultation": {"because": "地址写错"},
    "redact": {"ground": {"article": "15"}, "words": ["分配"]},
    "start_report": {"body": "qinglan-kjj", "year": LAST_YEAR - 1},
    "extra_rows": {"rows": {}},
    "write_part": {"text": "改过的文字"},
    "insert_number": {"key": "requests.new", "position": 0},
    "refresh_numbers": {},
    "prepare_part": {},
    "state_cell": {"column": "decisions", "value": 12, "evidence": "许可台账"},
    "add_line": {"name": "某项许可", "decisions": 1, "evidence": "许可台账"},
    "withdraw_line": {"because": "重复登记"},
    "record_work": {"body": "qinglan-kjj", "kind": "training", "on": clock.today().isoformat(), "title": "培训",
                    "people": 20, "evidence": "签到表"},
    "withdraw_work": {"because": "重复登记"},
    "enter_item": {"agency": "qinglan-kjj", "source_id": "D-2", "column": "政策文件", "title": "办法",
                   "published_on": "2024-06-03", "body_text": "正文"},
    "review_item": {"conclusion": "public", "ground": "不涉密"},
    "begin_draft": {"title": "通知"},
    "write_draft": {"elements": {"title": "通知"}, "seen": 0},
    "mask_finding": {},
    "waive_finding": {"because": "公开的办公电话"},
    "waive": {"mark": "a" * 64, "because": "已核对原件"},
    "deadline": {"body": "qinglan-kjj", "channel": "in_person", "as_of": "2026-01-05",
                 "events": [{"kind": "submitted", "on": "2026-01-05"}]},
}  # fmt: skip
"""What is sent as JSON; some operations take forms."""
FORMS: Mapping[str, Mapping[str, Any]] = {
    "receive_application": {"body": "qinglan-kjj"},
    "decide_item": {},
    "letter_step": {},
    "annual_step": {},
    "keep_reports": {"body": "qinglan-kjj"},
    "attach_to_draft": {},
    "draft_step": {},
}


def _described() -> dict[str, tuple[str, str]]:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return {each["operationId"]: (method.upper(), path) for path, methods in paths.items()
            for method, each in methods.items()}  # fmt: skip


OPERATIONS = _described()


@pytest.fixture
def numbers(cast: Cast) -> dict[str, object]:
    """Something of everything, on one request of the cast's bureau."""
    case = enter(cast)
    deciding.divide(cast.officer, case, ["第一项"])
    searching.record(
        cast.handler, case, places="档案室", terms="分配", period="2025年", searchers="承办人", archive_asked=True,
        result="没有", on=clock.today(),
    )  # fmt: skip
    other = filed(cast.officer)
    following.say(other.given, "suggestion", following.Said("建议公开", "a-token-of-a-form"))
    record = {"number": "R-1", "agency": "qinglan-kjj", "kind": "reconsideration", "case": "KJJ-1",
              "accepted_on": clock.today().isoformat()}  # fmt: skip
    letter = letters.draft(cast.handler, case, "granted")
    consulting.open_link(case, letter, "third_party", "甲公司", None)
    item: dict[str, object] = {"source_id": "D-1", "agency": "qinglan-kjj", "column": "政策文件", "title": "第1号办法",
            "published_on": "2024-06-03", "body_text": "正文"}  # fmt: skip
    columns.begin(cast.officer, "qinglan-kjj")
    notices = Column.objects.get(body__code="qinglan-kjj", code="notices").pk
    told = {"title": "通知", "genre": "通知", "topic": "科技、教育", "formed_on": clock.today().isoformat()}
    draft = writing.begin(cast.handler, notices, told, body_html="<p>全文</p>")
    draft_steps.take_step(cast.handler, draft, "submit")
    draft_steps.take_step(cast.head, draft, "return_", {"reasons": "写清楚"})
    [check] = checks.keep(cast.officer, "qinglan-kjj", [("2024.txt", b"1")])
    waiver = FindingWaiver.objects.create(check_kept_id=check, mark="a" * 64, because="已核对", waived_by=cast.officer)
    return {
        "case": case,
        "number": letter,
        "letter": letter,
        "assignment": assigning.assign(cast.officer, case, person="handler").id,
        "file": materials.upload(cast.handler, case, Sent("结果.txt", b"1")),
        "message": ApplicantMessage.objects.get().pk,
        "remedy": remedies.enter(cast.officer, record, evidence="受理通知书"),
        "report": drafting.start(cast.officer, "qinglan-kjj", LAST_YEAR),
        "line": statements.add_line(
            cast.officer, "qinglan-kjj", LAST_YEAR, "penalties", name="未汇交报告", decisions=3, evidence="目录"
        ),
        "work": statements.record_work(
            cast.officer, "qinglan-kjj", "training", on=clock.today(), title="培训", people=20, evidence="签到表"
        ),
        "item": publishing.enter(cast.officer, item),
        "draft": draft,
        "place": notices,
        "key": "a" * 64,
        "version": 1,
        "check": check,
        "waiver": waiver.pk,
        "code": "qinglan-kjj",
        "year": LAST_YEAR,
        "table": "proactive",
        "row": "licences",
        "column": "decisions",
        "part": "lead",
        "to": "csv",
        "figure": "closed",
        "position": 1,
        "act": "submit",
        "which": "document",
    }


def call(client: Client, operation: str, numbers: Mapping[str, object]) -> HttpResponse:
    import json

    method, path = OPERATIONS[operation]
    address = path.format(**numbers)
    if operation in FORMS or operation == "upload":
        parts: dict[str, Any] = {
            "receive_application": {
                "application": json.dumps(APPLICANT),
                "arrival": json.dumps({"channel": "in_person", "submitted_on": "2026-01-05", "evidence": "申请书"}),
            },
            "decide_item": {
                "decision": json.dumps({"outcome": "granted", "articles": ["36(2)"], "reason": "可以公开"})
            },
        }.get(operation, {})
        if operation in ("upload", "attach_to_draft"):
            parts = {"file": SimpleUploadedFile("甲.txt", b"1")}
        if operation == "keep_reports":
            parts = {"files": SimpleUploadedFile("甲.txt", b"2")}
        given = {**FORMS.get(operation, {}), **parts}
        return client.post(address, given, headers={"Idempotency-Key": "0123456789abcdef"})  # type: ignore[return-value]
    sent = {**SENT.get(operation, {})}
    if operation == "begin_draft":
        sent["column"] = numbers["place"]
    if operation == "assign_many":
        sent["requests"] = [numbers["case"]]
    body = None if method in ("GET", "DELETE") else json.dumps(sent)
    return client.generic(method, address, body or "", content_type="application/json")  # type: ignore[return-value]


def test_the_table_has_every_operation() -> None:
    open_ones = {(method, path) for method, path in OPERATIONS.values()} & ANYBODY
    assert open_ones == ANYBODY
    assert {name for name, each in OPERATIONS.items() if each not in ANYBODY} == set(MAY)


ROLE = {
    "officer": "disclosure_officer", "handler": "handler", "head": "section_head", "reviewer": "secrecy_reviewer",
    "adviser": "legal_adviser", "leader": "leader", "office": "county_office", "system": "system_admin",
    "security": "security_admin", "auditor": "auditor",
}  # fmt: skip
NARROWER = {
    "end_assignment",  # or whose it is
    "give_opinion",  # each kind of opinion by its own role
    "letter_step", "annual_step", "draft_step",  # each step by its own roles
    "append_event",
}  # fmt: skip
"""Operations where the roles are not the whole of the rule."""


def test_the_reference_names_the_roles_that_may() -> None:
    assert set(ROLES_OF) == set(MAY)
    told = {name: {who for who, role in ROLE.items() if role in ROLES_OF[name]} for name in MAY if name not in NARROWER}
    found = {name: MAY[name] & set(ROLE) for name in told}
    assert {name: (told[name], found[name]) for name in told if told[name] != found[name]} == {}


@pytest.mark.alike
def test_every_operation_refuses_each_role_that_may_not_do_it_and_whoever_is_not_signed_in(
    cast: Cast, numbers: dict[str, object]
) -> None:
    """Each call is undone, so that every one finds the same ground."""
    clients = {who: Client() for who in EVERYBODY}
    for who, client in clients.items():
        client.force_login(getattr(cast, who))
    wrong: list[object] = []
    for operation, allowed in MAY.items():
        for who, client in (*clients.items(), ("", Client())):
            with transaction.atomic():
                response = call(client, operation, numbers)
                transaction.set_rollback(True)
            status = response.status_code
            told = (operation, who, status, response.content[:300].decode(errors="replace"))
            if not who:
                right = status == 401 and response.headers["Content-Type"] == "application/problem+json"
            elif who in allowed:
                right = status not in (401, 403) and status < 500
            else:
                right = status == 403 and bool(response.json()["detail"])  # type: ignore[attr-defined]
            if not right:
                wrong.append(told)
    assert wrong == []


def test_what_changes_something_needs_the_token_of_the_session(cast: Cast, numbers: dict[str, object]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    assert call(client, "request", numbers).status_code == 200
    refused = call(client, "assign", numbers)
    assert refused.status_code == 403
    assert "X-CSRFToken" in refused.json()["detail"]  # type: ignore[attr-defined]
