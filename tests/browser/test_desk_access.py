"""Every page of the desk for everyone: WCAG 2.2 AA, narrow windows, large text, nothing asked of other hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "zhuanyuan": [
        "", "tasks/", "annual/", "reports/", "reports/?search=没有", "reports/{check}/", "clock/", "calendar/",
        "calendar/2027/", "parameters/", "bodies/", "bodies/qinglan-kjj/", "keys/",
    ],
    "xitong": ["", "calendar/", "bodies/", "bodies/qinglan-kjj/", "people/", "people/?search=无", "people/zhuanyuan/"],
    "anquan": ["bodies/qinglan-kjj/", "people/zhuanyuan/"],
    "shenji": ["journal/", "journal/?kind=role.ended"],
    "zhuguan": ["", "reports/", "annual/", "annual/rounds/"],
}  # fmt: skip
LONG = "青澜县长湖省级高新技术产业开发区和澜江流域生态环境综合保护管理委员会行政审批与政务服务数据管理联合办公室"


@pytest.mark.parametrize("who", PAGES)
def test_no_barrier_that_axe_can_find(
    page: Page, who: str, county: dict[str, int], at_desk: Callable[[Page, str], Page],
    violations: Callable[[Page], list[str]],
) -> None:  # fmt: skip
    at_desk(page, who)
    for address in PAGES[who]:
        page.goto("/desk/" + address.format(**county))
        for fold in page.locator("main details").all():
            fold.evaluate("each => { each.open = true; }")
        assert (address, violations(page)) == (address, [])


@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("who", PAGES)
def test_no_page_is_wider_than_a_phone(
    phone: Page, who: str, size: str, live_server: Any, county: dict[str, int],
    at_desk: Callable[[Page, str], Page], overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    from gongkai.bureau.orgs.models import Body

    Body.objects.filter(code="qinglan-kjj").update(name=LONG)
    phone.context.add_cookies([{"name": "gongkai_display", "value": f"{size}.normal.zh-hans", "url": live_server.url}])
    at_desk(phone, who)
    for address in PAGES[who]:
        phone.goto("/desk/" + address.format(**county))
        for fold in phone.locator("main details").all():
            fold.evaluate("each => { each.open = true; }")
        for width in (390, 360):
            phone.set_viewport_size({"width": width, "height": 800})
            assert (address, width, overflow(phone)) == (address, width, 0)


def test_no_barrier_in_high_contrast(
    page: Page, live_server: Any, county: dict[str, int], at_desk: Callable[[Page, str], Page],
    violations: Callable[[Page], list[str]],
) -> None:  # fmt: skip
    page.context.add_cookies([{"name": "gongkai_display", "value": "normal.high.zh-hans", "url": live_server.url}])
    at_desk(page, "zhuanyuan")
    for address in ("", "reports/{check}/", "calendar/"):
        page.goto("/desk/" + address.format(**county))
        assert (address, violations(page)) == (address, [])


def test_a_refused_page_leads_back_to_the_desk(page: Page, at_desk: Callable[[Page, str], Page]) -> None:
    at_desk(page, "zhuanyuan").goto("/desk/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有权限")
    page.get_by_role("link", name="回到工作台").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的工作")
