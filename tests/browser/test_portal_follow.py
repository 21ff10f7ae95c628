"""Following a request in a real browser: correction and withdrawal without JavaScript, no barriers, a phone, a link."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongkai.bureau import clock
from gongkai.bureau.casework import consulting, files, identity, intake, services
from gongkai.bureau.casework.models import Application, Letter, Request
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODE, NUMBER = "H7KD29QWRT4M", "KJJ-2026-0041"
SHOTS = os.environ.get("SCREENSHOTS", "")
"""A folder for pictures to look at; none are taken without it."""


@pytest.fixture
def officer(live_server: Any, settings: Any, tmp_path: Path) -> Person:
    settings.FILES = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.fill(bodies=3, seed=1)
    return Person.objects.get(username="zhuanyuan")


@pytest.fixture
def mine(officer: Person) -> int:
    made = services.register(
        officer, body="qinglan-kjj", number=NUMBER, applicant_kind="natural_person", names=("欧阳慕云", None, None),
        subject="2025年科技特派员经费的分配结果，包括每个乡镇的数额和依据的文件", channel="in_person",
        events=[{"kind": "submitted", "on": (clock.today() - timedelta(days=3)).isoformat()}], evidence="申请书",
    )  # fmt: skip
    Application.objects.create(
        request_id=made, code_mark=intake.code_mark(NUMBER, CODE), sealed=identity.seal_text("{}"), filed_at=clock.now()
    )
    until = (clock.today() + timedelta(days=15)).isoformat()
    event = {"kind": "correction_requested", "on": clock.today().isoformat(), "deadline_on": until}
    services.append(officer, made, event, evidence="告知书")
    files.keep(
        Request.objects.get(pk=made), "letter", files.Sent("补正告知书.pdf", b"%PDF-1.7 x"), by=officer,
        open_to_applicant=True,
    )  # fmt: skip
    return made


def _open(page: Page) -> None:
    page.goto("/follow/")
    page.get_by_label("申请编号").fill(NUMBER)
    page.get_by_label("查询码").fill("h7kd 29qw rt4m")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NUMBER)


def _shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]


def test_correction_and_withdrawal_without_javascript(plain_page: Page, mine: int, tmp_path: Path) -> None:
    page = plain_page
    _open(page)
    assert CODE not in page.url
    expect(page.get_by_role("heading", name="等您补正")).to_be_visible()
    page.get_by_role("link", name="补正", exact=True).click()
    page.get_by_label("补正内容").fill("指2025年上半年下达的经费")
    paper = tmp_path / "说明.pdf"
    paper.write_bytes(b"%PDF-1.7 more")
    page.get_by_label("附件").set_input_files(paper)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("status")).to_contain_text("补正")
    expect(page.get_by_text("机关收到了您的补正")).to_be_visible()
    expect(page.get_by_text("还剩20个工作日")).to_be_visible()
    page.get_by_role("link", name="撤回申请").click()
    page.get_by_label("我确认撤回这件申请").check()
    page.get_by_role("button", name="撤回申请").click()
    expect(page.get_by_role("heading", name="申请已经撤回")).to_be_visible()
    assert Request.objects.get(pk=mine).phase == "closed"
    page.get_by_role("button", name="结束查询").click()
    expect(page.get_by_label("查询码")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_no_barrier_and_no_page_wider_than_its_window(
    open_page: Callable[..., Page], mine: int, width: int, violations: Callable[[Page], list[str]],
    overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    page = open_page(viewport={"width": width, "height": 900})
    page.goto("/follow/")
    assert (violations(page), overflow(page)) == ([], 0)
    page.get_by_label("申请编号").fill("KJJ-2026-9999")
    page.get_by_label("查询码").fill("WRONG")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("对不上")
    assert violations(page) == []
    _shot(page, "open-wrong")
    _open(page)
    page.get_by_text("怎么算的").click()
    for address in ("", "correction/", "withdrawal/", "complaint/"):
        if address:
            page.goto(f"/follow/{address}")
        assert (violations(page), overflow(page)) == ([], 0), address
        _shot(page, f"follow-{address.strip('/') or 'page'}")
    page.goto("/follow/withdrawal/")
    page.get_by_label("我确认撤回这件申请").check()
    page.get_by_role("button", name="撤回申请").click()
    page.get_by_role("link", name="评价", exact=True).click()
    assert (violations(page), overflow(page)) == ([], 0)
    _shot(page, "follow-rating")
    page.get_by_label("4 满意").check()
    page.get_by_role("button", name="评价").click()
    expect(page.get_by_text("4分")).to_be_visible()
    _shot(page, "follow-withdrawn")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_private_link_is_answered(
    open_page: Callable[..., Page], officer: Person, mine: int, width: int, violations: Callable[[Page], list[str]],
    overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    event = {"kind": "third_party_consulted", "on": clock.today().isoformat(), "party": "云岭公司"}
    services.append(officer, mine, event, evidence="征求意见书")
    letter = Letter.objects.create(
        request_id=mine, kind="third_party_consultation", state="delivered", by=officer, at=clock.now(),
        number="青科公征〔2026〕1号", addressee=identity.seal_text("云岭公司"),
        paragraphs="本机关收到政府信息公开申请，下列信息可能涉及你单位的合法权益：2025年采购合同。\n请在15个工作日内提出意见。",
    )  # fmt: skip
    token = consulting.open_link(mine, letter.pk, "third_party", "云岭公司", clock.today() + timedelta(days=21))
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(f"/consult/{token}/")
    assert (violations(page), overflow(page)) == ([], 0)
    _shot(page, "consult")
    page.get_by_label("不同意公开", exact=True).check()
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("alert")).to_contain_text("不同意公开的理由")
    assert violations(page) == []
    page.get_by_label("理由").fill("含有报价")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("status")).to_contain_text("已经收到意见")
    _shot(page, "consult-answered")


def test_reading_aloud_is_offered_where_the_browser_can_speak(page: Page, plain_page: Page, mine: int) -> None:
    page.goto("/help/")
    button = page.get_by_role("button", name="朗读")
    expect(button).to_be_visible()
    button.click()
    page.add_init_script("delete window.speechSynthesis; Object.defineProperty(window, 'speechSynthesis', {})")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="朗读")).to_have_count(0)
    plain_page.goto("/help/")
    expect(plain_page.get_by_role("button", name="朗读")).to_have_count(0)


@pytest.mark.parametrize("choice", ["large.normal.zh-hans", "normal.high.zh-hans", "large.high.en"])
def test_no_barrier_in_any_display(
    phone: Page, live_server: Any, mine: int, choice: str, violations: Callable[[Page], list[str]],
    overflow: Callable[[Page], int],
) -> None:  # fmt: skip
    _open(phone)
    phone.context.add_cookies([{"name": "gongkai_display", "value": choice, "url": live_server.url}])
    for address in ("/follow/", "/follow/correction/"):
        phone.goto(address)
        assert (violations(phone), overflow(phone)) == ([], 0), address
