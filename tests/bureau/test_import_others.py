"""Importing remedies, statements and items: all or nothing, known ones by their keys, given back as they came."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ledger_files import bodies, case, load, save

from gongkai.bureau.annual import exchange as statements
from gongkai.bureau.annual.models import Statement
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.publishing import exchange as items
from gongkai.bureau.publishing.models import Item
from gongkai.bureau.remedies import exchange as remedies
from gongkai.bureau.remedies.models import Remedy
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.django_db
REMEDY: dict[str, Any] = {
    "number": "FY-1", "agency": "kjj", "case": "甲-1", "kind": "reconsideration", "accepted_on": "2023-05-06",
}  # fmt: skip
CLOSED: dict[str, Any] = {**REMEDY, "closed_on": "2023-07-01", "result": "upheld", "decision": "维持"}
STATEMENT: dict[str, Any] = {
    "agency": "kjj", "year": 2020, "row": "other_services", "column": "change", "value": 58, "evidence": "统计表",
}  # fmt: skip
ITEM: dict[str, Any] = {
    "source_id": "A-1", "agency": "kjj", "column": "政策文件", "title": "管理办法", "published_on": "2024-03-05",
    "body_text": "第一条",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _ledger(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    bodies()
    load(tmp_path, case("甲-1", "2023-01-05"))


def refused(act: Callable[[Path], object], path: Path) -> list[str]:
    def counts() -> tuple[int, ...]:
        return tuple(each.objects.count() for each in (Remedy, Statement, Item, Entry))

    before = counts()
    with pytest.raises(InputRefused) as faults:
        act(path)
    assert counts() == before
    return [str(each) for each in faults.value.faults]


# --- remedies ---------------------------------------------------------------------------------------------------------


def test_remedies_are_made_then_known_then_closed(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    other = {**REMEDY, "number": "FY-2", "case": None, "role": "co_defendant", "instance": 2}
    assert remedies.import_remedies(save(path, REMEDY, other)) == (2, 0, 0)
    assert remedies.import_remedies(path) == (0, 0, 2)
    assert remedies.import_remedies(save(path, CLOSED)) == (0, 1, 0)
    assert remedies.import_remedies(path) == (0, 0, 1)
    found = Remedy.objects.get(number="FY-1")
    assert (found.request.number if found.request else "", found.closed_on, found.closed_year, found.result) == (
        "甲-1", date(2023, 7, 1), 2023, "upheld",
    )  # fmt: skip
    assert [json.loads(line) for line in remedies.lines()] == [CLOSED, other]
    path.write_text("\n".join(remedies.lines()), encoding="utf-8")
    assert remedies.import_remedies(path) == (0, 0, 2)


@pytest.mark.parametrize(
    ("bad", "at"),
    [
        ({"agency": "x", "case": None}, "第2行 agency"),
        ({"number": "FY-1"}, "第2行 number"),
        ({"case": "甲-9"}, "第2行 case"),
        ({"kind": "appeal"}, "第2行 kind"),
        ({"agency": "mzj"}, "第2行 case"),
    ],
)
def test_nothing_of_a_faulty_file_of_remedies_is_written(tmp_path: Path, bad: dict[str, object], at: str) -> None:
    path = save(tmp_path / "r.jsonl", REMEDY, {**REMEDY, "number": "FY-2", **bad})
    [told] = refused(remedies.import_remedies, path)
    assert told.startswith(f"{path} {at}")


@pytest.mark.parametrize(
    ("known", "given", "ours", "theirs"),
    [
        (CLOSED, {**CLOSED, "result": "corrected"}, '"result": "upheld"', '"result": "corrected"'),
        (CLOSED, REMEDY, '"closed_on": "2023-07-01"', '"accepted_on": "2023-05-06"'),
        (REMEDY, {**CLOSED, "accepted_on": "2023-05-07"}, '"accepted_on": "2023-05-06"', '"closed_on": "2023-07-01"'),
        (REMEDY, {**REMEDY, "case": None}, '"case": "甲-1"', '"case": null'),
    ],
)
def test_a_known_remedy_may_only_be_closed(
    tmp_path: Path, known: dict[str, Any], given: dict[str, Any], ours: str, theirs: str
) -> None:
    remedies.import_remedies(save(tmp_path / "r.jsonl", known))
    [told] = refused(remedies.import_remedies, save(tmp_path / "r.jsonl", given))
    have, _, new = told.partition("文件中的是")
    assert ours in have
    assert theirs in new


# --- statements -------------------------------------------------------------------------------------------------------


def test_statements_are_made_then_known(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    money = {**STATEMENT, "row": "procurement", "column": "amount", "value": "0.93402"}
    absent = {**STATEMENT, "agency": "mzj", "value": "n/a"}
    assert statements.import_statements(save(path, STATEMENT, money, absent)) == (3, 0)
    assert statements.import_statements(path) == (0, 3)
    assert [json.loads(line) for line in statements.lines()] == [STATEMENT, money, absent]
    path.write_text("\n".join(statements.lines()), encoding="utf-8")
    assert statements.import_statements(path) == (0, 3)


@pytest.mark.parametrize(
    ("bad", "at"),
    [
        ({"agency": "x"}, "第2行 agency"),
        ({}, "第2行"),
        ({"row": "new"}, "第2行 row"),
        ({"value": "58"}, "第2行 value"),
    ],
)
def test_nothing_of_a_faulty_file_of_statements_is_written(tmp_path: Path, bad: dict[str, object], at: str) -> None:
    path = save(tmp_path / "s.jsonl", STATEMENT, {**STATEMENT, **bad})
    [told] = refused(statements.import_statements, path)
    assert told.startswith(f"{path} {at}")


def test_a_known_cell_with_another_value_is_a_fault_that_shows_both(tmp_path: Path) -> None:
    statements.import_statements(save(tmp_path / "s.jsonl", STATEMENT))
    [told] = refused(statements.import_statements, save(tmp_path / "s.jsonl", {**STATEMENT, "value": 60}))
    assert '"value": 58' in told.partition("文件中的是")[0]
    assert '"value": 60' in told.partition("文件中的是")[2]


# --- items ------------------------------------------------------------------------------------------------------------


def test_items_are_made_as_legacy_then_known(tmp_path: Path) -> None:
    path = tmp_path / "i.jsonl"
    (tmp_path / "a.txt").write_text("附件", encoding="utf-8")
    more = {**ITEM, "source_id": "A-2", "attachments": ["a.txt"], "summary": "摘要"}
    assert items.import_items(save(path, ITEM, more)) == (2, 0)
    assert items.import_items(path) == (0, 2)
    assert [each.legacy for each in Item.objects.all()] == [True, True]
    assert [json.loads(line) for line in items.lines()] == [ITEM, more]
    expected = hashlib.sha256("附件".encode()).hexdigest()
    assert Item.objects.get(source_id="A-2").attachments == [{"path": "a.txt", "digest": expected, "size": 6}]
    assert items.stored(expected).read_text("utf-8") == "附件"
    assert [each.name for each in items.stored(expected).parent.iterdir()] == [expected]


def test_our_own_export_of_items_is_known_even_without_its_attachments(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("附件", encoding="utf-8")
    items.import_items(save(tmp_path / "i.jsonl", {**ITEM, "attachments": ["a.txt"]}))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "export.jsonl").write_text("\n".join(items.lines()), encoding="utf-8")
    assert items.import_items(elsewhere / "export.jsonl") == (0, 1)


@pytest.mark.parametrize(
    ("bad", "at"),
    [
        ({"agency": "x"}, "第2行 agency"),
        ({"source_id": "A-1"}, "第2行 source_id"),
        ({"attachments": ["none.pdf"]}, "第2行 attachments"),
        ({"published_on": "x"}, "第2行 published_on"),
    ],
)
def test_nothing_of_a_faulty_file_of_items_is_written(tmp_path: Path, bad: dict[str, object], at: str) -> None:
    path = save(tmp_path / "i.jsonl", ITEM, {**ITEM, "source_id": "A-2", **bad})
    [told] = refused(items.import_items, path)
    assert told.startswith(f"{path} {at}")


def test_a_known_item_that_differs_is_a_fault_that_shows_both(tmp_path: Path) -> None:
    items.import_items(save(tmp_path / "i.jsonl", ITEM))
    [told] = refused(items.import_items, save(tmp_path / "i.jsonl", {**ITEM, "title": "新办法"}))
    assert '"title": "管理办法"' in told.partition("文件中的是")[0]
    assert '"title": "新办法"' in told.partition("文件中的是")[2]


def test_a_known_item_whose_attachment_was_changed_is_a_fault(tmp_path: Path) -> None:
    path = save(tmp_path / "i.jsonl", {**ITEM, "attachments": ["a.txt"]})
    (tmp_path / "a.txt").write_text("附件", encoding="utf-8")
    items.import_items(path)
    (tmp_path / "a.txt").write_text("改过", encoding="utf-8")
    [told] = refused(items.import_items, path)
    assert hashlib.sha256("附件".encode()).hexdigest() in told
    assert hashlib.sha256("改过".encode()).hexdigest() in told


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_of_items_is_resumed_and_repeals_are_resolved(tmp_path: Path) -> None:
    class Killed(Exception):
        pass

    def tell(done: int, total: int, what: str) -> None:
        if what == "写入" and done == total:
            raise Killed

    old = {**ITEM, "genre": "规范性文件", "repealed_by": "青科〔2024〕9号"}
    new = {**ITEM, "source_id": "A-2", "document_number": "青科〔2024〕9号", "published_on": "2024-09-01",
           "effective_on": "2024-10-01"}  # fmt: skip
    path = save(tmp_path / "i.jsonl", old, new)
    with pytest.raises(Killed):
        items.import_items(path, progress=tell, batch=1)
    assert Item.objects.count() == 2
    assert items.import_items(path, batch=1) == (0, 2)
    assert Item.objects.get(source_id="A-1").repealed_on == date(2024, 10, 1)
