"""Published annual reports on the portal: only what is published, exactly as it was published."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast

from gongkai.bureau.annual import drafting, steps
from gongkai.bureau.annual.models import AnnualReport, Statement
from gongkai.bureau.casework import services as casework
from gongkai.bureau.orgs.models import Body
from gongkai.documents.annual_report import read

# the services beneath are tested on both databases: tests/bureau/test_report_*
pytestmark = pytest.mark.alike

__all__ = ["cast"]
BODY = "qinglan-kjj"
YEAR = f"/bodies/{BODY}/reports/2025/"
FORMATS = ("docx", "pdf", "xlsx", "csv", "json")


def drafted(cast: Cast, words: str = "按规定办理。") -> int:
    casework.register(
        cast.officer, body=BODY, number="KJJ-2025-0001", applicant_kind="natural_person",
        names=("江一诺", None, "13800000000"), subject="秘而不宣的申请内容", channel="in_person",
        events=[
            {"kind": "submitted", "on": "2025-03-03"},
            {"kind": "replied", "on": "2025-03-20", "outcome": "granted"},
        ],
        evidence="登记表",
    )  # fmt: skip
    Statement.objects.create(
        body=Body.objects.get(code=BODY), year=2025, row="licences", column="decisions", value=12, evidence="台账",
        entered_at="2026-01-02T00:00:00Z",
    )  # fmt: skip
    report = drafting.start(cast.officer, BODY, 2025)
    for part in AnnualReport.objects.get(pk=report).passages:
        drafting.write_part(cast.officer, report, part, words)
    return report


def publish(cast: Cast, report: int) -> None:
    steps.take_step(cast.officer, report, "submit", {"confirm_zero": "1"})
    steps.take_step(cast.head, report, "pass_review")
    steps.take_step(cast.leader, report, "approve")
    steps.take_step(cast.officer, report, "publish")


@pytest.fixture
def published(cast: Cast) -> AnnualReport:
    report = drafted(cast)
    publish(cast, report)
    return AnnualReport.objects.get(pk=report)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/reports/", f"/bodies/{BODY}/reports/", f"/bodies/{BODY}/reports/compare/"])
def test_before_anything_is_published_the_pages_say_so(cast: Cast, client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert "公布年度报告" in page.content.decode() or "还没有公布的年度报告" in page.content.decode()


@pytest.mark.django_db
def test_nothing_of_a_draft_or_a_frozen_report_is_public(cast: Cast, client: Client) -> None:
    report = drafted(cast, "只在工作台里的字句。")
    for act, actor in ((None, None), ("submit", cast.officer), ("pass_review", cast.head), ("approve", cast.leader)):
        if act is not None and actor is not None:
            steps.take_step(actor, report, act, {"confirm_zero": "1"})
        assert client.get(YEAR).status_code == 404
        assert [client.get(f"{YEAR[:-1]}.{to}").status_code for to in FORMATS] == [404] * 5
        for address in ("/reports/", f"/bodies/{BODY}/reports/", f"/bodies/{BODY}/reports/compare/"):
            page = client.get(address).content.decode()
            assert "2025年政府信息公开工作年度报告" not in page
            assert "只在工作台里的字句" not in page


@pytest.mark.django_db
def test_a_published_report_is_a_page_in_the_official_layout(published: AnnualReport, client: Client) -> None:
    page = client.get(YEAR).content.decode()
    assert "青澜县科学技术局2025年政府信息公开工作年度报告" in page
    assert "三、收到和处理政府信息公开申请情况" in page
    assert '<meta name="ColumnType" content="信息公开年报">' in page
    assert '<meta name="ContentSource" content="青澜县科学技术局">' in page
    assert "更正说明" not in page
    # who asked, for what, and who worked on it is nobody's business here
    for private in ("江一诺", "13800000000", "秘而不宣", "KJJ-2025-0001", "officer", "leader"):
        assert private not in page


@pytest.mark.django_db
@pytest.mark.parametrize("to", FORMATS)
def test_a_file_is_exactly_the_one_that_was_published(published: AnnualReport, client: Client, to: str) -> None:
    response = client.get(f"{YEAR[:-1]}.{to}")
    assert response.status_code == 200
    digest = hashlib.sha256(response.content).hexdigest()
    assert digest == published.files[to]
    assert response.headers["ETag"] == f'"{digest}"'
    again = client.get(f"{YEAR[:-1]}.{to}", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["docx", "pdf", "xlsx", "json"])
def test_a_file_reads_back_as_the_report(published: AnnualReport, client: Client, to: str) -> None:
    report = read(client.get(f"{YEAR[:-1]}.{to}").content, f"report.{to}").report
    assert (report.form, report.agency, report.year) == ("2021", "青澜县科学技术局", 2025)
    assert report.tables["requests"]["new"]["total"] == 1
    assert report.tables["requests"]["granted"]["natural_person"] == 1
    assert report.tables["proactive"]["licences"]["decisions"] == 12


@pytest.mark.django_db
def test_json_and_csv_are_for_machines_of_anyone(published: AnnualReport, client: Client) -> None:
    response = client.get(f"{YEAR[:-1]}.json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    assert list(found) == ["form", "agency", "year", "tables", "narrative", "findings"]
    assert found["tables"]["proactive"]["fees"] == {"amount": "0"}
    assert found["findings"] == []
    lines = client.get(f"{YEAR[:-1]}.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "表,行代码,列代码,行,列,值"
    assert "proactive,licences,decisions,行政许可,本年处理决定数量,12" in lines
    # ten cells of table two, 25 rows of seven, three groups of five
    assert len(lines) == 1 + 10 + 175 + 15


@pytest.mark.django_db
def test_a_correction_is_told_and_replaces_the_old_version(published: AnnualReport, cast: Cast, client: Client) -> None:
    old = client.get(f"{YEAR[:-1]}.pdf").content
    second = steps.take_step(cast.officer, published.pk, "correct", {"note": "补写监督保障的情况"})
    drafting.write_part(cast.officer, second, "supervision", "按季检查，问题当季整改。")
    assert "补写监督保障" not in client.get(YEAR).content.decode()
    assert client.get(f"{YEAR[:-1]}.pdf").content == old
    publish(cast, second)
    page = client.get(YEAR).content.decode()
    assert "更正说明" in page
    assert "补写监督保障的情况" in page
    assert "按季检查，问题当季整改" in page
    assert client.get(f"{YEAR[:-1]}.pdf").content != old
    assert "已更正" in client.get(f"/bodies/{BODY}/reports/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/reports/", 3),
        (f"/bodies/{BODY}/reports/", 4),
        (YEAR, 4),
        (f"/bodies/{BODY}/reports/compare/", 4),
    ],
)
def test_pages_cost_few_queries_and_are_known_by_their_etag(
    published: AnnualReport, client: Client, django_assert_max_num_queries: Callable[..., object], address: str,
    queries: int,
) -> None:  # fmt: skip
    with django_assert_max_num_queries(queries):  # type: ignore[attr-defined]
        first = client.get(address)
    assert first.status_code == 200
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/reports/", f"/bodies/{BODY}/reports/", YEAR, f"/bodies/{BODY}/reports/compare/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_sound_and_keep_to_the_policy(
    published: AnnualReport, client: Client, parse: Callable[[str], object], inline_code: Callable[[str], list[str]],
    address: str, language: str,
) -> None:  # fmt: skip
    client.cookies["gongkai_display"] = f"normal.normal.{language}"
    page = client.get(address).content.decode()
    parse(page)
    assert inline_code(page) == []


@pytest.mark.django_db
def test_the_years_are_compared_as_published(published: AnnualReport, client: Client) -> None:
    page = client.get(f"/bodies/{BODY}/reports/compare/").content.decode()
    assert "收到和办结的申请" in page
    assert '<desc id="chart-received-d">本年新收（2025：1）；办结（2025：1）；结转下年度（2025：0）</desc>' in page
    assert re.search("<th[^>]*>行政许可：本年处理决定数量</th>", page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/bodies/no-such/reports/", "/bodies/no-such/reports/compare/", f"/bodies/{BODY}/reports/2024/",
     f"/bodies/{BODY}/reports/2025.exe", f"/bodies/{BODY}/reports/2025.html"],
)  # fmt: skip
def test_what_is_not_there_is_a_plain_page(published: AnnualReport, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "没有" in response.content.decode()
