"""A handful of requests under way in the fictional bureau, each at another place, made through the services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from gongkai.bureau import clock
from gongkai.bureau.casework import (
    assigning,
    deciding,
    intake,
    letters,
    making_public,
    materials,
    opinions,
    searching,
)
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import Letter
from gongkai.bureau.orgs.demo import BUREAU
from gongkai.bureau.orgs.models import Person, Section
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.publishing import columns, reviewing
from gongkai.bureau.publishing.models import Column, Item
from gongkai.documents import letters as writing
from gongkai.statute.cases.application import Filing, Wanted, Who

CONTACT = "0570-0000103"


def _person(username: str) -> Person:
    return Person.objects.get(username=username)


def _workday(before: int) -> date:
    """The working day so many working days before today."""
    calendar, day = in_force(BUREAU), clock.today().toordinal()
    while before:
        day -= 1
        before -= calendar.works(day)
    return date.fromordinal(day)


def _scan(title: str) -> Sent:
    """A page that stands for a paper scanned in."""
    page = writing.Letter(
        body="青澜县科学技术局", title=title, number="扫描件", addressee="存档", paragraphs=("（演示）",)
    )
    return Sent(f"{title}.pdf", writing.to_pdf(page))


def _received(name: str, wanted: tuple[Wanted, ...], days_ago: int, kind: str = "natural_person") -> int:
    """An application over the counter so many working days ago."""
    document = "resident" if kind == "natural_person" else "credit"
    filing = Filing(
        kind=kind, applicant=Who(name, document), telephone=CONTACT, wanted=wanted, form="electronic", way="electronic"
    )
    arrival = intake.Arrival("in_person", _workday(days_ago), None, "窗口收到的申请表")
    return intake.receive(_person("zhuanyuan"), BUREAU, filing, arrival)


def _written(request: int, kind: str, elements: Mapping[str, str]) -> int:
    writer = _person("chengban")
    made = letters.draft(writer, request, kind, {"contact": CONTACT, **elements})
    found = Letter.objects.get(pk=made)
    letters.write(writer, made, elements={}, paragraphs="", word=found.word, seen=found.version, anew=True)
    letters.take_step(writer, made, "submit")
    return made


def _delivered(letter: int, way: str = "electronic") -> None:
    letters.take_step(_person("zhuanyuan"), letter, "seal", {}, _scan("盖章件"))
    letters.take_step(_person("zhuanyuan"), letter, "deliver", {"way": way, "on": clock.today().isoformat()})


def fill(*, make_public: bool = True) -> None:
    """Everything at once; the ledgers of former years stand already. `make_public`: one answer, as one item more."""
    _on_the_portal()
    _assigned()
    _consulting()
    _awaiting_correction()
    _refusal_in_review()
    answered = _answered()
    if make_public:
        _made_public(answered)


def _on_the_portal() -> None:
    for number, (name, wanted) in enumerate((
        ("江一诺", Wanted("2025年度科技创新券兑现名单", "", "兑现的企业、金额和日期")),
        ("柳慕白", Wanted("科技特派员选派工作总结", "", "2024年以来")),
    )):  # fmt: skip
        filing = Filing(
            kind="natural_person", applicant=Who(name, "other", f"演示证件{number}"), telephone="13800000000",
            wanted=(wanted,), form="electronic", way="electronic",
        )  # fmt: skip
        proof = intake.Enclosed("identity", _scan("身份证明"))
        intake.apply(BUREAU, filing, (proof,), token=f"demo-{number}")


def _assigned() -> None:
    wanted = (Wanted("高新技术企业培育库名单"), Wanted("培育库入库评审办法", "青科〔2025〕18号"))
    made = _received("程不器", wanted, 3)
    section = Section.objects.get(body__code=BUREAU, code="gxk")
    assigning.assign(
        _person("zhuanyuan"), made, section=section.pk, person="chengban", task="查找名单和办法，提出公开意见",
        due_on=_workday(0) + timedelta(days=4),
    )  # fmt: skip
    opinions.give(_person("kezhang"), made, kind="section", conclusion="agree", text="名单已定稿，可以公开。")


def _consulting() -> None:
    made = _received("苏见微", (Wanted("云帆新材料公司重大专项验收材料"),), 5)
    told = {"addressee": "青澜云帆新材料有限公司", "information": "重大专项验收材料"}
    letter = _written(made, "third_party_consultation", told)
    letters.take_step(_person("kezhang"), letter, "sign")
    _delivered(letter)


def _awaiting_correction() -> None:
    made = _received("澜江律师事务所", (Wanted("科技项目资料"),), 2, "legal_service")
    told = {
        "correction_items": "请写明所需资料的项目名称、年度或者文号",
        "deadline_on": str(_workday(0) + timedelta(days=21)),
    }
    letter = _written(made, "correction_notice", told)
    letters.take_step(_person("kezhang"), letter, "sign")
    _delivered(letter)


def _refusal_in_review() -> None:
    made = _received("顾长风", (Wanted("2026年科技专项资金分配方案讨论稿"),), 8)
    reason = "属于尚未定稿的讨论过程材料，公开后会影响分配工作的正常开展"
    deciding.decide(
        _person("chengban"), made, position=1, outcome="refused.process", articles=("16(2)",), reason=reason, facts={}
    )
    letter = _written(made, "refused", {"outcome": "refused.process", "reasons": reason, "articles": "16(2)"})
    letters.take_step(_person("kezhang"), letter, "pass_section", {"note": "同意。"})


def _answered() -> int:
    made = _received("青澜星河科技有限公司", (Wanted("2025年度研发费用补助公示名单"),), 12, "business")
    searching.record(
        _person("chengban"), made, places="局文书档案、高新技术科电子台账", terms="研发费用补助、公示",
        period="2025年1月至今",
        searchers="陆一鸣", archive_asked=True, result="查到公示名单一份，共46家企业", on=_workday(2),
    )  # fmt: skip
    file = materials.upload(_person("chengban"), made, _scan("2025年度研发费用补助公示名单"))
    materials.review(_person("baomi"), file, conclusion="agree", text="不涉及国家秘密、工作秘密，可以提供。")
    writer = _person("chengban")
    told = {"information": "2025年度研发费用补助公示名单", "provided_as": "attached", "articles": "36(2)"}
    letter = letters.draft(writer, made, "granted", {"contact": CONTACT, **told})
    found = Letter.objects.get(pk=letter)
    letters.write(
        writer, letter, elements={}, paragraphs="", word=found.word, enclosures=(file,), seen=found.version, anew=True
    )
    for who, act in (("chengban", "submit"), ("kezhang", "pass_section"), ("falv", "pass_legal"),
                     ("baomi", "pass_secrecy"), ("lingdao", "sign")):  # fmt: skip
        letters.take_step(_person(who), letter, act)
    _delivered(letter)
    return made


def _columns(officer: Person) -> None:
    """The law's own columns, those of the old site beside them, and who answers for the ones that have a rule."""
    columns.begin(officer, BUREAU)
    content = Column.objects.get(body__code=BUREAU, code="content").pk
    office = Section.objects.get(body__code=BUREAU, code="bgs").pk
    own = (("dynamics", "工作动态", 14), ("projects-shown", "项目公示", None), ("policies", "政策文件", 180),
           ("funds", "财政资金", None), ("readings", "政策解读", None), ("staff", "人事信息", None),
           ("functions", "机构职能", None))  # fmt: skip
    for code, name, days in own:
        columns.add(officer, BUREAU, code, columns.Settings(name, content, 90, days=days, section=office))
    for code in ("guide", "rules", "regulations", "organisation", "notices", "made-public"):
        each = Column.objects.get(body__code=BUREAU, code=code)
        columns.change(
            officer, each.pk,
            columns.Settings(each.name, each.parent_id, each.position, each.days, each.event, office, "zhuanyuan"),
        )  # fmt: skip


def _newest(number: int) -> list[int]:
    newest = Item.objects.filter(body__code=BUREAU).order_by("-published_on", "-id")
    return list(newest.values_list("id", flat=True)[:number])


def _made_public(request: int) -> None:
    """The answer as published information, and what is published elsewhere reviewed for the portal (条例第17、44条)."""
    officer, reviewer = _person("zhuanyuan"), _person("baomi")
    _columns(officer)
    start = making_public.suggested(officer, request) or {}
    text = "2025年度研发费用补助公示名单，共46家企业，载明企业名称、核定研发费用和补助金额。"
    given = {"agency": start.pop("body"), **start, "summary": "46家企业的补助金额。", "body_text": text}
    others = _newest(5)
    for each in (making_public.enter(officer, request, dict(given)), *others):
        reviewing.conclude(reviewer, each, conclusion="public", ground="不涉及国家秘密、工作秘密和个人隐私")
