"""Reading the journal, page by key, and proving it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from gongkai.bureau.ledger import chain
from gongkai.bureau.ledger.models import Checkpoint, Entry, Stream

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


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the journal that does not hold: which stream, which entry (0: the stream), and what."""

    stream: str
    sequence: int
    wrong: str


@dataclass(frozen=True, slots=True)
class Verification:
    entries: int
    streams: int
    checkpoints: int
    faults: tuple[Fault, ...]


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


def verify() -> Verification:
    """Replay the whole journal: every digest, every link, every head, every signature."""
    faults: list[Fault] = []
    heads: dict[str, tuple[int, str]] = {}
    digests: dict[str, set[str]] = {}
    total = 0
    for entry in Entry.objects.order_by("stream", "sequence").iterator(chunk_size=2000):
        total += 1
        length, head = heads.get(entry.stream, (0, ""))
        faults += _entry_faults(entry, length, head)
        heads[entry.stream] = (entry.sequence, entry.digest)
        digests.setdefault(entry.stream, set()).add(entry.digest)
    faults += _head_faults(heads)
    signed = list(Checkpoint.objects.order_by("day"))
    for checkpoint in signed:
        faults += _checkpoint_faults(checkpoint, digests)
    return Verification(total, len(heads), len(signed), tuple(faults))


def _entry_faults(entry: Entry, length: int, head: str) -> Iterator[Fault]:
    if entry.sequence != length + 1:
        yield Fault(entry.stream, entry.sequence, f"第{length}条之后缺第{length + 1}条")
    elif entry.previous != head:
        yield Fault(entry.stream, entry.sequence, "与前一条的摘要接不上")
    computed = chain.digest(
        stream=entry.stream,
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        actor_name=entry.actor_name,
        body=entry.body,
        kind=entry.kind,
        facts=entry.facts,
        previous=entry.previous,
    )
    if computed != entry.digest:
        yield Fault(entry.stream, entry.sequence, "内容与摘要不符，被改过")


def _head_faults(heads: Mapping[str, tuple[int, str]]) -> Iterator[Fault]:
    stored = {each.name: (each.length, each.head) for each in Stream.objects.all()}
    for name in sorted(stored.keys() | heads.keys()):
        length, head = heads.get(name, (0, ""))
        if name not in stored:
            yield Fault(name, 0, "流的登记不见了")
        elif stored[name][0] > length:
            yield Fault(name, length + 1, f"登记有{stored[name][0]}条，只剩{length}条")
        elif stored[name] != (length, head):
            yield Fault(name, length, "流的登记与末条不符")


def _checkpoint_faults(checkpoint: Checkpoint, digests: Mapping[str, set[str]]) -> Iterator[Fault]:
    signed = chain.canonical(
        {"day": checkpoint.day.isoformat(), "heads": checkpoint.heads, "last_entry": checkpoint.last_entry}
    )
    name = f"检查点 {checkpoint.day}"
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint.public_key))
        key.verify(bytes.fromhex(checkpoint.signature), signed.encode())
    except (InvalidSignature, ValueError):
        yield Fault(name, 0, "签名不符")
        return
    for stream, head in json.loads(checkpoint.heads).items():
        if head and head not in digests.get(stream, set()):
            yield Fault(stream, 0, f"{checkpoint.day}签过的末条不在流中，流被重写过")
