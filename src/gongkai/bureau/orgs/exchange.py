"""The exchange format `orgs`: JSONL, a body a line; validated whole before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.orgs.vocabulary import LEVELS
from gongkai.statute.primitives import InputFault, InputRefused

REQUIRED = ("code", "name", "level")
OPTIONAL = ("short_name", "parent", "valid_from", "valid_until", "predecessors")


@dataclass(frozen=True, slots=True)
class BodyRecord:
    """One line: parents come first; predecessors are codes."""

    code: str
    name: str
    level: str
    short_name: str = ""
    parent: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    made: int
    known: int


def parse(text: str, known: frozenset[str] = frozenset()) -> tuple[BodyRecord, ...]:
    """All records, or InputRefused with every fault of every line. `known` are the codes already there."""
    faults: list[InputFault] = []
    records: dict[str, BodyRecord] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place = f"第{number}行"
        try:
            item = json.loads(line)
        except json.JSONDecodeError as wrong:
            faults.append(InputFault(place, f"不是JSON（第{wrong.colno}个字符处）", "一行一个JSON对象"))
            continue
        if not isinstance(item, dict):
            faults.append(InputFault(place, "不是JSON对象", "一行一个JSON对象"))
            continue
        found = list(_faults(place, item))
        for code in (item.get("parent"), *(item.get("predecessors") or ())):
            if isinstance(code, str) and code not in known and code not in records:
                found.append(InputFault(f"{place} parent", f"“{code}”还没有出现", "先列上级和前身机关"))
        if not found and item["code"] in records:
            found.append(InputFault(f"{place} code", f"“{item['code']}”在本文件中出现两次", "每个机关一行"))
        faults += found
        if not found:
            record = _record(item)
            records[record.code] = record
    if faults:
        raise InputRefused(*faults)
    return tuple(records.values())


def _faults(place: str, item: Mapping[str, Any]) -> Iterator[InputFault]:
    for field in item.keys() - {*REQUIRED, *OPTIONAL}:
        yield InputFault(f"{place} {field}", "没有这个字段", "、".join((*REQUIRED, *OPTIONAL)))
    for field in REQUIRED:
        if not isinstance(item.get(field), str) or not item[field].strip():
            yield InputFault(f"{place} {field}", "没有填写", "文字")
    for field in ("short_name", "parent"):
        if item.get(field) is not None and not isinstance(item[field], str):
            yield InputFault(f"{place} {field}", "不是文字", "文字")
    if isinstance(item.get("level"), str) and item["level"] not in LEVELS:
        yield InputFault(f"{place} level", f"“{item['level']}”不是规定的层级", "、".join(LEVELS))
    for field in ("valid_from", "valid_until"):
        if item.get(field) is not None and _day(item[field]) is None:
            yield InputFault(f"{place} {field}", f"“{item[field]}”不是日期", "如 2020-01-01")
    before = item.get("predecessors")
    if before is not None and not (isinstance(before, list) and all(isinstance(each, str) for each in before)):
        yield InputFault(f"{place} predecessors", "不是代码的列表", '如 ["qinglan-a"]')


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _record(item: Mapping[str, Any]) -> BodyRecord:
    return BodyRecord(
        code=item["code"],
        name=item["name"].strip(),
        level=item["level"],
        short_name=(item.get("short_name") or "").strip(),
        parent=item.get("parent"),
        valid_from=_day(item.get("valid_from")),
        valid_until=_day(item.get("valid_until")),
        predecessors=tuple(item.get("predecessors") or ()),
    )


@transaction.atomic
def write(text: str, actor: ledger.Actor = ledger.SYSTEM) -> Imported:
    """Import a file: a known body with equal values is ignored, one with other values is a fault that shows both."""
    existing = {each.code: each for each in Body.objects.prefetch_related("predecessors").select_related("parent")}
    records = parse(text, frozenset(existing))
    differing = [
        InputFault(record.code, f"已有的是{_shown(_of(existing[record.code]))}", f"与文件中的{_shown(record)}一致")
        for record in records
        if record.code in existing and _of(existing[record.code]) != record
    ]
    if differing:
        raise InputRefused(*differing)
    made = 0
    for record in records:
        if record.code in existing:
            continue
        above = existing[record.parent] if record.parent else None
        body = Body.objects.create(
            code=record.code,
            name=record.name,
            short_name=record.short_name,
            level=record.level,
            parent=above,
            path=f"{above.path if above else ''}{record.code}/",
            valid_from=record.valid_from,
            valid_until=record.valid_until,
        )
        body.predecessors.set([existing[code] for code in record.predecessors])
        existing[record.code] = body
        facts = {"name": record.name, "level": record.level}
        ledger.append(f"body:{record.code}", "body.imported", actor=actor, body=record.code, facts=facts)
        made += 1
    return Imported(made, len(records) - made)


def _of(body: Body) -> BodyRecord:
    return BodyRecord(
        body.code,
        body.name,
        body.level,
        body.short_name,
        body.parent.code if body.parent else None,
        body.valid_from,
        body.valid_until,
        tuple(sorted(each.code for each in body.predecessors.all())),
    )


def _shown(record: BodyRecord) -> str:
    return json.dumps(_item(record), ensure_ascii=False)


def _item(record: BodyRecord) -> dict[str, object]:
    item: dict[str, object] = {
        "code": record.code,
        "name": record.name,
        "short_name": record.short_name,
        "level": record.level,
        "parent": record.parent,
    }
    if record.valid_from:
        item["valid_from"] = record.valid_from.isoformat()
    if record.valid_until:
        item["valid_until"] = record.valid_until.isoformat()
    if record.predecessors:
        item["predecessors"] = list(record.predecessors)
    return item


def lines() -> Iterator[str]:
    """Every body as a line of the format, parents first."""
    found = Body.objects.select_related("parent").prefetch_related("predecessors").order_by("id")
    for each in found.iterator(chunk_size=1000):
        yield _shown(_of(each))
