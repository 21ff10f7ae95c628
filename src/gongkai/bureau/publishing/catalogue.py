"""The columns of a body as the desk and the portal show them: their place, rule, owner, what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q

from gongkai.bureau import clock
from gongkai.bureau.orgs.models import Assignment, Body, Person, Section
from gongkai.bureau.orgs.page_keys import read_key
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.bureau.publishing.models import Column, Item
from gongkai.bureau.publishing.queries import ENDED
from gongkai.statute.catalogue import field_seeds

PAGE = 20


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """`depth` from 0; `items` published and, of those, `public` here; `latest` the newest day of them all.

    `behind`: days beyond its rule, 0 while it keeps it; a column with a rule and nothing in it is behind since it was
    made. `owned`: whether somebody answers for it.
    """

    id: int
    code: str
    name: str
    kind: str
    depth: int
    article: str
    days: int | None
    event: str
    section: str
    person: str
    items: int
    public: int
    latest: date | None
    behind: int

    @property
    def owned(self) -> bool:
        return bool(self.section or self.person)


@dataclass(frozen=True, slots=True)
class ColumnDetail:
    row: ColumnRow
    body: str
    body_name: str
    parent: int | None
    position: int
    elements: tuple[str, ...]
    section_id: int | None
    username: str
    closed: bool
    merged_into: str


def tree(person: Person, body: str) -> tuple[ColumnRow, ...] | None:
    """The columns of a body in use, each beneath its own; None where there is no such body."""
    found = Body.objects.filter(code=body).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found)
    return _rows(found)


def public_tree(body: str) -> tuple[ColumnRow, ...]:
    """As `tree`, for everybody: nobody's name is in it."""
    found = Body.objects.filter(code=body).first()
    return _rows(found, named=False) if found else ()


def fields_left(rows: Sequence[ColumnRow]) -> tuple[tuple[str, str], ...]:
    """(code, name) of the fields of the standard catalogue that a tree has no column for."""
    there = {each.code for each in rows}
    return tuple((each.code, each.name) for each in field_seeds()[1:] if each.code not in there)


def nowhere(person: Person, body: str) -> tuple[tuple[str, int], ...]:
    """Names of columns that items were entered or imported under and no column has, with how many, the most first."""
    require(person, Act.SEE_LEDGERS, body)
    found = Item.objects.filter(body__code=body, place__isnull=True)
    return tuple(found.values_list("column").annotate(count=Count("*")).order_by("-count", "column")[:50])


def column(person: Person, column_id: int) -> ColumnDetail | None:
    found = Column.objects.select_related("body", "section", "person", "merged_into").filter(pk=column_id).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    return _detail(found)


def public_column(body: str, code: str) -> ColumnDetail | None:
    """A column by its address, a closed one too; None where no column ever had it."""
    found = Column.objects.select_related("body", "merged_into").filter(body__code=body, code=code).first()
    return _detail(found) if found else None


@dataclass(frozen=True, slots=True)
class Owners:
    """Who can answer for a column of a body: its sections by id, its people by username."""

    sections: tuple[tuple[int, str], ...]
    people: tuple[tuple[str, str], ...]


def owners(body: str) -> Owners:
    today = clock.today()
    serving = Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=today), body__code=body, since__lte=today)
    people = Person.objects.filter(pk__in=serving.values("person"), is_active=True).order_by("username")
    return Owners(
        tuple(Section.objects.filter(body__code=body).order_by("code").values_list("id", "name")),
        tuple(people.values_list("username", "name")),
    )


@dataclass(frozen=True, slots=True)
class PublicItem:
    id: int
    title: str
    document_number: str
    published_on: date
    ended: str
    index_number: str


@dataclass(frozen=True, slots=True)
class PublicItems:
    rows: tuple[PublicItem, ...]
    next_after: str


def public_items(columns: Sequence[int], *, after: str = "", size: int = PAGE) -> PublicItems:
    """What is public in these columns, the newest first."""
    found = Item.objects.filter(place__in=columns, legacy=False)
    since = read_key(after)
    if since:
        found = found.filter(published_on__lte=since[0]).filter(Q(published_on__lt=since[0]) | Q(id__lt=since[1]))
    fields = (
        "id", "title", "document_number", "published_on", "index_number", "repealed_on", "expires_on", "validity",
    )  # fmt: skip
    rows = found.order_by("-published_on", "-id").values_list(*fields)[: size + 1]
    taken = [
        PublicItem(pk, title, number, on, ended(*over), index) for pk, title, number, on, index, *over in rows
    ]  # fmt: skip
    last = taken[size - 1] if len(taken) > size else None
    return PublicItems(tuple(taken[:size]), f"{last.published_on}~{last.id}" if last else "")


