"""The check page: what it finds, what it refuses, and that it keeps nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.screens.ui import uploads

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CHECK, DOWNLOAD = "/check/", "/check/download/"


@pytest.fixture(autouse=True)
def _fresh_rates() -> None:
    cache.clear()


def _file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _carried(page: str) -> str:
    """The report that the page carries for its downloads."""
    found = re.search(r'name="report" value="([^"]*)"', page)
    assert found
    return found[1].replace("&#34;", '"').replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&")


@pytest.fixture
def contradicting(report_json: Callable[..., bytes]) -> bytes:
    """New 3 and concluded 2, all of natural persons: one column out of balance, and the total with it."""
    return report_json(
        requests__new__natural_person=3,
        requests__new__total=3,
        requests__granted__natural_person=2,
        requests__granted__total=2,
        requests__concluded__natural_person=2,
        requests__concluded__total=2,
    )


def test_a_contradiction_is_told_with_place_article_and_difference(client: Client, contradicting: bytes) -> None:
    response = client.post(CHECK, {"files": _file("水利局.json", contradicting)})
    page = response.content.decode()
    assert response.status_code == 200
    assert "水利局.json" in page
    assert "青澜县水利局" in page
    assert "表三“自然人”列" in page
    assert "国办公开办函〔2021〕30号" in page
    assert "<code>requests.balance</code>" in page
    assert "＋1" in page
    assert 'class="badge badge-error">错误 2</span>' in page


def test_a_clean_report_says_so(client: Client, report_json: Callable[..., bytes]) -> None:
    page = client.post(CHECK, {"files": _file("a.json", report_json())}).content.decode()
    assert "没有发现问题" in page
    assert "badge-error" not in page


def test_every_finding_on_a_cell_links_to_it_and_back(client: Client, contradicting: bytes) -> None:
    page = client.post(CHECK, {"files": _file("a.json", contradicting)}).content.decode()
    for target in re.findall(r'href="#(r1-[^"]+)"', page):
        assert f'id="{target}"' in page
    assert re.findall(r'href="#(r1-m\d+)"', page)


def test_the_year_before_is_compared_when_sent(client: Client, report_json: Callable[..., bytes]) -> None:
    last = report_json(year=2023, requests__carried_out__natural_person=1, requests__carried_out__total=1)
    page = client.post(
        CHECK, {"files": _file("2024.json", report_json()), "previous": _file("2023.json", last)}
    ).content.decode()
    assert "<code>years.carry</code>" in page


def test_a_report_of_another_year_is_not_used_and_the_page_says_so(
    client: Client, report_json: Callable[..., bytes]
) -> None:
    page = client.post(
        CHECK, {"files": _file("2024.json", report_json()), "previous": _file("2020.json", report_json(year=2022))}
    ).content.decode()
    assert "它是2022年度的，本报告是2024年度的" in page
    assert "years.carry" not in page


def test_an_unreadable_file_keeps_the_results_of_the_others(client: Client, contradicting: bytes) -> None:
    page = client.post(
        CHECK,
        {"files": [_file("坏.docx", b"PK\x03\x04 not a zip"), _file("好.json", contradicting), _file("空.txt", b"")]},
    ).content.decode()
    assert "核查结果：3个文件" in page
    assert page.count(">没有核查</span>") == 2
    assert "文件是空的" in page
    assert "requests.balance" in page
    assert "Traceback" not in page


def test_names_are_text_and_nothing_else(client: Client) -> None:
    page = client.post(CHECK, {"files": _file("<img src=x onerror=alert(1)>.txt", b"\x00\x01")}).content.decode()
    assert "<img" not in page


def test_without_a_file_the_form_comes_back_and_says_why(client: Client) -> None:
    response = client.post(CHECK, {})
    assert response.status_code == 400
    assert "请先选择要核查的文件。" in response.content.decode()


def test_a_script_gets_the_fragment_alone(client: Client, contradicting: bytes) -> None:
    page = client.post(
        CHECK, {"files": _file("a.json", contradicting)}, headers={"X-Fragment": "b1f2"}
    ).content.decode()
    assert "<html" not in page
    assert 'id="b1f2n1"' in page


@pytest.mark.parametrize("mark", ["<script>", "a" * 40, 'x" onload="y'])
def test_a_hostile_fragment_mark_is_ignored(client: Client, contradicting: bytes, mark: str) -> None:
    page = client.post(CHECK, {"files": _file("a.json", contradicting)}, headers={"X-Fragment": mark}).content.decode()
    assert 'id="r1"' in page
    assert mark not in page


def test_a_file_beyond_the_limit_is_refused_by_name_and_the_others_stay(
    client: Client, contradicting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 100_000)
    page = client.post(
        CHECK, {"files": [_file("大.txt", b"a" * 200_000), _file("好.json", contradicting)]}
    ).content.decode()
    assert "没有核查" in page
    assert "requests.balance" in page


def test_the_twenty_second_file_is_refused(client: Client) -> None:
    page = client.post(CHECK, {"files": [_file(f"{n}.txt", b"") for n in range(1, 24)]}).content.decode()
    assert page.count("一次至多20个文件") == 2


def test_a_request_announced_as_far_too_long_is_not_read(client: Client) -> None:
    response = client.generic(
        "POST", CHECK, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(10**11)
    )
    assert response.status_code == 413
    assert "文件太大" in response.content.decode()


def test_too_many_checks_from_one_address_are_told_to_wait(client: Client, settings: object) -> None:
    settings.PUBLIC_RATE = 3  # type: ignore[attr-defined]
    for _ in range(3):
        assert client.post(CHECK, {"files": _file("a.txt", b"")}).status_code == 200
    refused = client.post(CHECK, {"files": _file("a.txt", b"")})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert client.post(CHECK, {"files": _file("a.txt", b"")}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_nothing_of_a_check_is_kept(
    client: Client,
    contradicting: bytes,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    big = contradicting[:-1] + b" " * 4_000_000 + b"}"
    with django_assert_max_num_queries(1) as seen:  # type: ignore[attr-defined]
        client.post(CHECK, {"files": _file("某某某的秘密.json", big)})
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in seen.captured_queries)
    assert list(tmp_path.iterdir()) == []
    assert "某某某的秘密" not in caplog.text


def test_the_answer_to_a_check_is_stored_by_nobody(client: Client, contradicting: bytes) -> None:
    response = client.post(CHECK, {"files": _file("a.json", contradicting)})
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize(
    ("to", "start"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype html"), ("json", b"{")]
)
def test_the_marked_up_report_downloads(client: Client, contradicting: bytes, to: str, start: bytes) -> None:
    carried = _carried(client.post(CHECK, {"files": _file("a.json", contradicting)}).content.decode())
    response = client.post(DOWNLOAD, {"to": to, "report": carried})
    assert response.status_code == 200
    assert response.content[: len(start)].lower() == start.lower()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert disposition.endswith(f".{to}")


def test_the_json_download_is_the_contract(client: Client, contradicting: bytes) -> None:
    carried = _carried(client.post(CHECK, {"files": _file("a.json", contradicting)}).content.decode())
    report = json.loads(client.post(DOWNLOAD, {"to": "json", "report": carried}).content)
    assert report["tables"]["requests"]["new"]["natural_person"] == 3
    assert [(each["code"], each["facts"]["difference"]) for each in report["findings"]] == [
        ("requests.balance", 1),
        ("requests.balance", 1),
    ]


ODD_FINDING = {
    "code": "requests.balance",
    "severity": "error",
    "where": {"table": "x", "row": None, "column": None},
    "facts": {"left": [1, {}], "place": {"a": []}},
    "cite": "",
}


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "{",
        "[]",
        "null",
        "1" * 5000,
        "[" * 100_000,
        '{"form":"2021","tables":{"requests":{"new":{"total":"x"}}}}',
        '{"form":"9999"}',
        json.dumps({"form": "2021", "findings": [ODD_FINDING]}),
    ],
)
@pytest.mark.parametrize("to", ["html", "json", "docx"])
def test_a_tampered_report_never_breaks_the_server(client: Client, carried: str, to: str) -> None:
    response = client.post(DOWNLOAD, {"to": to, "report": carried})
    assert response.status_code in (200, 400)
    assert "Traceback" not in response.content.decode("utf-8", "replace")


def test_only_formats_that_exist_are_offered(client: Client) -> None:
    assert client.post(DOWNLOAD, {"to": "exe", "report": "{}"}).status_code == 400
    assert client.get(DOWNLOAD).status_code == 405


def test_the_specimen_shows_its_planted_contradictions(client: Client) -> None:
    page = client.get(reverse("portal:sample")).content.decode()
    assert "青澜县科学技术局" in page
    assert "badge-error" in page
    assert re.search(r'href="#sample-m\d+"', page)
