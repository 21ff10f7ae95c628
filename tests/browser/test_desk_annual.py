"""The annual report in a real browser: from the first draft to the public page, with four people signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongkai.bureau.annual import drafting, statements, steps
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.casework import services as casework
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]

KJJ = "qinglan-kjj"
YEAR = 2024
LEDGER = ("/desk/annual/{0}/", "/desk/annual/{0}/cells/requests/new/total/",
          "/desk/annual/{0}/cells/proactive/licences/decisions/", "/desk/annual/{0}/parts/on_request/",
          "/desk/annual/{0}/carried/")  # fmt: skip


def person(username: str) -> Person:
    return Person.objects.get(username=username)


def register(number: int, kind: str = "natural_person") -> None:
    casework.register(
        person("zhuanyuan"), body=KJJ, number=f"KJJ-{YEAR}-{number:04}", applicant_kind=kind,
        names=(None, None, None), subject=f"第{number}批科技项目立项清单", channel="in_person", evidence="申请书",
        events=[{"kind": "submitted", "on": f"{YEAR}-03-04"},
                {"kind": "replied", "on": f"{YEAR}-03-20", "outcome": "granted", "way": "post"}],
    )  # fmt: skip


@pytest.fixture
def ledgers(bodies: None) -> None:
    """The county; its bureau of science with three requests and one stated cell."""
    for number in (1, 2, 3):
        register(number)
    statements.state(person("zhuanyuan"), KJJ, YEAR, "licences", "decisions", 12, "许可台账")


@pytest.fixture
def sign_in(open_page: Callable[..., Page], ledgers: None) -> Callable[..., Page]:
    """A function from a username to a page of theirs, signed in with the password."""

    def signed_in(username: str, path: str = "/desk/annual/", **options: Any) -> Page:
        page = open_page(**{"viewport": {"width": 1440, "height": 900}, **options})
        page.goto(path)
        page.get_by_label("账号").fill(username)
        page.get_by_label("口令").fill(demo.PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        return page

    return signed_in


def drafted(*, to: str = "drafting") -> int:
    """A draft without gaps, or the report brought to a later state, by the services."""
    report = drafting.start(person("zhuanyuan"), KJJ, YEAR)
    for part, passage in AnnualReport.objects.get(pk=report).passages.items():
        drafting.write_part(
            person("zhuanyuan"), report, part, re.sub(r"【请填写：[^】]*】", "按规定办理", passage["text"])
        )
    for state, who, act in (("in_review", "zhuanyuan", "submit"), ("frozen", "kezhang", "pass_review"),
                            ("approved", "lingdao", "approve"), ("published", "zhuanyuan", "publish")):  # fmt: skip
        if to == "drafting":
            break
        steps.take_step(person(who), report, act, {"confirm_zero": "1"})
        if state == to:
            break
    return report


def test_from_the_ledgers_to_the_public_page(
    sign_in: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    officer = sign_in("zhuanyuan")
    officer.get_by_label("报告年度").fill(str(YEAR))
    officer.get_by_role("button", name="由台账起草").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("2024年年度报告")
    expect(officer.get_by_text("已由台账起草")).to_be_visible()
    here = officer.url
    assert violations(officer) == []

    officer.get_by_role("link", name="依申请公开", exact=True).click()
    text = officer.get_by_label("文字")
    expect(text).to_have_value(re.compile("全年新收政府信息公开申请3件"))
    assert violations(officer) == []
    register(4, "business")  # somebody enters another request while the officer writes
    text.press("ControlOrMeta+End")
    text.press_sequentially("要建立建全办理机制。")
    preview = officer.locator("#preview")
    expect(preview.locator(".finding", has_text="建立健全")).to_be_visible()
    expect(preview.locator(".linked-drifted").first).to_have_text("3")
    expect(preview).to_contain_text("台账现在是4")
    red = preview.locator(".linked-drifted").first.evaluate("node => getComputedStyle(node).color")
    plain = preview.locator("p").last.evaluate("node => getComputedStyle(node).color")
    assert red != plain
    assert violations(officer) == []
    officer.get_by_role("button", name="更新变了的数字").click()
    expect(text).to_have_value(re.compile("全年新收政府信息公开申请4件.*要建立建全办理机制。", re.S))
    text.fill(text.input_value().replace("要建立建全办理机制。", ""))
    officer.get_by_role("button", name="保存并返回").click()
    expect(officer).to_have_url(here)

    for word in ("主动公开", "政府信息管理", "政府信息公开平台建设", "监督保障", "存在的主要问题及改进情况",
                 "其他需要报告的事项"):  # fmt: skip
        officer.get_by_role("link", name=word, exact=True).click()
        text.fill(re.sub(r"【请填写：[^】]*】", "按规定办理", text.input_value()))
        officer.get_by_role("button", name="保存并返回").click()
        expect(officer.get_by_text("已保存。")).to_be_visible()

    officer.locator("summary", has_text="提交审核").click()
    officer.get_by_role("checkbox").check()
    officer.get_by_role("button", name="提交审核").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("审核中")
    expect(officer.get_by_role("button", name="审核通过")).to_have_count(0)

    head = sign_in("kezhang", here)
    expect(head.get_by_role("link", name="依申请公开", exact=True)).to_have_count(0)
    head.get_by_role("button", name="审核通过").click()
    expect(head.get_by_role("heading", level=1)).to_contain_text("已冻结待批准")
    assert violations(head) == []

    leader = sign_in("lingdao", here)
    leader.get_by_role("link", name="4", exact=True).first.click()
    expect(leader.get_by_role("row")).to_have_count(5)
    leader.get_by_role("link", name=f"KJJ-{YEAR}-0004").click()
    expect(leader.get_by_role("heading", level=1)).to_contain_text(f"KJJ-{YEAR}-0004")
    leader.goto(here)
    leader.get_by_role("button", name="批准", exact=True).click()
    expect(leader.get_by_role("heading", level=1)).to_contain_text("已批准")

    officer.goto(here)
    officer.get_by_role("button", name="公布", exact=True).click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("已公布")
    officer.locator("summary", has_text="生成报送材料").click()
    with officer.expect_download() as loading:
        officer.get_by_role("button", name="生成报送材料").click()
    assert loading.value.suggested_filename == "青澜县科学技术局2024年政府信息公开工作年度报告（报送材料）.zip"
    assert violations(officer) == []

    officer.goto(f"/bodies/{KJJ}/reports/{YEAR}/")
    expect(officer.get_by_role("heading", name="青澜县科学技术局2024年政府信息公开工作年度报告").first).to_be_visible()
    expect(officer.get_by_text("全年新收政府信息公开申请4件")).to_be_visible()


def test_a_return_asks_for_the_reasons_where_it_is_pressed(sign_in: Callable[..., Page]) -> None:
    page = sign_in("lingdao", f"/desk/annual/{drafted(to='frozen')}/")
    page.locator("summary", has_text="退回修改").click()
    page.get_by_label("退回理由").fill("请核对行政许可的件数")
    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("起草")
    expect(page.get_by_role("listitem").filter(has_text="请核对行政许可的件数")).to_be_visible()


@pytest.mark.parametrize(
    ("state", "username"), [("drafting", "zhuanyuan"), ("frozen", "lingdao"), ("published", "zhuanyuan")]
)
def test_no_barrier_and_no_page_wider_than_a_phone(
    state: str, username: str, sign_in: Callable[..., Page], violations: Callable[[Page], list[str]],
    overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    report = drafted(to=state)
    phone = sign_in(username, viewport={"width": 390, "height": 844}, has_touch=True)
    for path in ("/desk/annual/", *LEDGER):
        phone.goto(path.format(report))
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        assert (path, violations(phone), overflow(phone)) == (path, [], 0)


def test_rounds_have_no_barrier_and_fit_a_phone(
    sign_in: Callable[..., Page], violations: Callable[[Page], list[str]], overflow: Callable[[Page], int]
) -> None:
    phone = sign_in("zhuguan", "/desk/rounds/", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(phone.get_by_role("heading", level=1)).to_have_text("年报部署")
    assert (violations(phone), overflow(phone)) == ([], 0)


def test_saving_and_inserting_need_no_javascript(sign_in: Callable[..., Page], overflow: Callable[[Page], int]) -> None:
    report = drafted()
    page = sign_in("zhuanyuan", f"/desk/annual/{report}/parts/problems/", java_script_enabled=False)
    text = page.get_by_label("文字")
    text.fill("共收到申请")
    page.get_by_label("插入台账数字").select_option("requests.new.total")
    page.get_by_role("button", name="插入").click()
    expect(text).to_have_value("共收到申请3")
    text.fill("共收到申请3件。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.locator("#preview .linked")).to_have_text("3")
    register(9)
    page.reload()
    expect(page.locator("#preview")).to_contain_text("台账现在是4")
    page.get_by_role("button", name="更新变了的数字").click()
    expect(text).to_have_value("共收到申请4件。")
    page.goto(f"/desk/annual/{report}/")
    page.locator("summary", has_text="提交审核").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("审核中")


def test_a_number_is_inserted_where_the_caret_stands(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zhuanyuan", f"/desk/annual/{drafted()}/parts/problems/")
    text = page.get_by_label("文字")
    text.fill("𠮷田社区\n收到件。")
    text.press("ArrowLeft")
    text.press("ArrowLeft")
    # two units for the first character, which lies beyond the basic plane
    page.wait_for_function("document.activeElement.selectionStart === 8")
    page.get_by_label("插入台账数字").select_option("requests.new.total")
    page.get_by_role("button", name="插入").click()
    expect(page.get_by_text("已插入，数字与台账相连。")).to_be_visible()
    expect(text).to_have_value("𠮷田社区\n收到3件。")
    expect(page.locator("#preview .linked")).to_have_text("3")


def test_two_windows_do_not_overwrite_each_other(sign_in: Callable[..., Page]) -> None:
    report = drafted()
    page = sign_in("zhuanyuan", f"/desk/annual/{report}/parts/problems/")
    text = page.get_by_label("文字")
    text.fill("我写的。")
    drafting.write_part(person("zhuanyuan"), report, "problems", "别人写的。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("您打开以后，别人改过这一部分")
    expect(page.get_by_text("别人写的。")).to_be_visible()
    expect(text).to_have_value("我写的。")
    text.fill("别人写的。我写的。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert AnnualReport.objects.get(pk=report).passages["problems"]["text"] == "别人写的。我写的。"
