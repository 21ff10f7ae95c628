"""Evidence beside a case: the same asked before, the same applicant, the same asked by others (条例第35、36、44条).

Everything is looked for in the same body, among a bounded number of its latest requests; who asked is never shown, an
applicant is compared by keyed marks alone.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from gongkai.bureau import clock
from gongkai.bureau.casework.models import IdentityMark, Letter, Request
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.cases import letter_flow
from gongkai.statute.letters import load as kinds

LOOKED_THROUGH = 1000
MOST_OLDER = 100
"""Of the applicant's own, however long ago."""
YEARS_BACK = 3
FREQUENT_DAYS = 365
LIKE = 0.7
"""Share of the letter pairs of two texts that they have in common from which they are shown as alike."""
MOST_ROWS = 10
_LONGEST_COMPARED = 600


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """`likeness` in per cent of the words, 100 for the same; `reply`: id of the letter that answered it."""

    id: int
    number: str
    subject: str
    received_on: date | None
    closed_on: date | None
    outcome: str
    likeness: int
    same_applicant: bool
    reply: int | None
    reply_number: str


@dataclass(frozen=True, slots=True)
class Related:
    """`alike` the most alike first; `earlier` those of the same applicant that ask other things.

    `in_a_year`: requests of this applicant in the 365 days up to this one, itself included (第35条); 0 where unknown.
    `by_name_only`: the applicant was compared by name, for no number of an identity document is known.
    `others`: further applicants who asked the same (第44条). `answered`: an answer to this applicant (第36条第6项).
    """

    alike: tuple[RelatedRow, ...]
    earlier: tuple[RelatedRow, ...]
    in_a_year: int
    by_name_only: bool
    others: int
    answered: RelatedRow | None


def related(person: Person, request_id: int) -> Related | None:
    """What stands beside a case; None where there is no such request, refused where it is out of reach."""
    found = Request.objects.select_related("body").filter(pk=request_id).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    return beside(found)


def beside(found: Request) -> Related:
    """As `related`, for a caller who has shown that the request is in reach."""
    kind, own = _same_applicant(found)
    near = _near(found, own)
    rows = _rows(near, own)
    alike = sorted((each for each in rows if each.likeness >= 100 * LIKE), key=_most_alike)
    mine = [each for each in rows if each.same_applicant]
    since = _day(found) - timedelta(days=FREQUENT_DAYS)
    marks = {each.identity_mark for each, likeness in near if likeness >= LIKE and each.pk not in own}
    return Related(
        alike=tuple(alike[:MOST_ROWS]),
        earlier=tuple([each for each in mine if each.likeness < 100 * LIKE][:MOST_ROWS]),
        in_a_year=1 + sum(since < day <= _day(found) for day in own.values()) if kind else 0,
        by_name_only=kind == "name",
        others=len(marks - {"", found.identity_mark}),
        answered=next((each for each in alike if each.same_applicant and each.closed_on), None),
    )


def _same_applicant(found: Request) -> tuple[str, dict[int, date]]:
    """By what the applicant is compared, and their other requests to this body with the day of each."""
    marks: dict[str, list[str]] = {}
    for each, mark in IdentityMark.objects.filter(request=found).values_list("kind", "mark"):
        marks.setdefault(each, []).append(mark)
    kind = next((each for each in ("id_number", "name") if each in marks), "")
    if not kind:
        return "", {}
    rows = (
        IdentityMark.objects.filter(mark__in=marks[kind], kind=kind, request__body=found.body_id)
        .exclude(request=found)
        .order_by("-request_id")
        .values_list("request_id", "request__received_on", "request__submitted_on", "request__last_event_on")
    )
    own = {number: received or sent or last for number, received, sent, last in rows[:LOOKED_THROUGH]}
    return kind, own


def _near(found: Request, own: dict[int, date]) -> list[tuple[Request, float]]:
    """The body's latest requests that are alike or of the same applicant, with how alike they are."""
    since = clock.today() - timedelta(days=366 * YEARS_BACK)
    columns = ("id", "number", "subject", "identity_mark", "received_on", "closed_on", "outcome")
    looked = Request.objects.filter(body=found.body_id).exclude(pk=found.pk).order_by("-last_event_on", "-id")
    latest = {each.pk: each for each in looked.filter(last_event_on__gte=since).only(*columns)[:LOOKED_THROUGH]}
    older = [each for each in own if each not in latest][:MOST_OLDER]
    if older:
        latest |= {each.pk: each for each in looked.filter(pk__in=older).only(*columns)}
    asked = _pairs(found.subject[:_LONGEST_COMPARED])
    near: list[tuple[Request, float]] = []
    for each in latest.values():
        likeness = _likeness(asked, _pairs(each.subject[:_LONGEST_COMPARED]))
        if likeness >= LIKE or each.pk in own:
            near.append((each, likeness))
    return near


def _rows(near: list[tuple[Request, float]], own: dict[int, date]) -> list[RelatedRow]:
    shown = sorted(near, key=lambda each: -each[1])[: 5 * MOST_ROWS]
    delivered = Letter.objects.filter(
        request__in=[each.pk for each, _ in shown],
        state=letter_flow.DELIVERED,
        event__isnull=False,
        kind__in=[each.code for each in kinds().values() if each.event == "replied"],
    ).order_by("id")
    replies = {request: (number, told) for request, number, told in delivered.values_list("request", "id", "number")}
    return [
        RelatedRow(
            each.pk, each.number, each.subject, each.received_on, each.closed_on, each.outcome, int(100 * likeness),
            each.pk in own, *replies.get(each.pk, (None, "")),
        )
        for each, likeness in shown
    ]  # fmt: skip


def _most_alike(each: RelatedRow) -> tuple[bool, int, int]:
    return not each.same_applicant, -each.likeness, -each.id


def _day(found: Request) -> date:
    return found.received_on or found.submitted_on or found.last_event_on


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    if not one or not other or min(len(one), len(other)) < LIKE / 2 * max(len(one), len(other)):
        return 0
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[int]:
    """The pairs of neighbouring letters of a text without its punctuation, as hashes; a subject never changes."""
    letters = [each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum()]
    return frozenset(hash(pair) for pair in pairwise(letters)) or frozenset(map(hash, letters))
