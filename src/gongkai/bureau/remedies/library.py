"""Earlier replies with what reconsideration and courts said of them: shown while a reply is drafted."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.bureau.casework.queries import library
from gongkai.bureau.casework.queries.aftermath import Lesson, lessons
from gongkai.bureau.casework.queries.library import LibraryRow
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.remedies.models import Remedy


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a reconsideration or a court said of a reply; `result` "" while pending."""

    kind: str
    result: str
    decision: str


@dataclass(frozen=True, slots=True)
class Answer:
    row: LibraryRow
    reviewed: tuple[Reviewed, ...]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    rows: tuple[Answer, ...]
    looked_through: int
    all: bool


def answers(person: Person, text: str, *, besides: int | None = None) -> Answers:
    """As `casework.queries.library.similar`, with the remedies and lessons of each."""
    found = library.similar(person, text, besides=besides)
    ids = [each.id for each in found.rows]
    reviewed: dict[int, list[Reviewed]] = {}
    for remedy in Remedy.objects.filter(request__in=ids).order_by("accepted_on", "id"):
        reviewed.setdefault(remedy.request_id or 0, []).append(Reviewed(remedy.kind, remedy.result, remedy.decision))
    learnt = lessons(ids)
    rows = tuple(Answer(each, tuple(reviewed.get(each.id, ())), learnt.get(each.id, ())) for each in found.rows)
    return Answers(rows, found.looked_through, found.all)
