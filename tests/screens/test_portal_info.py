"""The public page of a piece of information: what it shows, what it hides, what is left when it is withdrawn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from draft_ground import BODY, ELEMENTS, drafted, notices, published, take

from gongkai.bureau.publishing import drafting
from gongkai.bureau.publishing.models import Column, Item
from gongkai.bureau.publishing.uploads import Sent

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["cast", "notices"]
ADDRESS = "/info/qinglan-kjj/2026-00001/"
NAME = '申报表"<1>\u202e.txt'
ATOM = "{http://www.w3.org/2005/Atom}"


def with_file(cast: Cast, notices: Column) -> int:
    elements = {**ELEMENTS, "title": "关于<b>申报</b>的通知", "keywords": "科技 申报"}
    made = drafted(cast, notices, elements=elements)
    drafting.attach(cast.handler, made, Sent(NAME, "申报条件".encode()))
    take(cast, made, "submit", "pass_section", "conclude", "sign", "publish")
    return made


def test_the_page_has_its_elements_text_and_files(
    cast: Cast, notices: Column, client: Client, parse: Callable[[str], object],
    inline_code: Callable[[str], list[str]],
) -> None:  # fmt: skip
    with_file(cast, notices)
    answer = client.get(ADDRESS)
    page = answer.content.decode()
    parse(page)
    assert inline_code(page) == []
    assert answer.headers["ETag"]
    for said in ("qinglan-kjj/2026-00001", "青科〔2026〕5号", "科技、教育", "2026-03-02", "科技 申报",
                 "申报的条件和期限", "<h2>申报条件</h2>", "关于&lt;b&gt;申报&lt;/b&gt;的通知"):  # fmt: skip
        assert said in page
    for tag in ('name="ArticleTitle" content="关于&lt;b&gt;申报&lt;/b&gt;的通知"', 'name="PubDate" content="2026-03-10',
                'name="ContentSource" content="青澜县科学技术局"'):  # fmt: skip
        assert tag in page
    digest = Item.objects.get().attachments[0]["digest"]
    file = client.get(f"{ADDRESS}files/{digest}/")
    assert b"".join(file.streaming_content) == "申报条件".encode()  # type: ignore[attr-defined]
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in file.headers["Content-Disposition"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_it_stands_in_its_column_and_the_old_address_leads_to_it(cast: Cast, notices: Column, client: Client) -> None:
    published(cast, notices)
    assert f'href="{ADDRESS}"' in client.get(f"/bodies/{BODY}/columns/notices/").content.decode()
    old = client.get(f"/apply/{BODY}/answers/{Item.objects.get().pk}/")
    assert (old.status_code, old.headers["Location"]) == (301, ADDRESS)


def test_what_was_withdrawn_leaves_the_reason_and_nothing_else(cast: Cast, notices: Column, client: Client) -> None:
    made = with_file(cast, notices)
    digest = Item.objects.get().attachments[0]["digest"]
    take(cast, made, "withdraw")
    answer = client.get(ADDRESS)
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "附件含有个人信息" in page
    assert "申报条件" not in page
    assert "的通知" not in page
    assert client.get(f"{ADDRESS}files/{digest}/").status_code == 404
    assert ADDRESS not in client.get(f"/bodies/{BODY}/columns/notices/").content.decode()


def test_what_is_not_public_is_as_if_it_were_not_there(cast: Cast, notices: Column, client: Client) -> None:
    drafted(cast, notices)
    unknown = client.get("/info/qinglan-kjj/2026-00099/")
    assert (client.get(ADDRESS).status_code, unknown.status_code) == (404, 404)
    no_file = f"/info/x/files/{'0' * 64}/"
    for hostile in ("/info/%00/", "/info/..%2f..%2fetc%2fpasswd/", "/info/x/files/../", no_file):
        assert client.get(hostile).status_code in (400, 404)


def test_a_document_and_its_interpretation_refer_to_each_other(cast: Cast, notices: Column, client: Client) -> None:
    document = {**ELEMENTS, "title": "青澜县科技项目管理办法", "kind": "document", "genre": "规范性文件",
                "effective_on": "2026-05-01", "document_number": "青科规〔2026〕1号"}  # fmt: skip
    reading = {**ELEMENTS, "title": "办法解读", "kind": "interpretation", "interprets": "青科规〔2026〕1号",
               "form": "questions", "document_number": ""}  # fmt: skip
    first = drafted(cast, notices, elements=reading)  # the interpretation is public first
    take(cast, first, "submit", "pass_section", "conclude", "sign", "publish")
    made = drafted(cast, notices, elements=document)
    take(cast, made, "submit", "pass_section", "pass_legal", "conclude", "sign", "publish")
    text = client.get("/info/qinglan-kjj/2026-00002/").content.decode()
    assert "办法解读" in text
    assert "自2026-05-01起施行" in text
    assert "青澜县科技项目管理办法" in client.get(ADDRESS).content.decode()


def test_a_repealed_document_names_what_repealed_it(cast: Cast, notices: Column, client: Client) -> None:
    published(cast, notices)
    new = {**ELEMENTS, "title": "新的办法", "document_number": "青科〔2026〕9号", "repeals": "青科〔2026〕5号",
           "kind": "document", "genre": "规范性文件", "effective_on": "2026-03-10"}  # fmt: skip
    made = drafted(cast, notices, elements=new)
    take(cast, made, "submit", "pass_section", "pass_legal", "conclude", "sign", "publish")
    page = client.get(ADDRESS).content.decode()
    assert "已经废止" in page
    assert "新的办法" in page
    assert ELEMENTS["title"] in client.get("/info/qinglan-kjj/2026-00002/").content.decode()


def test_a_correction_is_told_with_its_reason(cast: Cast, notices: Column, client: Client) -> None:
    made = published(cast, notices)
    take(cast, made.pk, "correct", "submit", "pass_section", "conclude", "sign", "publish")
    page = client.get(ADDRESS).content.decode()
    assert "更正说明" in page
    assert "联系电话有误" in page


def test_the_feeds_tell_what_is_new_and_what_was_withdrawn(cast: Cast, notices: Column, client: Client) -> None:
    published(cast, notices)
    gone = with_file(cast, notices)
    take(cast, gone, "withdraw")
    for address in (f"/bodies/{BODY}/feed.atom", f"/bodies/{BODY}/columns/notices/feed.atom"):
        answer = client.get(address)
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
        titles = [each.findtext(f"{ATOM}title") or "" for each in entries]
        assert len(titles) == 2
        assert sum("撤回" in each for each in titles) == 1
        assert ELEMENTS["title"] in titles
    for address in (f"/bodies/{BODY}/feed.rss", f"/bodies/{BODY}/columns/notices/feed.rss"):
        answer = client.get(address)
        assert answer.headers["Content-Type"].startswith("application/rss+xml")
        assert len(ElementTree.fromstring(answer.content).findall("channel/item")) == 2
    assert client.get(f"/bodies/{BODY}/columns/nothing/feed.atom").status_code == 404
    assert client.get(f"/bodies/{BODY}/columns/nothing/feed.rss").status_code == 404


def test_the_page_asks_a_bounded_number_of_questions(
    cast: Cast, notices: Column, client: Client, django_assert_max_num_queries: Any
) -> None:
    published(cast, notices)
    client.get(ADDRESS)
    with django_assert_max_num_queries(8):
        client.get(ADDRESS)
