"""The writing page: it saves by itself, keeps what could not be saved, takes files as they are dropped; two writers."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))

import publishing_steps as steps
from publishing_steps import Desk

from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing import columns, drafting
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Column, Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile("^已保存")


@pytest.fixture
def county(bodies: None) -> None:
    columns.begin(Person.objects.get(username="zhuanyuan"), steps.BODY)


@pytest.fixture
def draft(county: None) -> int:
    place = Column.objects.get(body__code=steps.BODY, code="notices")
    return drafting.begin(Person.objects.get(username="chengban"), place.pk, {"title": "关于申报的通知"})


def _opened(desk: Desk, draft: int) -> Page:
    opened = desk("chengban", f"/desk/drafts/{draft}/write/")
    expect(opened.locator("form.has-editor")).to_be_visible()
    return opened


def _picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(made, "PNG")
    return made.getvalue()


def _word() -> bytes:
    made, book = BytesIO(), Document()
    book.add_heading("一、申报条件", 1)
    table = book.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "类别"
    table.cell(1, 0).text, table.cell(1, 1).text = "甲", "10万元"
    book.save(made)
    return made.getvalue()


def _drop(opened: Page, name: str, kind: str, data: bytes) -> None:
    """A file let go over the text."""
    opened.evaluate(
        """([name, kind, base64]) => {
          const bytes = Uint8Array.from(atob(base64), each => each.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, {type: kind}));
          const place = document.querySelector(".text-editing"), box = place.getBoundingClientRect();
          const drop = new DragEvent("drop", {
            dataTransfer: data, bubbles: true, cancelable: true, clientX: box.x + 30, clientY: box.bottom - 8,
          });
          place.dispatchEvent(drop);
        }""",
        [name, kind, b64encode(data).decode()],
    )


def test_it_saves_by_itself_and_keeps_what_it_could_not(desk: Desk, draft: int) -> None:
    opened = _opened(desk, draft)
    opened.locator(".text-editing").fill("第一段。")
    expect(opened.locator("#save-state")).to_have_text(SAVED)
    assert Draft.objects.get(pk=draft).body_html == "<p>第一段。</p>"
    opened.route("**/write/", lambda route: route.abort())
    opened.locator(".text-editing").fill("第一段。第二句。")
    expect(opened.locator("#save-state")).to_contain_text("网断了")
    opened.unroute("**/write/")
    opened.on("dialog", lambda dialog: dialog.accept())
    opened.goto(f"/desk/drafts/{draft}/write/")
    opened.get_by_role("button", name="找回来").click()
    expect(opened.locator(".text-editing")).to_have_text("第一段。第二句。")
    expect(opened.locator("#save-state")).to_have_text(SAVED)
    assert Draft.objects.get(pk=draft).body_html == "<p>第一段。第二句。</p>"


def test_of_two_who_write_neither_loses_anything(desk: Desk, draft: int) -> None:
    opened = _opened(desk, draft)
    colleague = Person.objects.get(username="zhuanyuan")
    drafting.write(colleague, draft, Written({"title": "关于申报的通知"}, "<p>同事写的。</p>"), seen=0)
    opened.locator(".text-editing").fill("我写的。")
    expect(opened.locator("#conflict")).to_contain_text("这份稿子在别处改过")
    opened.get_by_role("button", name="两份都留").click()
    expect(opened.get_by_text("两份都已保存，请在正文里合并。")).to_be_visible()
    text = opened.locator(".text-editing").inner_text()
    assert "我写的。" in text
    assert "同事写的。" in text


def test_files_come_by_dropping_and_from_word(
    desk: Desk, draft: int, violations: Callable[[Page], list[str]], overflow: Callable[[Page], int]
) -> None:
    opened = _opened(desk, draft)
    opened.locator("#pick-import").set_input_files(
        {"name": "通知.docx", "mimeType": "application/octet-stream", "buffer": _word()}
    )
    expect(opened.locator(".text-editing h2")).to_have_text("一、申报条件")
    expect(opened.locator('.text-editing td[colspan="2"], .text-editing th[colspan="2"]')).to_have_text("类别")
    _drop(opened, "示意图.png", "image/png", _picture())
    expect(opened.locator(".text-editing").get_by_role("img", name="示意图")).to_be_visible()
    _drop(opened, "名单.txt", "text/plain", "甲公司".encode())
    expect(opened.locator("#files").get_by_role("link", name="名单.txt")).to_be_visible()
    expect(opened.locator("#save-state")).to_have_text(SAVED)
    opened.get_by_role("tab", name="手机预览").click()
    phone = opened.frame_locator("#phone")
    expect(phone.get_by_role("heading", name="一、申报条件")).to_be_visible()
    expect(phone.locator("img")).to_have_attribute("alt", "示意图")
    opened.set_viewport_size({"width": 390, "height": 844})
    assert overflow(opened) <= 0
    assert violations(opened) == []
    kept = Draft.objects.get(pk=draft)
    assert re.search(r'<img src="attachment:[0-9a-f]{64}" alt="示意图">', kept.body_html)
    assert [each["name"] for each in kept.attachments] == ["名单.txt"]
