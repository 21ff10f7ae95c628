"""What is not public, when it is looked at again, and the batches in which it was (条例第18条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.bureau import clock
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.page_keys import read_key
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.bureau.publishing.models import Draft, Evaluation, EvaluationEntry
from gongkai.statute.publishing import flow

PAGE = 50


@dataclass(frozen=True, slots=True)
class KeptRow:
    """Something that is not public: why, and when it is looked at again. `left`: days until then."""

    id: int
    title: str
    body_name: str
    way: str
    ground: str
    evaluate_on: date | None
    left: int | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    id: int
    body_name: str
    until: date
    by: str
    at: datetime
    entries: int
    concluded: int
    opened: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: int
    draft: int
    title: str
    was: str
    conclusion: str
    ground: str
    next_on: date | None
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Batch:
    row: BatchRow
    body: str
    entries: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    rows: tuple[KeptRow, ...]
    next_after: str


def kept(person: Person, *, body: str = "", after: str = "") -> KeptPage:
    """What is not public of the bodies that the person's roles reach, what is due first."""
    bodies = Body.objects.filter(reach(person, Act.SEE_LEDGERS))
    found = Draft.objects.filter(body__in=bodies.values("pk"), state=flow.KEPT).select_related("body")
    if body:
        found = found.filter(body__code=body)
    if since := read_key(after):
        on, last_id = since
        found = found.filter(Q(evaluate_on__gt=on) | Q(evaluate_on=on, id__gt=last_id))
    today = clock.today()
    rows = list(found.order_by("evaluate_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return KeptPage(
        tuple(
            KeptRow(
                each.pk, each.title, each.body.name, flow.WAYS[each.way], each.way_ground, each.evaluate_on,
                (each.evaluate_on - today).days if each.evaluate_on else None,
            )
            for each in rows[:PAGE]
        ),
        f"{last.evaluate_on}~{last.pk}" if last else "",
    )  # fmt: skip


def due_count(person: Person) -> tuple[tuple[str, str, int, date], ...]:
    """(body's code, name, how many are due, the oldest day) where the person evaluates."""
    bodies = Body.objects.filter(reach(person, Act.EVALUATE_KEPT)).values("pk")
    found = Draft.objects.filter(body__in=bodies, state=flow.KEPT, evaluate_on__lte=clock.today())
    told: dict[tuple[str, str], list[date]] = {}
    for code, name, on in found.values_list("body__code", "body__name", "evaluate_on").order_by("evaluate_on")[:1000]:
        if on is not None:
            told.setdefault((code, name), []).append(on)
    return tuple((code, name, len(days), days[0]) for (code, name), days in told.items())


def batches(person: Person, body: str = "") -> tuple[BatchRow, ...]:
    bodies = Body.objects.filter(reach(person, Act.SEE_LEDGERS))
    found = Evaluation.objects.filter(body__in=bodies.values("pk"))
    if body:
        found = found.filter(body__code=body)
    return tuple(_batch_row(each) for each in _counted(found).order_by("-id")[:PAGE])


def batch(person: Person, evaluation: int) -> Batch | None:
    found = _counted(Evaluation.objects.filter(pk=evaluation)).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    entries = found.entries.select_related("draft", "by").order_by("id")
    return Batch(
        _batch_row(found), found.body.code,
        tuple(
            EntryRow(
                each.pk, each.draft_id, each.draft.title, each.was, each.conclusion, each.ground, each.next_on,
                each.by.name if each.by else "", each.at,
            )
            for each in entries
        ),
    )  # fmt: skip


def entry_of(person: Person, entry: int) -> int | None:
    """The batch of an entry that the person's roles reach; None where there is none."""
    found = EvaluationEntry.objects.select_related("evaluation__body").filter(pk=entry).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.evaluation.body)
    return found.evaluation_id


def _counted(found: QuerySet[Evaluation]) -> QuerySet[Any]:
    return found.select_related("body", "by").annotate(
        every=Count("entries"), done=Count("entries", filter=~Q(entries__conclusion="")),
        opened=Count("entries", filter=Q(entries__conclusion="open")),
    )  # fmt: skip


def _batch_row(each: Any) -> BatchRow:
    return BatchRow(
        each.pk, each.body.name, each.until, each.by.name, each.at, each.every, each.done, each.opened, each.closed_at
    )
