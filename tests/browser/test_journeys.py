"""The five longest ways of a request, from the citizen on the portal to the cells of the annual report."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "documents"))

import journey_steps as steps
from redaction_samples import holds, pdf_file

from gongkai.bureau import clock
from gongkai.bureau.casework import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REDACTED = re.compile("（遮盖后）\\.pdf$")
"""How the product names what it has redacted, whatever stands before it."""
WANTED = "2025年度县级科技项目资金分配结果"
NEW, ALL = "一、本年新收政府信息公开申请数量", "（七）总计"
ONE = {1: "1", 7: "1"}
"""In table three: one of a natural person (column 1), one in all (column 7)."""


@pytest.fixture
def county(bodies: None) -> None:
    """Nothing but bodies and people."""


@pytest.fixture
def citizen(page: Page, county: None) -> Page:
    return page


def test_granted(citizen: Page, desk: steps.Desk, tmp_path: Path) -> None:
    filed = steps.apply(citizen, WANTED)
    officer = desk("zhuanyuan", "/desk/requests/")
    path = steps.take_up(officer, filed)
    officer.get_by_text("交办给科室、人员").click()
    officer.get_by_label("承办人").select_option("chengban")
    officer.get_by_role("button", name="交办", exact=True).click()
    expect(officer.get_by_text("主办 陆一鸣", exact=True)).to_be_visible()

    material = tmp_path / "分配表.txt"
    material.write_text("白鹭镇 12万元", encoding="utf-8")
    steps.upload(desk("chengban"), path, material)
    steps.review(desk("baomi"), path, "分配表.txt")
    told = {"政府信息的名称": WANTED, "提供方式": "随本答复书提供", "引用条款": "36(2)"}
    letter = steps.draft(desk("chengban"), path, "予以公开", told, enclosed=("分配表.txt",))
    steps.step(desk("kezhang"), letter, "科室审核通过")
    steps.step(desk("falv"), letter, "合法性审查通过")
    steps.step(desk("baomi"), letter, "保密审查通过")
    steps.step(desk("lingdao"), letter, "签发")
    steps.seal(officer, letter)
    steps.deliver(officer, letter)
    expect(officer.get_by_role("heading", level=1)).to_contain_text("已送达")

    steps.follow(citizen, filed)
    assert steps.download(citizen, "分配表.txt").decode() == "白鹭镇 12万元"
    assert steps.download(citizen, "政府信息公开申请答复书") == steps.SCAN
    citizen.get_by_role("link", name="评价", exact=True).click()
    citizen.get_by_label("5 很满意").check()
    citizen.get_by_role("button", name="评价").click()
    expect(citizen.get_by_text("5分")).to_be_visible()
    kept = steps.archive(officer, path)
    assert [each for each in kept if each.endswith("bagit.txt")]
    assert steps.printed(steps.report_on_the_year(officer), "requests") == {NEW: ONE, "（一）予以公开": ONE, ALL: ONE}


def test_partly_with_redaction(citizen: Page, desk: steps.Desk, tmp_path: Path) -> None:
    filed = steps.apply(citizen, "对违规项目的处罚决定")
    path = steps.take_up(desk("zhuanyuan", "/desk/requests/"), filed)
    original = tmp_path / "决定.pdf"
    original.write_bytes(pdf_file())
    handler = desk("chengban")
    steps.upload(handler, path, original)
    handler.get_by_role("link", name="遮盖", exact=True).click()
    handler.locator(".kinds").get_by_label("居民身份证号码").check()
    handler.get_by_label("指定的文字").fill("诸葛明远")
    handler.get_by_role("button", name="做成遮盖后的文件").click()
    expect(handler.get_by_text("已遮盖，核对过遮盖的内容读不出来；待保密审查。")).to_be_visible()

    steps.review(desk("baomi"), path, REDACTED)
    told = {"政府信息的名称": "处罚决定", "提供方式": "随本答复书提供", "不予提供的部分": "当事人的姓名和证件号码",
            "理由": "公开会侵害个人隐私", "引用条款": "37,15"}  # fmt: skip
    letter = steps.draft(handler, path, "部分公开", told, enclosed=(REDACTED,))
    steps.pass_to_the_seal(letter)
    steps.deliver(desk("zhuanyuan"), letter)

    steps.follow(citizen, filed)
    expect(citizen.get_by_role("link", name="决定.pdf", exact=True)).to_have_count(0)
    received = steps.download(citizen, REDACTED)
    pages = pypdfium2.PdfDocument(received)
    assert len(pages) == 2
    assert [each.get_textpage().count_chars() for each in pages] == [0, 0]
    assert not [each for each in ("诸葛明远", "11010519491231002X") if holds(received, each)]
    assert steps.printed(steps.report_on_the_year(desk("zhuanyuan")), "requests") == {
        NEW: ONE, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": ONE, ALL: ONE,
    }  # fmt: skip


def test_refused_after_a_third_party_objected(citizen: Page, desk: steps.Desk, open_page: Callable[..., Page]) -> None:
    filed = steps.apply(citizen, "2025年设备采购合同")
    officer = desk("zhuanyuan", "/desk/requests/")
    path = steps.take_up(officer, filed)
    told = {"收件人": "云岭公司", "政府信息的名称": "2025年设备采购合同", "联系方式": "0570-0000103"}
    asked = steps.draft(desk("chengban"), path, "征求第三方意见", told)
    steps.pass_to_the_seal(asked, signer="kezhang", reviews=())
    steps.deliver(officer, asked)
    officer.get_by_role("button", name="生成链接").click()
    link = officer.locator(".link-once code").inner_text()

    company = open_page(viewport={"width": 1440, "height": 900})
    company.goto(link)
    expect(company.get_by_text("2025年设备采购合同").first).to_be_visible()
    assert (filed.number in company.content(), steps.APPLICANT in company.content()) == (False, False)
    company.get_by_label("不同意公开", exact=True).check()
    company.get_by_label("理由").fill("含有报价和工艺参数")
    company.get_by_role("button", name="提交意见").click()
    expect(company.get_by_role("status")).to_contain_text("已经收到意见")

    officer.goto(path)
    expect(officer.get_by_text("第三方答复意见", exact=True).first).to_be_visible()
    told = {"不予公开的情形": "refused.third_party", "理由": "第三方不同意公开，公开会损害其商业秘密", "引用条款": "15"}
    letter = steps.draft(desk("chengban"), path, "不予公开", told)
    steps.pass_to_the_seal(letter)
    steps.deliver(officer, letter)
    # 行政复议法第23条第1款第4项: a refusal goes to reconsideration first; 第20条, 行政诉讼法第45条: 60 days, 15 days
    notice = officer.locator(".letter-text")
    expect(notice).to_contain_text("应当先申请行政复议")
    expect(notice).to_contain_text("60日内向青澜县人民政府申请")
    expect(notice).to_contain_text("15日内")
    expect(notice).not_to_contain_text("6个月")
    steps.follow(citizen, filed)
    assert steps.download(citizen, "政府信息公开申请答复书") == steps.SCAN
    expect(citizen.get_by_text("含有报价和工艺参数")).to_have_count(0)
    steps.archive(officer, path)
    assert steps.printed(steps.report_on_the_year(officer), "requests") == {
        NEW: ONE, "4.保护第三方合法权益": ONE, ALL: ONE,
    }  # fmt: skip


def test_a_correction_that_lapses(citizen: Page, desk: steps.Desk) -> None:
    """Asked today it cannot lapse today, so one whose days have passed is entered beside it."""
    filed = steps.apply(citizen, "有关项目的材料")
    officer = desk("zhuanyuan", "/desk/requests/")
    path = steps.take_up(officer, filed)
    until = (clock.today() + timedelta(days=15)).isoformat()
    told = {"需要补正的事项": "写明是哪一年、哪一批项目", "期限至": until, "联系方式": "0570-0000103"}
    asked = steps.draft(desk("chengban"), path, "告知补正", told)
    steps.pass_to_the_seal(asked, signer="kezhang", reviews=())
    steps.deliver(officer, asked)
    officer.goto(path)
    expect(officer.get_by_text("期限已停，没有届满日")).to_be_visible()
    steps.fill_event(officer, "逾期不补正，不再处理", evidence="补正告知书")
    expect(officer.get_by_role("alert")).to_contain_text("补正期限未过")
    steps.follow(citizen, filed)
    expect(citizen.get_by_role("heading", name="等您补正")).to_be_visible()

    first, last = clock.today() - timedelta(days=12), clock.today() - timedelta(days=1)
    events = [{"kind": "submitted", "on": first.isoformat()},
              {"kind": "correction_requested", "on": first.isoformat(), "deadline_on": last.isoformat()}]  # fmt: skip
    made = services.register(
        steps.person("zhuanyuan"), body=steps.BODY, number="KJJ-OLD-1", applicant_kind="natural_person",
        names=(None, None, None), subject="有关项目的材料", channel="in_person", events=events, evidence="申请书",
    )  # fmt: skip
    officer.goto(f"/desk/requests/{made}/")
    steps.enter_event(officer, "逾期不补正，不再处理", evidence="补正告知书及送达凭证")
    expect(officer.get_by_text("已办结").first).to_be_visible()
    steps.archive(officer, f"/desk/requests/{made}/")
    two = {1: "2", 7: "2"}
    came = {NEW: two} if first.year == clock.today().year else {NEW: ONE, "二、上年结转政府信息公开申请数量": ONE}
    assert steps.printed(steps.report_on_the_year(officer), "requests") == {
        **came, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": ONE, ALL: ONE,
        "四、结转下年度继续办理": ONE,
    }  # fmt: skip


def test_reconsidered_and_handled_anew(citizen: Page, desk: steps.Desk) -> None:
    filed = steps.apply(citizen, "项目评审会议纪要")
    path = steps.take_up(desk("zhuanyuan", "/desk/requests/"), filed)
    request = int(path.rstrip("/").rpartition("/")[2])
    told = {"outcome": "refused.internal", "reasons": "属于内部工作流程方面的信息", "articles": "16(1)"}
    steps.reply(request, "refused", told)
    refused = {
        "new": {"natural_person": 1, "total": 1},
        "refused.internal": {"natural_person": 1, "total": 1},
        "concluded": {"natural_person": 1, "total": 1},
    }
    assert steps.cells("requests") == refused

    adviser = desk("falv", path)
    adviser.get_by_role("link", name="登记复议诉讼").click()
    expect(adviser.get_by_label("所涉申请的编号")).to_have_value(filed.number)
    adviser.get_by_label("编号", exact=True).fill("FY-1")
    adviser.get_by_label("种类").select_option("行政复议")
    adviser.get_by_label("受理日").fill(steps.today())
    adviser.get_by_label("依据").fill("青政复受〔2026〕8号")
    adviser.get_by_role("button", name="登记", exact=True).click()
    expect(adviser.get_by_role("heading", level=1)).to_contain_text("尚未审结")
    assert steps.cells("remedies") == {"reconsideration": {"pending": 1, "total": 1}}
    adviser.locator("summary", has_text="登记结果").click()
    adviser.get_by_label("审结日").fill(steps.today())
    adviser.get_by_label("结果", exact=True).select_option("结果纠正")
    adviser.get_by_label("决定、判决的内容").fill("撤销，责令重新答复")
    adviser.locator("#evidence").fill("青政复决〔2026〕3号")
    adviser.get_by_role("button", name="登记结果").click()
    expect(adviser.get_by_role("heading", level=1)).to_contain_text("结果纠正")
    expect(adviser.get_by_text("还没有", exact=True)).to_be_visible()

    head = desk("kezhang", path)
    until = (clock.today() + timedelta(days=20)).isoformat()
    steps.enter_event(head, "重新办理", evidence="青政复决〔2026〕3号", 原因="reconsideration", 另定的届满日=until)
    told = {"information": "项目评审会议纪要", "provided_as": "elsewhere", "obtain_where": "本机关办公室",
            "obtain_on": "工作日", "articles": "36(2)"}  # fmt: skip
    steps.reply(request, "granted", told)
    steps.follow(citizen, filed)
    expect(citizen.get_by_role("link", name="政府信息公开申请答复书")).to_have_count(2)
    adviser.reload()
    expect(adviser.get_by_text("已办结")).to_be_visible()
    # handled anew it stays where it was in table three; table four counts what the reconsideration corrected
    report = steps.report_on_the_year(desk("zhuanyuan"))
    assert steps.printed(report, "requests") == {NEW: ONE, "5.属于三类内部事务信息": ONE, ALL: ONE}
    assert steps.printed(report, "remedies") == {"": {2: "1", 5: "1"}}
