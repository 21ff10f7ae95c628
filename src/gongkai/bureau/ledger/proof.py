"""Proving the journal: every digest, every link, every head, every signature, and the triggers that keep it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.bureau.ledger import chain, checkpoints
from gongkai.bureau.ledger.checkpoints import Signed
from gongkai.bureau.ledger.models import Entry, Stream

CHECKPOINTS = "checkpoints"
"""The stream in which each signing is itself an entry, so that a checkpoint cannot vanish unseen."""


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


def _untold(fault: Fault) -> None: ...


def verify(tell: Callable[[Fault], None] = _untold, copies: Sequence[Signed] = ()) -> Verification:
    """Replay the whole journal; `tell` hears of each fault when it is found.

    `copies` are checkpoints kept elsewhere: they prove the journal even to somebody who rewrote it whole, the
    checkpoints in the database included. Memory grows with the streams and the signed heads, not with the entries.
    """
    replay = _Replay(copies)
    faults = []
    for fault in replay.faults():
        tell(fault)
        faults.append(fault)
    return Verification(replay.entries, len(replay.heads), len(replay.signed), tuple(faults))


class _Replay:
    """One pass over all entries in the order of streams."""

    def __init__(self, copies: Sequence[Signed]) -> None:
        self.signed = tuple(checkpoints.stored())
        self.copies = tuple(copies)
        self.entries = 0
        self.heads: dict[str, tuple[int, str]] = {}
        self.journalled: dict[str, str] = {}

    def faults(self) -> Iterator[Fault]:
        wanted: dict[str, set[str]] = {}
        for each in (*self.signed, *self.copies):
            for stream, head in checkpoints.heads(each).items():
                wanted.setdefault(stream, set()).add(head)
        for entry in Entry.objects.order_by("stream", "sequence").iterator(chunk_size=2000):
            self.entries += 1
            length, head = self.heads.get(entry.stream, (0, ""))
            yield from _entry_faults(entry, length, head)
            self.heads[entry.stream] = (entry.sequence, entry.digest)
            wanted.get(entry.stream, set()).discard(entry.digest)
            if entry.stream == CHECKPOINTS and entry.kind == "checkpoint.signed":
                told = json.loads(entry.facts)
                self.journalled[told["day"]] = told["signature"]
        yield from _head_faults(self.heads)
        yield from self._checkpoint_faults(wanted)

    def _checkpoint_faults(self, missing: Mapping[str, set[str]]) -> Iterator[Fault]:
        own = checkpoints.own_key()
        for word, each in (
            *(("检查点", each) for each in self.signed),
            *(("抄送的检查点", each) for each in self.copies),
        ):
            wrong = checkpoints.wrong_signature(each, own)
            if wrong:
                yield Fault(f"{word} {each.day}", 0, wrong)
                continue
            for stream, head in checkpoints.heads(each).items():
                if head and head in missing.get(stream, ()):
                    yield Fault(stream, 0, f"{each.day}签过的末条不在流中，流被重写过")
        kept = {each.day: each.signature for each in self.signed}
        for day, signature in sorted(self.journalled.items()):
            if day not in kept:
                yield Fault(f"检查点 {day}", 0, "日志里签过，现在不见了")
            elif kept[day] != signature:
                yield Fault(f"检查点 {day}", 0, "与日志里签的不是同一个")


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
    stored = {name: (length, head) for name, length, head in Stream.objects.values_list("name", "length", "head")}
    for name in sorted(stored.keys() | heads.keys()):
        length, head = heads.get(name, (0, ""))
        if name not in stored:
            yield Fault(name, 0, "流的登记不见了")
        elif stored[name][0] > length:
            yield Fault(name, length + 1, f"登记有{stored[name][0]}条，只剩{length}条")
        elif stored[name] != (length, head):
            yield Fault(name, length, "流的登记与末条不符")
