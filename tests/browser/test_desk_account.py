"""Signing in: by keyboard, wrongly, locked out, with a second factor; every account page for everyone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from gongkai.bureau.orgs.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _code(secret: str) -> str:
    """RFC 6238 with SHA-1, six digits and thirty seconds, of a period with some seconds left."""
    if time.time() % 30 > 25:
        time.sleep(6)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def _sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_signing_in_by_keyboard_leads_to_the_page_asked_for(page: Page, county: dict[str, int]) -> None:
    page.goto("/desk/reports/")
    expect(page.get_by_label("账号")).to_be_focused()
    page.keyboard.type("zhuanyuan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("年报核查")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_wrong_password_says_so_in_chinese_and_keeps_the_name(
    page: Page, county: dict[str, int], violations: Callable[[Page], list[str]], locale: str
) -> None:
    page.set_extra_http_headers({"Accept-Language": locale})
    _sign_in(page, "zhuanyuan", "不是口令")
    expect(page.get_by_role("alert")).to_contain_text("账号或口令不对")
    expect(page.get_by_label("账号")).to_have_value("zhuanyuan")
    expect(page.get_by_label("口令")).to_have_value("")
    assert violations(page) == []


def test_the_fifth_wrong_password_locks_the_account(
    page: Page, county: dict[str, int], violations: Callable[[Page], list[str]]
) -> None:
    for _ in range(5):
        _sign_in(page, "zhuanyuan", "不是口令")
    expect(page.get_by_role("heading", level=1)).to_have_text("账号暂时锁定")
    assert violations(page) == []
    _sign_in(page, "zhuanyuan")
    expect(page.get_by_role("heading", level=1)).to_have_text("账号暂时锁定")


def test_a_second_factor_is_set_up_and_asked_for(
    page: Page, open_page: Callable[..., Page], county: dict[str, int],
    violations: Callable[[Page], list[str]], overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    def sound(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert violations(page) == []
        page.set_viewport_size({"width": 360, "height": 800})
        assert overflow(page) == 0
        page.set_viewport_size({"width": 1440, "height": 900})

    _sign_in(page, "baomi")
    page.get_by_role("link", name="账号安全").click()
    sound("账号安全")
    page.get_by_role("link", name="启用双因素验证").click()
    sound("再确认一次是您本人")
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    sound("启用双因素验证")
    page.get_by_label("六位数").fill("000000")
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_text("验证码不对或已过期")).to_be_visible()
    sound("启用双因素验证")
    secret = page.locator("main code").inner_text().strip()
    page.get_by_label("六位数").fill(_code(secret))
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_text("双因素验证已启用。")).to_be_visible()
    sound("恢复码")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10

    other = open_page(viewport={"width": 390, "height": 844})
    _sign_in(other, "baomi")
    expect(other.get_by_role("heading", level=1)).to_have_text("双因素验证")
    assert violations(other) == []
    cache.clear()  # a code serves once; the same half minute may still run
    other.get_by_label("六位数或恢复码").fill(_code(secret))
    other.get_by_role("button", name="登录").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("我的工作")

    third = open_page()
    _sign_in(third, "baomi")
    third.get_by_label("六位数或恢复码").fill(codes[0])
    third.get_by_role("button", name="登录").click()
    expect(third.get_by_role("heading", level=1)).to_have_text("我的工作")

    page.get_by_role("link", name="换一批").click()
    sound("换一批恢复码")
    page.goto("/accounts/2fa/totp/deactivate/")
    sound("关闭双因素验证")
    page.get_by_role("button", name="关闭双因素验证").click()
    expect(page.get_by_text("双因素验证已关闭。")).to_be_visible()


def test_a_refused_password_change_says_everything_in_chinese(
    page: Page, county: dict[str, int], violations: Callable[[Page], list[str]]
) -> None:
    _sign_in(page, "falv")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的工作")
    page.goto("/accounts/password/change/")
    page.get_by_label("现在的口令").fill("不是口令")
    page.get_by_label("新口令", exact=True).fill("123456")
    page.get_by_label("再输一遍新口令").fill("654321")
    page.get_by_role("button", name="更改口令").click()
    for words in ("现在的口令不对", "口令太短，至少要10位", "口令不能全是数字"):
        expect(page.get_by_text(words)).to_be_visible()
    assert "password" not in page.locator("main").inner_text()
    assert violations(page) == []


def test_signing_out_is_asked_and_done(
    page: Page, at_desk: Callable[[Page, str], Page], violations: Callable[[Page], list[str]]
) -> None:
    at_desk(page, "falv").goto("/accounts/logout/")
    assert violations(page) == []
    page.get_by_role("main").get_by_role("button", name="退出").click()
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录工作台")
