"""Taking an application in at the counter, in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.bureau.casework.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RECEIVE = "/desk/requests/receive/"
PICTURES = os.environ.get("PICTURES", "")


@pytest.mark.parametrize("width", [1440, 390])
def test_an_application_is_taken_in_at_the_counter(
    open_page: Callable[..., Page],
    at_desk: Callable[[Page, str], Page],
    violations: Callable[[Page], list[str]],
    overflow: Callable[[Page], int],
    width: int,
    tmp_path: Path,
) -> None:
    page = at_desk(open_page(viewport={"width": width, "height": 900}), "zhuanyuan")
    page.goto("/desk/requests/")
    page.get_by_role("link", name="接收申请").click()
    assert violations(page) == []
    assert overflow(page) <= 0
    page.check("input[name=channel][value=in_person]")
    page.fill("#submitted_on", "2026-01-05")
    page.fill("#evidence", "申请书1页")
    page.fill("#wanted-1-name", "补助资金安排方案")
    page.select_option("#kind", "natural_person")
    page.fill("#name", "林晓岚")
    page.fill("#id_number", "110105194912310021")
    page.select_option("#form", "paper")
    page.select_option("#way", "in_person")
    page.get_by_role("button", name="登记", exact=True).last.click()
    expect(page.locator("#id_number-error")).to_contain_text("校验位")
    expect(page.locator("#name")).to_have_value("林晓岚")
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/receive-{width}.png", full_page=True)
    assert violations(page) == []
    page.fill("#id_number", "11010519491231002X")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    page.set_input_files("#paper", tmp_path / "scan.pdf")
    page.get_by_role("button", name="登记", exact=True).last.click()
    expect(page.locator("body")).to_contain_text("已登记，编号")
    expect(page.locator("body")).to_contain_text("缺少：联系方式。可以告知申请人补正（条例第30条）")
    assert Application.objects.count() == 1
