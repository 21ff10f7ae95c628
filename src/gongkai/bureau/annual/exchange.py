"""The exchange format `statements`: checked whole; a known cell must be equal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import orjson
from django.db import IntegrityError, transaction

from gongkai.bureau import clock
from gongkai.bureau.annual.models import Statement
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body
from gongkai.statute.ledgers.fields import read_records
from gongkai.statute.ledgers.statements import StatementRecord, parse_statement
from gongkai.statute.primitives import InputFault, InputRefused

Key = tuple[str, int, str, str]


@transaction.atomic
def import_statements(path: Path, *, actor: ledger.Actor = ledger.SYSTEM) -> tuple[int, int]:
    """(made, known). Raises InputRefused with every fault, in which case nothing of the file is written."""
    bodies = dict(Body.objects.values_list("code", "id"))
    records: dict[Key, StatementRecord] = {}
    places: dict[Key, str] = {}
    faults: list[InputFault] = []
    with path.open("rb") as lines:
        for place, record in read_records(lines, parse_statement, orjson.loads, str(path)):
            if isinstance(record, InputRefused):
                faults += record.faults
                continue
            key = (record.agency, record.year, record.row, record.column)
            if record.agency not in bodies:
                faults.append(InputFault(f"{place}agency", f"没有代码为“{record.agency}”的机关", "先导入机关"))
            elif key in records:
                faults.append(InputFault(place.strip(), f"这一格在{places[key].strip()}已经出现", "一格一行"))
            else:
                records[key], places[key] = record, place
    known = _known(records)
    for key in records.keys() & known.keys():
        ours = record_of(known[key])
        if (ours.value, ours.evidence) != (records[key].value, records[key].evidence):
            told = [json.dumps(each.as_json(), ensure_ascii=False) for each in (ours, records[key])]
            faults.append(InputFault(places[key].strip(), f"已有的是{told[0]}，文件中的是{told[1]}", "相同的记录"))
    if faults:
        raise InputRefused(*faults)
    fresh = [
        Statement(
            body_id=bodies[record.agency], year=record.year, row=record.row, column=record.column, value=record.value,
            evidence=record.evidence, entered_at=clock.now(),
        )
        for key, record in records.items()
        if key not in known
    ]  # fmt: skip
    try:
        Statement.objects.bulk_create(fresh, batch_size=1000)
    except IntegrityError as doubled:
        raise InputRefused(InputFault("导入", "同时有人登记了同一格", "再导入一次")) from doubled
    if fresh:
        told_all = [record.as_json() for key, record in records.items() if key not in known]
        ledger.append("import:statements", "statements.imported", actor=actor, facts={"records": told_all})
    return len(fresh), len(records) - len(fresh)


def _known(records: dict[Key, StatementRecord]) -> dict[Key, Statement]:
    found = Statement.objects.filter(
        body__code__in={key[0] for key in records}, year__in={key[1] for key in records}, replaced_at__isnull=True
    ).select_related("body")
    return {(each.body.code, each.year, each.row, each.column): each for each in found}


def record_of(each: Statement) -> StatementRecord:
    """The stored one as exchanged; the body is loaded with it."""
    return StatementRecord(each.body.code, each.year, each.row, each.column, each.value, each.evidence)


def lines() -> Iterator[str]:
    """Every statement in force as a line of the format."""
    found = Statement.objects.filter(replaced_at__isnull=True).select_related("body")
    for each in found.order_by("body__code", "year", "id").iterator(chunk_size=2000):
        yield json.dumps(record_of(each).as_json(), ensure_ascii=False)
