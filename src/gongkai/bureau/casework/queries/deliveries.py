"""送达台账: every delivery of the letters of bodies in reach, the last entered first (条例第45条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.bureau.casework.models import Delivery
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.statute.letters import load

PAGE = 50


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery; never to whom. `proof`: whether one was kept."""

    id: int
    letter: int
    title: str
    number: str
    request: int
    request_number: str
    body_name: str
    way: str
    tracking: str
    on: date
    arrived_on: date | None
    proof: bool
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    rows: tuple[DeliveryRow, ...]
    next_after: int | None


def deliveries(
    person: Person,
    *,
    body: str = "",
    way: str = "",
    search: str = "",
    lacking: bool = False,
    since: date | None = None,
    until: date | None = None,
    after: int | None = None,
    size: int = PAGE,
) -> DeliveryPage:
    """A page of them. `search`: in the letter's, the request's or the tracking number; `lacking`: without proof.

    In the order of entering, which the key gives without sorting: a hundred thousand cost what fifty do.
    """
    require(person, Act.SEE_LEDGERS)
    bodies = Body.objects.filter(reach(person, Act.SEE_LEDGERS))
    if body:
        bodies = bodies.filter(code=body)
    found = Delivery.objects.filter(letter__request__body__in=bodies.values("pk"))
    if way:
        found = found.filter(way=way)
    if lacking:
        found = found.filter(proof__isnull=True)
    if since:
        found = found.filter(on__gte=since)
    if until:
        found = found.filter(on__lte=until)
    if search:
        found = found.filter(
            Q(letter__number__contains=search)
            | Q(letter__request__number__contains=search)
            | Q(tracking__contains=search)
        )
    if after is not None:
        found = found.filter(pk__lt=after)
    related = found.select_related("letter__request__body", "by").defer("letter__paragraphs", "letter__addressee")
    taken = list(related.order_by("-pk")[: size + 1])
    return DeliveryPage(tuple(_row(each) for each in taken[:size]), taken[size - 1].pk if len(taken) > size else None)


def _row(each: Delivery) -> DeliveryRow:
    request, kind = each.letter.request, load().get(each.letter.kind)
    return DeliveryRow(
        each.pk, each.letter_id, kind.title if kind else each.letter.kind, each.letter.number, request.pk,
        request.number, request.body.name, each.way, each.tracking, each.on, each.arrived_on,
        each.proof_id is not None, each.note, each.by.name,
    )  # fmt: skip
