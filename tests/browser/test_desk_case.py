"""A case in a real browser: assigned, decided, redacted by mouse and without, reviewed; the phone and axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from gongkai.bureau import clock
from gongkai.bureau.casework import files, materials, services
from gongkai.bureau.casework.models import CaseFile
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SUBJECT = "2025年度县级科技项目资金分配结果及各项目验收意见"


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1000, 500), (250, 250, 250)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def case(bodies: None) -> int:
    """A request of the bureau three days old, with one picture to be provided."""
    officer = Person.objects.get(username="zhuanyuan")
    day = (clock.today() - timedelta(days=3)).isoformat()
    made = services.register(
        officer, body="qinglan-kjj", number="KJJ-2026-0001", applicant_kind="business", names=(None, None, None),
        subject=SUBJECT, channel="in_person", events=[{"kind": "submitted", "on": day}], evidence="申请书",
    )  # fmt: skip
    materials.upload(Person.objects.get(username="chengban"), made, files.Sent("扫描.png", _picture()))
    return made


@pytest.fixture
def as_one(live_server: Any, settings: Any, case: int) -> Callable[[Page, str], Page]:
    """A function that signs a page in as somebody of the bureau."""

    def sign_in(page: Page, username: str) -> Page:
        client = Client()
        client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return sign_in


def test_a_case_is_assigned_decided_and_spoken_of(
    page: Page, case: int, as_one: Callable[[Page, str], Page], violations: Callable[[Page], list[str]]
) -> None:
    as_one(page, "zhuanyuan").goto(f"/desk/requests/{case}/")
    page.get_by_text("交办给科室、人员").click()
    page.get_by_label("承办人").select_option("chengban")
    page.get_by_label("交办事项").fill("查找验收意见")
    page.get_by_role("button", name="交办", exact=True).click()
    expect(page.get_by_text("主办 陆一鸣", exact=True)).to_be_visible()
    as_one(page, "chengban").goto(f"/desk/requests/{case}/")
    page.get_by_text("拆分、合并事项").click()
    page.get_by_label("各项内容").fill("资金分配结果\n验收意见")
    page.get_by_role("button", name="按此分项").click()
    page.get_by_role("link", name="作出决定").first.click()
    page.get_by_label("办理结果").select_option("partial")
    page.get_by_label("引用条款").fill("37，15")
    page.get_by_role("button", name="决定第1项").click()
    expect(page.get_by_role("alert")).to_contain_text("理由")
    assert violations(page) == []
    page.get_by_label("理由").fill("专家的联系方式属于个人隐私")
    page.get_by_role("button", name="决定第1项").click()
    expect(page.get_by_text("还有1项没有决定。按现有决定，这件申请计为“部分公开”。")).to_be_visible()
    assert violations(page) == []


def test_a_box_drawn_with_the_mouse_is_burnt_in_and_reviewed(
    page: Page, case: int, as_one: Callable[[Page, str], Page]
) -> None:
    as_one(page, "chengban").goto(f"/desk/requests/{case}/")
    page.get_by_role("link", name="遮盖", exact=True).click()
    sheet = page.locator(".sheet")
    sheet.locator("img").evaluate("img => img.decode()")
    frame = sheet.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + frame["width"] * 0.25, frame["y"] + frame["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.75, frame["y"] + frame["height"] * 0.9, steps=4)
    page.mouse.up()
    assert float(page.locator("[name=x0-1]").input_value()) == pytest.approx(25, abs=1)
    assert float(page.locator("[name=y1-1]").input_value()) == pytest.approx(90, abs=1)
    page.get_by_role("button", name="做成遮盖后的文件").click()
    expect(page.get_by_role("link", name="（遮盖后）.png")).to_be_visible()
    made = Image.open(BytesIO(files.bytes_of(CaseFile.objects.get(of="redacted")))).convert("RGB")
    assert made.getpixel((500, 350)) == (0, 0, 0)
    assert made.getpixel((50, 50)) == (250, 250, 250)
    as_one(page, "baomi").goto(f"/desk/requests/{case}/")
    page.locator("li", has_text="遮盖后").get_by_role("link", name="保密审查").click()
    page.get_by_label("同意提供", exact=True).check()
    page.get_by_role("button", name="记下审查结论").click()
    expect(page.locator("li", has_text="遮盖后").get_by_text("已保密审查")).to_be_visible()


def test_a_box_is_written_and_seen_without_javascript(
    plain_page: Page, case: int, as_one: Callable[[Page, str], Page]
) -> None:
    page = as_one(plain_page, "chengban")
    page.goto(f"/desk/requests/{case}/")
    page.get_by_role("link", name="遮盖", exact=True).click()
    for side, value in (("x0", "10"), ("y0", "20"), ("x1", "30"), ("y1", "40")):
        page.locator(f"[name={side}-1]").fill(value)
    page.get_by_role("button", name="在页面上看方框").click()
    assert "box=10.00%2C20.00%2C30.00%2C40.00" in (page.locator(".sheet img").get_attribute("src") or "")
    assert page.locator("[name=x1-1]").input_value() == "30"
    page.get_by_role("button", name="做成遮盖后的文件").click()
    expect(page.get_by_role("link", name="（遮盖后）.png")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    ["requests/{case}/", "requests/{case}/?act=extended", "requests/{case}/items/1/", "files/{file}/redact/",
     "files/{file}/review/", "requests/hand-over/"],
)  # fmt: skip
def test_no_barrier_and_no_page_wider_than_a_phone(
    address: str, phone: Page, case: int, as_one: Callable[[Page, str], Page],
    violations: Callable[[Page], list[str]], overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    who = "zhuanyuan" if "review" not in address else "baomi"
    as_one(phone, who).goto(f"/desk/{address.format(case=case, file=CaseFile.objects.get().pk)}")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert violations(phone) == []
    assert overflow(phone) == 0
