"""A real Chromium against a live server: pages, what they ask for, and the accessibility check.

`page` has JavaScript, `plain_page` has none; both fail the test when a page asks another origin for anything,
breaks the content policy or throws.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright

# Playwright runs an event loop in this thread; Django would refuse the database calls of the tests because of it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
POLICY_WORDS = ("Content Security Policy", "Refused to")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the driver reports (a lost page, a deadline) is tried again on a busy machine; an assertion is not."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.flaky(reruns=2, only_rerun=[r"^(Timeout|TargetClosed)?Error: "]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; apt-get install chromium, or set CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield launched
        launched.close()


def _watched(context: BrowserContext, origin: str, offences: list[str]) -> Page:
    """A page of that context; whatever it does that it must not is written into `offences`."""
    opened = context.new_page()
    opened.set_default_timeout(20_000)

    def asked(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:", "about:")):
            offences.append(f"asked {request.url}")

    opened.on("request", asked)
    opened.on("pageerror", lambda error: offences.append(f"threw {error}"))
    opened.on("console", lambda message: offences.append(message.text) if _is_offence(message) else None)
    return opened


def _is_offence(message: ConsoleMessage) -> bool:
    """A breach of the policy or an error; neither an answer of 4xx, the server's word to a wrong entry, nor a
    connection that the test itself cut."""
    if any(word in message.text for word in POLICY_WORDS):
        return True
    told = ("the server responded with a status of 4", "net::ERR_FAILED")
    return message.type == "error" and not any(word in message.text for word in told)


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A function that opens a page of a context made with the options given (viewport, java_script_enabled, …)."""
    cache.clear()
    contexts: list[BrowserContext] = []
    offences: list[str] = []

    def make(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="zh-CN", accept_downloads=True, **options)
        contexts.append(context)
        return _watched(context, live_server.url, offences)

    yield make
    for context in contexts:
        context.close()
    assert offences == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page(viewport={"width": 1440, "height": 900})


@pytest.fixture
def plain_page(open_page: Callable[..., Page]) -> Page:
    """Without JavaScript."""
    return open_page(viewport={"width": 1440, "height": 900}, java_script_enabled=False)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page(viewport={"width": 390, "height": 844}, has_touch=True)


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """A function from an open page to what axe finds against WCAG 2.2 A and AA, one line each."""
    source = AXE.read_text("utf-8")

    def look(opened: Page) -> Any:
        opened.wait_for_load_state("load")
        # evaluated by the debugger, so the content policy of the page does not matter to it
        opened.evaluate(source)
        return opened.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)

    def check(opened: Page) -> list[str]:
        try:
            found = look(opened)
        except Error:  # a click was still leading to the next page: what was looked at is gone
            found = look(opened)
        return [
            f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
            for each in found["violations"]
            for node in each["nodes"]
        ]

    return check


@pytest.fixture
def overflow() -> Callable[[Page], int]:
    """A function from an open page to the pixels that it is wider than its window."""
    return lambda opened: int(
        opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.fixture(scope="session")
def _made_before() -> dict[str, tuple[sqlite3.Connection, Path]]:
    return {}


@pytest.fixture
def made_once(
    live_server: Any, settings: Any, tmp_path: Path, _made_before: dict[str, tuple[sqlite3.Connection, Path]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[], None]], None]:  # fmt: skip
    """A function from a name and what makes an installation's content: made by the first test, copied for the others.

    On PostgreSQL it is made each time.
    """
    settings.HOME, settings.FILES = tmp_path, tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def copied(name: str, make: Callable[[], None]) -> None:
        from django.db import connection

        connection.ensure_connection()
        if connection.vendor != "sqlite":
            make()
        elif name in _made_before:
            database, folder = _made_before[name]
            database.backup(connection.connection)
            shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
        else:
            make()
            _made_before[name] = sqlite3.connect(":memory:"), tmp_path_factory.mktemp("made")
            connection.connection.backup(_made_before[name][0])
            shutil.copytree(tmp_path, _made_before[name][1], dirs_exist_ok=True)

    return copied


def _bodies() -> None:
    from gongkai.bureau.orgs import demo

    demo.fill(bodies=19, seed=1)


def _bodies_and_reports() -> None:
    from gongkai.bureau.annual import demo

    _bodies()
    demo.fill()


@pytest.fixture
def bodies(made_once: Callable[[str, Callable[[], None]], None]) -> None:
    """The demo county behind the live server: its bodies, people and roles."""
    made_once("bodies", _bodies)


@pytest.fixture
def county(made_once: Callable[[str, Callable[[], None]], None]) -> dict[str, int]:
    """The demo county with its checked reports; the id of the one full of mistakes."""
    from gongkai.bureau.annual.models import KeptCheck

    made_once("reports", _bodies_and_reports)
    return {"check": KeptCheck.objects.get(year=2025, body__code="qinglan-kjj").pk}


@pytest.fixture
def at_desk(county: dict[str, int], live_server: Any, settings: Any) -> Callable[[Page, str], Page]:
    """A function that gives a page the session of one of the cast."""
    from django.test import Client

    from gongkai.bureau.orgs.models import Person

    def signed_in(opened: Page, username: str) -> Page:
        client = Client()
        client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        opened.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return opened

    return signed_in


@pytest.fixture
def desk(open_page: Callable[..., Page], county: object, live_server: Any, settings: Any) -> Callable[..., Page]:
    """A function from a username and a path to a page of theirs; each person has one browser of their own."""
    from django.test import Client

    from gongkai.bureau.orgs.models import Person

    opened: dict[str, Page] = {}

    def of(username: str, path: str = "") -> Page:
        if username not in opened:
            page = opened[username] = open_page(viewport={"width": 1440, "height": 900})
            client = Client()
            backend = "django.contrib.auth.backends.ModelBackend"
            client.force_login(Person.objects.get(username=username), backend=backend)
            name = settings.SESSION_COOKIE_NAME
            page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        if path:
            opened[username].goto(path)
        return opened[username]

    return of
