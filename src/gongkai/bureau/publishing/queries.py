"""Published items as the report counts them and as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.page_keys import read_key
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.bureau.publishing.models import Item
from gongkai.statute.parameters import Parameters, statutory

PAGE = 50
DOCUMENT_COLUMNS = ("made", "disclosed", "public_total", "repealed", "in_force")
ENDED = ("废止", "失效", "已废止", "已失效")


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: int
    source_id: str
    body: str
    body_name: str
    column: str
    title: str
    document_number: str
    genre: str
    counted_as: str
    formed_on: date | None
    published_on: date
    repealed_on: date | None
    expires_on: date | None
    validity: str
    registration_number: str
    legacy: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    rows: tuple[ItemRow, ...]
    next_after: str


def columns(bodies: Sequence[str], year: int, as_of: date) -> tuple[tuple[str, int], ...]:
    """How many items were published in the year, by column, the most first."""
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    found = _of(bodies).filter(published_on__gte=first, published_on__lte=last)
    return tuple(found.values_list("column").annotate(count=Count("*")).order_by("-count", "column"))


def has_documents(bodies: Sequence[str]) -> bool:
    """Whether the ledger holds any rule or normative document of these bodies."""
    return _of(bodies).exclude(counted_as="").exists()


def documents(bodies: Sequence[str], year: int, as_of: date) -> dict[tuple[str, str], int]:
    """(row, column) of table two → count, for rules and normative documents, by the ledger of items: one query."""
    return documents_by_year(bodies, {year: as_of})[year]


def documents_by_year(bodies: Sequence[str], days: Mapping[int, date]) -> dict[int, dict[tuple[str, str], int]]:
    """The same for several years, each as of its day: one query for them all."""
    keys = [(year, column) for year in days for column in DOCUMENT_COLUMNS]
    counts = {f"{column}_{year}": Count("id", filter=_counted(year, days[year], column)) for year, column in keys}
    values = {
        year: {(row, column): 0 for row in ("rules", "normative") for column in DOCUMENT_COLUMNS} for year in days
    }
    for row, *numbers in _made(bodies).values_list("counted_as").annotate(**counts).order_by():
        for (year, column), number in zip(keys, numbers, strict=True):
            values[year][row, column] = number
    return values


def behind(
    bodies: Sequence[str], year: int, as_of: date, *, row: str, column: str, after: str = "", size: int = PAGE
) -> ItemPage:
    """The documents that a cell of table two counts."""
    return _page(_documents(bodies, year, as_of, row, column), after, size)


def members(bodies: Sequence[str], year: int, as_of: date, row: str, column: str) -> tuple[tuple[int, str], ...]:
    """id and number (or title) of the documents that a cell of table two counts."""
    found = _documents(bodies, year, as_of, row, column).order_by("id")
    return tuple(
        (pk, number or title[:120]) for pk, number, title in found.values_list("id", "document_number", "title")
    )


def _made(bodies: Sequence[str]) -> QuerySet[Item]:
    """Rules and normative documents with the day of their making and that of their end, None while in force.

    What was repealed after it had expired ended when it expired, so that no end is counted twice.
    """
    never = Value(date.max, output_field=DateField())
    ends = Least(Coalesce(F("repealed_on"), never), Coalesce(F("expires_on"), never))
    return (
        _of(bodies).exclude(counted_as="").annotate(made_on=Coalesce(F("formed_on"), F("published_on")), ended_on=ends)
    )


def _documents(bodies: Sequence[str], year: int, as_of: date, row: str, column: str) -> QuerySet[Item]:
    return _made(bodies).filter(_counted(year, as_of, column), counted_as=row)


def _counted(year: int, as_of: date, column: str) -> Q:
    """made: formed in the year; disclosed: published in it; in force at its end; repealed, or expired, in it.

    One that is said to have ended, nobody knows when, is in force in no year.
    """
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    if column == "made":
        return Q(made_on__gte=first, made_on__lte=last)
    if column == "disclosed":
        return Q(published_on__gte=first, published_on__lte=last)
    if column == "public_total":
        return Q(published_on__lte=last)
    if column == "repealed":
        ended = Q(ended_on__gte=first, ended_on__lte=last)
        return ended if expired_counts(year) else ended & Q(repealed_on=F("ended_on"))
    untold = Q(repealed_on__isnull=True, expires_on__isnull=True, validity__in=ENDED)
    return Q(made_on__lte=last, ended_on__gt=last) & ~untold


def expired_counts(year: int, parameters: Parameters | None = None) -> bool:
    """Whether what expired counts as repealed (未见规定，可选)."""
    return bool((parameters or statutory()).value("documents_expired_count_as_repealed", date(year, 12, 31)).number)


def items(
    person: Person, *, body: str = "", year: int | None = None, column: str = "", search: str = "", after: str = "",
    size: int = PAGE,
) -> ItemPage:  # fmt: skip
    """The items that a person's roles reach, the latest published first."""
    require(person, Act.SEE_LEDGERS)
    found = Item.objects.filter(body__in=Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk"))
    if body:
        found = found.filter(body__code=body)
    if year:
        found = found.filter(published_on__gte=date(year, 1, 1), published_on__lte=date(year, 12, 31))
    if column:
        found = found.filter(column=column)
    if search:
        found = found.filter(Q(title__contains=search) | Q(document_number__contains=search))
    return _page(found, after, size)


def _of(bodies: Sequence[str]) -> QuerySet[Item]:
    return Item.objects.filter(body__in=Body.objects.filter(code__in=bodies).values("pk"))


def _page(found: QuerySet[Item], after: str, size: int) -> ItemPage:
    since = read_key(after)
    if since:
        found = found.filter(published_on__lte=since[0]).filter(Q(published_on__lt=since[0]) | Q(id__lt=since[1]))
    taken = list(
        found.select_related("body").defer("body_html", "body_text").order_by("-published_on", "-id")[: size + 1]
    )
    last = taken[size - 1] if len(taken) > size else None
    return ItemPage(tuple(row_of(each) for each in taken[:size]), f"{last.published_on}~{last.pk}" if last else "")


def row_of(each: Item) -> ItemRow:
    return ItemRow(
        each.pk, each.source_id, each.body.code, each.body.name, each.column, each.title, each.document_number,
        each.genre, each.counted_as, each.formed_on, each.published_on, each.repealed_on, each.expires_on,
        each.validity, each.registration_number, each.legacy,
    )  # fmt: skip
