"""Everything that belongs into the file of a case (条例第45条), read once, for its archive package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gongkai.bureau.casework import files
from gongkai.bureau.casework.models import CaseFile, Letter, Request
from gongkai.bureau.casework.queries.messages import OF_OFFICE, of_complaints
from gongkai.bureau.ledger import checkpoints
from gongkai.bureau.ledger.models import Checkpoint, Entry

FOR_ANYBODY = frozenset({"redacted", "snapshot"})
"""Kinds of files that show nobody. A letter names its addressee, material before its redaction may hold anything."""

MADE = "archive.made"
"""The kind of the journal entry that the making of a package leaves."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    id: int
    of: str
    suffix: str
    size: int
    content_digest: str
    at: datetime
    tells_who: bool


@dataclass(frozen=True, slots=True)
class HeldDelivery:
    way: str
    tracking: str
    on: date
    arrived_on: date | None
    proof: int | None
    note: str


@dataclass(frozen=True, slots=True)
class HeldStep:
    act: str
    before: str
    after: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """`document`, `editable`, `scan` and the enclosures are ids of files."""

    id: int
    kind: str
    state: str
    number: str
    signed_on: date | None
    signed_by: str
    elements: Mapping[str, Any]
    paragraphs: str
    document: int | None
    editable: int | None
    scan: int | None
    enclosures: tuple[int, ...]
    event: int | None
    steps: tuple[HeldStep, ...]
    deliveries: tuple[HeldDelivery, ...]


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record of the handling as fields in the order of the table; `sealed` names those that may tell who asked."""

    of: str
    fields: Mapping[str, object]
    sealed: bytes = b""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """`journal`: the entries of the request's stream as JSON objects, the chain complete from its first."""

    files: tuple[HeldFile, ...]
    letters: tuple[HeldLetter, ...]
    records: tuple[HeldRecord, ...]
    journal: tuple[Mapping[str, object], ...]
    checkpoint: Mapping[str, object] | None


def stream_of(request: int) -> str:
    return f"request:{request}"


def record(found: Request) -> CaseRecord:
    """The whole file of a request; the caller has authorised it and holds its row."""
    return CaseRecord(
        held_files(found.pk), held_letters(found.pk), _records(found), journal(found.pk), _covering(found.pk)
    )


def held_files(request: int) -> tuple[HeldFile, ...]:
    """The files of the case. A complaint about the body is no part of its file: the office in charge keeps it."""
    stored = CaseFile.objects.filter(request_id=request).exclude(of="archive").order_by("id")
    withheld = of_complaints(request)
    return tuple(
        HeldFile(each.pk, each.of, _suffix(each.media_type), each.size, each.content_digest, each.at,
                 each.of not in FOR_ANYBODY)
        for each in stored
        if each.facts.get("message") not in withheld
    )  # fmt: skip


def bytes_of(ids: list[int]) -> dict[int, bytes]:
    """The contents of files by their ids; InputRefused where one of them cannot be opened."""
    return {each.pk: files.bytes_of(each) for each in CaseFile.objects.filter(pk__in=ids)}


def names_of(ids: list[int]) -> dict[int, str]:
    return {each.pk: files.name_of(each) for each in CaseFile.objects.filter(pk__in=ids)}


def held_letters(request: int) -> tuple[HeldLetter, ...]:
    stored = (
        Letter.objects.filter(request_id=request)
        .prefetch_related("steps__by", "deliveries", "enclosures")
        .order_by("signed_on", "id")
    )
    return tuple(_letter(each) for each in stored)


def _letter(each: Letter) -> HeldLetter:
    return HeldLetter(
        each.pk, each.kind, each.state, each.number, each.signed_on, each.signed_by, each.elements, each.paragraphs,
        each.document_id, each.editable_id, each.scan_id, tuple(sorted(file.pk for file in each.enclosures.all())),
        each.event,
        tuple(
            HeldStep(step.act, step.before, step.after, step.note, step.by.name, step.at)
            for step in sorted(each.steps.all(), key=lambda step: step.pk)
        ),
        tuple(
            HeldDelivery(sent.way, sent.tracking, sent.on, sent.arrived_on, sent.proof_id, sent.note)
            for sent in sorted(each.deliveries.all(), key=lambda sent: sent.pk)
        ),
    )  # fmt: skip


def journal(request: int) -> tuple[Mapping[str, object], ...]:
    entries = Entry.objects.filter(stream=stream_of(request)).order_by("sequence")
    return tuple(
        {
            "stream": each.stream,
            "sequence": each.sequence,
            # as the digest covers it (ledger.chain): in UTC to the microsecond
            "at": each.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": each.actor,
            "actor_name": each.actor_name,
            "body": each.body,
            "kind": each.kind,
            "facts": each.facts,
            "previous": each.previous,
            "digest": each.digest,
        }
        for each in entries
    )


