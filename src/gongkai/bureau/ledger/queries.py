"""Reading the journal, page by key; `proof` proves it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from gongkai.bureau.ledger.models import Checkpoint, Entry
from gongkai.bureau.ledger.proof import Fault as Fault
from gongkai.bureau.ledger.proof import Verification as Verification
from gongkai.bureau.ledger.proof import verify as verify

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: int
    stream: str
    sequence: int
    at: datetime
    actor: str
    actor_name: str
    body: str
    kind: str
    facts: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`next_before` is the key of the next, older page, None at the end."""

    rows: tuple[EntryRow, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    day: date
    at: datetime
    last_entry: int
    streams: int
    public_key: str


def entries(
    *,
    before: int | None = None,
    stream: str = "",
    kind: str = "",
    actor: str = "",
    bodies: Iterable[str] | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    size: int = PAGE,
) -> EntryPage:
    """Newest first. `bodies` None is all of them: the caller has asked who may see what."""
    found = Entry.objects.order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    if stream:
        found = found.filter(stream__startswith=stream)
    if kind:
        found = found.filter(kind=kind)
    if actor:
        found = found.filter(actor=actor)
    if bodies is not None:
        found = found.filter(body__in=list(bodies))
    if first_day:
        found = found.filter(at__gte=timezone.make_aware(datetime.combine(first_day, time.min)))
    if last_day:
        found = found.filter(at__lte=timezone.make_aware(datetime.combine(last_day, time.max)))
    rows = tuple(_row(each) for each in found[: size + 1])
    return EntryPage(rows[:size], rows[size - 1].id if len(rows) > size else None)


def of_kinds(*kinds: str) -> Iterator[EntryRow]:
    """Every entry of these kinds, oldest first: what a duty replays to compare its tables with."""
    for each in Entry.objects.filter(kind__in=kinds).order_by("id").iterator(chunk_size=2000):
        yield _row(each)


def kinds() -> tuple[str, ...]:
    return tuple(Entry.objects.order_by("kind").values_list("kind", flat=True).distinct())


def _row(entry: Entry) -> EntryRow:
    return EntryRow(
        entry.id,
        entry.stream,
        entry.sequence,
        entry.at,
        entry.actor,
        entry.actor_name,
        entry.body,
        entry.kind,
        json.loads(entry.facts),
        entry.digest,
    )


def checkpoints(limit: int = 30) -> tuple[CheckpointRow, ...]:
    return tuple(
        CheckpointRow(each.day, each.at, each.last_entry, len(json.loads(each.heads)), each.public_key)
        for each in Checkpoint.objects.order_by("-day")[:limit]
    )
