"""What `gongkai verify` finds in the ledgers behind the report that are no requests."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from bureau_cast import Cast
from case_ground import today
from tampering import tamper

from gongkai.bureau.annual import exchange as annual_exchange
from gongkai.bureau.annual import statements
from gongkai.bureau.ledger import derived
from gongkai.bureau.publishing import exchange as publishing_exchange
from gongkai.bureau.publishing import reviewing
from gongkai.bureau.publishing import services as publishing
from gongkai.bureau.remedies import exchange as remedies_exchange
from gongkai.bureau.remedies import services as remedies

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BODY = "qinglan-kjj"
ITEM: dict[str, object] = {
    "source_id": "a", "agency": BODY, "column": "通知公告", "title": "关于印发办法的通知",
    "published_on": "2025-03-03", "body_text": "全文", "attachments": [],
}  # fmt: skip
REMEDY: dict[str, object] = {
    "number": "复议1", "agency": BODY, "case": None, "kind": "reconsideration", "accepted_on": "2025-03-03",
}  # fmt: skip
STATEMENT: dict[str, object] = {
    "agency": BODY, "year": 2025, "row": "licences", "column": "decisions", "value": 7, "evidence": "x",
}  # fmt: skip


@pytest.fixture
def filled(cast: Cast, tmp_path: Path, settings: object) -> Cast:
    """One of each entered by hand, and one imported."""
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
    (tmp_path / "a.txt").write_text("附件", encoding="utf-8")
    for name, records in (
        ("items", [{**ITEM, "source_id": "b", "attachments": ["a.txt"]}, {**ITEM, "source_id": "c"}]),
        ("remedies", [{**REMEDY, "number": "复议2", "closed_on": "2025-05-06", "result": "upheld"}]),
        ("statements", [STATEMENT]),
    ):  # fmt: skip
        (tmp_path / name).write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")
    publishing_exchange.import_items(tmp_path / "items")
    remedies_exchange.import_remedies(tmp_path / "remedies")
    annual_exchange.import_statements(tmp_path / "statements")
    made = publishing.enter(cast.officer, {key: value for key, value in ITEM.items() if key != "attachments"})
    reviewing.conclude(cast.reviewer, made, conclusion="public", ground="不涉密")
    pending = remedies.enter(cast.officer, REMEDY, evidence="受理通知书")
    remedies.close(
        cast.officer, pending, closed_on="2025-06-03", result="corrected", decision="决定书", evidence="决定书"
    )
    for value in (3, 4):
        statements.state(cast.officer, BODY, 2025, "penalties", "decisions", value, f"台账第{value}页")
    line = statements.add_line(
        cast.officer, BODY, 2024, "licences", name="许可一项", reference="目录1", decisions=1, evidence="目录"
    )
    statements.withdraw_line(cast.officer, line, because="重复")
    statements.record_work(
        cast.officer, BODY, "training", on=today() - timedelta(days=9), title="培训", people=30, evidence="签到表"
    )
    return cast


def faults() -> list[str]:
    return [fault for outcome in derived.run_all() for fault in outcome.faults]


def test_what_nobody_touched_agrees(filled: Cast) -> None:
    assert faults() == []
    checked = {outcome.name: outcome.checked for outcome in derived.run_all()}
    assert {name: checked[name] for name in (
        "annual.lines", "annual.statements", "annual.work", "publishing.files", "publishing.items", "remedies",
    )} == {"annual.lines": 1, "annual.statements": 2, "annual.work": 1, "publishing.files": 1, "publishing.items": 4,
           "remedies": 2}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "sql", "said"),
    [
        ("publishing_item", "UPDATE publishing_item SET body_text = '改' WHERE source_id = 'a'", "被改过"),
        ("publishing_item", "UPDATE publishing_item SET published_on = '2024-03-03' WHERE source_id = 'b'", "被改过"),
        ("publishing_item", "DELETE FROM publishing_item WHERE source_id = 'c'", "与导入时不符"),
        ("publishing_item", "UPDATE publishing_item SET legacy = NOT legacy WHERE source_id = 'b'", "门户上公开"),
        ("remedies_remedy", "UPDATE remedies_remedy SET result = 'upheld' WHERE number = '复议1'", "结果与日志"),
        ("remedies_remedy", "UPDATE remedies_remedy SET result = 'other' WHERE number = '复议2'", "结果与日志"),
        ("remedies_remedy", "UPDATE remedies_remedy SET closed_year = 2024 WHERE number = '复议2'", "计入的年度"),
        ("remedies_remedy", "DELETE FROM remedies_remedy WHERE number = '复议2'", "日志里有，登记里不见了"),
        ("annual_statement", "UPDATE annual_statement SET value = '5' WHERE value = '4'", "“4”不符"),
        ("annual_statement", "UPDATE annual_statement SET value = '8' WHERE value = '7'", "“7”不符"),
        ("annual_statementline", "UPDATE annual_statementline SET decisions = 0", "内容与日志所记的不符"),
        ("annual_statementline", "UPDATE annual_statementline SET withdrawn_at = NULL", "日志里已经撤下"),
        ("annual_workrecord", "UPDATE annual_workrecord SET people = 300", "内容与日志所记的不符"),
        ("annual_workrecord", "DELETE FROM annual_workrecord", "日志里有，登记里不见了"),
    ],
)  # fmt: skip
def test_a_row_changed_behind_the_platform_is_named(table: str, sql: str, said: str, filled: Cast) -> None:
    tamper(sql, table=table)
    assert any(said in fault for fault in faults()), faults()


def test_a_file_changed_behind_the_platform_is_named(filled: Cast, tmp_path: Path) -> None:
    [file] = [each for each in (tmp_path / "files" / "items").rglob("*") if each.is_file()]
    file.write_text("别的", encoding="utf-8")
    assert faults() == ["“关于印发办法的通知”的附件a.txt：内容与摘要不符，被改过"]
