"""Every public page: answers, is valid HTML, keeps the content policy, may be cached, speaks both languages."""

from __future__ import annotations

import ast
import gettext
import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from jinja2 import Environment

import gongkai.screens
from gongkai.screens.portal.errors import forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SCREENS = Path(gongkai.screens.__file__).parent
PAGES = [
    "/",
    "/check/",
    "/check/sample/",
    "/check/rules/",
    "/bodies/",
    "/help/",
    "/about/",
    "/accessibility/",
]
EVERY_PAGE = [*PAGES, "/no-such-page/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_page_answers(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert len(re.findall("<h1", response.content.decode())) == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", EVERY_PAGE)
def test_the_page_is_html5_without_inline_code(
    client: Client, address: str, language: str, parse: Callable[[str], object], inline_code: Callable[[str], list[str]]
) -> None:
    client.cookies["gongkai_display"] = f"normal.normal.{language}"
    page = client.get(address).content.decode()
    parse(page)
    assert inline_code(page) == []
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_the_policy_admits_this_site_alone(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_who_only_looks_gets_no_cookie_and_a_304_the_second_time(client: Client, address: str) -> None:
    first = client.get(address)
    assert not first.cookies
    etag = first.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag)
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_is_compressed_has_an_etag_of_its_own(client: Client) -> None:
    plain = client.get("/help/")
    packed = client.get("/help/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gz"'
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize(
    ("address", "method", "status", "words"),
    [
        ("/no-such-page/", "get", 404, "没有这一页"),
        ("/bodies/no-such-body/", "get", 404, "没有这一页"),
        ("/check/download/", "post", 400, "没有这种格式"),
    ],
)
def test_an_error_page_says_what_to_do_and_carries_a_number(
    client: Client, address: str, method: str, status: int, words: str
) -> None:
    response = getattr(client, method)(address)
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    number = response.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{12}", number)
    assert number in page
    assert response.headers["Cache-Control"] == "no-store"


def test_a_form_without_its_token_gets_the_error_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "表单已过期" in response.content.decode()


def test_the_refusal_page_gives_the_reason_that_was_raised() -> None:
    request = RequestFactory().get("/desk/")
    page = forbidden(request, PermissionDenied("只有安全保密管理员可以授予角色")).content.decode()  # type: ignore[attr-defined]
    assert "没有权限" in page
    assert "只有安全保密管理员可以授予角色" in page


def test_a_forged_host_gets_the_error_page(client: Client) -> None:
    response = client.get("/help/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "这个请求读不懂" in response.content.decode()
    assert "evil.example" not in response.content.decode()


def test_a_failing_view_shows_the_error_page_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("gongkai.screens.portal.views.check.answer_for", lambda *_: 1 / 0)
    response = Client(raise_request_exception=False).get("/check/sample/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "系统出错了" in page
    assert "ZeroDivisionError" not in page
    assert response.headers["X-Request-ID"] in caplog.text


@pytest.mark.parametrize(
    ("wish", "attribute"),
    [
        ("size=large", 'data-size="large"'),
        ("contrast=high", 'data-contrast="high"'),
        ("language=en", '<html lang="en"'),
    ],
)
def test_a_display_choice_holds_on_the_next_pages(client: Client, wish: str, attribute: str) -> None:
    name, value = wish.split("=")
    assert attribute not in client.get("/").content.decode()
    response = client.post("/ui/display/", {name: value, "next": "/help/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/help/")
    assert attribute in client.get("/about/").content.decode()
    assert attribute in client.get("/no-such-page/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_a_display_choice_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    response = client.post("/ui/display/", {"size": "large", "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_a_forged_display_cookie_is_the_default(client: Client) -> None:
    client.cookies["gongkai_display"] = '"><script>.x.y.z'
    page = client.get("/").content.decode()
    assert 'data-size="normal" data-contrast="normal"' in page


def _messages() -> Iterator[str]:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in sorted([*SCREENS.glob("portal/jinja2/**/*.html"), *SCREENS.glob("ui/jinja2/**/*.html")]):
        for _, _, message in environment.extract_translations(path.read_text("utf-8")):
            yield message if isinstance(message, str) else str(message[0])
    for path in sorted(SCREENS.glob("portal/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext") and node.args:
                yield ast.literal_eval(node.args[0])


def test_every_string_of_the_portal_is_in_the_english_catalogue() -> None:
    with (SCREENS / "portal/locale/en/LC_MESSAGES/django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    messages = set(_messages())
    assert len(messages) > 100
    untold = [
        each for each in messages if catalogue.gettext(each) == each and catalogue.ngettext(each, each, 2) == each
    ]
    assert untold == []


def test_the_english_pages_say_it_in_english(client: Client) -> None:
    client.cookies["gongkai_display"] = "normal.normal.en"
    page = client.get("/").content.decode()
    assert "Check an annual report on open government information" in page
    assert "核查年度报告" not in page


def test_chinese_and_latin_are_spaced_by_the_style_sheet_alone() -> None:
    """Typed spaces would stay in what is copied and in what is read aloud."""
    typed = re.compile(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]")
    assert [each for each in _messages() if typed.search(each)] == []


def test_robots_keeps_search_engines_from_the_desk(client: Client) -> None:
    assert "Disallow: /desk/" in client.get("/robots.txt").content.decode()
