"""One piece of information as anybody may read it: its elements, its text, its files, what it stands in relation to.

What was withdrawn is known by its number, its body and the reason alone; what is not public is not known at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from gongkai.bureau import clock
from gongkai.bureau.publishing.catalogue import ended
from gongkai.bureau.publishing.exchange import stored
from gongkai.bureau.publishing.models import Draft, Item, Upload
from gongkai.bureau.publishing.releasing import split
from gongkai.bureau.publishing.uploads import MEDIA_TYPES
from gongkai.statute.publishing.elements import FORMS

MOST_RELATED = 20


@dataclass(frozen=True, slots=True)
class Link:
    index_number: str
    title: str
    document_number: str
    published_on: date
    form: str = ""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """`suffix` in capitals, as PDF; `digest` SHA-256 of its bytes."""

    name: str
    digest: str
    size: int
    media_type: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Change:
    """A version as it was published; `because`: what the correction gave as its reason, "" for the first."""

    number: int
    on: date
    because: str


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`standing`: 废止, 失效, 尚未施行, 现行有效, "" for what has no validity. `text` where there is no `html`."""

    index_number: str
    title: str
    body: str
    body_name: str
    column: str
    column_name: str
    document_number: str
    topic: str
    genre: str
    formed_on: date | None
    published_on: date
    published_minute: str
    effective_on: date | None
    expires_on: date | None
    registration_number: str
    keywords: str
    summary: str
    producer: str
    joint_with: str
    standing: str
    repealed_on: date | None
    html: str
    text: str
    files: tuple[PublicFile, ...]
    repealed_by: Link | None
    repeals: tuple[Link, ...]
    interprets: Link | None
    interpretations: tuple[Link, ...]
    related: tuple[Link, ...]
    history: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What is left at the address of something withdrawn."""

    index_number: str
    body: str
    body_name: str
    on: date
    because: str


def page_of(index_number: str) -> PublicPage | Withdrawn | None:
    """What stands at an address now; None where nothing public ever did."""
    related = ("body", "place", "repealed_item", "interprets", "draft")
    found = Item.objects.filter(index_number=index_number).select_related(*related).order_by("legacy", "-id").first()
    if found is None:
        return None
    if found.withdrawn_at is not None and found.legacy:
        on = timezone.localdate(found.withdrawn_at)
        return Withdrawn(found.index_number, found.body.code, found.body.name, on, found.withdrawn_because)
    return None if found.legacy else _page(found)


def file_of(index_number: str, digest: str) -> tuple[PublicFile, Path] | None:
    """An attachment or a picture of something public, and where it lies; None where there is none."""
    found = Item.objects.filter(index_number=index_number, legacy=False).order_by("-id").first()
    if found is None:
        return None
    file = next((each for each in _files(found) if each.digest == digest), None)
    if file is None and f"attachment:{digest}" in found.body_html:
        kept = Upload.objects.filter(digest=digest, draft__item=found).order_by("-id").first()
        file = PublicFile(kept.name, digest, kept.size, kept.media_type, "") if kept else None
    return (file, stored(digest)) if file is not None and stored(digest).is_file() else None


def address_of(body: str, item: int) -> str:
    """The index number of a public item by its row; "" where it has none."""
    number = Item.objects.filter(pk=item, body__code=body, legacy=False).values_list("index_number", flat=True).first()
    return number or ""


def _page(found: Item) -> PublicPage:
    place = found.place if found.place and found.place.closed_at is None else None
    repealed_by = _links([found.repealed_item])[0] if found.repealed_item and not found.repealed_item.legacy else None
    interprets = _links([found.interprets])[0] if found.interprets and not found.interprets.legacy else None
    numbers = split(str(found.more.get("related", "")))[:MOST_RELATED]
    beside = Item.objects.filter(legacy=False).filter(
        Q(repealed_item=found) | Q(interprets=found) | Q(index_number__in=numbers)
    )  # fmt: skip
    others = list(beside.order_by("-published_on", "-id")[: 3 * MOST_RELATED])
    return PublicPage(
        found.index_number, found.title, found.body.code, found.body.name, place.code if place else "",
        place.name if place else "", found.document_number, found.topic, found.genre, found.formed_on,
        found.published_on, _minute(found), found.effective_on, found.expires_on, found.registration_number,
        str(found.more.get("keywords", "")), found.summary, str(found.more.get("producer", "")),
        str(found.more.get("joint_with", "")), _standing(found), found.repealed_on, found.body_html,
        "" if found.body_html else found.body_text, _files(found), repealed_by,
        _links(each for each in others if each.repealed_item_id == found.pk), interprets,
        _links(each for each in others if each.interprets_id == found.pk),
        _links(each for each in others if each.index_number in numbers), _history(found),
    )  # fmt: skip


def _minute(found: Item) -> str:
    """YYYY-MM-DD HH:MM, as 国办发〔2017〕47号 asks of PubDate."""
    if found.published_at is None or timezone.localdate(found.published_at) != found.published_on:
        return f"{found.published_on} 00:00"
    return f"{timezone.localtime(found.published_at):%Y-%m-%d %H:%M}"


def _standing(found: Item) -> str:
    over = ended(found.repealed_on, found.expires_on, found.validity)
    if over or not found.counted_as:
        return over
    return "尚未施行" if found.effective_on and found.effective_on > clock.today() else "现行有效"


def _files(found: Item) -> tuple[PublicFile, ...]:
    return tuple(_file(each) for each in found.attachments)


def _file(kept: dict[str, object]) -> PublicFile:
    name = Path(str(kept["path"])).name
    suffix = Path(name).suffix.lower()
    media_type = str(kept.get("media_type") or MEDIA_TYPES.get(suffix, "application/octet-stream"))
    return PublicFile(name, str(kept["digest"]), int(str(kept["size"])), media_type, suffix[1:].upper())


def _links(items: Iterable[Item]) -> tuple[Link, ...]:
    return tuple(
        Link(each.index_number, each.title, each.document_number, each.published_on,
             FORMS.get(str(each.more.get("form", "")), ""))
        for each in items if each.index_number
    )  # fmt: skip


def _history(found: Item) -> tuple[Change, ...]:
    """The versions that were public, with the reason of each correction; nothing of what they said."""
    if not found.revision:
        return ()
    draft = Draft.objects.get(item=found)
    changes: list[Change] = []
    because = ""
    for each in draft.steps.filter(act__in=("publish", "correct")).order_by("id"):
        if each.act == "correct":
            because = str(each.facts.get("because", ""))
        else:
            changes.append(Change(each.revision, timezone.localdate(each.at), because))
            because = ""
    return tuple(changes)
