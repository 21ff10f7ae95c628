"""Addresses of an old site lead to where its pages stand now, once they are reviewed; nothing else is told by them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast

from gongkai.bureau import clock
from gongkai.bureau.ledger import derived
from gongkai.bureau.publishing import reviewing, site_import
from gongkai.bureau.publishing import verification as _registered
from gongkai.bureau.publishing.models import Item, OldAddress
from gongkai.bureau.publishing.site_rows import Rows
from gongkai.documents.site_table import open_table
from gongkai.statute.ledgers.site import guessed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["cast"]
assert _registered
PAGE = "/art/2019/3/5/art_1_2.html"
TABLE = f"""标题,发布日期,栏目,正文,网址
关于甲的通知,2019-03-05,通知公告,"<p>全文见<a href=""../../../../upload/甲%20表.pdf"">附件</a></p>",http://www.old.gov.cn{PAGE}
关于乙的通知,2019-03-06,通知公告,第一条 文字,http://www.old.gov.cn/view.aspx?b=2&id=7
"""


def imported(tmp_path: Path, **more: Any) -> list[Item]:
    files = tmp_path / "from"
    (files / "upload").mkdir(parents=True, exist_ok=True)
    (files / "upload" / "甲 表.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    table_file = tmp_path / "t.csv"
    table_file.write_text(TABLE, encoding="utf-8")
    table = open_table(table_file, tmp_path)
    made = site_import.check(table, Rows(guessed(table.headers).fix("agency", "qinglan-kjj"), files), tmp_path)
    assert made.faults == []
    site_import.write(made, files, name="t.csv", **more)
    return list(Item.objects.order_by("id"))


def test_nothing_leads_to_what_is_not_reviewed_and_a_review_gives_it_an_address(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    first, second = imported(tmp_path)
    assert [client.get(PAGE).status_code, client.get("/view.aspx?id=7&b=2").status_code] == [404, 404]
    reviewing.conclude_many(cast.reviewer, {first.pk: "public", second.pk: "withheld"}, ground="已公布的文件")
    answer = client.get(PAGE)
    number = f"qinglan-kjj/{clock.today().year}-00001"
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/info/{number}/")
    assert "关于甲的通知" in client.get(answer.headers["Location"]).content.decode()
    assert client.get("/view.aspx?id=7&b=2").status_code == 404
    second.refresh_from_db()
    assert second.index_number == ""
    assert [fault for outcome in derived.run_all() for fault in outcome.faults] == []


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}/", f"{PAGE}?from=timeline", "/art//2019/3/5/./art_1_2.html",
        "/art/2019/3/5/x/../art_1_2.html", "/%61rt/2019/3/5/art_1_2.html",
    ],
)  # fmt: skip
def test_an_address_is_known_in_the_forms_that_browsers_and_servers_give_it(
    cast: Cast, client: Client, tmp_path: Path, address: str
) -> None:
    first, _ = imported(tmp_path)
    reviewing.conclude(cast.reviewer, first.pk, conclusion="public", ground="已公布的文件")
    assert client.get(address, follow=False).status_code == 301


def test_parameters_stand_in_any_order_and_a_file_leads_to_itself(cast: Cast, client: Client, tmp_path: Path) -> None:
    first, second = imported(tmp_path)
    reviewing.conclude_many(cast.reviewer, {first.pk: "public", second.pk: "public"}, ground="已公布的文件")
    assert client.get("/view.aspx?b=2&id=7").headers["Location"].endswith("-00002/")
    assert client.get("/view.aspx?id=7&b=2").headers["Location"].endswith("-00002/")
    assert client.get("/view.aspx?id=8&b=2").status_code == 404
    file = client.get("/upload/%E7%94%B2%20%E8%A1%A8.pdf")
    served = client.get(file.headers["Location"])
    assert (file.status_code, b"".join(served.streaming_content)) == (301, b"%PDF-1.4\n%%EOF\n")  # type: ignore[attr-defined]
    # as a server of GB18030 wrote it
    assert client.get("/upload/%BC%D7%20%B1%ED.pdf").status_code == 301
    assert 'href="/upload/%E7%94%B2%20%E8%A1%A8.pdf"' in Item.objects.get(pk=first.pk).body_html


def test_what_was_withdrawn_leaves_its_reason_at_the_old_address(cast: Cast, client: Client, tmp_path: Path) -> None:
    first, _ = imported(tmp_path)
    reviewing.conclude(cast.reviewer, first.pk, conclusion="public", ground="已公布的文件")
    Item.objects.filter(pk=first.pk).update(legacy=True, withdrawn_at=clock.now(), withdrawn_because="含个人信息")
    answer = client.get(PAGE)
    page = answer.content.decode()
    assert (answer.status_code, "含个人信息" in page, "关于甲的通知" in page) == (410, True, False)


def test_one_query_and_none_where_no_old_page_can_be(
    cast: Cast, client: Client, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    first, _ = imported(tmp_path)
    reviewing.conclude(cast.reviewer, first.pk, conclusion="public", ground="已公布的文件")
    with django_assert_num_queries(1):
        client.get(PAGE)
    with django_assert_num_queries(1):
        client.get("/nothing/here.html")
    with django_assert_num_queries(0):
        client.get("/desk/nothing/here.html")
    with django_assert_num_queries(0):
        client.post(PAGE)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/art.html", "/%00", "/a%00b?c=%00", "/" + "a" * 5000, "/x?" + "x=1&" * 3000, "/\\evil.example/x",
        "/%2e%2e/%2e%2e/etc/passwd", "/%ff%fe%fd", "/x?%E4", "/'%20OR%201=1--", "/a%0d%0aLocation:%20http://evil",
        "/%F0%9F%98%80?q=%ED%A0%80", "/index.php?url=http://evil.example/",
    ],
)  # fmt: skip
def test_hostile_addresses_are_answered_as_unknown_ones(cast: Cast, client: Client, address: str) -> None:
    answer = client.generic("GET", address)
    assert (answer.status_code, "Location" in answer.headers) == (404, False)


def test_who_imported_a_table_does_not_review_it(cast: Cast, tmp_path: Path) -> None:
    first, second = imported(tmp_path, by=cast.reviewer, actor=cast.reviewer)
    with pytest.raises(PermissionDenied):
        reviewing.conclude(cast.reviewer, first.pk, conclusion="public", ground="已公布的文件")
    with pytest.raises(PermissionDenied):
        reviewing.conclude_many(cast.reviewer, {second.pk: "public"}, ground="已公布的文件")
    assert Item.objects.filter(legacy=False).count() == 0


def test_importing_again_changes_nothing_of_what_was_reviewed(cast: Cast, tmp_path: Path) -> None:
    first, _ = imported(tmp_path)
    reviewing.conclude(cast.reviewer, first.pk, conclusion="public", ground="已公布的文件")
    again, _ = imported(tmp_path)
    assert (again.pk, again.legacy, again.index_number != "", OldAddress.objects.count()) == (first.pk, False, True, 3)
