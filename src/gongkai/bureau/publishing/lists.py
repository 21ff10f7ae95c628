"""The columns that a person's items stand in, and one item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.publishing.models import Item
from gongkai.bureau.publishing.queries import ItemRow, row_of
from gongkai.statute.catalogue.publication import Publication, publication

MOST_COLUMNS = 200
MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """`body_text` is plain; HTML of imported items is not shown, only that there is some."""

    row: ItemRow
    topic: str
    effective_on: date | None
    repealed_by: str
    summary: str
    index_number: str
    body_text: str
    has_html: bool
    attachments: tuple[str, ...]
    by: str
    by_whom: str
    reviews: tuple[ReviewRow, ...]
    place: str
    publication: Publication | None
    draft: int | None
    withdrawn_because: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    conclusion: str
    ground: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """An item entered here that has no conclusion yet; `since`: the day of its entry."""

    id: int
    title: str
    body_name: str
    since: date


def column_names(person: Person) -> tuple[str, ...]:
    """The columns of the items that a person's roles reach."""
    bodies = Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk")
    found = Item.objects.filter(body__in=bodies).order_by("column").values_list("column", flat=True).distinct()
    return tuple(found[:MOST_COLUMNS])


def item(person: Person, item_id: int) -> ItemDetail | None:
    """One item; None where there is none; refused where the person's roles do not reach."""
    found = Item.objects.select_related("body", "entered_by", "place", "draft").filter(pk=item_id).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    return ItemDetail(
        row_of(found), found.topic, found.effective_on, found.repealed_by, found.summary, found.index_number,
        found.body_text, bool(found.body_html), tuple(found.attachments),
        found.entered_by.name if found.entered_by else "导入",
        found.entered_by.username if found.entered_by else "",
        tuple(
            ReviewRow(each.conclusion, each.ground, each.by.name, each.at)
            for each in found.reviews.select_related("by").order_by("-id")
        ),
        found.place.name if found.place else "", _in_time(found), found.draft.pk if found.revision else None,
        found.withdrawn_because,
    )  # fmt: skip


def _in_time(found: Item) -> Publication | None:
    """Whether it was public within the period from its forming; None where that day is not known."""
    if found.formed_on is None:
        return None
    code = found.place.code if found.place else ""
    return publication(found.formed_on, found.published_on, code, in_force(found.body.code))


@dataclass(frozen=True, slots=True)
class Imported:
    """An imported item that waits for its secrecy review, with enough of it to judge or to open it."""

    id: int
    title: str
    body_name: str
    column: str
    document_number: str
    published_on: date
    beginning: str
    attachments: int


def imported_unreviewed(
    person: Person, *, body: str = "", size: int = MOST_WAITING
) -> tuple[tuple[Imported, ...], int]:
    """(the oldest of them, how many in all) of the bodies whose items the person reviews."""
    bodies = Body.objects.filter(reach(person, Act.REVIEW_ITEMS))
    if body:
        bodies = bodies.filter(code=body)
    waiting = Item.objects.filter(
        body__in=bodies.values("pk"), legacy=True, entered_by__isnull=True, revision=0, reviews__isnull=True
    )
    waiting = waiting.exclude(imported_by=person)  # four eyes
    rows = waiting.select_related("body").order_by("id")[:MOST_WAITING]
    return tuple(
        Imported(
            each.pk, each.title, each.body.name, each.column, each.document_number, each.published_on,
            (each.summary or each.body_text)[:160], len(each.attachments),
        )
        for each in rows
    ), waiting.count()  # fmt: skip


def unreviewed(person: Person) -> tuple[Unreviewed, ...]:
    """What was entered here, by somebody else, and waits for this person's secrecy review; the oldest first."""
    bodies = Body.objects.filter(reach(person, Act.REVIEW_ITEMS)).values("pk")
    waiting = Item.objects.filter(body__in=bodies, legacy=True, entered_by__isnull=False, reviews__isnull=True)
    found = waiting.exclude(entered_by=person).select_related("body").only("id", "title", "entered_at", "body__name")
    return tuple(
        Unreviewed(each.pk, each.title, each.body.name, timezone.localdate(each.entered_at))
        for each in found.order_by("id")[:MOST_WAITING]
    )
