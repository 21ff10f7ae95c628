"""The journal: chained, append-only, signed, and every tampering found."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.bureau.ledger import queries, services
from gongkai.bureau.ledger.models import Checkpoint, Entry, Stream


def write(number: int, stream: str = "body:qinglan") -> None:
    for each in range(number):
        services.append(stream, "body.corrected", actor=services.SYSTEM, body="qinglan", facts={"name": f"第{each}次"})


def tamper(sql: str) -> None:
    """As somebody with the database's own password would: triggers off, change, triggers on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
            cursor.execute(sql)
            cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
            cursor.execute("DROP TRIGGER ledger_entry_no_delete")
            cursor.execute(sql)


@pytest.mark.django_db
def test_an_entry_follows_the_one_before_it() -> None:
    write(3)
    first, second, third = Entry.objects.order_by("sequence")
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert first.previous == ""
    assert second.previous == first.digest
    assert third.previous == second.digest
    assert Stream.objects.get().head == third.digest
    assert json.loads(third.facts) == {"name": "第2次"}
    assert queries.verify() == queries.Verification(3, 1, 0, ())


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("table", ["entry", "checkpoint"])
def test_the_database_refuses_to_edit_the_journal(act: str, table: str) -> None:
    write(1)
    services.sign_checkpoint()
    rows = {"entry": Entry, "checkpoint": Checkpoint}[table].objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.delete() if act == "delete" else rows.update(at="2020-01-01T00:00:00Z")


@pytest.mark.django_db
def test_a_changed_entry_is_named() -> None:
    write(3)
    tamper('UPDATE ledger_entry SET facts = \'{"name":"别的"}\' WHERE sequence = 2')
    assert [(each.stream, each.sequence, each.wrong) for each in queries.verify().faults] == [
        ("body:qinglan", 2, "内容与摘要不符，被改过")
    ]


@pytest.mark.django_db
def test_a_missing_entry_is_named() -> None:
    write(3)
    tamper("DELETE FROM ledger_entry WHERE sequence = 2")
    assert ("body:qinglan", 3, "第1条之后缺第2条") in [
        (each.stream, each.sequence, each.wrong) for each in queries.verify().faults
    ]


@pytest.mark.django_db
def test_a_cut_off_end_is_named() -> None:
    write(3)
    tamper("DELETE FROM ledger_entry WHERE sequence = 3")
    assert [each.wrong for each in queries.verify().faults] == ["登记有3条，只剩2条"]


@pytest.mark.django_db
def test_a_stream_rewritten_from_its_start_is_caught_by_the_signed_checkpoint() -> None:
    write(2)
    assert services.sign_checkpoint() is True
    tamper("DELETE FROM ledger_entry")
    Stream.objects.all().delete()
    write(3)
    assert ["流被重写过" in each.wrong for each in queries.verify().faults] == [True]


@pytest.mark.django_db
def test_a_checkpoint_is_signed_once_a_day_and_its_signature_holds() -> None:
    write(1)
    assert services.sign_checkpoint() is True
    assert services.sign_checkpoint() is False
    assert queries.verify() == queries.Verification(2, 2, 1, ())


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_gap_and_no_fork() -> None:
    failures: list[BaseException] = []

    def run(stream: str) -> None:
        try:
            write(10, stream)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(f"body:{number % 2}",)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    result = queries.verify()
    assert (result.entries, result.streams, result.faults) == (60, 2, ())


@pytest.mark.django_db
def test_an_entry_goes_with_its_transaction() -> None:
    with pytest.raises(ValueError, match="undone"), transaction.atomic():
        write(1)
        raise ValueError("undone")
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_the_journal_is_read_page_by_page_in_one_query(django_assert_num_queries: object) -> None:
    write(7)
    with django_assert_num_queries(1):  # type: ignore[operator]
        page = queries.entries(size=3)
    assert [each.sequence for each in page.rows] == [7, 6, 5]
    older = queries.entries(size=3, before=page.next_before)
    assert [each.sequence for each in older.rows] == [4, 3, 2]
    assert queries.entries(size=3, before=older.next_before).next_before is None
