"""Remedies as the report counts them and as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.page_keys import read_key
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.bureau.remedies.models import Remedy
from gongkai.statute.parameters import Parameters, statutory
from gongkai.statute.report.tally import RemedyFact

PAGE = 50


@dataclass(frozen=True, slots=True)
class RemedyRow:
    id: int
    number: str
    body: str
    body_name: str
    request: int | None
    request_number: str
    kind: str
    accepted_on: date
    closed_on: date | None
    result: str
    decision: str
    instance: str
    role: str
    court_number: str
    evidence: str


@dataclass(frozen=True, slots=True)
class RemedyPage:
    rows: tuple[RemedyRow, ...]
    next_after: str


def counted(year: int, parameters: Parameters | None = None) -> Q:
    """Those that table four counts: by default no second instance and no joint defendant counts again."""
    day = date(year, 12, 31)
    values = parameters or statutory()
    found = Q()
    if not values.value("remedies_count_later_instances", day).number:
        found &= ~Q(instance__in=["2", "retrial"])
    if not values.value("remedies_count_joint_defendants", day).number:
        found &= ~Q(role__in=["co_defendant", "reviewing_body"])
    return found


def facts(bodies: Sequence[str], year: int, as_of: date) -> tuple[RemedyFact, ...]:
    """What table four of a year counts, equal facts grouped, as known on a day."""
    found, closed, pending = _counted_of(bodies, year, as_of)
    made = [
        RemedyFact(kind, year, year, result, count)
        for kind, result, count in found.filter(closed)
        .values_list("kind", "result")
        .annotate(count=Count("*"))
        .order_by()
    ]
    made += [
        RemedyFact(kind, year, None, None, count)
        for kind, count in found.filter(pending).values_list("kind").annotate(count=Count("*")).order_by()
    ]
    return tuple(made)


def behind(
    bodies: Sequence[str], year: int, as_of: date, *, row: str, column: str, after: str = "", size: int = PAGE
) -> RemedyPage:
    """The remedies that a cell of table four counts."""
    found, closed, pending = _counted_of(bodies, year, as_of)
    wanted = {"pending": pending, "total": closed | pending}
    found = found.filter(wanted[column] if column in wanted else closed & Q(result=column), kind=row)
    return _page(found, after, size)


def _counted_of(bodies: Sequence[str], year: int, as_of: date) -> tuple[QuerySet[Remedy], Q, Q]:
    """Those accepted by the year's end or the day; which of them the year closed, which were pending then."""
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    closed = Q(closed_on__gte=first, closed_on__lte=last)
    pending = Q(closed_on__isnull=True) | Q(closed_on__gt=last)
    return _of(bodies).filter(counted(year), accepted_on__lte=last), closed, pending


def remedies(
    person: Person, *, body: str = "", kind: str = "", pending: bool = False, after: str = "", size: int = PAGE
) -> RemedyPage:
    """Those that a person's roles reach, the latest accepted first."""
    require(person, Act.SEE_LEDGERS)
    found = Remedy.objects.filter(body__in=Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk"))
    if body:
        found = found.filter(body__code=body)
    if kind:
        found = found.filter(kind=kind)
    if pending:
        found = found.filter(closed_on__isnull=True)
    return _page(found, after, size)


def remedy(person: Person, remedy_id: int) -> RemedyRow | None:
    found = Remedy.objects.select_related("body", "request").filter(pk=remedy_id).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    return _row(found)


def of_request(request: int) -> tuple[RemedyRow, ...]:
    found = Remedy.objects.filter(request_id=request).select_related("body", "request").order_by("accepted_on", "id")
    return tuple(_row(each) for each in found)


def members(bodies: Sequence[str], year: int, as_of: date) -> tuple[tuple[int, str, str, str], ...]:
    """id, number, group and result (or pending) of every remedy in the year's report."""
    found, closed, pending = _counted_of(bodies, year, as_of)
    ended = dict(found.filter(closed).values_list("id", "result"))
    rows = found.filter(closed | pending).order_by("id").values_list("id", "number", "kind")
    return tuple((pk, number, kind, ended.get(pk, "pending")) for pk, number, kind in rows)


def _of(bodies: Sequence[str]) -> QuerySet[Remedy]:
    return Remedy.objects.filter(body__in=Body.objects.filter(code__in=bodies).values("pk"))


def _page(found: QuerySet[Remedy], after: str, size: int) -> RemedyPage:
    since = read_key(after)
    if since:
        found = found.filter(accepted_on__lte=since[0]).filter(Q(accepted_on__lt=since[0]) | Q(id__lt=since[1]))
    taken = list(found.select_related("body", "request").order_by("-accepted_on", "-id")[: size + 1])
    last = taken[size - 1] if len(taken) > size else None
    return RemedyPage(tuple(_row(each) for each in taken[:size]), f"{last.accepted_on}~{last.pk}" if last else "")


def _row(each: Remedy) -> RemedyRow:
    return RemedyRow(
        each.pk, each.number, each.body.code, each.body.name, each.request_id,
        each.request.number if each.request else "", each.kind, each.accepted_on, each.closed_on, each.result,
        each.decision, each.instance, each.role, each.court_number, each.evidence,
    )  # fmt: skip
