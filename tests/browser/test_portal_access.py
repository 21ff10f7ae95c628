"""Every public page for everyone: WCAG 2.2 AA, narrow windows, large text, contrast, print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/check/",
    "/check/sample/",
    "/check/rules/",
    "/bodies/",
    "/help/",
    "/about/",
    "/accessibility/",
    "/no-such-page/",
]


def _choose(page: Page, choice: str, base: str) -> None:
    name, value = choice.split("=")
    choices = {"size": "normal", "contrast": "normal", "language": "zh-hans"} | {name: value}
    page.context.add_cookies([{"name": "gongkai_display", "value": ".".join(choices.values()), "url": base}])


@pytest.mark.parametrize("address", PAGES)
def test_no_barrier_that_axe_can_find(page: Page, address: str, violations: Callable[[Page], list[str]]) -> None:
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("choice", ["size=large", "contrast=high", "language=en"])
@pytest.mark.parametrize("address", ["/", "/check/sample/", "/check/rules/"])
def test_no_barrier_in_any_display(
    phone: Page, live_server: Any, address: str, choice: str,
    violations: Callable[[Page], list[str]], overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    _choose(phone, choice, live_server.url)
    phone.goto(address)
    assert violations(phone) == []
    assert overflow(phone) == 0


@pytest.mark.parametrize("width", [390, 360])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_a_phone(
    open_page: Callable[..., Page], address: str, width: int, overflow: Callable[[Page], int]
) -> None:
    opened = open_page(viewport={"width": width, "height": 800})
    opened.goto(address)
    assert overflow(opened) == 0


def test_large_text_is_twenty_pixels_and_needs_no_javascript(plain_page: Page) -> None:
    plain_page.goto("/help/")
    plain_page.click("button:has-text('大字版')")
    expect(plain_page.locator("html")).to_have_attribute("data-size", "large")
    expect(plain_page.locator("body")).to_have_css("font-size", "20px")
    plain_page.click("button:has-text('标准字号')")
    expect(plain_page.locator("body")).to_have_css("font-size", "16px")


def test_contrast_mode_reaches_seven_to_one(page: Page, live_server: Any) -> None:
    _choose(page, "contrast=high", live_server.url)
    page.goto("/check/sample/")
    page.evaluate((Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast-enhanced']},"
        " rules: {'color-contrast-enhanced': {enabled: true}}})"
    )
    assert [node["target"] for each in found["violations"] for node in each["nodes"]] == []


def test_in_print_navigation_is_gone_and_links_are_text(page: Page) -> None:
    page.goto("/check/sample/")
    page.emulate_media(media="print")
    for part in (".main-nav", ".display-form", ".downloads", ".breadcrumb"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator(".finding").first).to_be_visible()


def test_reduced_motion_stills_everything(open_page: Callable[..., Page]) -> None:
    opened = open_page(reduced_motion="reduce")
    opened.goto("/check/")
    moving = opened.evaluate(
        "[...document.querySelectorAll('*')]"
        ".filter((each) => parseFloat(getComputedStyle(each).transitionDuration) > 0).length"
    )
    assert moving == 0
