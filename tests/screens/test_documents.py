"""The list of rules and normative documents: at the desk with its figures, on the portal for everybody."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from draft_ground import BODY, ELEMENTS, notices, take, written

from gongkai.bureau.publishing import drafting
from gongkai.bureau.publishing.models import Column

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["cast", "notices"]
MEASURE = {
    **ELEMENTS, "title": "科技专项<资金>管理办法", "kind": "document", "genre": "规范性文件",
    "expires_on": "2026-05-01",
    "document_number": "青科规〔2026〕1号", "effective_on": "2026-03-10",
}  # fmt: skip
DESK, PORTAL = "/desk/documents/", f"/bodies/{BODY}/documents/"


@pytest.fixture
def measure(cast: Cast, notices: Column) -> None:
    for number in (1, 2):
        told = {**MEASURE, "document_number": f"青科规〔2026〕{number}号"}
        told |= {"repeals": "青科规〔2026〕1号", "no_reading": "程序性文件"} if number == 2 else {}
        made = drafting.begin(cast.handler, notices.pk)
        drafting.write(cast.handler, made, written(elements=told), seen=0)
        take(cast, made, "submit", "pass_section", "pass_legal", "conclude", "sign", "publish")


def _of(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


@pytest.mark.usefixtures("measure")
def test_the_desk_shows_standing_reading_and_figures_that_open(
    cast: Cast, parse: Callable[[str], object], inline_code: Callable[[str], list[str]],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    officer = _of(cast.officer)
    with django_assert_max_num_queries(32):
        page = officer.get(DESK).content.decode()
    parse(page)
    assert inline_code(page) == []
    assert "科技专项&lt;资金&gt;管理办法" in page
    assert "青科规〔2026〕1号" not in page  # repealed
    assert "不解读：程序性文件" in page
    assert "还有52天期满" in page
    figures = re.findall(r'href="(/desk/documents/[^"]+/2026/normative/(\w+)/)">(\d+)<', page)
    assert [(name, number) for _, name, number in figures] == [
        ("made", "2"), ("disclosed", "2"), ("repealed", "1"), ("in_force", "1"),
    ]  # fmt: skip
    for address, _, number in figures:
        assert len(re.findall(r"<tr><td class=\"wide\">", officer.get(address).content.decode())) == int(number)
    assert "青科规〔2026〕1号" in officer.get(f"{DESK}?standing=ended").content.decode()
    assert "都有解读" in officer.get(f"{DESK}?standing=unread").content.decode()
    sheet = officer.get(f"{DESK}?as=xlsx")
    assert sheet.headers["Content-Type"].startswith("application/vnd.openxmlformats")


def test_another_bodys_figures_are_not_found(cast: Cast, notices: Column) -> None:
    officer = _of(cast.officer)
    assert officer.get("/desk/documents/qinglan-mzj/2026/normative/made/").status_code == 404
    assert officer.get(f"/desk/documents/{BODY}/2026/normative/nothing/").status_code == 404
    assert officer.get(f"/desk/documents/{BODY}/1/normative/made/").status_code == 404
    assert "还没有规章、规范性文件" in officer.get(DESK).content.decode()
    assert Client().get(DESK).status_code == 302


@pytest.mark.usefixtures("measure")
def test_everybody_sees_what_is_in_force_and_what_is_not(
    client: Client, parse: Callable[[str], object], inline_code: Callable[[str], list[str]],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    with django_assert_max_num_queries(12):
        page = client.get(PORTAL).content.decode()
    parse(page)
    assert inline_code(page) == []
    assert "青科规〔2026〕2号" in page
    assert "青科规〔2026〕1号" not in page
    assert "有效期至2026-05-01" in page
    ended = client.get(f"{PORTAL}?standing=ended").content.decode()
    assert "青科规〔2026〕1号" in ended
    assert '<span class="badge badge-warning">废止</span>' in ended
    english = client.get(PORTAL, headers={"Accept-Language": "en"})
    assert english.status_code == 200
    assert client.get("/bodies/nobody/documents/").status_code == 404
    for hostile in ("?after=~", "?after=2026-99-99~1", "?standing=%00", "?after=9999-12-31~" + "9" * 30):
        assert client.get(f"{PORTAL}{hostile}").status_code == 200
