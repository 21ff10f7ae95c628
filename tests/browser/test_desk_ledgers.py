"""The ledgers in a real browser: a request registered and answered, for the keyboard, the phone and axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = ["requests/", "requests/new/", "remedies/", "remedies/new/", "statements/?year=2020",
             "statements/qinglan-kjj/2020/procurement/", "items/", "items/new/", "work-records/"]  # fmt: skip


@pytest.fixture
def signed_in(live_server: Any, settings: Any, bodies: None) -> Callable[[Page], Page]:
    """A function that signs a page in as the bureau's disclosure officer."""
    client = Client()
    client.force_login(Person.objects.get(username="zhuanyuan"), backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME

    def sign_in(page: Page) -> Page:
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return sign_in


def _register(page: Page) -> None:
    page.goto("/desk/requests/new/")
    page.get_by_label("申请内容").fill("云溪镇智慧农业示范项目立项批复")
    page.get_by_label("互联网").check()
    page.get_by_label("提交申请的日子").fill("2024-03-04")
    page.get_by_label("签收或确认收到的日子").fill("2024-03-05")
    page.get_by_label("申请人类别").select_option("business")
    page.get_by_label("依据").fill("网上受理记录")
    page.get_by_role("button", name="登记", exact=True).click()


def test_a_request_is_registered_and_answered(
    page: Page, signed_in: Callable[[Page], Page], violations: Callable[[Page], list[str]]
) -> None:
    _register(signed_in(page))
    expect(page.get_by_role("heading", level=1)).to_contain_text("逾期")
    expect(page.get_by_text("2024年4月2日（周二）", exact=True)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_label("日子", exact=True).fill("2024-03-01")
    page.get_by_label("办理结果").select_option("partial")
    page.get_by_label("批准人").fill("程望舒")
    page.get_by_label("依据").fill("告知书第1号")
    page.get_by_role("button", name="登记“答复”").click()
    expect(page.get_by_role("alert")).to_contain_text("早于前一个事件")
    expect(page.get_by_label("依据")).to_have_value("告知书第1号")
    assert violations(page) == []
    page.get_by_label("日子", exact=True).fill("2024-03-20")
    page.get_by_role("button", name="登记“答复”").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已办结")
    expect(page.get_by_role("list").filter(has_text="告知书第1号")).to_be_visible()
    page.get_by_role("link", name="申请台账").first.click()
    expect(page.get_by_role("row").filter(has_text="智慧农业")).to_contain_text("已办结")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_barrier_and_no_page_wider_than_a_phone(
    phone: Page, address: str, signed_in: Callable[[Page], Page],
    violations: Callable[[Page], list[str]], overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    signed_in(phone).goto(f"/desk/{address}")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert violations(phone) == []
    assert overflow(phone) == 0


def test_a_request_fits_a_phone_and_needs_no_javascript(
    open_page: Callable[..., Page], phone: Page, signed_in: Callable[[Page], Page], overflow: Callable[[Page], int]
) -> None:
    page = signed_in(open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False))
    _register(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("逾期")
    page.get_by_role("link", name="答复", exact=True).click()
    expect(page.get_by_label("办理结果")).to_be_visible()
    signed_in(phone).goto(page.url)
    assert overflow(phone) == 0
