"""A real Chromium against a live server: pages, what they ask for, and the accessibility check.

`page` has JavaScript, `plain_page` has none; both fail the test when a page asks another origin for anything,
breaks the content policy or throws.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

# Playwright runs an event loop in this thread; Django would refuse the database calls of the tests because of it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
POLICY_WORDS = ("Content Security Policy", "Refused to")


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
    opened.on(
        "console",
        lambda message: offences.append(message.text) if any(word in message.text for word in POLICY_WORDS) else None,
    )
    return opened


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

    def check(opened: Page) -> list[str]:
        # evaluated by the debugger, so the content policy of the page does not matter to it
        opened.evaluate(source)
        found = opened.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
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
