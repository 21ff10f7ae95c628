"""What a portal page tells machines: its age, its address under a path prefix, the tags of 国办发〔2017〕47号."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import clear_script_prefix, set_script_prefix

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body
from gongkai.screens.portal import page as portal_page

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.alike]


@pytest.fixture
def county() -> None:
    body = Body.objects.create(
        code="qinglan", name="青澜县人民政府", short_name="青澜县政府", level="county", path="qinglan/"
    )
    ledger.append("body:qinglan", "body.created", actor=ledger.SYSTEM, body=body.code, facts={"name": body.name})


def _tags(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="([A-Z][A-Za-z]+)" content="([^"]*)">', page))


def test_a_page_of_stored_data_is_as_old_as_their_last_change(
    client: Client, county: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.bureau.ledger import moments

    monkeypatch.setattr(portal_page, "INSTALLED_AT", datetime(2020, 1, 1, tzinfo=UTC).timestamp())
    changed = moments.last_at(["body.created"])
    assert changed is not None
    said = f"{changed.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"
    for address in ("/", "/bodies/", "/bodies/qinglan/"):
        assert client.get(address).headers["Last-Modified"] == said
    assert client.get("/help/").headers["Last-Modified"] == "Wed, 01 Jan 2020 00:00:00 GMT"
    assert "Last-Modified" not in client.get("/no-such-page/").headers


def test_the_date_alone_never_answers_for_another_display(client: Client, county: None) -> None:
    """The display is in a cookie: who changed it has an old page under the same date."""
    dated = client.get("/bodies/").headers["Last-Modified"]
    client.cookies["gongkai_display"] = "large.normal.zh-hans"
    assert client.get("/bodies/", headers={"If-Modified-Since": dated}).status_code == 200


def test_the_tags_of_site_and_column_are_complete(client: Client, settings: SimpleNamespace) -> None:
    settings.SITE_DOMAIN, settings.SITE_ID_CODE = "www.qinglan.gov.cn", "3308000001"
    tags = _tags(client.get("/help/").content.decode())
    assert tags == {
        "SiteName": "青澜县政府信息公开",
        "SiteDomain": "www.qinglan.gov.cn",
        "SiteIDCode": "3308000001",
        "ColumnName": "使用帮助",
        "ColumnType": "政府信息公开",
        "ColumnDescription": "政府信息公开：年度报告核查、机关名录",
        "ColumnKeywords": "政府信息公开,年度报告,机关名录",
    }


def test_a_tag_without_a_value_is_left_out(client: Client) -> None:
    assert {"SiteDomain", "SiteIDCode"}.isdisjoint(_tags(client.get("/help/").content.decode()))


def test_the_page_of_a_body_is_an_article(client: Client, county: None) -> None:
    tags = _tags(client.get("/bodies/qinglan/").content.decode())
    assert tags["ColumnName"] == "机关名录"
    assert tags["ArticleTitle"] == "青澜县人民政府"
    assert tags["ContentSource"] == "青澜县人民政府"
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d", tags["PubDate"])
    assert tags["ColumnKeywords"].startswith("青澜县人民政府,青澜县政府,")


@pytest.fixture
def beneath(settings: SimpleNamespace) -> Iterator[None]:
    """As a server started with the path prefix; the test client leaves out that one step of it."""
    settings.SITE_DOMAIN, settings.FORCE_SCRIPT_NAME = "www.qinglan.gov.cn", "/gongkai"
    set_script_prefix("/gongkai/")
    yield
    clear_script_prefix()


def test_the_canonical_address_has_the_site_and_the_prefix(client: Client, beneath: None) -> None:
    page = client.get("/help/").content.decode()
    assert '<link rel="canonical" href="https://www.qinglan.gov.cn/gongkai/help/">' in page
    assert 'href="/gongkai/bodies/"' in page
    assert 'href="/gongkai/desk/"' in page
    assert "Disallow: /gongkai/desk/" in client.get("/robots.txt").content.decode()
    stranger = client.get("/desk/")
    assert stranger.headers["Location"] == "/gongkai/accounts/login/?next=/gongkai/desk/"
    back = client.post("/ui/display/", {"size": "large"})
    assert back.headers["Location"] == "/gongkai/"


PROBE = """
import django
django.setup()
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
print(static("ui/base.css"), reverse("desk:home"), settings.SESSION_COOKIE_PATH)
"""


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("", "/static/ui/base.css /desk/ /"),
        ("/gongkai", "/gongkai/static/ui/base.css /gongkai/desk/ /gongkai"),
        ("gongkai/", "/gongkai/static/ui/base.css /gongkai/desk/ /gongkai"),
    ],
)
def test_one_setting_puts_the_whole_platform_beneath_a_path(prefix: str, said: str, tmp_path: Path) -> None:
    environment = {
        **os.environ, "GONGKAI_HOME": str(tmp_path), "GONGKAI_PATH_PREFIX": prefix,
        "DJANGO_SETTINGS_MODULE": "gongkai.settings",
    }  # fmt: skip
    told = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == said
