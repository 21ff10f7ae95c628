"""Information of the fictional bureau on its way to the public, each at another place, made through the services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from openpyxl import Workbook

from gongkai.bureau import clock
from gongkai.bureau.orgs.demo import BUREAU
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.publishing import channels, draft_steps, drafting
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Column, Draft
from gongkai.bureau.publishing.uploads import Sent

PUBLISHED = 5
"""How many of them become items of the ledger."""
_BY = {
    "submit": "chengban", "pass_section": "kezhang", "pass_legal": "falv", "conclude": "baomi", "sign": "lingdao",
    "publish": "zhuanyuan", "withdraw": "zhuanyuan", "correct": "chengban", "return_": "kezhang",
}  # fmt: skip
_TOLD: Mapping[str, Mapping[str, str]] = {
    "pass_section": {"note": "内容属实，可以公开。"},
    "pass_legal": {"lawfulness": "职权、依据、程序、内容合法。", "fair_competition": "passed"},
    "conclude": {"conclusion": "public", "ground": "不涉及国家秘密、工作秘密、商业秘密和个人隐私。"},
    "withdraw": {"because": "附件误列了没有公示期满的项目，更正以后重新公开。"},
    "return_": {"reasons": "写明受理部门和截止日期。"},
}
REVIEW = ("submit", "pass_section", "conclude", "sign")
LEGAL = ("submit", "pass_section", "pass_legal", "conclude", "sign")


def fill() -> None:
    """After the columns of the bureau were made."""
    officer = _person("zhuanyuan")
    used = ["bulletin", "wechat", "gazette", "archive", "library"]
    channels.set_channels(officer, BUREAU, used, {"gazette": "青澜县科学技术局公报"}, "dangan@example.gov.cn")
    _documents()
    _notices()
    _under_way()


def _documents() -> None:
    """An older measure, the one that repeals it, and its interpretation."""
    old = {"kind": "document", "genre": "规范性文件", "document_number": "青科规〔2026〕1号",
           "registration_number": "QLGK-2026-0003", "effective_on": _day(14),
           "summary": "规定科技专项资金的支持对象、标准和拨付程序。"}  # fmt: skip
    text = "<h2>第一章　总则</h2><p>为规范科技专项资金的使用，制定本办法。</p><h2>第二章　支持标准</h2>" + _TABLE
    _taken("regulations", "青澜县科技专项资金管理办法（试行）", text, {**old, "formed_on": _day(15)}, *LEGAL, "publish")
    new = {**old, "document_number": "青科规〔2026〕2号",
           "registration_number": "QLGK-2026-0005",
           "effective_on": f"{clock.today()}", "expires_on": _later(5), "repeals": "青科规〔2026〕1号"}  # fmt: skip
    _taken("regulations", "青澜县科技专项资金管理办法", text, {**new, "formed_on": _day(10)}, *LEGAL, "publish")
    told = {"kind": "interpretation", "genre": "解读", "interprets": "青科规〔2026〕2号", "form": "questions",
            "formed_on": _day(9), "summary": "为什么修订、支持谁、怎么申报。"}  # fmt: skip
    answers = (
        "<h2>为什么修订？</h2><p>试行期满，补助标准需要与预算相衔接。</p>"
        "<h2>怎么申报？</h2><p>每年三月在县政务服务网申报。</p>"
    )
    _taken("readings", "《青澜县科技专项资金管理办法》解读", answers, told, *REVIEW, "publish")


def _notices() -> None:
    """One with an attachment; one that was withdrawn."""
    told = {"genre": "公示", "formed_on": _day(6), "summary": "拟支持的项目、承担单位和补助金额。"}
    _taken("notices", "2026年度科技专项资金拟支持项目公示", "<p>公示期五个工作日，名单见附件。</p>", told, *REVIEW,
           "publish", file=_sheet())  # fmt: skip
    _taken("notices", "2026年度创新券兑付结果公示", "<p>兑付结果见附件。</p>", {**told, "formed_on": _day(8)}, *REVIEW,
           "publish", "withdraw", file=_sheet())  # fmt: skip


def _under_way() -> None:
    """In each of the places where somebody waits."""
    body = "<p>申报条件、材料和程序如下。</p>"
    told = {"genre": "通知", "formed_on": _day(16)}
    _taken("notices", "关于组织申报2027年度科技特派员的通知", body, told, "submit", "pass_section")
    _taken("notices", "关于开展企业研发费用统计培训的通知", body, {**told, "formed_on": _day(5)}, "submit", "return_")
    _taken("notices", "关于科技活动周安排的通知", body, {**told, "formed_on": _day(2)}, *REVIEW)
    made = _drafted("rules", "内部考勤管理细则", body, {**told, "genre": "其他", "formed_on": _day(12)})
    found = Draft.objects.get(pk=made)
    ground = "条例第16条第1款：内部工作流程，不对外产生影响。"
    kept = Written(found.elements, found.body_html, "withheld", ground)
    drafting.write(_person("chengban"), made, kept, seen=found.version)
    _take(made, *REVIEW)
    _drafted("notices", "关于青澜县众创空间备案名单的公告", "", {"genre": "公告", "formed_on": _day(1)})


def _taken(
    column: str, title: str, html: str, elements: Mapping[str, str], *acts: str, file: Sent | None = None
) -> None:
    made = _drafted(column, title, html, elements)
    if file is not None:
        drafting.attach(_person("chengban"), made, file)
    _take(made, *acts)


def _drafted(column: str, title: str, html: str, elements: Mapping[str, str]) -> int:
    place = Column.objects.get(body__code=BUREAU, code=column)
    writer = _person("chengban")
    made = drafting.begin(writer, place.pk)
    whole = {"title": title, "kind": "information", "source": "made", "topic": "科技、教育", **elements}
    drafting.write(writer, made, Written(whole, html), seen=0)
    return made


def _take(draft: int, *acts: str) -> None:
    for act in acts:
        draft_steps.take_step(_person(_BY[act]), draft, act, _TOLD.get(act, {}))


def _person(username: str) -> Person:
    return Person.objects.get(username=username)


def _day(before: int) -> str:
    """The working day so many working days before today."""
    calendar, on = in_force(BUREAU), clock.today().toordinal()
    while before:
        on -= 1
        before -= calendar.works(on)
    return date.fromordinal(on).isoformat()


def _later(years: int) -> str:
    today = clock.today()
    return date(today.year + years, 12, 31).isoformat()


def _sheet() -> Sent:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(("项目", "承担单位", "补助（万元）"))
    sheet.append(("山区茶园物联监测", "青澜云茶有限公司", 30))
    sheet.append(("低温泵国产化", "澜江机电厂", 50))
    made = BytesIO()
    book.save(made)
    return Sent("拟支持项目名单.xlsx", made.getvalue())


_TABLE = (
    "<table><thead><tr><th>类别</th><th>最高补助（万元）</th></tr></thead><tbody>"
    '<tr><td rowspan="2">揭榜挂帅</td><td>50</td></tr><tr><td>30</td></tr>'
    "<tr><td>农业科技特派员</td><td>5</td></tr></tbody></table>"
)
