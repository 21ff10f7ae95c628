"""The exchange format `orgs`: JSONL, a body a line; validated whole before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.fields import code_fault, text_fault
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.orgs.vocabulary import LEVELS
from gongkai.statute.primitives import InputFault, InputRefused

REQUIRED = ("code", "name", "level")
OPTIONAL = ("short_name", "parent", "valid_from", "valid_until", "predecessors")
MOST = {"name": 120, "short_name": 60}
"""The longest name and short name, in characters."""


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
    spelt = {code.lower(): code for code in known}
    for number, line in enumerate(text.split("\n"), 1):
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
        if not found:
            named = [
                ("parent", item.get("parent")),
                *(("predecessors", each) for each in item.get("predecessors") or ()),
            ]
            found += [
                InputFault(f"{place} {field}", f"“{code}”还没有出现", "先列上级和前身机关")
                for field, code in named
                if code is not None and code not in known and code not in records
            ]
        if not found and item["code"] in records:
            found.append(InputFault(f"{place} code", f"“{item['code']}”在本文件中出现两次", "每个机关一行"))
        elif not found and spelt.setdefault(item["code"].lower(), item["code"]) != item["code"]:
            other = spelt[item["code"].lower()]
            found.append(InputFault(f"{place} code", f"与“{other}”只有大小写不同", "不分大小写也不重复的代码"))
        faults += found
        if not found:
            record = _record(item)
            records[record.code] = record
    if faults:
        raise InputRefused(*faults)
    return tuple(records.values())


def _faults(place: str, item: Mapping[str, Any]) -> Iterator[InputFault]:
    for field in sorted(item.keys() - {*REQUIRED, *OPTIONAL}):
        yield InputFault(f"{place} {field}", "没有这个字段", "、".join((*REQUIRED, *OPTIONAL)))
    for field in (*REQUIRED, "short_name", "parent"):
        value = item.get(field)
        if value is None and field in OPTIONAL:
            continue
        wrong = _text_fault(f"{place} {field}", field, "" if value is None else value)
        if wrong:
            yield wrong
    days = [_day(item.get(field)) for field in ("valid_from", "valid_until")]
    for field, day in zip(("valid_from", "valid_until"), days, strict=True):
        if item.get(field) is not None and day is None:
            yield InputFault(f"{place} {field}", f"“{item[field]}”不是日期", "如 2020-01-01")
    if days[0] and days[1] and days[1] < days[0]:
        yield InputFault(f"{place} valid_until", f"早于 valid_from 的{days[0]}", f"{days[0]}或之后")
    before = item.get("predecessors")
    if before is not None and not (isinstance(before, list) and all(isinstance(each, str) for each in before)):
        yield InputFault(f"{place} predecessors", "不是代码的列表", '如 ["qinglan-a"]')


def _text_fault(place: str, field: str, value: object) -> InputFault | None:
    if not isinstance(value, str):
        return InputFault(place, "不是文字", "文字")
    if field == "level":
        return None if value in LEVELS else InputFault(place, f"“{value}”不是规定的层级", "、".join(LEVELS))
    if field in ("code", "parent"):
        return code_fault(place, value)
    return text_fault(place, value, MOST[field], valid="文字", required=field == "name")


def _day(text: object) -> date | None:
    try:
        day = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return day if day and day.isoformat() == text else None  # 20200101 and 2020-W01 are no days of this format


def _record(item: Mapping[str, Any]) -> BodyRecord:
    return BodyRecord(
        code=item["code"],
        name=item["name"].strip(),
        level=item["level"],
        short_name=(item.get("short_name") or "").strip(),
        parent=item.get("parent"),
        valid_from=_day(item.get("valid_from")),
        valid_until=_day(item.get("valid_until")),
        predecessors=tuple(sorted(set(item.get("predecessors") or ()))),
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