def ended(repealed_on: date | None, expires_on: date | None, validity: str) -> str:
    """废止 or 失效 where a document no longer holds today, "" where it does: whoever reads it must not rely on it.

    `repealed_on` is the first day without it, `expires_on` the last day with it. `validity` is what was imported of it,
    and counts where it tells no day.
    """
    today = clock.today()
    if repealed_on and repealed_on <= today:
        return "废止"
    if expires_on and expires_on < today:
        return "失效"
    untold = not repealed_on and not expires_on and validity in ENDED
    return validity.removeprefix("已") if untold else ""


def beneath(rows: Sequence[ColumnRow], code: str) -> tuple[ColumnRow, ...]:
    """A column and all beneath it, of a tree."""
    start = next((index for index, each in enumerate(rows) if each.code == code), None)
    if start is None:
        return ()
    end = start + 1
    while end < len(rows) and rows[end].depth > rows[start].depth:
        end += 1
    return tuple(rows[start:end])


def bodies_with_columns(person: Person) -> frozenset[str]:
    reached = Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk")
    return frozenset(Column.objects.filter(body__in=reached).values_list("body__code", flat=True).distinct())


def behind(person: Person) -> tuple[tuple[str, str, int, date], ...]:
    """(body, its name, columns behind their rule, the day the first should have had something new). One query."""
    bodies = Body.objects.filter(reach(person, Act.EDIT_COLUMNS)).values("pk")
    ruled = Column.objects.filter(body__in=bodies, closed_at__isnull=True, days__isnull=False)
    found: dict[tuple[str, str], list[date]] = {}
    for each in ruled.select_related("body").annotate(latest=Max("items__published_on")):
        late = _behind(each, each.latest)
        if late:
            found.setdefault((each.body.code, each.body.name), []).append(clock.today() - timedelta(days=late))
    return tuple((code, name, len(days), min(days)) for (code, name), days in sorted(found.items()))


def _rows(body: Body, *, named: bool = True) -> tuple[ColumnRow, ...]:
    columns = list(
        Column.objects.filter(body=body, closed_at__isnull=True)
        .select_related("section", "person")
        .order_by("position", "id")
    )
    counted = Item.objects.filter(body=body, place__isnull=False).values("place")
    counts = {
        each["place"]: (each["items"], each["public"], each["latest"])
        for each in counted.annotate(
            items=Count("*"), public=Count("id", filter=Q(legacy=False)), latest=Max("published_on")
        )
    }
    by_parent: dict[int | None, list[Column]] = {}
    open_ids = {each.pk for each in columns}
    for each in columns:
        by_parent.setdefault(each.parent_id if each.parent_id in open_ids else None, []).append(each)
    return tuple(_walk(by_parent, None, 0, counts, named))


def _walk(
    by_parent: Mapping[int | None, Sequence[Column]], parent: int | None, depth: int,
    counts: Mapping[int, tuple[int, int, date]], named: bool,
) -> Iterator[ColumnRow]:  # fmt: skip
    for each in by_parent.get(parent, ()):
        yield _row(each, depth, counts.get(each.pk, (0, 0, None)), named)
        yield from _walk(by_parent, each.pk, depth + 1, counts, named)


def _row(each: Column, depth: int, counted: tuple[int, int, date | None], named: bool = True) -> ColumnRow:
    items, public, latest = counted
    return ColumnRow(
        each.pk, each.code, each.name, each.kind, depth, each.article, each.days, each.event,
        each.section.name if named and each.section else "", each.person.name if named and each.person else "",
        items, public, latest, _behind(each, latest),
    )  # fmt: skip


def _behind(each: Column, latest: date | None) -> int:
    if each.days is None:
        return 0
    due = (latest or each.made_at.date()) + timedelta(days=each.days)
    return max(0, (clock.today() - due).days)


def _detail(found: Column) -> ColumnDetail:
    items = Item.objects.filter(place=found)
    counted = items.aggregate(items=Count("*"), public=Count("id", filter=Q(legacy=False)), latest=Max("published_on"))
    row = _row(found, 0, (counted["items"], counted["public"], counted["latest"]))
    return ColumnDetail(
        row, found.body.code, found.body.name, found.parent_id, found.position, tuple(found.elements),
        found.section_id, found.person.username if found.person_id and found.person else "",
        found.closed_at is not None, found.merged_into.code if found.merged_into else "",
    )  # fmt: skip
