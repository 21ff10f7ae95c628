"""Entering a piece of published information in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.ledger.chain import canonical
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing.models import Column, Item
from gongkai.statute.catalogue import HOLDING
from gongkai.statute.ledgers.items import ItemRecord, parse_item
from gongkai.statute.primitives import InputFault, InputRefused

RULES = frozenset({"规章", "部门规章", "地方政府规章"})
NORMATIVE = frozenset({"规范性文件", "行政规范性文件"})


@transaction.atomic
def enter(actor: Person, given: dict[str, object]) -> int:
    """Enter an item as exchanged; returns its id. What is published elsewhere is entered as legacy."""
    record = parse_item(given)
    require(actor, Act.ENTER_ITEMS, record.agency)
    body = Body.objects.select_for_update().get(code=record.agency)
    faults = []
    if record.published_on > clock.today():
        faults.append(InputFault("公布日", "还没有到", "今天或以前的日子"))
    if record.formed_on and record.formed_on > record.published_on:
        faults.append(InputFault("成文日", f"晚于公布日{record.published_on}", "公布日或以前的日子"))
    if Item.objects.filter(body=body, source_id=record.source_id).exists():
        faults.append(InputFault("编号", f"“{record.source_id}”已经用过", "未用过的编号"))
    if faults:
        raise InputRefused(*faults)
    made = Item.objects.create(
        **columns(record), body=body, place_id=places([body.pk]).get((body.pk, record.column)), attachments=[],
        entered_by=actor, entered_at=clock.now(),
    )  # fmt: skip
    resolve_repeals(body.pk)
    facts = {"source_id": record.source_id, "title": record.title, "digest": made.digest}
    ledger.append(f"item:{made.pk}", "item.entered", actor=actor, body=body.code, facts=facts)
    return made.pk


def places(bodies: Collection[int]) -> dict[tuple[int, str], int]:
    """The column in use of each name, by (body, name); where two have the same name, the first."""
    found = Column.objects.filter(body__in=bodies, closed_at__isnull=True, kind__in=HOLDING).order_by("-id")
    return {(body, name): pk for body, name, pk in found.values_list("body_id", "name", "id")}


def columns(record: ItemRecord) -> dict[str, object]:
    """The columns of `Item` that a record gives, but for body and attachments."""
    return {
        "source_id": record.source_id,
        "column": record.column,
        "title": record.title,
        "document_number": record.document_number,
        "topic": record.topic,
        "genre": record.genre,
        "formed_on": record.formed_on,
        "published_on": record.published_on,
        "effective_on": record.effective_on,
        "expires_on": record.expires_on,
        "repealed_by": record.repealed_by,
        "registration_number": record.registration_number,
        "validity": record.validity,
        "summary": record.summary,
        "body_html": record.body_html,
        "body_text": record.body_text,
        "index_number": record.index_number,
        "counted_as": counted_as(record),
        "digest": digest(record),
    }


def counted_as(record: ItemRecord) -> str:
    """The row of table two that a document belongs to: rules, normative, or "" for all other information."""
    if record.genre in RULES:
        return "rules"
    return "normative" if record.genre in NORMATIVE or record.registration_number else ""


def digest(record: ItemRecord) -> str:
    """Equal records have equal digests."""
    return hashlib.sha256(canonical(record.as_json()).encode()).hexdigest()


def resolve_repeals(body: int) -> None:
    """Give each document of a body that names what repealed it the day on which that took effect."""
    untold = Item.objects.filter(body_id=body, repealed_on__isnull=True).exclude(repealed_by="")
    open_ones = list(untold.only("id", "repealed_by", "repealed_on"))
    names = sorted({each.repealed_by for each in open_ones})
    days: dict[str, date] = {}
    for start in range(0, len(names), 1000):
        some = names[start : start + 1000]
        named = Q(title__in=some) | Q(source_id__in=some) | Q(document_number__in=some)
        found = Item.objects.filter(named, body_id=body).order_by("id")
        for effective, published, *called in found.values_list(
            "effective_on", "published_on", "title", "source_id", "document_number"
        ):
            days |= dict.fromkeys(called, effective or published)
    for each in open_ones:
        each.repealed_on = days.get(each.repealed_by)
    Item.objects.bulk_update([each for each in open_ones if each.repealed_on], ["repealed_on"], batch_size=500)
