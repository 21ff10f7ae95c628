"""Two people press at the same moment: one succeeds, the other is told, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from at_once import at_once
from bureau_cast import Cast
from report_ground import FIELDS, FILLED, KJJ, YEAR, brought_to, drafted, ledgers

from gongkai.bureau.annual import drafting, steps
from gongkai.bureau.annual.models import AnnualReport, Certificate, FrozenMember, ReportStep
from gongkai.bureau.orgs.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def taking(username: str, report: int, act: str) -> Callable[[], object]:
    return lambda: steps.take_step(Person.objects.get(username=username), report, act, FIELDS.get(act, {}))


@pytest.mark.parametrize(
    ("state", "first", "second", "reason"),
    [
        ("drafting", ("officer", "submit"), ("officer", "submit"),
         "提交审核：报告现在是“审核中”，“起草”时才能提交审核"),
        ("in_review", ("head", "pass_review"), ("adviser", "pass_review"),
         "审核通过：报告现在是“已冻结待批准”，“审核中”时才能审核通过"),
        ("approved", ("officer", "publish"), ("officer", "publish"),
         "公布：报告现在是“已公布”，“已批准”时才能公布"),
        ("published", ("officer", "correct"), ("officer", "correct"),
         "更正：新的一版已经在起草；应为打开新的一版"),
    ],
)  # fmt: skip
def test_of_two_who_press_at_once_one_succeeds(
    cast: Cast, tmp_path: Path, state: str, first: tuple[str, str], second: tuple[str, str], reason: str
) -> None:
    report = drafted(cast, tmp_path)
    brought_to(cast, report, state)
    before = ReportStep.objects.count()
    assert at_once(taking(first[0], report, first[1]), taking(second[0], report, second[1])) == ["done", reason]
    assert ReportStep.objects.count() == before + 1
    assert AnnualReport.objects.count() == (2 if state == "published" else 1)


def test_approved_and_returned_at_once_is_one_of_the_two(cast: Cast, tmp_path: Path) -> None:
    report = drafted(cast, tmp_path)
    brought_to(cast, report, "frozen")
    told = at_once(taking("leader", report, "approve"), taking("head", report, "return_"))
    state = AnnualReport.objects.get(pk=report).state
    assert told[0] == "done"
    assert told[1] in {
        "approved": "退回修改：报告现在是“已批准”，“审核中”、“已冻结待批准”时才能退回修改",
        "drafting": "批准：报告现在是“起草”，“已冻结待批准”时才能批准",
    }[state]  # fmt: skip
    assert (FrozenMember.objects.count() > 0) is (state == "approved")


def test_two_who_open_the_same_year_at_once(cast: Cast) -> None:
    def opening() -> object:
        return drafting.start(Person.objects.get(username="officer"), KJJ, YEAR)

    assert at_once(opening, opening) == [
        "done", "报告年度：2024年度的报告已经有了；应为打开已有的报告；已公布的办理更正",
    ]  # fmt: skip


def test_writing_and_submitting_at_once_loses_no_word(cast: Cast, tmp_path: Path) -> None:
    report = drafted(cast, tmp_path)

    def writing() -> object:
        return drafting.write_part(Person.objects.get(username="officer"), report, "lead", "改过的开头。")

    told = at_once(writing, taking("officer", report, "submit"))
    found = AnnualReport.objects.get(pk=report)
    assert found.state == "in_review"
    assert (found.passages["lead"]["text"] == "改过的开头。") is (told == ["done", "done"])
    assert told[1] in ("done", "报告：现在是“审核中”，不能修改正文；应为退回修改，或者公布后更正")
    assert FILLED in found.passages["management"]["text"]


def test_one_certificate_however_many_ask_for_it(cast: Cast, tmp_path: Path) -> None:
    from gongkai.bureau.annual import certificates

    ledgers(cast, tmp_path)

    def certifying() -> Any:
        return certificates.certify(Person.objects.get(username="officer"), KJJ, YEAR)

    assert at_once(certifying, certifying, certifying) == ["done"] * 3
    assert Certificate.objects.count() == 1
