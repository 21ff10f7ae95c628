"""A day at the desk in a real browser: checking, overruling, the calendar and the due day, print, keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _work_off() -> None:
    """What the worker does, once."""
    from gongkai.bureau.annual.models import KeptCheck
    from gongkai.bureau.jobs.services import run_job

    for kept in KeptCheck.objects.filter(state="waiting"):
        run_job.func(kept.job)


def test_a_report_is_sent_checked_in_the_background_and_a_finding_overruled(
    page: Page, at_desk: Callable[[Page, str], Page], violations: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    sent = tmp_path / "情况说明.txt"
    sent.write_text("青澜县科学技术局2023年政府信息公开工作年度报告\n一、总体情况\n建立建全制度。\n", encoding="utf-8")
    at_desk(page, "zhuanyuan").goto("/desk/reports/")
    page.get_by_text("上传并核查已公布的年报").click()
    page.get_by_label("文件", exact=True).set_input_files(sent)
    page.get_by_role("button", name="留存并核查").click()
    expect(page.get_by_text("正在后台核查", exact=True)).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="任务").first.click()
    row = page.get_by_role("row").filter(has_text="情况说明.txt")
    expect(row).to_contain_text("等候")
    page.go_back()
    _work_off()
    expect(page.get_by_role("heading", level=2, name="核查意见")).to_be_visible()  # without a hand laid on it
    finding = page.locator(".finding").first
    finding.get_by_text("放过这个问题").click()
    finding.get_by_label("理由").fill("只是测试用的说明")
    finding.get_by_role("button", name="放过", exact=True).click()
    expect(finding).to_contain_text("已放过")
    expect(finding).to_contain_text("理由：只是测试用的说明")
    expect(finding).to_contain_text("沈若溪")
    expect(finding.locator(".finding-said")).to_have_css("text-decoration-line", "line-through")
    assert violations(page) == []
    finding.get_by_role("button", name="撤回放过").click()
    expect(finding).not_to_contain_text("已放过")


def _count_from_6_may(page: Page) -> None:
    page.goto("/desk/clock/")
    page.get_by_label("接收渠道").select_option("in_person")
    page.get_by_label("第1行 发生的事").select_option("submitted")
    page.get_by_label("第1行 日子").fill("2026-05-06")
    page.get_by_label("截至").fill("2026-05-07")
    page.get_by_role("button", name="计算").first.click()


def test_a_notice_entered_by_the_administrator_moves_the_due_day(
    page: Page, open_page: Callable[..., Page], at_desk: Callable[[Page, str], Page]
) -> None:
    """6 May 2026, a Wednesday; 9 May is worked for the holiday: the twentieth working day is 2 June, one later is 3."""
    _count_from_6_may(at_desk(page, "zhuanyuan"))
    expect(page.locator(".derivation .facts")).to_contain_text("2026年6月2日（周二）")
    administrator = at_desk(open_page(viewport={"width": 1440, "height": 900}), "xitong")
    administrator.goto("/desk/calendar/2026/")
    administrator.get_by_label("起始日").fill("2026-05-18")
    administrator.locator("select[name=kind]").select_option("off")
    administrator.locator("input[name=instrument]").fill("青政办发〔2026〕9号")
    administrator.locator("form:has(#first) select[name=body]").select_option("qinglan")
    administrator.locator("form:has(#first) button").click()
    expect(administrator.get_by_role("row").filter(has_text="青政办发〔2026〕9号")).to_contain_text("2026年5月18日")
    _count_from_6_may(page)
    expect(page.locator(".derivation .facts")).to_contain_text("2026年6月3日（周三）")
    expect(page.locator(".derivation")).to_contain_text("青政办发〔2026〕9号")


def test_a_refused_case_says_it_in_the_words_of_the_form(page: Page, at_desk: Callable[[Page, str], Page]) -> None:
    _count_from_6_may(at_desk(page, "zhuanyuan"))
    page.get_by_label("第2行 发生的事").select_option("extended")
    page.get_by_label("第2行 日子").fill("2026-05-01")
    page.get_by_label("第2行 对方或批准人").fill("程望舒")
    page.get_by_label("第2行 日数或金额").fill("5")
    page.get_by_role("button", name="计算").first.click()
    expect(page.get_by_role("alert")).to_be_focused()
    said = page.get_by_role("alert").inner_text()
    assert "延长答复期限" in said
    assert "extended" not in said
    expect(page.get_by_label("第2行 日子")).to_have_value("2026-05-01")


def test_printed_the_derivation_stands_alone(page: Page, at_desk: Callable[[Page, str], Page]) -> None:
    _count_from_6_may(at_desk(page, "zhuanyuan"))
    page.emulate_media(media="print")
    for part in (".desk-bar", ".desk-nav", "main form", "h1"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.get_by_role("heading", name="怎么算的")).to_be_visible()
    expect(page.locator(".derivation")).to_contain_text("2026年6月2日（周二）")
    expect(page.locator(".derivation .print-only")).to_contain_text("经办人：沈若溪")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_the_keys_walk_lists_and_lead_to_pages(page: Page, at_desk: Callable[[Page, str], Page]) -> None:
    at_desk(page, "zhuanyuan").goto("/desk/", wait_until="load")
    for key in "gr":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text("年报核查")
    page.keyboard.press("/")
    expect(page.get_by_label("查找")).to_be_focused()
    page.keyboard.type("g")
    expect(page.get_by_label("查找")).to_have_value("g")
    page.get_by_label("查找").fill("2025年")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    assert "search=2025" in page.url
    page.get_by_role("link", name="导出表格").focus()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2025年年报")
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", level=1)).to_have_text("快捷键")


def test_the_journal_speaks_the_words_of_the_desk(page: Page, at_desk: Callable[[Page, str], Page]) -> None:
    at_desk(page, "shenji").goto("/desk/journal/?kind=role.granted")
    row = page.get_by_role("row").filter(has_text="人员 zhuanyuan")
    expect(row).to_contain_text("授予角色")
    expect(row).to_contain_text("角色 公开专员；自 2024年1月2日")
    assert "disclosure_officer" not in page.get_by_role("main").inner_text()
    row.get_by_role("link", name="人员 zhuanyuan").click()
    expect(page.get_by_role("row").filter(has_text="开立账号")).to_have_count(1)