def _covering(request: int) -> Mapping[str, object] | None:
    """The last signed checkpoint where it signs over this request's stream; the newest signs over every stream."""
    last = Checkpoint.objects.order_by("-day").first()
    if last is None or stream_of(request) not in json.loads(last.heads):
        return None
    signed = checkpoints.Signed(last.day.isoformat(), last.last_entry, last.heads, last.public_key, last.signature)
    return {name: getattr(signed, name) for name in checkpoints.Signed.__slots__}


def _records(found: Request) -> tuple[HeldRecord, ...]:
    made = [
        HeldRecord("application", {"form": each.form, "way": each.way, "by_agent": each.by_agent, "joint": each.joint,
                                   "filed_at": each.filed_at.isoformat()}, bytes(each.sealed))
        for each in ([found.application] if hasattr(found, "application") else [])
    ]  # fmt: skip
    made += [
        HeldRecord("decisions", {"position": each.position, "text": each.text, "outcome": each.outcome,
                                 "articles": each.articles, "reason": each.reason,
                                 "decided_by": each.decided_by.name if each.decided_by else "",
                                 "decided_at": each.decided_at.isoformat() if each.decided_at else None})
        for each in found.wanted.select_related("decided_by").order_by("position")
    ]  # fmt: skip
    made += [
        HeldRecord("assignments", {"section": each.section.name if each.section else "",
                                   "person": each.person.name if each.person else "", "joins": each.joins,
                                   "task": each.task, "due_on": str(each.due_on or ""), "by": each.by.name,
                                   "at": each.at.isoformat()})
        for each in found.assignments.select_related("section", "person", "by").order_by("id")
    ]  # fmt: skip
    made += [
        HeldRecord("opinions", {"kind": each.kind, "conclusion": each.conclusion, "text": each.text,
                                "letter": each.letter.number if each.letter else "", "by": each.by.name,
                                "at": each.at.isoformat()})
        for each in found.opinions.select_related("letter", "by").order_by("id")
    ]  # fmt: skip
    made += [
        HeldRecord("searches", {"places": each.places, "terms": each.terms, "period": each.period,
                                "searchers": each.searchers, "archive_asked": each.archive_asked,
                                "result": each.result, "on": each.on.isoformat(), "by": each.by.name})
        for each in found.searches.select_related("by").order_by("id")
    ]  # fmt: skip
    made += [
        HeldRecord("consultations", {"family": each.family, "party": each.party, "until": str(each.until or ""),
                                     "answered_at": each.answered_at.isoformat() if each.answered_at else None,
                                     "consents": each.consents}, bytes(each.sealed_answer or b""))
        for each in found.consultations.order_by("id")
    ]  # fmt: skip
    made += [
        HeldRecord("messages", {"kind": each.kind, "at": each.at.isoformat(), "score": each.score,
                                "answer": each.answer}, bytes(each.sealed))
        for each in found.messages.exclude(kind__in=OF_OFFICE).order_by("id")
    ]  # fmt: skip
    made += [
        HeldRecord("due_changes", {"before": str(each.before or ""), "after": str(each.after or ""),
                                   "because": each.because, "at": each.at.isoformat()})
        for each in found.due_changes.order_by("id")
    ]  # fmt: skip
    made += [
        HeldRecord("steps", {"event": each.kind, "on": each.on.isoformat(), "evidence": each.evidence,
                             "by": each.entered_by.name if each.entered_by else "",
                             "entered_at": each.entered_at.isoformat(), "digest": each.digest})
        for each in found.events.select_related("entered_by").order_by("position")
    ]  # fmt: skip
    return tuple(made)


def _suffix(media_type: str) -> str:
    return next((suffix for suffix, known in files.MEDIA_TYPES.items() if known == media_type), ".bin")


@dataclass(frozen=True, slots=True)
class MadePackage:
    """A package that was made: when, by whom, why, with its digest, by which it is known again."""

    at: datetime
    by: str
    because: str
    identity: bool
    digest: str


def made_packages(request: int) -> tuple[MadePackage, ...]:
    """The packages of a request, the latest first; the caller has authorised the request."""
    entries = Entry.objects.filter(stream=stream_of(request), kind=MADE).order_by("-sequence")
    told = [(each, json.loads(each.facts)) for each in entries]
    return tuple(
        MadePackage(each.at, each.actor_name, facts["because"], facts["identity"], facts["digest"])
        for each, facts in told
    )
