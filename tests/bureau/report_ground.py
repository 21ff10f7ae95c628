"""A bureau's ledgers of 2024, small enough to count by hand, and its report brought to any state.

New in 2024: K-2 K-4 K-6 K-7 from natural persons, K-3 from a business, K-5 from another organisation: 6.
Carried in: K-1. Concluded: K-1 K-2 granted, K-3 partial, K-4 petition, K-5 not held, K-7 other: 6. Carried out: K-6.
K-8 was never confirmed and stands in no figure.
"""

from __future__ import annotations

import re
from pathlib import Path

from bureau_cast import Cast
from ledger_files import case, load, replied, save

from gongkai.bureau.annual import drafting, statements, steps
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.publishing import services as publishing
from gongkai.bureau.remedies import exchange as remedies

KJJ = "qinglan-kjj"
YEAR = 2024
PDF = b"%PDF-1.7 signed by hand"
FIELDS = {
    "return_": {"reasons": "表二与台账不符"},
    "register_paper_approval": {"approver": "陈明远", "approved_on": "2025-01-20"},
    "correct": {"note": "行政许可处理决定数量漏计2件，更正为14件"},
    "submit": {"confirm_zero": "1"},
}
"""What each step needs besides the press of its button."""

FILLED = "按规定办理"


def ledgers(cast: Cast, folder: Path) -> None:
    load(
        folder,
        case("K-1", "2023-12-20", replied("2024-01-10"), agency=KJJ),
        case("K-2", "2024-03-04", replied("2024-03-20"), agency=KJJ),
        case("K-3", "2024-05-06", replied("2024-05-20", "partial"), agency=KJJ, kind="business"),
        case("K-4", "2024-06-03", replied("2024-06-20", "not_processed.petition"), agency=KJJ),
        case("K-5", "2024-09-02", replied("2024-09-12", "unavailable.not_held"), agency=KJJ, kind="other_org"),
        case("K-6", "2024-12-25", replied("2025-01-10"), agency=KJJ),
        case("K-7", "2024-07-01", replied("2024-07-10", "other.other"), agency=KJJ),
        case("K-8", None, agency=KJJ, submitted="2024-08-01"),
    )
    remedies.import_remedies(
        save(
            folder / "remedies.jsonl",
            {"number": "R-1", "agency": KJJ, "case": "K-4", "kind": "reconsideration", "accepted_on": "2024-07-08",
             "closed_on": "2024-09-02", "result": "upheld"},
            {"number": "R-2", "agency": KJJ, "case": None, "kind": "reconsideration", "accepted_on": "2024-11-05"},
            {"number": "R-3", "agency": KJJ, "case": None, "kind": "litigation_direct", "accepted_on": "2024-10-08"},
        )
    )  # fmt: skip
    statements.state(cast.officer, KJJ, YEAR, "licences", "decisions", 12, "许可台账（2024年）")
    for name, decisions in (("未按规定汇交科技报告", 3), ("骗取科技资金", 4)):
        statements.add_line(
            cast.officer, KJJ, YEAR, "penalties", name=name, decisions=decisions, evidence="处罚决定书目录"
        )
    for number, formed in (("1", "2024-02-01"), ("2", "2024-06-03"), ("0", "2023-06-01")):
        publishing.enter(
            cast.officer,
            {"source_id": f"D-{number}", "agency": KJJ, "column": "政策文件", "title": f"第{number}号办法",
             "genre": "行政规范性文件", "formed_on": formed, "published_on": formed, "body_text": "正文",
             "document_number": f"青科发〔{formed[:4]}〕{number}号"},
        )  # fmt: skip


def written(cast: Cast, report: int) -> None:
    """Every gap of the draft filled."""
    for part, passage in AnnualReport.objects.get(pk=report).passages.items():
        text = re.sub(r"【请填写：[^】]*】", FILLED, passage["text"])
        drafting.write_part(cast.officer, report, part, text, seen=passage["text"])


def drafted(cast: Cast, folder: Path) -> int:
    """The ledgers, and the report drafted from them without gaps."""
    ledgers(cast, folder)
    report = drafting.start(cast.officer, KJJ, YEAR)
    written(cast, report)
    return report


def step(cast: Cast, who: str, report: int, act: str, **fields: str) -> int:
    scan = PDF if act == "register_paper_approval" else None
    return steps.take_step(getattr(cast, who), report, act, {**FIELDS.get(act, {}), **fields}, scan)


WAY = (
    ("in_review", "officer", "submit"),
    ("frozen", "head", "pass_review"),
    ("approved", "leader", "approve"),
    ("published", "officer", "publish"),
)


def brought_to(cast: Cast, report: int, state: str) -> int:
    """The report taken step by step to a state; `superseded` by a second version that is published."""
    if state == "drafting":
        return report
    for reached, who, act in WAY:
        step(cast, who, report, act)
        if reached == state:
            return report
    assert state == "superseded"
    second = step(cast, "officer", report, "correct")
    brought_to(cast, second, "published")
    return report
