"""The directory: by key, searchable, without anybody's name, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongkai.bureau.orgs.models import Body, Person, Post, Section

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def county() -> Body:
    """A county government, sixty departments, one with a section and a post that somebody holds."""
    root = Body.objects.create(
        code="qinglan", name="青澜县人民政府", short_name="青澜县政府", level="county", path="qinglan/",
        address="青澜县澜江路1号", office_hours="工作日8:30—12:00，14:00—17:30", telephone="0571-00000000",
    )  # fmt: skip
    Body.objects.bulk_create(
        Body(
            code=f"qinglan-{number:02}",
            name=f"青澜县第{number}局",
            level="county_department",
            parent=root,
            path=f"qinglan/qinglan-{number:02}/",
        )
        for number in range(1, 61)
    )
    section = Section.objects.create(body=root, code="office", name="政务公开科")
    holder = Person.objects.create(username="lin", name="林某某")
    Post.objects.create(section=section, name="科长", holder=holder)
    return root


def test_an_empty_directory_says_what_will_stand_there(client: Client) -> None:
    assert "机关名录还是空的" in client.get("/bodies/").content.decode()


def test_the_directory_pages_by_key(client: Client, county: Body) -> None:
    first = client.get("/bodies/").content.decode()
    assert first.count('class="body-name"') == 50
    assert "?after=qinglan-49" in first
    second = client.get("/bodies/?after=qinglan-49").content.decode()
    assert second.count('class="body-name"') == 11
    assert "回到开头" in second
    assert "下一页" not in second


def test_the_search_keeps_its_words_in_the_address(client: Client, county: Body) -> None:
    page = client.get("/bodies/", {"q": "第6"}).content.decode()
    assert page.count('class="body-name"') == 2
    assert 'value="第6"' in page
    assert "没有名称含“林业”的机关" in client.get("/bodies/", {"q": "林业"}).content.decode()


@pytest.mark.parametrize("query", ["?after=%00", "?q=%00", "?q=" + "a" * 5000, "?after='--", "?q=<script>"])
def test_hostile_queries_are_plain_words(client: Client, county: Body, query: str) -> None:
    response = client.get("/bodies/" + query)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_a_body_shows_its_office_and_parts_and_nobody(
    client: Client, county: Body, parse: Callable[[str], object], inline_code: Callable[[str], list[str]]
) -> None:
    page = client.get("/bodies/qinglan/").content.decode()
    parse(page)
    assert inline_code(page) == []
    for words in (
        "青澜县人民政府",
        "县级政府",
        "澜江路1号",
        "0571-00000000",
        "政务公开科",
        "青澜县第60局",
        "每年3月31日前",
    ):
        assert words in page
    assert "林某某" not in page


def test_a_department_names_whom_it_belongs_to_and_its_day(client: Client, county: Body) -> None:
    page = client.get("/bodies/qinglan-07/").content.decode()
    assert 'href="/bodies/qinglan/"' in page
    assert "每年1月31日前" in page


@pytest.mark.parametrize(
    ("address", "most"), [("/bodies/", 2), ("/bodies/qinglan/", 6), ("/", 2), ("/check/", 0), ("/help/", 0)]
)
def test_a_page_asks_the_database_the_same_however_many_bodies_there_are(
    client: Client, county: Body, address: str, most: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
        assert client.get(address).status_code == 200


def test_the_api_lists_all_bodies_by_key(client: Client, county: Body) -> None:
    page = client.get("/api/v1/bodies").json()
    assert len(page["bodies"]) == 61
    assert page["next"] is None
    assert page["bodies"][0] == {
        "code": "qinglan",
        "name": "青澜县人民政府",
        "short_name": "青澜县政府",
        "level": "county",
        "parent": None,
    }
    assert page["bodies"][7]["parent"] == "qinglan"
    assert client.get("/api/v1/bodies?after=qinglan-60").json() == {"bodies": [], "next": None}
