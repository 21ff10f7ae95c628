"""The application in a real browser: with and without JavaScript, on a telephone, after a lost connection."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongkai.bureau.casework.models import AnsweredBefore, Request
from gongkai.bureau.orgs import exchange
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.publishing.models import Item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KJJ = "/apply/qinglan-kjj/"
BODIES = """\
{"code": "qinglan", "name": "青澜县人民政府", "short_name": "青澜县政府", "level": "county", "parent": null}
{"code": "qinglan-kjj", "name": "青澜县科学技术局", "level": "county_department", "parent": "qinglan"}
"""
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture(autouse=True)
def _bodies(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES = tmp_path / "files"
    exchange.write(BODIES)
    yield


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def _wanted(page: Page) -> None:
    page.fill("#wanted-1-name", "研发费用补助资金安排方案")
    page.fill("#wanted-1-description", "2025年度对县内企业研发费用的补助：名单、金额和标准")


def _applicant(page: Page) -> None:
    page.check("input[name=kind][value=natural_person]")
    page.fill("#name", "林晓岚")
    page.fill("#id_number", "11010519491231002X")
    page.fill("#telephone", "13800138000")


def _delivery(page: Page) -> None:
    page.check("input[name=form][value=electronic]")
    page.check("input[name=way][value=electronic]")


def _through(page: Page, name: str, sound: Callable[[Page, str], None]) -> None:
    page.goto("/apply/?q=科学")
    sound(page, f"{name}-choose")
    page.get_by_role("link", name="青澜县科学技术局").click()
    sound(page, f"{name}-wanted")
    _wanted(page)
    page.get_by_role("button", name="下一步：谁来申请").click()
    sound(page, f"{name}-applicant")
    page.fill("#id_number", "110105194912310021")
    page.get_by_role("button", name="下一步：怎样提供").click()
    expect(page.locator("#id_number-error")).to_contain_text("校验位")
    sound(page, f"{name}-faults")
    expect(page.locator("#id_number")).to_have_value("110105194912310021")
    _applicant(page)
    page.get_by_role("button", name="下一步：怎样提供").click()
    sound(page, f"{name}-delivery")
    _delivery(page)
    page.get_by_role("button", name="下一步：核对并提交").click()
    sound(page, f"{name}-check")
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("h1")).to_have_text("申请已提交")
    sound(page, f"{name}-receipt")
    assert Request.objects.count() == 1


@pytest.fixture
def sound(violations: Callable[[Page], list[str]], overflow: Callable[[Page], int]) -> Callable[[Page, str], None]:
    """A function that holds a page to the rules of access, and that it is no wider than its window."""

    def check(page: Page, name: str) -> None:
        _picture(page, name)
        assert violations(page) == []
        assert overflow(page) <= 0

    return check


def test_a_citizen_applies_step_by_step(page: Page, sound: Callable[[Page, str], None]) -> None:
    _through(page, "desk", sound)


def test_a_citizen_applies_on_a_telephone(phone: Page, sound: Callable[[Page, str], None]) -> None:
    _through(phone, "phone", sound)


def test_without_javascript_it_is_the_same_form(plain_page: Page, sound: Callable[[Page, str], None]) -> None:
    page = plain_page
    page.goto(KJJ)
    _wanted(page)
    page.get_by_role("button", name="再加一项信息").click()
    page.fill("#wanted-2-number", "青科〔2025〕12号")
    page.get_by_role("button", name="下一步：谁来申请").click()
    _applicant(page)
    page.get_by_role("button", name="下一步：怎样提供").click()
    _delivery(page)
    page.get_by_role("button", name="下一步：核对并提交").click()
    page.get_by_role("button", name=re.compile(r"修改\s*谁来申请")).click()
    expect(page.locator("#name")).to_have_value("林晓岚")
    page.get_by_role("button", name="下一步：怎样提供").click()
    page.get_by_role("button", name="下一步：核对并提交").click()
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("h1")).to_have_text("申请已提交")
    assert Request.objects.get().wanted.count() == 2


def test_a_draft_survives_a_lost_connection_without_identity_numbers(page: Page) -> None:
    page.goto(KJJ)
    _wanted(page)
    page.get_by_role("button", name="下一步：谁来申请").click()
    _applicant(page)
    page.fill("#post", "青澜县东街99号")
    stored = page.evaluate("localStorage.getItem('gongkai-draft-qinglan-kjj')")
    assert "林晓岚" in stored
    assert "11010519491231002X" not in stored
    page.goto("about:blank")
    page.goto(KJJ)
    expect(page.locator("#draft")).to_contain_text("没提交的草稿")
    page.get_by_role("button", name="接着填").click()
    expect(page.locator("#wanted-1-name")).to_have_value("研发费用补助资金安排方案")
    page.get_by_role("button", name="下一步：谁来申请").click()
    expect(page.locator("#name")).to_have_value("林晓岚")
    expect(page.locator("#id_number")).to_have_value("")
    page.goto(KJJ)
    page.get_by_role("button", name="删除草稿").click()
    assert page.evaluate("localStorage.getItem('gongkai-draft-qinglan-kjj')") is None


def test_pressing_twice_is_one_request_and_the_draft_is_gone(page: Page) -> None:
    page.goto(f"{KJJ}?whole=1")
    _wanted(page)
    _applicant(page)
    _delivery(page)
    page.get_by_role("button", name="下一步：核对并提交").click()
    page.get_by_role("button", name="提交申请").dblclick()
    expect(page.locator("h1")).to_have_text("申请已提交")
    page.reload()
    expect(page.locator("h1")).to_have_text("申请已提交")
    assert Request.objects.count() == 1
    assert page.evaluate("localStorage.getItem('gongkai-draft-qinglan-kjj')") is None


def test_the_browser_proves_its_work_for_an_agent_too(page: Page) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{KJJ}?whole=1")
    _wanted(page)
    _applicant(page)
    page.check("input[name=by_agent]")
    page.fill("#agent-name", "周行之")
    page.fill("#agent-id_number", "11010519491231002X")
    _delivery(page)
    page.get_by_role("button", name="下一步：核对并提交").click()
    expect(page.locator("input[name=altcha]")).not_to_have_value("", timeout=30_000)
    assert wrong == []
    power = {"name": "授权委托书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signed"}
    page.set_input_files("#power", power)
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("h1")).to_have_text("申请已提交")


def test_published_items_come_up_while_typing(page: Page, sound: Callable[[Page, str], None]) -> None:
    Item.objects.create(
        body=Body.objects.get(code="qinglan-kjj"), source_id="1", column="公示", body_text="名单全文",
        title="2025年度企业研发费用补助名单", document_number="青科〔2025〕12号", published_on=date(2025, 6, 1),
        digest="1", legacy=False, entered_at=datetime(2025, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    page.goto(KJJ)
    page.locator("#wanted-1-description").press_sequentially("研发费用补助名单")
    offer = page.locator("#answers")
    expect(offer).to_contain_text("2025年度企业研发费用补助名单")
    sound(page, "answers")
    offer.get_by_role("button", name="这条信息答复了我").click()
    expect(page.locator("h1")).to_have_text("不用申请了")
    sound(page, "answered")
    assert AnsweredBefore.objects.count() == 1


def test_the_receipt_is_downloaded(page: Page) -> None:
    page.goto(f"{KJJ}?whole=1")
    _wanted(page)
    _applicant(page)
    _delivery(page)
    page.get_by_role("button", name="下一步：核对并提交").click()
    page.get_by_role("button", name="提交申请").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载回执").click()
    number = Request.objects.get().number
    assert download.value.suggested_filename == f"申请回执{number}.txt"
    assert f"申请编号：{number}" in Path(download.value.path()).read_text("utf-8-sig")
