"""The demo of the annual report: kept checks, three years of ledgers, and three reports at different steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.bureau import clock
from gongkai.bureau.annual import drafting, exchange, services, steps
from gongkai.bureau.annual.demo_ledgers import ledgers
from gongkai.bureau.annual.queries import queued
from gongkai.bureau.annual.report_queries import detail
from gongkai.bureau.annual.statements import record_work
from gongkai.bureau.casework import exchange as cases
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.casework import services as casework_services
from gongkai.bureau.jobs.services import run_job
from gongkai.bureau.orgs.demo import BUREAU, COUNTY
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.publishing import exchange as publishing
from gongkai.bureau.remedies import exchange as remedies
from gongkai.documents.annual_report.render import render
from gongkai.documents.annual_report.specimens import specimen
from gongkai.statute.report.drafting import gaps

WORDS: Mapping[str, str] = {
    "条数": "0",
    "制发、废止": "以专栏公布的目录为准",
    "重点领域": "围绕科技项目、财政资金和政策兑现，同步公布文件与解读，回应企业关切",
    "公开指南": "按季更新公开指南和目录，文件拟制时确定公开属性，公布前逐件审查",
    "政府信息公开专栏": "在县政府门户网站统一设专栏，政务服务中心设查阅点，新媒体账号按周更新",
    "培训": "面向各科室举办了业务培训",
    "检查": "按季自查，发现的问题当季整改",
    "工作机构": "办公室一人专职，各科室设联络员，接受县政府办公室和社会监督",
    "上一年度": "上一年度列出的两项问题均已整改",
    "本年度存在": "一是部分栏目更新不够均衡；二是政策解读形式较为单一",
    "改进措施": "一是把更新频次列入科室考核；二是增加图解和问答形式的解读",
    "其他": "没有",
}
"""What the officer of the demo fills into the gaps, by the words that a gap begins with."""


def fill(*, seed: int = 1, a_year: int = 90, items: int | None = None) -> None:
    """Keep the specimens as an office would, then ledgers and reports; `a_year` requests in each of three years."""
    keep_specimens()
    fill_ledgers(seed=seed, a_year=a_year, items=items)
    make_reports()


def keep_specimens() -> None:
    """Last year's report first, each read and checked by the real job."""
    office = Person.objects.get(username="zhuguan")
    officer = Person.objects.get(username="zhuanyuan")
    for actor, body, name in (
        (officer, BUREAU, "qinglan-kjj-2024"),
        (officer, BUREAU, "qinglan-kjj-2025"),
        (office, COUNTY, "qinglan-2025"),
    ):
        report = specimen(name)
        title = f"{report.agency}{report.year}年政府信息公开工作年度报告.docx"
        for check in services.keep(actor, body, [(title, render(report, "docx"))]):
            run_job.func(queued(check))


def fill_ledgers(*, seed: int, a_year: int, items: int | None = None) -> None:
    """Three years up to today, imported. `items`: published items of all bodies together, the bureau's own first."""
    today = clock.today()
    years = range(today.year - 2, today.year + 1)
    others = [code for code in Body.objects.order_by("id").values_list("code", flat=True) if code != BUREAU]
    made = ledgers(BUREAU, years, today, in_force(BUREAU), seed=seed, a_year=a_year, items=items, others=others)
    importers: Mapping[str, tuple[str, Callable[[Path], object]]] = {
        "cases": (made.cases, cases.import_cases),
        "remedies": (made.remedies, remedies.import_remedies),
        "statements": (made.statements, exchange.import_statements),
        "items": (made.items, publishing.import_items),
    }
    with TemporaryDirectory() as folder:
        for name, (text, load) in importers.items():
            file = Path(folder) / f"{name}.jsonl"
            file.write_text(text, "utf-8")
            load(file)
    _work_records(years)


def _work_records(years: range) -> None:
    officer = Person.objects.get(username="zhuanyuan")
    for year in years:
        for month, kind, title, people, found, rectified, result in (
            (3, "training", "政府信息公开业务培训", 32, None, None, ""),
            (6, "check", "第二季度专栏自查", None, 4, 4, ""),
            (9, "training", "依申请公开答复文书专题培训", 18, None, None, ""),
            (11, "check", "第四季度专栏自查", None, 3, 2, ""),
            (12, "problem", "部分栏目更新不够均衡", None, None, None, "已列入科室考核，按月通报"),
            (12, "problem", "政策解读形式较为单一", None, None, None, "全年图解解读占一半以上"),
        ):
            if date(year, month, 20) <= clock.today():
                record_work(
                    officer, BUREAU, kind, on=date(year, month, 20), title=title, people=people, found=found,
                    rectified=rectified, result=result, evidence=f"青科办〔{year}〕{month}号",
                )  # fmt: skip


def make_reports() -> None:
    """One published, one frozen and awaiting approval, one draft whose numbers have moved since it was begun."""
    officer, head, leader = (Person.objects.get(username=name) for name in ("zhuanyuan", "kezhang", "lingdao"))
    year = clock.today().year
    published = drafting.start(officer, BUREAU, year - 2)
    _fill_gaps(officer, published)
    steps.take_step(officer, published, "submit", {"confirm_zero": "1"})
    steps.take_step(head, published, "pass_review")
    steps.take_step(leader, published, "approve")
    steps.take_step(officer, published, "publish")
    awaiting = drafting.start(officer, BUREAU, year - 1)
    _fill_gaps(officer, awaiting)
    steps.take_step(officer, awaiting, "submit", {"confirm_zero": "1"})
    steps.take_step(head, awaiting, "pass_review")
    drafting.start(officer, BUREAU, year)
    _reclassify(officer, year)


def _fill_gaps(officer: Person, report: int) -> None:
    found = detail(officer, report)
    for part, passage in found.passages.items() if found else ():
        text = passage.text
        for start, end in reversed(gaps(text)):
            asked = text[start + len("【请填写：") : end]
            words = next((said for begin, said in WORDS.items() if asked.startswith(begin)), "没有需要说明的情况")
            text = text[:start] + words + text[end:]
        drafting.write_part(officer, report, part, text, seen=passage.text)


def _reclassify(officer: Person, year: int) -> None:
    """After the draft was begun a reply turns out to be entered under the wrong outcome."""
    today = clock.today()
    for row in ("granted", "unavailable.not_held"):
        found = casework.behind([BUREAU], year, today, row=row, column="total", size=1).rows
        if found:
            event = {
                "kind": "reclassified", "on": today.isoformat(), "outcome": "partial",
                "because": "答复书区分处理，应归入部分公开",
            }  # fmt: skip
            casework_services.append(officer, found[0].id, event, evidence="办理结果更正单")
            return
