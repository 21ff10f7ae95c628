"""Every step of the report by every person in every state; four eyes; what each step needs and leaves behind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from bureau_cast import SINCE, Cast
from django.core.exceptions import PermissionDenied
from django.db import transaction
from report_ground import FIELDS, KJJ, PDF, YEAR, brought_to, drafted, ledgers, step, written

from gongkai.bureau import clock
from gongkai.bureau.annual import drafting, public, report_queries, statements, steps
from gongkai.bureau.annual.models import AnnualReport, FrozenMember, ReportStep, Statement
from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs import services as orgs
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.django_db

PEOPLE = ("officer", "handler", "head", "reviewer", "adviser", "leader", "office", "elsewhere", "system", "security",
          "auditor", "stranger")  # fmt: skip
WHO_MAY: Mapping[str, set[str]] = {
    "submit": {"officer"},
    "return_": {"head", "adviser", "leader"},
    "pass_review": {"head", "adviser"},
    "approve": {"leader"},
    "register_paper_approval": {"officer"},
    "publish": {"officer"},
    "correct": {"officer"},
    "file_package": {"officer"},
}
LEADS_TO: Mapping[tuple[str, str], str] = {
    ("drafting", "submit"): "in_review",
    ("in_review", "return_"): "drafting",
    ("in_review", "pass_review"): "frozen",
    ("frozen", "return_"): "drafting",
    ("frozen", "approve"): "approved",
    ("frozen", "register_paper_approval"): "approved",
    ("approved", "publish"): "published",
    ("approved", "file_package"): "approved",
    ("published", "correct"): "published",
    ("published", "file_package"): "published",
}
STATE_WORDS = {"drafting": "起草", "in_review": "审核中", "frozen": "已冻结待批准", "approved": "已批准",
               "published": "已公布", "superseded": "已更正"}  # fmt: skip
WHEN = {
    "submit": "“起草”时才能提交审核",
    "return_": "“审核中”、“已冻结待批准”时才能退回修改",
    "pass_review": "“审核中”时才能审核通过",
    "approve": "“已冻结待批准”时才能批准",
    "register_paper_approval": "“已冻结待批准”时才能登记纸质签批",
    "publish": "“已批准”时才能公布",
    "correct": "“已公布”时才能更正",
    "file_package": "“已批准”、“已公布”时才能生成报送材料",
}
WORDS = {"submit": "提交审核", "return_": "退回修改", "pass_review": "审核通过", "approve": "批准",
         "register_paper_approval": "登记纸质签批", "publish": "公布", "correct": "更正",
         "file_package": "生成报送材料"}  # fmt: skip
DRAFTS = "起草、公布年度报告由公开专员办理，您没有这个角色"
NO_ROLE = {
    "submit": DRAFTS, "register_paper_approval": DRAFTS, "publish": DRAFTS, "correct": DRAFTS, "file_package": DRAFTS,
    "pass_review": "审核年度报告由科室负责人、法律顾问办理，您没有这个角色",
    "approve": "批准年度报告由分管领导办理，您没有这个角色",
    "return_": "查看年度报告稿由公开专员、承办人、科室负责人、保密审查员、法律顾问、分管领导、"
               "政府信息公开工作主管部门办理，您没有这个角色",
}  # fmt: skip
TOO_FAR = {
    **dict.fromkeys(("submit", "register_paper_approval", "publish", "correct", "file_package"),
                    "您的角色不及于青澜县科学技术局，不能起草、公布年度报告"),
    "return_": "您的角色不及于青澜县科学技术局，不能查看年度报告稿",
}  # fmt: skip


def expected(state: str, act: str, who: str) -> str:
    if who in WHO_MAY[act]:
        if (state, act) in LEADS_TO:
            return LEADS_TO[state, act]
        return f"{WORDS[act]}：报告现在是“{STATE_WORDS[state]}”，{WHEN[act]}"
    if who == "elsewhere" and act in TOO_FAR:
        return TOO_FAR[act]
    if act == "return_" and who in ("officer", "handler", "reviewer", "office"):
        return "您在青澜县科学技术局没有办理“退回修改”的角色"
    return NO_ROLE[act]


@pytest.fixture
def report(cast: Cast, tmp_path: Path) -> int:
    return drafted(cast, tmp_path)


def tried(cast: Cast, who: str, report: int, act: str, **fields: str) -> str:
    """What comes of it: the state that it leads to, or the refusal; undone afterwards."""
    with transaction.atomic():
        try:
            step(cast, who, report, act, **fields)
            return AnnualReport.objects.get(pk=report).state
        except (InputRefused, PermissionDenied) as refused:
            return str(refused)
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", list(STATE_WORDS))
def test_every_step_by_everybody(cast: Cast, report: int, state: str) -> None:
    brought_to(cast, report, state)
    before = ReportStep.objects.count()
    found = {(act, who): tried(cast, who, report, act) for act in WORDS for who in PEOPLE}
    assert found == {(act, who): expected(state, act, who) for act in WORDS for who in PEOPLE}
    assert ReportStep.objects.count() == before
    for who in PEOPLE[:7]:
        detail = report_queries.detail(getattr(cast, who), report)
        assert detail is not None
        offered = {each.step.act for each in detail.steps if not each.refused}
        assert offered == {act for act in WORDS if who in WHO_MAY[act] and (state, act) in LEADS_TO}


def test_a_step_that_does_not_exist(cast: Cast, report: int) -> None:
    with pytest.raises(InputRefused, match="没有“burn”这一步"):
        steps.take_step(cast.officer, report, "burn")


# --- four eyes --------------------------------------------------------------------------------------------------------


def also(cast: Cast, username: str, role: str) -> None:
    orgs.grant_role(cast.security, username=username, role=role, body=KJJ, since=SINCE, until=None)


def test_one_who_submitted_neither_reviews_nor_approves(cast: Cast, report: int) -> None:
    also(cast, "officer", "section_head")
    also(cast, "officer", "leader")
    step(cast, "officer", report, "submit")
    reason = "您办理了这份报告的提交审核，{}须由另一人办理"
    assert tried(cast, "officer", report, "pass_review") == reason.format("审核通过")
    step(cast, "head", report, "pass_review")
    assert tried(cast, "officer", report, "approve") == reason.format("批准")
    detail = report_queries.detail(cast.officer, report)
    assert detail is not None
    assert {each.step.act: each.refused for each in detail.steps} == {
        "return_": "", "approve": reason.format("批准"), "register_paper_approval": "",
    }  # fmt: skip


def test_one_who_reviewed_does_not_approve(cast: Cast, report: int) -> None:
    also(cast, "head", "leader")
    step(cast, "officer", report, "submit")
    step(cast, "head", report, "pass_review")
    assert tried(cast, "head", report, "approve") == "您办理了这份报告的审核通过，批准须由另一人办理"
    step(cast, "leader", report, "return_")
    step(cast, "officer", report, "submit")
    step(cast, "adviser", report, "pass_review")  # a new round: another person reviewed the text
    assert tried(cast, "head", report, "approve") == "approved"


def test_the_days_work_lists_what_one_may_carry_on(cast: Cast, report: int) -> None:
    also(cast, "officer", "section_head")
    also(cast, "head", "leader")

    def waiting(who: str) -> list[tuple[int, str]]:
        return [(row.year, each.act) for row, each in report_queries.awaiting(getattr(cast, who))]

    assert (waiting("officer"), waiting("head")) == ([(2024, "submit")], [])
    step(cast, "officer", report, "submit")
    assert (waiting("officer"), waiting("head"), waiting("leader")) == ([], [(2024, "pass_review")], [])
    step(cast, "head", report, "pass_review")
    assert (waiting("head"), waiting("leader"), waiting("office")) == ([], [(2024, "approve")], [])
    step(cast, "leader", report, "approve")
    assert waiting("officer") == [(2024, "publish")]
    step(cast, "officer", report, "publish")
    assert waiting("officer") == []


# --- what each step needs ---------------------------------------------------------------------------------------------


def test_a_return_needs_reasons_and_frees_the_figures(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    assert tried(cast, "leader", report, "return_", reasons="  ") == "退回理由：没有填写；应为必填"
    assert tried(cast, "leader", report, "return_", reasons="理" * 2001) == "退回理由：有2001个字；应为不超过2000个字"
    assert "不能显示的字符（U+0000）" in tried(cast, "leader", report, "return_", reasons="不\x00实")
    assert FrozenMember.objects.filter(report=report).count() > 0
    step(cast, "leader", report, "return_", reasons="表二漏计")
    found = AnnualReport.objects.get(pk=report)
    assert (found.state, found.tables, found.as_of, found.frozen_at) == ("drafting", None, None, None)
    assert FrozenMember.objects.filter(report=report).count() == 0
    detail = report_queries.detail(cast.officer, report)
    assert detail is not None
    assert [(each.act_word, each.by, each.reasons) for each in detail.history] == [
        ("提交审核", "officer", ""), ("审核通过", "head", ""), ("退回修改", "leader", "表二漏计"),
    ]  # fmt: skip
    [entry] = journal.entries(kind="report.return").rows
    assert entry.facts == {"version": 1, "before": "frozen", "after": "drafting", "reasons": "表二漏计"}
    drafting.write_part(cast.officer, report, "lead", "重写。")


def test_a_year_that_is_not_over_is_not_submitted(cast: Cast) -> None:
    year = clock.today().year
    report = drafting.start(cast.officer, KJJ, year)
    written(cast, report)
    statements.state(cast.officer, KJJ, year, "licences", "decisions", 1, "台账")
    assert tried(cast, "officer", report, "submit") == f"提交审核：{year}年还没有结束；应为{year + 1}年1月1日以后"


def test_a_draft_with_gaps_is_not_submitted(cast: Cast, tmp_path: Path) -> None:
    ledgers(cast, tmp_path)
    report = drafting.start(cast.officer, KJJ, YEAR)
    said = tried(cast, "officer", report, "submit")
    assert said.split("\n") == [
        f"{part}：还有【请填写】没有填完；应为补齐或者删去"
        for part in ("主动公开", "政府信息管理", "政府信息公开平台建设", "监督保障", "存在的主要问题及改进情况",
                     "其他需要报告的事项")
    ]  # fmt: skip


def test_nothing_stated_and_zeros_not_confirmed(cast: Cast, report: int) -> None:
    assert tried(cast, "officer", report, "submit", confirm_zero="") == (
        "表二：有2格没有登记，按0计；应为确认后勾选，或者补登"
    )
    for row, column in (("coercive", "decisions"), ("fees", "amount")):
        statements.state(cast.officer, KJJ, YEAR, row, column, "0" if row == "fees" else 0, "台账")
    assert tried(cast, "officer", report, "submit", confirm_zero="") == "in_review"


def test_a_ledger_never_kept_is_not_nought(cast: Cast) -> None:
    report = drafting.start(cast.officer, KJJ, YEAR)
    written(cast, report)
    assert tried(cast, "officer", report, "submit") == (
        "表二：本年度数据一格也没有登记；应为先在“年度数据”里登记，没有的登记为0"
    )


def test_what_was_withdrawn_after_submission_is_not_frozen_blank(cast: Cast) -> None:
    report = drafting.start(cast.officer, KJJ, YEAR)
    written(cast, report)
    statements.state(cast.officer, KJJ, YEAR, "licences", "decisions", 1, "台账")
    step(cast, "officer", report, "submit")
    Statement.objects.update(replaced_at=clock.now())
    assert "一格也没有登记" in tried(cast, "head", report, "pass_review")


# --- approval on paper ------------------------------------------------------------------------------------------------

PAPER = FIELDS["register_paper_approval"]


@pytest.mark.parametrize(
    ("fields", "scan", "said"),
    [
        ({}, None, "签批件扫描件：没有填写；应为必填"),
        ({}, b"", "签批件扫描件：没有填写；应为必填"),
        ({}, b"MZ executable", "签批件扫描件：不是扫描件的格式；应为PDF、JPG或PNG文件"),
        ({}, PDF + b"x" * 20 * 1024 * 1024, "签批件扫描件：超过20兆字节；应为小一些的文件"),
        ({"approver": ""}, PDF, "批准人姓名：没有填写；应为必填"),
        ({"approver": "officer"}, PDF, "批准人姓名：“officer”参与了提交、审核或者登记；应为另一人"),
        ({"approver": " head"}, PDF, "批准人姓名：“head”参与了提交、审核或者登记；应为另一人"),
        ({"approver": "of　ficer"}, PDF, "批准人姓名：“officer”参与了提交、审核或者登记；应为另一人"),
        ({"approver": "名" * 81}, PDF, "批准人姓名：有81个字；应为不超过80个字"),
        ({"approved_on": "一月二十日"}, PDF, "批准日期：“一月二十日”不是日期；应为日期，如 2026-01-20"),
        ({"approved_on": "tomorrow"}, PDF, "批准日期：“tomorrow”不是日期；应为日期，如 2026-01-20"),
        ({"approved_on": "2025-02-30"}, PDF, "批准日期：“2025-02-30”不是日期；应为日期，如 2026-01-20"),
    ],
)
def test_a_paper_approval_that_is_none(
    cast: Cast, report: int, fields: dict[str, str], scan: bytes | None, said: str
) -> None:
    brought_to(cast, report, "frozen")
    with pytest.raises(InputRefused) as refused:
        steps.take_step(cast.officer, report, "register_paper_approval", {**PAPER, **fields}, scan)
    assert str(refused.value) == said
    assert AnnualReport.objects.get(pk=report).state == "frozen"


def test_nobody_approved_tomorrow(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    said = tried(cast, "officer", report, "register_paper_approval", approved_on=tomorrow)
    assert said == "批准日期：还没有到；应为今天或以前的日子"


def test_all_that_is_wrong_is_told_at_once(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    with pytest.raises(InputRefused) as refused:
        steps.take_step(cast.officer, report, "register_paper_approval")
    assert [each.place for each in refused.value.faults] == ["批准人姓名", "批准日期", "签批件扫描件"]


@pytest.mark.parametrize("scan", [PDF, b"\xff\xd8\xff\xe0 photograph", b"\x89PNG\r\n\x1a\n picture"])
def test_a_paper_approval_is_kept_with_its_scan(cast: Cast, report: int, scan: bytes) -> None:
    brought_to(cast, report, "frozen")
    steps.take_step(cast.officer, report, "register_paper_approval", PAPER, scan)
    found = AnnualReport.objects.get(pk=report)
    assert (found.state, found.paper_approver, found.approved_on and found.approved_on.isoformat()) == (
        "approved", "陈明远", "2025-01-20",
    )  # fmt: skip
    assert found.scan == hashlib.sha256(scan).hexdigest()
    assert drafting.stored(found.scan).read_bytes() == scan
    [entry] = journal.entries(kind="report.register_paper_approval").rows
    assert entry.facts["approver"] == "陈明远"


# --- publication and correction ---------------------------------------------------------------------------------------


def test_nothing_is_public_before_it_is_published(cast: Cast, report: int) -> None:
    for state in ("drafting", "in_review", "frozen", "approved"):
        brought_to(cast, report, "drafting")
        AnnualReport.objects.filter(pk=report).update(state=state)
        assert public.reports_of(KJJ) == ()
        assert public.latest() == ()
        assert public.report_of(KJJ, YEAR) is None
        assert public.series(KJJ) == ()


def test_the_files_of_a_publication_are_those_of_the_journal(cast: Cast, report: int) -> None:
    brought_to(cast, report, "published")
    found = AnnualReport.objects.get(pk=report)
    assert sorted(found.files) == ["csv", "docx", "json", "pdf", "xlsx"]
    for digest in found.files.values():
        assert hashlib.sha256(drafting.stored(digest).read_bytes()).hexdigest() == digest
    [entry] = journal.entries(kind="report.publish").rows
    assert entry.facts == {
        "version": 1, "before": "approved", "after": "published", "files": found.files, "supersedes": [],
    }  # fmt: skip
    told = json.loads(drafting.stored(found.files["json"]).read_bytes())
    assert (told["agency"], told["year"], told["tables"]["requests"]["new"]["total"]) == ("青澜县科学技术局", 2024, 6)
    assert not list(drafting.stored("0" * 64).parent.parent.glob("*/tmp*"))  # nothing half written is left lying


def test_a_correction_stands_beside_the_published_version_until_it_is_published(cast: Cast, report: int) -> None:
    brought_to(cast, report, "published")
    statements.state(cast.officer, KJJ, YEAR, "licences", "decisions", 14, "许可台账（核对后）")
    second = step(cast, "officer", report, "correct")
    made = AnnualReport.objects.get(pk=second)
    assert (made.version, made.state, made.note, made.tables) == (2, "drafting", FIELDS["correct"]["note"], None)
    rows = {each.version: each.days_left for each in report_queries.drafts(cast.officer)[0]}
    assert rows == {1: None, 2: None}  # published once, nothing is late
    shown = public.report_of(KJJ, YEAR)
    assert shown is not None
    assert shown.report.tables["proactive"]["licences"]["decisions"] == 12
    assert (shown.row.corrected, shown.corrections) == (False, ())
    assert tried(cast, "officer", report, "correct") == "更正：新的一版已经在起草；应为打开新的一版"

    drafting.refresh_numbers(cast.officer, second, "proactive")
    brought_to(cast, second, "approved")
    assert public.report_of(KJJ, YEAR) == shown
    step(cast, "officer", second, "publish")
    first = AnnualReport.objects.get(pk=report)
    assert (first.state, first.superseded_at is not None) == ("superseded", True)
    shown = public.report_of(KJJ, YEAR)
    assert shown is not None
    assert shown.report.tables["proactive"]["licences"]["decisions"] == 14
    assert "行政许可处理决定14件" in str(shown.report.narrative.overview["proactive"])
    assert [(each.version, each.note) for each in shown.corrections] == [(2, FIELDS["correct"]["note"])]
    assert [(each.year, each.corrected) for each in public.reports_of(KJJ)] == [(2024, True)]
    assert journal.entries(kind="report.publish").rows[0].facts["supersedes"] == [1]
    detail = report_queries.detail(cast.officer, second)
    assert detail is not None
    assert [each.act_word for each in detail.history] == [
        "提交审核", "审核通过", "批准", "公布", "更正", "提交审核", "审核通过", "批准", "公布",
    ]  # fmt: skip


def test_what_a_local_profile_asked_goes_on_into_the_correction(cast: Cast, report: int) -> None:
    brought_to(cast, report, "published")
    AnnualReport.objects.filter(pk=report).update(extra_rows={"staff": {"count": 3}})
    second = step(cast, "officer", report, "correct")
    assert AnnualReport.objects.get(pk=second).extra_rows == {"staff": {"count": 3}}


def test_a_correction_says_publicly_what_and_why(cast: Cast, report: int) -> None:
    brought_to(cast, report, "published")
    said = tried(cast, "officer", report, "correct", note=" ")
    assert said == "更正说明（公开：改了什么、为什么）：没有填写；应为必填"
    assert "有2001个字" in tried(cast, "officer", report, "correct", note="因" * 2001)


def test_every_act_is_in_the_journal_and_the_journal_holds(cast: Cast, report: int) -> None:
    brought_to(cast, report, "superseded")
    told = journal.entries(stream=f"report:{KJJ}:2024", size=200).rows[::-1]
    kinds = [(each.kind, each.actor, each.facts["version"]) for each in told if each.kind != "report.written"]
    assert kinds == [
        ("report.started", "officer", 1), ("report.submit", "officer", 1), ("report.pass_review", "head", 1),
        ("report.approve", "leader", 1), ("report.publish", "officer", 1), ("report.started", "officer", 2),
        ("report.correct", "officer", 1), ("report.submit", "officer", 2), ("report.pass_review", "head", 2),
        ("report.approve", "leader", 2), ("report.publish", "officer", 2),
    ]  # fmt: skip
    ledger.sign_checkpoint()
    assert journal.verify().faults == ()


def test_the_step_is_undone_as_a_whole_where_its_files_cannot_be_made(
    cast: Cast, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_to(cast, report, "approved")

    def full(data: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(steps, "keep_file", full)
    with pytest.raises(OSError, match="No space"):
        step(cast, "officer", report, "publish")
    assert AnnualReport.objects.get(pk=report).state == "approved"
    assert journal.entries(kind="report.publish").rows == ()
    assert public.report_of(KJJ, YEAR) is None
