"""Published reports by API: only what is published, byte for byte, open to every site."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from report_ground import brought_to, drafted

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
REPORT = "/api/v1/bodies/qinglan-kjj/reports/2024"


@pytest.fixture
def published(cast: Cast, tmp_path: Path) -> None:
    brought_to(cast, drafted(cast, tmp_path), "published")


def test_before_anything_is_published_there_is_nothing(cast: Cast, client: Client) -> None:
    assert client.get("/api/v1/reports").json() == {"reports": [], "next": None}
    assert client.get(REPORT).status_code == 404


@pytest.mark.usefixtures("published")
def test_the_lists_have_what_is_published(client: Client) -> None:
    page = client.get("/api/v1/reports?year=2024")
    assert page.headers["Access-Control-Allow-Origin"] == "*"
    [row] = page.json()["reports"]
    assert (row["body"], row["body_name"], row["year"], row["corrected"]) == (
        "qinglan-kjj", "青澜县科学技术局", 2024, False,
    )  # fmt: skip
    assert client.get("/api/v1/reports?year=2023").json()["reports"] == []
    assert client.get("/api/v1/reports?after=qinglan-kjj~2024").json()["reports"] == []
    assert client.get("/api/v1/bodies/qinglan-kjj/reports").json()["reports"] == [row]


@pytest.mark.usefixtures("published")
def test_a_report_is_what_the_portal_serves(client: Client) -> None:
    response = client.get(REPORT)
    assert response.content == client.get("/bodies/qinglan-kjj/reports/2024.json").content
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(REPORT, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    report = json.loads(response.content)
    assert (report["form"], report["agency"], report["year"]) == ("2021", "青澜县科学技术局", 2024)
    # four natural persons in 2024, one business, one other organisation
    assert report["tables"]["requests"]["new"] == {
        "natural_person": 4, "business": 1, "research": 0, "public_welfare": 0, "legal_service": 0, "other_org": 1,
        "total": 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/bodies/nowhere/reports", 404),
        ("/api/v1/bodies/nowhere/reports/2024", 404),
        ("/api/v1/bodies/qinglan-kjj/reports/99999999999999999999", 422),
        ("/api/v1/bodies/qinglan-kjj/reports/first", 422),
        ("/api/v1/bodies/qing%00lan/reports", 400),
        ("/api/v1/reports?year=99999999999999999999", 422),
        ("/api/v1/reports?after=%00~2024", 400),
        ("/api/v1/nothing/here", 404),
    ],
)
def test_what_is_not_there_is_a_problem(cast: Cast, client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_another_method_is_a_problem(client: Client) -> None:
    response = client.post("/api/v1/reports", {}, content_type="application/json")
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Allow"] == "GET"
