"""栏目 of a body: begun from those that the law names for its level, then the body's own (条例第12、20、21条).

An address never breaks: a column is renamed, moved and closed, never deleted, and its code never changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Assignment, Body, Person, Section
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing.models import Column, Item
from gongkai.statute.catalogue import HOLDING, ColumnSeed, column_seeds, field_seeds
from gongkai.statute.primitives import InputFault, InputRefused

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DEEPEST = 6
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Settings:
    """What a body may set of a column. `days` and `event`: one of them at most; `section` its owner by id,
    `person` by username, "" for nobody."""

    name: str
    parent: int | None
    position: int = 0
    days: int | None = None
    event: str = ""
    section: int | None = None
    person: str = ""


@transaction.atomic
def begin(actor: Person, body: str) -> int:
    """Make the columns that the law names for the body's level and put its items into those of their name.

    Returns how many were made: those that the body lacks.
    """
    require(actor, Act.EDIT_COLUMNS, body)
    owner = Body.objects.select_for_update().get(code=body)
    return _make(actor, owner, column_seeds(owner.level))


@transaction.atomic
def take_fields(actor: Person, body: str, fields: Collection[str]) -> int:
    """Make a column for each of these fields of the standard catalogue; returns how many the body lacked."""
    require(actor, Act.EDIT_COLUMNS, body)
    head, *rest = field_seeds()
    chosen = [each for each in rest if each.code in fields]
    if not chosen or len(chosen) < len(set(fields)):
        raise InputRefused(InputFault("领域", "没有选择" if not fields else "有不认识的", "所列领域中的一个或者几个"))
    owner = Body.objects.select_for_update().get(code=body)
    return _make(actor, owner, (head, *chosen))


def _make(actor: Person, owner: Body, seeds: Sequence[ColumnSeed]) -> int:
    body = owner.code
    there = {each.code: each for each in Column.objects.filter(body=owner)}
    made = 0
    for position, seed in enumerate(seeds):
        if seed.code in there:
            continue
        there[seed.code] = Column.objects.create(
            body=owner, code=seed.code, parent=there.get(seed.parent), position=position, name=seed.name,
            kind=seed.kind, article=seed.article, elements=list(seed.elements), days=seed.days, event=seed.event,
            made_at=clock.now(),
        )  # fmt: skip
        made += 1
    if made:
        ledger.append(f"columns:{body}", "columns.begun", actor=actor, body=body, facts={"columns": made})
    for each in there.values():
        _take_in(each)
    return made


@transaction.atomic
def add(actor: Person, body: str, code: str, given: Settings) -> int:
    """A column of the body's own; returns its id."""
    require(actor, Act.EDIT_COLUMNS, body)
    owner = Body.objects.select_for_update().get(code=body)
    faults = _faults(owner, None, given)
    if not _CODE.fullmatch(code) or len(code) > 60:
        faults.append(InputFault("地址", f"“{code}”不能用", "小写字母、数字和短横，如 tzgg，定了不再改"))
    elif Column.objects.filter(body=owner, code=code).exists():
        faults.append(InputFault("地址", f"“{code}”已经用过", "未用过的地址"))
    if faults:
        raise InputRefused(*faults)
    made = Column.objects.create(body=owner, code=code, kind="content", made_at=clock.now(), **_columns(given))
    _take_in(made)
    facts = {"column": code, **_told(made)}
    ledger.append(f"columns:{body}", "column.added", actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def change(actor: Person, column: int, given: Settings) -> None:
    """Rename, move, give another rule or owner. The address stays what it is."""
    found = _of(actor, column)
    faults = _faults(found.body, found, given)
    if faults:
        raise InputRefused(*faults)
    before = _told(found)
    for name, value in _columns(given).items():
        setattr(found, name, value)
    found.save()
    _take_in(found)
    after = _told(found)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        facts = {"column": found.code, **changed}
        ledger.append(f"columns:{found.body.code}", "column.changed", actor=actor, body=found.body.code, facts=facts)


@transaction.atomic
def close(actor: Person, column: int, *, into: int | None, because: str) -> None:
    """Close a column: its items stand in another from now on, and its address leads there."""
    found = _of(actor, column)
    others = Column.objects.filter(body=found.body, closed_at__isnull=True).exclude(pk=found.pk)
    target = others.filter(pk=into).first() if into else None
    faults = []
    if target is None or target.kind not in HOLDING:
        faults.append(InputFault("并入的栏目", "没有选择", "本机关的另一个栏目"))
    if Column.objects.filter(parent=found, closed_at__isnull=True).exists():
        faults.append(InputFault("栏目", "下面还有栏目", "先移走或者停用下级栏目"))
    if not because.strip():
        faults.append(InputFault("理由", "没有填写", "停用的理由"))
    if faults or target is None:
        raise InputRefused(*faults)
    moved = Item.objects.filter(place=found).update(place=target)
    Column.objects.filter(merged_into=found).update(merged_into=target)
    found.closed_at, found.merged_into = clock.now(), target
    found.save(update_fields=["closed_at", "merged_into"])
    facts = {"column": found.code, "into": target.code, "items": moved, "because": because.strip()[:500]}
    ledger.append(f"columns:{found.body.code}", "column.closed", actor=actor, body=found.body.code, facts=facts)


def _take_in(column: Column) -> None:
    """Items that name the column and stand nowhere."""
    if column.closed_at is None and column.kind in HOLDING:
        Item.objects.filter(body=column.body, column=column.name, place__isnull=True).update(place=column)


def _of(actor: Person, column: int) -> Column:
    found = Column.objects.select_for_update(of=("self",)).select_related("body", "parent").get(pk=column)
    require(actor, Act.EDIT_COLUMNS, found.body)
    if found.closed_at is not None:
        raise InputRefused(InputFault("栏目", "已经停用", "在用的栏目"))
    return found


def _faults(body: Body, column: Column | None, given: Settings) -> list[InputFault]:
    found = []
    if not given.name.strip():
        found.append(InputFault("名称", "没有填写", "栏目名称"))
    elif len(given.name.strip()) > 200:
        found.append(InputFault("名称", f"有{len(given.name.strip())}个字", "不超过200个字"))
    if given.days is not None and given.event.strip():
        found.append(InputFault("更新要求", "天数和事由都填了", "按天数的填天数，因事更新的填事由"))
    if given.days is not None and not 0 < given.days <= MOST_DAYS:
        found.append(InputFault("更新天数", f"是{given.days}", f"1至{MOST_DAYS}天"))
    if len(given.event.strip()) > 200:
        found.append(InputFault("更新事由", f"有{len(given.event.strip())}个字", "不超过200个字"))
    if given.section is not None and not Section.objects.filter(pk=given.section, body=body).exists():
        found.append(InputFault("责任科室", "不是本机关的科室", "本机关的科室"))
    if given.person and not _serving(body, given.person):
        found.append(InputFault("责任人", f"“{given.person}”现在不在本机关任职", "本机关在职人员的账号"))
    return found + _parent_faults(body, column, given.parent)


def _serving(body: Body, username: str) -> bool:
    return Assignment.objects.filter(body=body, person__username=username, person__is_active=True).exists()


def _parent_faults(body: Body, column: Column | None, parent: int | None) -> list[InputFault]:
    """A column stands beneath one in use of its own body, never beneath itself."""
    if parent is None:
        return []
    parents = dict(Column.objects.filter(body=body, closed_at__isnull=True).values_list("id", "parent"))
    if parent not in parents:
        return [InputFault("上级栏目", "不是本机关在用的栏目", "本机关在用的栏目")]
    above = 1
    at: int | None = parent
    while at is not None and above <= DEEPEST:
        if column is not None and at == column.pk:
            return [InputFault("上级栏目", "是它自己或者它的下级", "别的栏目")]
        at, above = parents.get(at), above + 1
    return [InputFault("上级栏目", f"超过{DEEPEST}层", f"不超过{DEEPEST}层")] if at is not None else []


def _columns(given: Settings) -> dict[str, object]:
    owner = Person.objects.get(username=given.person).pk if given.person else None
    return {
        "name": given.name.strip(), "parent_id": given.parent, "position": given.position, "days": given.days,
        "event": given.event.strip(), "section_id": given.section, "person_id": owner,
    }  # fmt: skip


def _told(column: Column) -> Mapping[str, object]:
    """The settings as the journal tells them."""
    return {
        "name": column.name, "parent": column.parent_id, "position": column.position, "days": column.days,
        "event": column.event, "section": column.section_id, "person": column.person_id,
    }  # fmt: skip
