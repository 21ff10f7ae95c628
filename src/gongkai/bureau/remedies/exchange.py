"""The exchange format `remedies`: checked whole, a known one may only have been closed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
from django.db import IntegrityError, transaction

from gongkai.bureau import clock
from gongkai.bureau.casework.queries import request_ids
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.remedies.models import Remedy
from gongkai.bureau.remedies.services import columns, record_of
from gongkai.statute.ledgers.fields import read_records
from gongkai.statute.ledgers.remedies import RemedyRecord, parse_remedy
from gongkai.statute.primitives import InputFault, InputRefused

MOST_VALUES = 10_000
"""In one statement; SQLite takes 32,766."""
OPEN = {"closed_on": None, "result": None, "decision": None}


@transaction.atomic
def import_remedies(path: Path, *, actor: ledger.Actor = ledger.SYSTEM) -> tuple[int, int, int]:
    """(made, closed, known). Raises InputRefused with every fault, in which case nothing of the file is written."""
    bodies = dict(Body.objects.values_list("code", "id"))
    records: dict[tuple[str, str], RemedyRecord] = {}
    places: dict[tuple[str, str], str] = {}
    faults: list[InputFault] = []
    with path.open("rb") as lines:
        for place, record in read_records(lines, parse_remedy, orjson.loads, str(path)):
            if isinstance(record, InputRefused):
                faults += record.faults
                continue
            key = (record.agency, record.number)
            if record.agency not in bodies:
                faults.append(InputFault(f"{place}agency", f"没有代码为“{record.agency}”的机关", "先导入机关"))
            elif key in records:
                faults.append(
                    InputFault(f"{place}number", f"“{record.number}”在{places[key].strip()}已经出现", "一件一行")
                )
            else:
                records[key], places[key] = record, place
    requests = _requests(records.values())
    known = _known(records)
    for key, record in records.items():
        if record.case and (record.agency, record.case) not in requests:
            faults.append(InputFault(f"{places[key]}case", f"没有编号为“{record.case}”的申请", "已登记的申请，或 null"))
        if key in known and not _follows(record_of(known[key]), record):
            ours = json.dumps(record_of(known[key]).as_json(), ensure_ascii=False)
            given = json.dumps(record.as_json(), ensure_ascii=False)
            faults.append(InputFault(places[key].strip(), f"已有的是{ours}，文件中的是{given}", "相同，或者只补审结"))
    if faults:
        raise InputRefused(*faults)
    return _write(records, known, requests, bodies, actor)


def _requests(records: Iterable[RemedyRecord]) -> dict[tuple[str, str], int]:
    by_agency: dict[str, list[str]] = {}
    for record in records:
        if record.case:
            by_agency.setdefault(record.agency, []).append(record.case)
    return {
        (agency, number): pk
        for agency, numbers in by_agency.items()
        for start in range(0, len(numbers), MOST_VALUES)
        for number, pk in request_ids(agency, numbers[start : start + MOST_VALUES]).items()
    }


def _known(records: dict[tuple[str, str], RemedyRecord]) -> dict[tuple[str, str], Remedy]:
    agencies = {agency for agency, _ in records}
    found = Remedy.objects.filter(body__code__in=agencies).select_related("body", "request")
    found = found.select_for_update(of=("self",))
    return {(each.body.code, each.number): each for each in found if (each.body.code, each.number) in records}


def _follows(ours: RemedyRecord, given: RemedyRecord) -> bool:
    """Equal, or the same one closed since."""
    if ours == given:
        return True
    return ours.closed_on is None and ours.as_json() | OPEN == given.as_json() | OPEN


def _write(
    records: dict[tuple[str, str], RemedyRecord],
    known: dict[tuple[str, str], Remedy],
    requests: dict[tuple[str, str], int],
    bodies: dict[str, int],
    actor: ledger.Actor,
) -> tuple[int, int, int]:
    now = clock.now()
    fresh = [
        Remedy(
            **columns(record), body_id=bodies[record.agency], request_id=requests.get((record.agency, record.case)),
            evidence="导入", entered_at=now,
        )
        for key, record in records.items()
        if key not in known
    ]  # fmt: skip
    try:
        Remedy.objects.bulk_create(fresh, batch_size=1000)
    except IntegrityError as doubled:
        raise InputRefused(InputFault("导入", "同时有人登记了同一编号的案件", "再导入一次")) from doubled
    closed = []
    for key, found in known.items():
        if found.closed_on is None and records[key].closed_on is not None:
            for name, value in columns(records[key]).items():
                setattr(found, name, value)
            closed.append(found)
    names = ["closed_on", "closed_year", "result", "decision"]
    Remedy.objects.bulk_update(closed, names, batch_size=500)
    if fresh or closed:
        told = [records[key].as_json() for key in records if key not in known or known[key] in closed]
        ledger.append("import:remedies", "remedies.imported", actor=actor, facts={"records": told})
    return len(fresh), len(closed), len(records) - len(fresh) - len(closed)


def lines() -> Iterator[str]:
    """Every remedy as a line of the format."""
    found = Remedy.objects.select_related("body", "request").order_by("body__code", "id")
    for each in found.iterator(chunk_size=2000):
        yield json.dumps(record_of(each).as_json(), ensure_ascii=False)
