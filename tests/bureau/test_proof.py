"""The journal and what follows from it, really tampered with: raw SQL, a key of one's own, a byte in a file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from bureau_cast import Cast
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection
from tampering import tamper

from gongkai.bureau.annual import services as annual
from gongkai.bureau.annual.models import KeptCheck
from gongkai.bureau.jobs.services import run_job
from gongkai.bureau.ledger import checkpoints, derived, queries, services
from gongkai.bureau.ledger.models import Checkpoint, Entry, Stream
from gongkai.bureau.orgs import services as orgs
from gongkai.bureau.orgs.models import Assignment, Body, CalendarNotice, Person
from gongkai.documents.annual_report.render import render
from gongkai.documents.annual_report.specimens import specimen
from gongkai.statute.primitives import InputRefused

STREAM = "body:qinglan"


def write(number: int, stream: str = STREAM) -> None:
    for each in range(number):
        services.append(stream, "note.made", actor=services.SYSTEM, body="qinglan", facts={"name": f"第{each}次"})


def told() -> list[tuple[str, int, str]]:
    return [(each.stream, each.sequence, each.wrong) for each in queries.verify().faults]


def derived_faults() -> list[str]:
    return [fault for outcome in derived.run_all() for fault in outcome.faults]


# --- the chain --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "xitong"),
        ("actor_name", "别人"),
        ("body", "qinglan-kjj"),
        ("kind", "role.granted"),
        ("facts", '{"name":"别的"}'),
        ("at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_no_column_of_an_entry_can_be_changed_unseen(column: str, value: str) -> None:
    write(3)
    tamper(f"UPDATE ledger_entry SET {column} = %s WHERE sequence = 2", [value])
    assert told() == [(STREAM, 2, "内容与摘要不符，被改过")]


@pytest.mark.django_db
def test_two_entries_that_changed_places_are_both_named() -> None:
    write(3)
    tamper("UPDATE ledger_entry SET sequence = 99 WHERE sequence = 2")
    tamper("UPDATE ledger_entry SET sequence = 2 WHERE sequence = 3")
    tamper("UPDATE ledger_entry SET sequence = 3 WHERE sequence = 99")
    assert {(sequence, wrong) for _, sequence, wrong in told()} == {
        (2, "与前一条的摘要接不上"),
        (2, "内容与摘要不符，被改过"),
        (3, "与前一条的摘要接不上"),
        (3, "内容与摘要不符，被改过"),
    } | {(3, "流的登记与末条不符")}


@pytest.mark.django_db
def test_a_deleted_tail_is_missed_by_the_head_and_with_the_head_put_right_by_the_checkpoint() -> None:
    write(3)
    second = Entry.objects.get(sequence=2).digest
    services.sign_checkpoint()
    tamper("DELETE FROM ledger_entry WHERE sequence = 3")
    assert (STREAM, 3, "登记有3条，只剩2条") in told()
    Stream.objects.filter(name=STREAM).update(length=2, head=second)
    day = Checkpoint.objects.get().day
    assert told() == [(STREAM, 0, f"{day}签过的末条不在流中，流被重写过")]


@pytest.mark.django_db
def test_an_entry_moved_to_another_stream_is_named_in_both() -> None:
    write(2)
    write(1, "body:other")
    tamper("UPDATE ledger_entry SET stream = 'body:other', sequence = 2 WHERE stream = %s AND sequence = 2", [STREAM])
    assert told() == [
        ("body:other", 2, "与前一条的摘要接不上"),
        ("body:other", 2, "内容与摘要不符，被改过"),
        ("body:other", 2, "流的登记与末条不符"),
        (STREAM, 2, "登记有2条，只剩1条"),
    ]


@pytest.mark.django_db
def test_faults_are_told_as_they_are_found() -> None:
    write(3)
    tamper("UPDATE ledger_entry SET facts = '{}'")
    heard: list[int] = []
    queries.verify(lambda fault: heard.append(fault.sequence))
    assert heard == [1, 2, 3]


# --- checkpoints ------------------------------------------------------------------------------------------------------


def forge(key: Ed25519PrivateKey) -> None:
    """Sign the stored heads with a key of one's own, and let the row and the journal's entry say so."""
    stored = next(checkpoints.stored())
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    tamper(
        "UPDATE ledger_checkpoint SET public_key = %s, signature = %s",
        [public, key.sign(stored.text()).hex()],
        table="ledger_checkpoint",
    )


@pytest.mark.django_db
def test_a_checkpoint_truly_signed_by_another_key_is_refused() -> None:
    write(1)
    services.sign_checkpoint()
    day = Checkpoint.objects.get().day
    forge(Ed25519PrivateKey.generate())
    assert told() == [
        (f"检查点 {day}", 0, "不是本安装的密钥签的"),
        (f"检查点 {day}", 0, "与日志里签的不是同一个"),
    ]


@pytest.mark.django_db
def test_heads_changed_under_a_signature_are_named() -> None:
    write(1)
    services.sign_checkpoint()
    day = Checkpoint.objects.get().day
    tamper("UPDATE ledger_checkpoint SET heads = '{}'", table="ledger_checkpoint")
    assert told() == [(f"检查点 {day}", 0, "签名不符")]


@pytest.mark.django_db
def test_a_checkpoint_that_was_taken_away_is_missed() -> None:
    write(1)
    services.sign_checkpoint()
    day = Checkpoint.objects.get().day
    tamper("DELETE FROM ledger_checkpoint", table="ledger_checkpoint")
    assert told() == [(f"检查点 {day}", 0, "日志里签过，现在不见了")]


@pytest.mark.django_db
def test_a_lost_key_proves_nothing_and_is_not_replaced(tmp_path: Path, settings: object) -> None:
    write(1)
    services.sign_checkpoint()
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    assert [wrong for _, _, wrong in told()] == ["本安装的签名密钥不见了或读不了，无法核对"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_copy_kept_elsewhere_proves_even_a_journal_that_was_rewritten_whole() -> None:
    write(2)
    services.sign_checkpoint()
    copy = "\n".join(checkpoints.lines())
    day = Checkpoint.objects.get().day
    assert queries.verify(copies=checkpoints.parse(copy)).faults == ()
    tamper("DELETE FROM ledger_entry")
    tamper("DELETE FROM ledger_checkpoint", table="ledger_checkpoint")
    Stream.objects.all().delete()
    write(2)
    assert told() == []
    found = [(each.stream, each.wrong) for each in queries.verify(copies=checkpoints.parse(copy)).faults]
    assert found == [(STREAM, f"{day}签过的末条不在流中，流被重写过")]


@pytest.mark.django_db
def test_a_forged_copy_is_refused() -> None:
    write(1)
    services.sign_checkpoint()
    item = json.loads(next(checkpoints.lines()))
    forged = checkpoints.parse(json.dumps(item | {"last_entry": item["last_entry"] + 1}))
    assert [each.wrong for each in queries.verify(copies=forged).faults] == ["签名不符"]


@pytest.mark.parametrize("line", ["no", "[]", '{"day": "2026-01-01"}', '{"day": 1, "heads": "{}"}'])
def test_a_file_that_holds_no_checkpoints_says_which_line(line: str) -> None:
    with pytest.raises(InputRefused) as refused:
        checkpoints.parse(f"\n{line}\n")
    assert [each.place for each in refused.value.faults] == ["第2行"]


# --- triggers ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "trigger", "word"),
    [
        ("ledger_entry", "ledger_entry_no_update", "修改"),
        ("ledger_entry", "ledger_entry_no_delete", "删除"),
        ("ledger_checkpoint", "ledger_checkpoint_no_update", "修改"),
        ("casework_requestevent", "ledger_casework_requestevent_no_delete", "删除"),
    ],
)
def test_a_trigger_that_was_dropped_is_named(table: str, trigger: str, word: str) -> None:
    assert derived_faults() == []
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")
    assert derived_faults() == [f"表 {table}：拒绝{word}的触发器不见了或已停用"]


@pytest.mark.django_db
def test_a_trigger_that_stands_but_does_nothing_is_named() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_update")
        else:
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
            cursor.execute(
                "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry WHEN 0 "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
    assert derived_faults() == ["表 ledger_entry：拒绝修改的触发器不见了或已停用"]


@pytest.mark.django_db
def test_a_hollow_trigger_function_is_named_for_every_table() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("trigger functions are PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger AS $$ BEGIN RETURN NEW; END; $$ "
            "LANGUAGE plpgsql"
        )
    assert len(derived_faults()) == 10


# --- bodies, accounts, roles, notices ---------------------------------------------------------------------------------

TAMPERINGS: dict[str, tuple[Callable[[Cast], object], list[str]]] = {
    "a role given by one row": (
        lambda cast: Assignment.objects.create(
            person=cast.stranger, body=Body.objects.get(code="qinglan"), role="security_admin", since="2024-01-02"
        ),
        ["账号 stranger 在 qinglan 的安全保密管理员（2024-01-02起）：日志里没有授予"],
    ),
    "a role that reaches further": (
        lambda cast: Assignment.objects.filter(person=cast.office).update(
            body=Body.objects.get(code="qinglan-mzj"), since="2024-01-02"
        ),
        [
            "账号 office 在 qinglan-mzj 的政府信息公开工作主管部门（2024-01-02起）：日志里没有授予",
            "账号 office 在 qinglan 的政府信息公开工作主管部门：日志里有，登记里不见了",
        ],
    ),
    "a role that ended and goes on": (
        lambda cast: Assignment.objects.filter(person=cast.leader).update(until="2030-01-01"),
        ["账号 leader 在 qinglan-kjj 的分管领导（2024-01-02起）：终止日是2030-01-01，日志所记的是空"],
    ),
    "a role taken away": (
        lambda cast: Assignment.objects.filter(person=cast.auditor).delete(),
        ["账号 shenji 在 qinglan 的安全审计员：日志里有，登记里不见了"],
    ),
    "an account out of nowhere": (
        lambda cast: Person.objects.create(username="ghost", name="无名"),
        ["账号 ghost：日志里没有它的开立"],
    ),
    "an account stopped by nobody": (
        lambda cast: Person.objects.filter(username="shenji").update(is_active=False),
        ["账号 shenji：日志里没有停用，登记里不能登录"],
    ),
    "a body renamed": (
        lambda cast: Body.objects.filter(code="qinglan-mzj").update(name="青澜县民政与社会局"),
        ["机关 青澜县民政与社会局（qinglan-mzj）：名称与日志所记的“青澜县民政局”不符"],
    ),
    "a body put beneath another's roles": (
        lambda cast: Body.objects.filter(code="qinglan-mzj").update(path="qinglan-kjj/qinglan-mzj/"),
        ["机关 青澜县民政局（qinglan-mzj）：在机构树中的位置与上级机关不符"],
    ),
    "a body out of nowhere": (
        lambda cast: Body.objects.create(code="x", name="某局", level="other", path="x/"),
        ["机关 某局（x）：日志里没有它的设立"],
    ),
    "a day off that nobody entered": (
        lambda cast: CalendarNotice.objects.create(day="2026-05-18", worked=False, instrument="无"),
        ["2026-05-18的通知（全部机关）：与日志所记的不符"],
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_the_journal_does_not_tell_is_named(name: str, cast: Cast) -> None:
    from datetime import date

    notice = orgs.enter_notice(
        cast.system, days=[date(2026, 3, 16)], worked=False, instrument=" 青政办发〔2026〕6号 ", body="qinglan"
    )
    second = orgs.enter_notice(cast.system, days=[date(2026, 3, 17)], worked=False, instrument="同上", body="qinglan")
    orgs.withdraw_notice(cast.system, second[0], "录错")
    orgs.update_body(
        cast.system,
        "qinglan-kjj",
        name="青澜县科学技术与创新局",
        short_name="",
        address="",
        office_hours="",
        telephone="",
    )
    orgs.set_active(cast.system, "stranger", False)
    orgs.set_active(cast.system, "stranger", True)
    orgs.end_role(cast.security, Assignment.objects.get(person=cast.adviser).pk, date(2026, 12, 31))
    assert notice
    assert derived_faults() == []
    change, faults = TAMPERINGS[name]
    change(cast)
    assert derived_faults() == faults


# --- kept report files ------------------------------------------------------------------------------------------------


def kept(cast: Cast) -> KeptCheck:
    data = render(specimen("qinglan-kjj-2025"), "docx")
    (check,) = annual.keep(cast.officer, "qinglan-kjj", [("年报.docx", data)])
    run_job.func(KeptCheck.objects.get(pk=check).job)
    found = KeptCheck.objects.get(pk=check)
    assert found.state == "read"
    assert found.errors > 0
    assert derived_faults() == []
    return found


def test_a_byte_flipped_in_a_kept_file_is_named(cast: Cast) -> None:
    path = annual.stored(kept(cast).digest)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert derived_faults() == ["青澜县科学技术局留存的“年报.docx”：内容与摘要不符，被改过"]


def test_another_file_under_its_own_digest_is_named_by_the_journal(cast: Cast) -> None:
    found = kept(cast)
    other = b"another report"
    digest = hashlib.sha256(other).hexdigest()
    path = annual.stored(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(other)
    KeptCheck.objects.filter(pk=found.pk).update(digest=digest)
    assert derived_faults() == ["青澜县科学技术局留存的“年报.docx”：摘要与日志所记的不符"]


def test_findings_that_were_taken_out_of_a_check_are_named(cast: Cast) -> None:
    found = kept(cast)
    report = found.report
    report["findings"] = [each for each in report["findings"] if each["severity"] != "error"]
    KeptCheck.objects.filter(pk=found.pk).update(report=report)
    name = "青澜县科学技术局留存的“年报.docx”"
    shown = f"登记{found.errors}个错误、{found.warnings}个警告"
    assert derived_faults() == [f"{name}：{shown}，问题清单里有0个、{found.warnings}个"]
    KeptCheck.objects.filter(pk=found.pk).update(errors=0)
    journalled = f"日志所记的是{found.errors}个、{found.warnings}个"
    assert derived_faults() == [f"{name}：问题清单有0个错误、{found.warnings}个警告，{journalled}"]
