"""What `gongkai verify` finds when somebody has been at the database or the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bureau_cast import Cast
from django.conf import settings
from django.db import connection

from gongkai.bureau.annual import certificates, drafting, statements, steps
from gongkai.bureau.annual.models import AnnualReport, Certificate
from gongkai.bureau.casework import exchange, services
from gongkai.bureau.casework.models import Identity, Request
from gongkai.bureau.ledger import derived
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.ledger.models import Checkpoint
from gongkai.bureau.ledger.queries import verify
from gongkai.statute.primitives import InputRefused

TRIGGERS = ("update", "delete")


def faults() -> list[str]:
    return [fault for outcome in derived.run_all() for fault in outcome.faults]


def tamper(sql: str) -> None:
    """As somebody with the database's password would, the triggers taken off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE casework_requestevent DISABLE TRIGGER USER")
            cursor.execute(sql)
            cursor.execute("ALTER TABLE casework_requestevent ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql)
        for _, text in triggers:
            cursor.execute(text)


def registered(cast: Cast) -> int:
    request = services.register(
        cast.officer, body="qinglan-kjj", number="KJJ-2025-0001", applicant_kind="natural_person",
        names=("江一诺", None, None), subject="项目清单", channel="in_person",
        events=[{"kind": "submitted", "on": "2025-03-03"}], evidence="登记表",
    )  # fmt: skip
    replied = {"kind": "replied", "on": "2025-03-20", "outcome": "granted"}
    services.append(cast.officer, request, replied, evidence="答复书", approved_by="程望舒")
    return request


def published(cast: Cast) -> AnnualReport:
    registered(cast)
    statements.state(cast.officer, "qinglan-kjj", 2025, "licences", "decisions", 3, "台账")
    report = drafting.start(cast.officer, "qinglan-kjj", 2025)
    for part in list(AnnualReport.objects.get(pk=report).passages):
        drafting.write_part(cast.officer, report, part, "按规定办理。")
    steps.take_step(cast.officer, report, "submit", {"confirm_zero": "1"})
    steps.take_step(cast.head, report, "pass_review")
    steps.take_step(cast.leader, report, "approve")
    steps.take_step(cast.officer, report, "publish")
    return AnnualReport.objects.get(pk=report)


def test_what_nobody_touched_agrees(cast: Cast) -> None:
    published(cast)
    assert faults() == []
    assert {each.name: each.checked for each in derived.run_all()}["casework.requests"] == 1


def test_a_projection_that_was_changed_is_named(cast: Cast) -> None:
    Request.objects.filter(pk=registered(cast)).update(outcome="partial")
    assert faults() == ["青澜县科学技术局申请KJJ-2025-0001：办理结果与事件推算的不符"]


def test_an_event_that_was_rewritten_is_named(cast: Cast) -> None:
    registered(cast)
    tamper("UPDATE casework_requestevent SET fields = replace(fields, '2025-03-20', '2025-03-18') WHERE position = 1")
    assert faults() == ["青澜县科学技术局申请KJJ-2025-0001：第2个事件的内容与摘要不符，被改过"]


def test_an_event_that_is_gone_is_named(cast: Cast) -> None:
    registered(cast)
    tamper("DELETE FROM casework_requestevent WHERE position = 1")
    assert faults() == ["青澜县科学技术局申请KJJ-2025-0001：登记有2个事件，实有1个"]


def test_a_header_that_was_changed_is_named(cast: Cast) -> None:
    Request.objects.filter(pk=registered(cast)).update(subject="别的内容")
    assert faults() == ["青澜县科学技术局申请KJJ-2025-0001：第1个事件的内容与摘要不符，被改过"]


def test_an_import_vouches_for_its_events(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    case = {
        "number": "A-1", "agency": "qinglan-kjj", "applicant": {"kind": "business"}, "subject": "清单",
        "channel": "in_person", "events": [{"kind": "submitted", "on": "2025-03-03"}],
    }  # fmt: skip
    file.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
    exchange.import_cases(file)
    assert faults() == []
    tamper("UPDATE casework_requestevent SET digest = 'x'")
    assert any(fault.startswith("第") and "与导入时的摘要不符" in fault for fault in faults())


@pytest.mark.parametrize("to", ["docx", "pdf", "xlsx"])
def test_a_published_file_that_was_changed_or_lost_is_named(cast: Cast, to: str) -> None:
    report = published(cast)
    path = drafting.stored(report.files[to])
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    name = f"青澜县科学技术局2025年年度报告（第1版）的{to}文件"
    assert faults() == [f"{name}：内容与摘要不符，被改过"]
    path.unlink()
    assert faults() == [f"{name}：文件不见了"]


def test_a_frozen_figure_without_its_records_is_named(cast: Cast) -> None:
    report = published(cast)
    report.members.filter(ledger="request").delete()
    assert "青澜县科学技术局2025年年度报告（第1版） requests.granted.total：冻结的数是1，背后的记录有0条" in faults()


def test_a_certificate_that_was_changed_is_named(cast: Cast) -> None:
    registered(cast)
    certificates.certify(cast.officer, "qinglan-kjj", 2024)
    Certificate.objects.update(lines='{"carried_out":[]}')
    assert faults() == ["青澜县科学技术局2024年结转证明：内容与散列不符"]


def test_a_certificate_cut_from_its_chain_is_named(cast: Cast) -> None:
    registered(cast)
    certificates.certify(cast.officer, "qinglan-kjj", 2024)
    certificates.certify(cast.officer, "qinglan-kjj", 2025)
    assert faults() == []
    Certificate.objects.filter(year=2024).delete()
    assert faults() == ["青澜县科学技术局2025年结转证明：接不上上一年的证明"]


def test_a_checkpoint_of_another_key_is_named(cast: Cast) -> None:
    ledger.sign_checkpoint()
    assert verify().faults == ()
    day = Checkpoint.objects.get().day
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_checkpoint DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER ledger_checkpoint_no_update")
        cursor.execute("UPDATE ledger_checkpoint SET public_key = %s", ["0" * 64])
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_checkpoint ENABLE TRIGGER USER")
        else:
            cursor.execute(
                "CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
    assert [(each.stream, each.wrong) for each in verify().faults] == [(f"检查点 {day}", "不是本安装的密钥签的")]
    assert settings.HOME


def test_an_identity_that_cannot_be_opened_is_told_and_not_a_traceback(cast: Cast) -> None:
    request = registered(cast)
    assert services.unmask(cast.officer, request, because="邮寄答复书") == ("江一诺", None, None)
    Identity.objects.filter(request_id=request).update(sealed=b"0" * 60)
    with pytest.raises(InputRefused, match="身份密钥"):
        services.unmask(cast.officer, request, because="邮寄答复书")
