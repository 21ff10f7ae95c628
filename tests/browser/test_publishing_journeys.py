"""Five ways of a piece of information, from what is pasted into the editor to what a visitor of the portal reads."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))

import publishing_steps as steps
from publishing_steps import Desk

from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing import columns
from gongkai.bureau.publishing.uploads import Sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<p class=MsoNormal style="font-family:仿宋_GB2312;mso-pagination:none"><b>一、支持项目</b><o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td colspan=2 style="background:red">类别</td><td>金额</td></tr>
<tr><td rowspan=2>农业</td><td>茶园监测</td><td>10万元</td></tr><tr><td>杨梅保鲜</td><td>20万元</td></tr></table>
</body></html>"""
PUBLIC = (
    '<p><strong>一、支持项目</strong></p><table><tbody><tr><td colspan="2">类别</td><td>金额</td></tr>'
    '<tr><td rowspan="2">农业</td><td>茶园监测</td><td>10万元</td></tr>'
    "<tr><td>杨梅保鲜</td><td>20万元</td></tr></tbody></table>"
)
CITIZEN = "11010519491231002X"


@pytest.fixture
def county(bodies: None) -> None:
    columns.begin(Person.objects.get(username="zhuanyuan"), steps.BODY)


@pytest.fixture
def visitor(page: Page, county: None) -> Page:
    return page


def _book(*, hidden: bool = False) -> bytes:
    book = Workbook()
    book.active.title = "名单"  # type: ignore[union-attr]
    book.active.append(["项目", "补助（万元）"])  # type: ignore[union-attr]
    book.active.append(["茶园监测", 10])  # type: ignore[union-attr]
    if hidden:
        sheet = book.create_sheet("联系人")
        sheet.append(["姓名", "身份证号"])
        sheet.append(["林晓岚", CITIZEN])
        sheet.sheet_state = "hidden"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _file(data: bytes, name: str = "支持项目名单.xlsx") -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_a_notice_with_its_attachment(desk: Desk, visitor: Page, violations: Callable[[Page], list[str]]) -> None:
    handler, title, data = desk("chengban"), "2026年度科技专项资金拟支持项目公示", _book()
    path = steps.begin(handler, "通知公告", title)
    steps.paste(handler, WORD)
    expect(handler.locator(".text-editing table")).to_be_visible()
    handler.locator("#attachments").set_input_files(_file(data))
    expect(handler.locator("#files").get_by_role("link", name="支持项目名单.xlsx")).to_be_visible()
    steps.fill(handler, genre="公示", topic="科技、教育", formed_on=steps.today())
    expect(handler.locator("#save-state")).to_have_text(re.compile("^已保存"))
    assert violations(handler) == []
    steps.submit(handler)
    steps.reviewed(desk, path)

    address = steps.address(desk("zhuanyuan"), path)
    visitor.goto(f"/bodies/{steps.BODY}/columns/notices/")
    visitor.get_by_role("link", name=title).click()
    assert visitor.url.endswith(address)
    assert visitor.locator(".item-text").inner_html() == PUBLIC
    with visitor.expect_download() as fetched:
        visitor.get_by_role("link", name="支持项目名单.xlsx").click()
    assert hashlib.sha256(Path(str(fetched.value.path())).read_bytes()).digest() == hashlib.sha256(data).digest()
    feed = visitor.request.get(f"/bodies/{steps.BODY}/feed.atom").text()
    assert title in feed
    assert address in feed


