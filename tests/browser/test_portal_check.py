"""Checking reports in a real browser: with and without JavaScript, by mouse and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.statute.report import blank_tables
from gongkai.statute.report.form import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLE = Path(__file__).parents[2].parent / "shared" / "samples" / "ninghai-kjj-2020.txt"


def _report(new: int, concluded: int) -> bytes:
    """A 2021 report of zeros, but for requests of natural persons."""
    tables = blank_tables(load("2021"))
    for rows in tables.values():
        for cells in rows.values():
            cells.update({column: "0" if column == "amount" else 0 for column in cells})
    for row, count in (("new", new), ("granted", concluded), ("concluded", concluded)):
        tables["requests"][row].update(natural_person=count, total=count)
    parts = ("proactive", "on_request", "management", "platform", "supervision")
    narrative = {
        "overview": dict.fromkeys(parts, "依法公开。"),
        "problems": "继续改进。",
        "other": "没有收取信息处理费。",
    }
    report = {"form": "2021", "agency": "青澜县水利局", "year": 2024, "tables": tables, "narrative": narrative}
    return json.dumps(report, ensure_ascii=False).encode()


@pytest.fixture
def reports(tmp_path: Path) -> dict[str, Path]:
    """wrong: one column out of balance; right: a clean one; broken: no report at all."""
    files = {"wrong": _report(3, 2), "right": _report(2, 2), "broken": b"{"}
    for name, data in files.items():
        (tmp_path / f"{name}.json").write_bytes(data)
    return {name: tmp_path / f"{name}.json" for name in files}


def test_a_report_is_checked_and_a_click_leads_to_the_cell_and_back(page: Page, reports: dict[str, Path]) -> None:
    page.goto("/check/")
    page.set_input_files("#files", reports["wrong"])
    page.click("button:has-text('核查')")
    result = page.locator(".result")
    expect(result).to_have_attribute("open", "")
    expect(result.locator(".finding").first).to_contain_text("表三“自然人”列")
    link = result.locator(".finding-head a").first
    link.click()
    target = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
    expect(target).to_be_in_viewport()


def test_several_files_each_have_their_progress_and_result(page: Page, reports: dict[str, Path]) -> None:
    page.goto("/")
    page.set_input_files("#files", list(reports.values()))
    page.click("button:has-text('核查')")
    expect(page.locator("#results-status")).to_have_text("3个文件，完成3个")
    rows = page.locator(".queue > li")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("错误 2")
    expect(rows.nth(1)).to_contain_text("没有发现问题")
    expect(rows.nth(2)).to_contain_text("没有核查")
    expect(rows.nth(2)).to_contain_text("broken.json")


def test_progress_is_shown_while_a_file_is_sent(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text("政府信息公开工作年度报告\n" * 300_000, encoding="utf-8")
    page.goto("/check/")
    page.evaluate(
        """() => {
            window.seen = [];
            new MutationObserver(() => document.querySelectorAll(".queue progress").forEach(
                (bar) => window.seen.push(bar.hasAttribute("value") ? bar.value : "checking"))
            ).observe(document.body, {subtree: true, childList: true, attributes: true});
        }"""
    )
    page.set_input_files("#files", large)
    page.click("button:has-text('核查')")
    expect(page.locator("#results-status")).to_have_text("1个文件，完成1个", timeout=60_000)
    seen = page.evaluate("window.seen")
    assert 0 in seen
    assert 1 in seen or "checking" in seen


def test_without_javascript_the_plain_form_does_all(plain_page: Page, reports: dict[str, Path]) -> None:
    plain_page.goto("/")
    plain_page.set_input_files("#files", list(reports.values()))
    plain_page.click("button:has-text('核查')")
    expect(plain_page.locator("h1")).to_have_text("核查结果：3个文件")
    expect(plain_page.locator(".result")).to_have_count(3)
    wrong = plain_page.locator(".result").first
    wrong.locator("summary").click()
    expect(wrong.locator(".finding").first).to_be_visible()
    with plain_page.expect_download() as waiting:
        wrong.locator("button[value=json]").click()
    assert waiting.value.suggested_filename == "青澜县水利局2024年政府信息公开工作年度报告（核查意见）.json"
    assert json.loads(waiting.value.path().read_text("utf-8"))["agency"] == "青澜县水利局"


@pytest.mark.parametrize(("to", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!")])
def test_the_marked_up_report_downloads(page: Page, reports: dict[str, Path], to: str, start: bytes) -> None:
    page.goto("/check/")
    page.set_input_files("#files", reports["wrong"])
    page.click("button:has-text('核查')")
    with page.expect_download() as waiting:
        page.click(f".downloads button[value={to}]")
    assert waiting.value.path().read_bytes().startswith(start)


def test_only_errors_are_shown_on_request(page: Page) -> None:
    page.goto("/check/sample/")
    warnings = page.locator(".finding[data-severity=warning]")
    expect(warnings.first).to_be_visible()
    page.check(".filter input[value=error]")
    for index in range(warnings.count()):
        expect(warnings.nth(index)).to_be_hidden()
    expect(page.locator(".finding[data-severity=error]").first).to_be_visible()


def test_by_keyboard_alone(page: Page, reports: dict[str, Path]) -> None:
    page.goto("/check/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    page.set_input_files("#files", reports["wrong"])  # the system's file dialog is not part of the page
    page.locator("#previous").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#check-form button")).to_be_focused()
    page.keyboard.press("Enter")
    summary = page.locator(".result > summary")
    expect(summary).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.finding-head a')"):
            break
    focused = page.locator(".finding-head a:focus")
    expect(focused).to_have_count(1)
    width = focused.evaluate("element => getComputedStyle(element).outlineWidth")
    assert width == "3px"


@pytest.mark.skipif(not SAMPLE.exists(), reason="the published sample is not beside this checkout")
def test_the_published_sample_in_the_browser(page: Page) -> None:
    page.goto("/check/")
    page.set_input_files("#files", SAMPLE)
    page.click("button:has-text('核查')")
    result = page.locator(".result")
    expect(result).to_contain_text("宁海县科技局")
    expect(result).to_contain_text("2020年度")
    codes = result.locator(".finding-facts code").all_inner_texts()
    assert sorted(codes) == ["cell.artefact", "form.title", "proactive.items_decisions", "text.typo", "text.typo"]
    expect(result.locator(".badge-error")).to_have_count(0)


def test_a_lost_connection_can_be_tried_again(page: Page, reports: dict[str, Path]) -> None:
    page.goto("/check/")
    page.route("**/check/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.set_input_files("#files", reports["right"])
    page.click("button:has-text('核查')")
    expect(page.locator(".queue")).to_contain_text("连接中断")
    page.unroute("**/check/")
    page.click("button:has-text('重试')")
    expect(page.locator(".queue")).to_contain_text("没有发现问题")


def test_on_a_phone_the_result_does_not_scroll_sideways(
    phone: Page, reports: dict[str, Path], overflow: Callable[[Page], int], violations: Callable[[Page], list[str]]
) -> None:
    phone.goto("/check/")
    phone.set_input_files("#files", reports["wrong"])
    phone.click("button:has-text('核查')")
    expect(phone.locator(".finding").first).to_be_visible()
    assert overflow(phone) == 0
    assert violations(phone) == []
