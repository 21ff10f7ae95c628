"""Whatever is sent, by anybody or by an officer: no 500, and every answer is one that openapi.json describes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core import signals
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from case_ground import enter
from following_ground import filed

from gongkai.bureau import clock
from gongkai.bureau.annual import drafting, statements
from gongkai.bureau.annual import services as checks
from gongkai.bureau.casework import assigning, consulting, following, letters, materials
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import ApplicantMessage
from gongkai.bureau.publishing import columns
from gongkai.bureau.publishing import drafting as writing
from gongkai.bureau.publishing import services as publishing
from gongkai.bureau.publishing.models import Column
from gongkai.bureau.remedies import services as remedies

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 3
"""Of each operation; one fewer where the same were tried on the other database."""


@pytest.fixture(autouse=True)
def _no_rates(settings: Any) -> None:
    cache.clear()
    settings.PUBLIC_RATE = settings.WRONG_CODES = 10**9


@contextmanager
def in_one_connection() -> Iterator[None]:
    """The connection stays open from call to call, as Django's own test client has it."""
    both = (signals.request_started, signals.request_finished)
    for each in both:
        each.disconnect(close_old_connections)
    try:
        yield
    finally:
        for each in both:
            each.connect(close_old_connections)


def operations() -> Iterator[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for each in schema.get_all_operations():
        yield each.ok()


def attack(
    headers: dict[str, str], cookies: dict[str, str], known: dict[str, Any], only: Collection[str] | None = None
) -> tuple[list[str], Counter[str]]:
    """Every operation with made-up input, right and wrong, each call undone: what went wrong, what was answered 2xx.

    `known`: numbers that exist, put into the addresses of what is otherwise right. `only`: operations by id; without,
    the open ones for who is not signed in, the others for who is.
    """
    wrong: list[str] = []
    done: Counter[str] = Counter()
    with in_one_connection():
        for operation in operations():
            told = operation.definition.raw
            if only is None and bool(told.get("security")) is not bool(cookies):
                continue
            if only is not None and told["operationId"] not in only:
                continue
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                wrong += attacked(operation, mode, headers, cookies, known, done)
    return wrong, done


def attacked(
    operation: Any,
    mode: GenerationMode,
    headers: dict[str, str],
    cookies: dict[str, str],
    known: dict[str, Any],
    done: Counter[str],
) -> list[str]:
    examples = EXAMPLES if connection.vendor == "sqlite" else EXAMPLES - 1

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    def one(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            for sent in (case.path_parameters, case.body, *(case.body.values() if isinstance(case.body, dict) else ())):
                if isinstance(sent, dict):
                    sent.update({name: each for name, each in known.items() if name in sent})
        with transaction.atomic():
            response = case.call_and_validate(headers=headers, cookies=cookies, checks=CHECKS)
            done[operation.definition.raw["operationId"]] += 200 <= response.status_code < 300
            transaction.set_rollback(True)

    try:
        one()
    except Unsatisfiable:  # nothing can be wrong where nothing is sent
        return []
    except (Exception, BaseExceptionGroup) as failed:  # every operation is tried before the test fails
        told = [str(each)[:1500] for each in getattr(failed, "exceptions", [failed])]
        return [f"{operation.method} {operation.path} {mode}: {told}"]
    return []


def test_anybody_gets_answers_that_are_described(cast: Cast) -> None:
    """With the number and code of a request that exists."""
    other = filed(cast.officer)
    known = {"code": "qinglan-kjj", "number": other.number}
    wrong, done = attack({}, {}, known)
    assert wrong == []
    assert {"bodies", "published_reports", "challenge"} <= set(+done)


def test_an_officer_gets_answers_that_are_described(cast: Cast, client: Client) -> None:
    made = enter(cast)
    letter = letters.draft(cast.handler, made, "granted", {})
    given_to = assigning.assign(cast.officer, made, person="handler").id
    file = materials.upload(cast.handler, made, Sent("结果.txt", "分配结果".encode()))
    remedy = remedies.enter(
        cast.officer,
        {"number": "R-1", "agency": "qinglan-kjj", "case": "KJJ-1", "kind": "reconsideration",
         "accepted_on": clock.today().isoformat()},
        evidence="受理通知书",
    )  # fmt: skip
    other = filed(cast.officer, number="KJJ-2026-0007")
    following.say(other.given, "suggestion", following.Said("建议公开分配结果", "a-token-of-a-form"))
    message = ApplicantMessage.objects.get().pk
    consulting.open_link(made, letter, "third_party", "甲公司", None)
    year = clock.today().year - 1
    report = drafting.start(cast.officer, "qinglan-kjj", year)
    line = statements.add_line(
        cast.officer, "qinglan-kjj", year, "penalties", name="未汇交报告", decisions=3, evidence="目录"
    )
    work = statements.record_work(
        cast.officer, "qinglan-kjj", "training", on=clock.today(), title="培训", people=20, evidence="签到表"
    )
    item = publishing.enter(
        cast.officer,
        {"source_id": "D-1", "agency": "qinglan-kjj", "column": "政策文件", "title": "第1号办法",
         "published_on": "2024-06-03", "body_text": "正文"},
    )  # fmt: skip
    [check] = checks.keep(cast.officer, "qinglan-kjj", [("2024.txt", b"1")])
    columns.begin(cast.officer, "qinglan-kjj")
    notices = Column.objects.get(body__code="qinglan-kjj", code="notices").pk
    draft = writing.begin(cast.officer, notices, {"title": "通知"})
    known = {
        "draft": draft, "check": check, "report": report, "line": line, "work": work, "item": item, "letter": letter,
        "year": year,
        "table": "proactive", "row": "penalties", "column": "decisions",
        "case": made, "number": letter, "assignment": given_to, "file": file, "remedy": remedy, "message": message,
        "position": 1, "code": "qinglan-kjj", "body": "qinglan-kjj", "agency": "qinglan-kjj", "seen": None,
    }  # fmt: skip
    wrong, done = attack(*signed_in(client, cast.officer), known)
    assert wrong == []
    # the input reaches the rooms: most of what an officer may do is done, not only refused
    assert len(+done) >= 50, sorted(set(done) - set(+done))
    for who, operations_ in BY_OTHERS.items():
        wrong, done = attack(*signed_in(Client(), getattr(cast, who)), known, operations_)
        assert wrong == []
        assert +done, who


BY_OTHERS = {
    "reviewer": ("review_file", "review_item", "give_opinion", "redaction"),
    "leader": ("give_opinion", "annual_step", "letter_step", "statistics"),
    "office": ("requests", "messages", "answer_message", "statistics_requests", "journal"),
    "auditor": ("journal", "tasks", "requests"),
}
"""What others do, and what they are refused."""


def signed_in(client: Client, person: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Headers and cookies of a session."""
    client.force_login(person)
    token = client.get("/accounts/password/change/").cookies.get("csrftoken") or client.cookies.get("csrftoken")
    assert token is not None
    cookies = {
        django_settings.SESSION_COOKIE_NAME: client.cookies[django_settings.SESSION_COOKIE_NAME].value,
        "csrftoken": token.value,
    }
    return {"X-CSRFToken": token.value}, cookies