def test_a_normative_document_and_its_interpretation(desk: Desk, visitor: Page) -> None:
    handler = desk("chengban")
    path = steps.begin(handler, "行政法规、规章和规范性文件", "青澜县科技专项资金管理办法")
    handler.locator(".text-editing").fill("第一条　为规范科技专项资金的使用，制定本办法。")
    steps.fill(
        handler, kind="document", genre="规范性文件", topic="科技、教育", formed_on=steps.today(),
        effective_on=steps.today(), document_number=f"青科规〔{steps.today()[:4]}〕2号",
        registration_number="QLGK-0005",
    )  # fmt: skip
    steps.submit(handler)
    legal = ("falv", "合法性审查通过", {"合法性审查意见": "职权、依据、程序、内容合法。", "公平竞争审查": "passed"})
    steps.reviewed(desk, path, steps.REVIEW[0], legal, *steps.REVIEW[1:])

    reading = steps.begin(handler, "规划和相关政策", "《青澜县科技专项资金管理办法》解读")
    handler.locator(".text-editing").fill("试行期满，补助标准需要与预算相衔接。")
    steps.fill(
        handler, kind="interpretation", genre="解读", topic="科技、教育", formed_on=steps.today(), form="text",
        interprets=f"青科规〔{steps.today()[:4]}〕2号",
    )  # fmt: skip
    steps.submit(handler)
    steps.reviewed(desk, reading)

    visitor.goto(steps.address(desk("zhuanyuan"), path))
    expect(visitor.get_by_text("现行有效")).to_be_visible()
    visitor.get_by_role("link", name="《青澜县科技专项资金管理办法》解读").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("《青澜县科技专项资金管理办法》解读")
    visitor.get_by_role("link", name="青澜县科技专项资金管理办法", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("青澜县科技专项资金管理办法")


def test_a_correction_is_reviewed_again_and_told(desk: Desk, visitor: Page) -> None:
    path = steps.published("2026年科技活动周安排", "<p>活动定于5月20日举行。</p>")
    handler = desk("chengban")
    steps.take(handler, path, "更正", {"理由": "活动日期有误，应为5月23日。"})
    address = steps.address(desk("zhuanyuan"), path)
    handler.goto(f"{path}write/")
    expect(handler.locator("form.has-editor")).to_be_visible()
    handler.locator(".text-editing").fill("活动定于5月23日举行。")
    steps.submit(handler)
    visitor.goto(address)
    expect(visitor.locator(".item-text")).to_have_text("活动定于5月20日举行。")

    head = desk("kezhang", path)
    head.get_by_role("link", name="第2版同第1版比，改了什么").click()
    assert [each.strip() for each in head.locator(".draft-text del").all_inner_texts()] == ["20"]
    assert [each.strip() for each in head.locator(".draft-text ins").all_inner_texts()] == ["23"]
    steps.reviewed(desk, path)
    visitor.goto(address)
    expect(visitor.locator(".item-text")).to_have_text("活动定于5月23日举行。")
    expect(visitor.get_by_text("活动日期有误，应为5月23日。")).to_be_visible()


def test_a_hidden_sheet_does_not_leak(desk: Desk, visitor: Page) -> None:
    handler = desk("chengban")
    path = steps.begin(handler, "通知公告", "2026年度创新券兑付结果公示")
    handler.locator(".text-editing").fill("兑付结果见附件。")
    steps.fill(handler, genre="公示", topic="科技、教育", formed_on=steps.today())
    handler.locator("#attachments").set_input_files(_file(_book(hidden=True)))
    expect(handler.locator("#files").get_by_text("处待处理")).to_be_visible()
    handler.get_by_role("button", name="送审", exact=True).click()
    expect(handler.get_by_role("alert")).to_contain_text("检查")
    assert handler.url.endswith(f"{path}write/")
    expect(handler.locator("#finding-list")).to_contain_text("隐藏")
    assert CITIZEN not in handler.content()  # nor does the finding repeat it

    handler.locator("#files").get_by_role("button", name="清除隐藏内容").click()
    expect(handler.locator("#files").get_by_text("处待处理")).to_have_count(0)
    steps.submit(handler)
    steps.reviewed(desk, path)
    visitor.goto(steps.address(desk("zhuanyuan"), path))
    with visitor.expect_download() as fetched:
        visitor.locator(".item-files a").click()
    book = load_workbook(BytesIO(Path(str(fetched.value.path())).read_bytes()))
    assert book.sheetnames == ["名单"]
    assert book.active["A2"].value == "茶园监测"  # type: ignore[index]


def test_a_withdrawal_leaves_its_reason_and_nothing_else(desk: Desk, visitor: Page) -> None:
    path = steps.published("2026年拟录用人员名单", "<p>名单见附件。</p>", Sent("名单.xlsx", _book()))
    address = steps.address(desk("zhuanyuan"), path)
    visitor.goto(address)
    file = visitor.locator(".item-files a").get_attribute("href")
    assert file
    steps.take(desk("baomi"), path, "撤回公开", {"理由": "附件含有不应公开的个人信息。"})

    gone = visitor.goto(address)
    assert gone is not None
    assert gone.status == 410
    expect(visitor.get_by_text("附件含有不应公开的个人信息。")).to_be_visible()
    assert "拟录用" not in visitor.content()
    assert visitor.request.get(file).status in (404, 410)
    visitor.goto(f"/bodies/{steps.BODY}/columns/notices/")
    expect(visitor.get_by_text("拟录用人员名单")).to_have_count(0)
    assert "拟录用" not in visitor.request.get(f"/bodies/{steps.BODY}/feed.atom").text()
    # corrected and reviewed anew it may come back
    steps.take(desk("chengban"), path, "更正", {"理由": "附件已经更正。"})
