"""The API: the contract's JSON out, Chinese problem details for whatever comes in wrong, never a 500."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ROOT = Path(__file__).parents[2]
CHECK, READ = "/api/v1/reports/check", "/api/v1/reports/read"


@pytest.fixture(autouse=True)
def _fresh_rates() -> None:
    cache.clear()


def _file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_check_answers_with_the_contract(client: Client, report_json: Callable[..., bytes]) -> None:
    data = report_json(requests__new__natural_person=1, requests__new__total=1)
    response = client.post(CHECK, {"file": _file("水利局.json", data)})
    report = response.json()
    assert response.status_code == 200
    assert list(report) == ["file", "form", "agency", "year", "tables", "narrative", "findings"]
    assert (report["file"], report["form"], report["agency"], report["year"]) == (
        "水利局.json",
        "2021",
        "青澜县水利局",
        2024,
    )
    assert {(each["code"], each["severity"], each["facts"]["difference"]) for each in report["findings"]} == {
        ("requests.balance", "error", 1)
    }
    assert all(each["message"] and each["cite"] for each in report["findings"])


def test_the_year_before_is_compared(client: Client, report_json: Callable[..., bytes]) -> None:
    last = report_json(year=2023, requests__carried_out__business=2, requests__carried_out__total=2)
    response = client.post(CHECK, {"file": _file("a.json", report_json()), "previous": _file("b.json", last)})
    assert "years.carry" in {each["code"] for each in response.json()["findings"]}


def test_reading_judges_no_relation(client: Client, report_json: Callable[..., bytes]) -> None:
    data = report_json(requests__new__natural_person=1)
    assert client.post(READ, {"file": _file("a.json", data)}).json()["findings"] == []


@pytest.mark.parametrize("address", [CHECK, READ])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK\x03\x04garbage"),
        ("a.pdf", b"%PDF-1.7\n\xff\xff"),
        ("a.xlsx", b""),
        ("a.json", b'{"form": 1e999'),
        ("a.json", b"[" * 50_000),
    ],
)
def test_hostile_files_are_refused_in_chinese(client: Client, address: str, name: str, data: bytes) -> None:
    response = client.post(address, {"file": _file(name, data)})
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["title"] == "内容不能用"
    assert problem["faults"]


@pytest.mark.parametrize(("name", "data"), [("a.exe", b"MZ\x90\x00"), ("../../etc/passwd", b"root:x"), ("。", b"x")])
def test_odd_names_never_break_the_server(client: Client, name: str, data: bytes) -> None:
    response = client.post(CHECK, {"file": _file(name, data)})
    assert response.status_code in (200, 422)
    assert "/" not in response.json().get("file", "")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b"garbage"),
        ("multipart/form-data", b"no boundary"),
        ("application/json", b"{}"),
        ("text/plain", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"file=a"),
    ],
)
@pytest.mark.parametrize("address", [CHECK, READ])
def test_hostile_requests_are_refused(client: Client, address: str, content_type: str, body: bytes) -> None:
    response = client.generic("POST", address, body, content_type=content_type)
    assert response.status_code in (400, 422)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_too_many_requests_are_told_when_to_come_back(client: Client, settings: object) -> None:
    settings.PUBLIC_RATE = 1  # type: ignore[attr-defined]
    client.post(READ, {"file": _file("a.txt", b"")})
    refused = client.post(READ, {"file": _file("a.txt", b"")})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_a_request_announced_as_far_too_long_is_not_read(client: Client) -> None:
    response = client.generic(
        "POST", CHECK, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(10**10)
    )
    assert response.status_code == 413


@pytest.mark.parametrize(("code", "rows"), [("2019", 23), ("2021", 25)])
def test_a_form_is_told_with_its_rows(client: Client, code: str, rows: int) -> None:
    form = client.get(f"/api/v1/forms/{code}").json()
    requests = next(table for table in form["tables"] if table["code"] == "requests")
    assert len(requests["rows"]) == rows
    assert [column["label"] for column in requests["rows"][0]["columns"]][-1] == "总计"


def test_an_unknown_form_is_a_problem(client: Client) -> None:
    response = client.get("/api/v1/forms/1999")
    assert response.status_code == 404
    assert "2019、2021" in response.json()["detail"]


def test_health(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_published_description_is_current(client: Client) -> None:
    served = client.get("/api/v1/openapi.json").json()
    kept = json.loads((ROOT / "docs/reference/openapi.json").read_text("utf-8"))
    assert served["openapi"] == "3.1.0"
    # where this copy of the platform is mounted stands in `servers` and nowhere else
    assert served | {"servers": []} == kept, "write GET /api/v1/openapi.json to docs/reference/openapi.json"


def test_there_is_no_documentation_page_that_loads_foreign_code(client: Client) -> None:
    assert client.get("/api/v1/docs").status_code == 404
