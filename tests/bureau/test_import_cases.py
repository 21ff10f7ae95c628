"""Importing and exporting cases: all or nothing, resumable, identities sealed, events never edited."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction
from ledger_files import bodies, case, load, reclassified, replied, save

from gongkai.bureau.casework import exchange, identity, services
from gongkai.bureau.casework.models import Identity, ImportBatch, Request, RequestEvent
from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.models import Entry
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.django_db
WHO = ("张三丰", "330226199001011234", "13800007788")


@pytest.fixture(autouse=True)
def _bodies(db: None) -> None:
    bodies()


def refused(folder: Path, *cases: dict[str, Any]) -> list[str]:
    """The faults of a file, after which the ledger is as it was."""
    before = (Request.objects.count(), RequestEvent.objects.count(), Identity.objects.count(), Entry.objects.count())
    with pytest.raises(InputRefused) as faults:
        load(folder, *cases)
    now = (Request.objects.count(), RequestEvent.objects.count(), Identity.objects.count(), Entry.objects.count())
    assert now == before
    return [str(each) for each in faults.value.faults]


def test_a_case_becomes_a_request_with_its_events_in_order(tmp_path: Path) -> None:
    late = case("甲-1", "2023-12-20", ("extended", "2024-01-10", {"workdays": 10, "approved_by": "李局长"}),
                replied("2024-03-29", "partial"), names=WHO)  # fmt: skip
    assert load(tmp_path, late) == exchange.Imported(made=1, unlawful=1)
    [row] = Request.objects.all()
    assert (row.number, row.body.code, row.applicant_kind, row.channel) == ("甲-1", "kjj", "natural_person", "internet")
    assert (f"{row.submitted_on}", f"{row.received_on}", row.received_year) == ("2023-12-20", "2023-12-20", 2023)
    assert (f"{row.closed_on}", row.closed_year, row.outcome, row.late) == ("2024-03-29", 2024, "partial", True)
    assert (f"{row.last_event_on}", row.length) == ("2024-03-29", 4)
    events = list(row.events.order_by("position"))
    assert [each.kind for each in events] == ["submitted", "receipt_confirmed", "extended", "replied"]
    assert [f"{each.on}" for each in events] == ["2023-12-20", "2023-12-20", "2024-01-10", "2024-03-29"]
    assert json.loads(events[2].fields) == {
        "kind": "extended", "on": "2024-01-10", "workdays": 10, "approved_by": "李局长",
    }  # fmt: skip
    assert row.head == events[3].digest
    assert len({each.digest for each in events}) == 4
    [batch] = ImportBatch.objects.all()
    assert (batch.requests, batch.events) == (1, 4)
    assert {each.batch_id for each in events} == {batch.pk}
    assert journal.verify().faults == ()


@pytest.mark.parametrize(
    ("spoilt", "at"),
    [
        ({"agency": "nowhere"}, "第2行 agency"),
        ({"number": "甲-1"}, "第2行 number"),
        ({"number": "长" * 65}, "第2行 number"),
        ({"number": "甲\0"}, "第2行 number"),
        ({"subject": "甲\0乙"}, "第2行 subject"),
        ({"channel": "pigeon"}, "第2行 channel"),
        ({"priority": 1}, "第2行 priority"),
        ({"events": []}, "第2行 events"),
        ({"events": [{"kind": "replied", "on": "2024-01-02", "outcome": "granted"}]}, "第2行 第1个事件 replied"),
    ],
)
def test_one_fault_and_nothing_of_the_file_is_written(tmp_path: Path, spoilt: dict[str, object], at: str) -> None:
    good, bad = case("甲-1", "2024-01-02"), {**case("甲-2", "2024-01-02"), **spoilt}
    [told] = refused(tmp_path, good, bad)
    assert told.startswith(f"{tmp_path / 'cases.jsonl'} {at}")


def test_a_broken_line_and_a_wrong_one_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    good, bad = json.dumps(case("甲-1", "2024-01-02")), json.dumps(case("甲-2", "2024-01-02") | {"agency": "x"})
    path.write_text(f"{good}\n{{broken\n\n{bad}\n", encoding="utf-8")
    with pytest.raises(InputRefused) as faults:
        exchange.import_cases(path)
    assert [each.place for each in faults.value.faults] == [f"{path} 第2行", f"{path} 第4行 agency"]
    assert Request.objects.count() == 0


def test_two_hundred_faults_are_told_and_that_there_are_more(tmp_path: Path) -> None:
    told = refused(tmp_path, *(case(f"甲-{index}", "2024-01-02", agency="x") for index in range(450)))
    assert len(told) == 201
    assert "还有更多错误" in told[-1]


def test_a_file_that_begins_with_a_byte_order_mark_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case("甲-1", "2024-01-02")), encoding="utf-8-sig")
    assert exchange.import_cases(path).made == 1


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    given = [case("甲-1", "2024-01-02", names=WHO), case("甲-1", "2024-01-02", agency="mzj")]
    assert load(tmp_path, *given) == exchange.Imported(made=2)
    entries = Entry.objects.count()
    assert load(tmp_path, *given) == exchange.Imported(known=2)
    assert (Request.objects.count(), RequestEvent.objects.count(), Entry.objects.count()) == (2, 4, entries)


def test_a_null_field_is_as_good_as_an_absent_one(tmp_path: Path) -> None:
    told = ("replied", "2024-01-20", {"outcome": "granted", "way": None, "delivered_on": None})
    load(tmp_path, case("甲-1", "2024-01-02", replied("2024-01-20")))
    assert load(tmp_path, case("甲-1", "2024-01-02", told)) == exchange.Imported(known=1)


def test_appended_events_are_taken_and_the_columns_follow(tmp_path: Path) -> None:
    load(tmp_path, case("甲-1", "2024-01-02"), case("甲-2", "2024-01-02"))
    before = list(RequestEvent.objects.filter(request__number="甲-1").order_by("position").values_list("digest"))
    longer = case("甲-1", "2024-01-02", replied("2024-01-20"), reclassified("2024-02-01", "partial"))
    assert load(tmp_path, longer, case("甲-2", "2024-01-02")) == exchange.Imported(appended=1, known=1)
    row = Request.objects.get(number="甲-1")
    assert (f"{row.closed_on}", row.outcome, f"{row.reclassified_on}", row.length) == (
        "2024-01-20", "partial", "2024-02-01", 4,
    )  # fmt: skip
    events = list(row.events.order_by("position"))
    assert [(each.digest,) for each in events[:2]] == before
    assert [each.kind for each in events[2:]] == ["replied", "reclassified"]
    assert row.head == events[3].digest


@pytest.mark.parametrize(
    ("change", "ours", "theirs"),
    [
        ({"subject": "别的内容"}, '"subject":"甲-1的文件"', '"subject":"别的内容"'),
        ({"channel": "fax"}, '"channel":"internet"', '"channel":"fax"'),
        ({"applicant": {"kind": "business"}}, '"kind":"natural_person"', '"kind":"business"'),
        ({"events": case("甲-1", "2024-01-03")["events"]}, '"on":"2024-01-02"', '"on":"2024-01-03"'),
        ({"events": case("甲-1", "2024-01-02")["events"]}, '"outcome":"granted"', "文件中的是"),
        (
            {"events": case("甲-1", "2024-01-02", replied("2024-01-20", "partial"))["events"]},
            '"outcome":"granted"',
            '"outcome":"partial"',
        ),
    ],
    ids=["subject", "channel", "applicant", "day", "fewer", "outcome"],
)
def test_anything_else_of_a_known_case_is_a_fault_that_shows_both(
    tmp_path: Path, change: dict[str, object], ours: str, theirs: str
) -> None:
    known = case("甲-1", "2024-01-02", replied("2024-01-20"))
    load(tmp_path, known)
    [told] = refused(tmp_path, known | change, case("甲-9", "2024-01-02"))
    have, _, given = told.partition("文件中的是")
    assert "第1行" in have
    assert ours in have
    assert theirs in "文件中的是" + given


def test_another_person_under_a_known_number_is_a_fault_that_names_nobody(tmp_path: Path) -> None:
    load(tmp_path, case("甲-1", "2024-01-02", names=WHO))
    [told] = refused(tmp_path, case("甲-1", "2024-01-02", names=("李四光", None, None)))
    assert "applicant" in told
    assert "另一身份" in told
    assert "李四光" not in told
    assert "张三丰" not in told


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_is_resumed_without_doubles(tmp_path: Path) -> None:
    class Killed(Exception):
        pass

    def tell(done: int, total: int, what: str) -> None:
        if what == "写入" and done == 4:
            raise Killed

    path = save(tmp_path / "cases.jsonl", *(case(f"甲-{index}", "2024-01-02", names=WHO) for index in range(10)))
    with pytest.raises(Killed):
        exchange.import_cases(path, progress=tell, batch=2)
    assert (Request.objects.count(), RequestEvent.objects.count(), Identity.objects.count()) == (4, 8, 4)
    assert exchange.import_cases(path, batch=2) == exchange.Imported(made=6, known=4)
    assert sorted(Request.objects.values_list("number", flat=True)) == [f"甲-{index}" for index in range(10)]
    assert (RequestEvent.objects.count(), Identity.objects.count()) == (20, 10)
    assert journal.verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_an_event_entered_while_an_import_runs_is_not_lost(tmp_path: Path) -> None:
    """Between the check and the batch somebody else appends: the batch is refused, the event stays."""
    longer = case("甲-1", "2024-01-02", ("extended", "2024-01-10", {"workdays": 5, "approved_by": "李局长"}))
    load(tmp_path, case("甲-1", "2024-01-02"))
    path = save(tmp_path / "other.jsonl", case("乙-1", "2024-01-02"), longer)

    def tell(done: int, total: int, what: str) -> None:
        if what == "写入" and done == 1:
            load(tmp_path, case("甲-1", "2024-01-02", replied("2024-01-20")))

    with pytest.raises(InputRefused, match="甲-1"):
        exchange.import_cases(path, progress=tell, batch=1)
    row = Request.objects.get(number="甲-1")
    assert [each.kind for each in row.events.order_by("position")] == ["submitted", "receipt_confirmed", "replied"]
    assert (row.outcome, row.length) == ("granted", 3)


# --- export -----------------------------------------------------------------------------------------------------------


def test_our_own_export_is_all_known(tmp_path: Path) -> None:
    load(
        tmp_path,
        case("甲-1", "2024-01-02", ("third_party_consulted", "2024-01-03", {"party": "甲公司"}), names=WHO),
        case("甲-2", "2024-01-02", replied("2024-01-20"), reclassified("2024-02-01", "partial"), kind="business"),
        case("甲-3", None, ("withdrawn", "2024-01-05"), agency="mzj"),
    )
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(exchange.lines()), encoding="utf-8")
    assert exchange.import_cases(path) == exchange.Imported(known=3)
    path.write_text("\n".join(exchange.lines(with_identities=True)), encoding="utf-8")
    assert exchange.import_cases(path) == exchange.Imported(known=3)


def test_an_export_holds_no_identity_unless_asked_for(tmp_path: Path) -> None:
    load(tmp_path, case("甲-1", "2024-01-02", names=WHO))
    [line] = exchange.lines()
    assert json.loads(line) == case("甲-1", "2024-01-02")
    [line] = exchange.lines(with_identities=True)
    assert json.loads(line) == case("甲-1", "2024-01-02", names=WHO)


def test_a_journalled_export_tells_why() -> None:
    services.journal_export(" 移交新系统 ")
    entry = Entry.objects.get(kind="identities.exported")
    assert json.loads(entry.facts) == {"because": "移交新系统"}


# --- at rest ----------------------------------------------------------------------------------------------------------


def test_who_asked_is_nowhere_in_the_database(tmp_path: Path) -> None:
    load(tmp_path, case("甲-1", "2024-01-02", names=WHO))
    [sealed] = Identity.objects.all()
    assert identity.unseal(bytes(sealed.sealed)) == WHO
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                raw = b"".join(bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode()
                               for each in row)  # fmt: skip
                for word in WHO:
                    assert word.encode() not in raw, table
                    assert json.dumps(word).strip('"').encode() not in raw, table


@pytest.mark.django_db(transaction=True)
def test_who_asked_is_unreadable_in_the_raw_file(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's file; the test above reads every table")
    load(tmp_path, case("甲-1", "2024-01-02", names=WHO))
    name = Path(connection.settings_dict["NAME"])
    # read by another process: closing the file in this one would drop SQLite's locks on it (POSIX advisory locks)
    files = [str(path) for path in name.parent.glob(f"{name.name}*")]
    raw = subprocess.run(["cat", *files], capture_output=True, check=True).stdout
    assert "甲-1的文件".encode() in raw
    assert all(word.encode() not in raw for word in WHO)
    assert (django_settings.HOME / "keys").exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_edit_an_event(tmp_path: Path, act: str) -> None:
    load(tmp_path, case("甲-1", "2024-01-02", replied("2024-01-20")))
    events = RequestEvent.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        events.update(fields="{}") if act == "update" else events._raw_delete(events.db)
    assert RequestEvent.objects.count() == 3
