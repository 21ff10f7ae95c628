"""The channels of a body as the desk shows them: what waits, what was sent, the issues of its gazette."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing.channels import KINDS, PLACES, WHAT, Made, delivered
from gongkai.bureau.publishing.exchange import stored
from gongkai.bureau.publishing.models import Channel, Gazette, Item, Sending
from gongkai.bureau.publishing.uploads import bytes_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as a body uses it; `waiting`: items that it has still to be told of."""

    kind: str
    word: str
    name: str
    used: bool
    addresses: tuple[str, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class SendingRow:
    id: int
    kind: str
    channel: str
    what: str
    item: int
    title: str
    index_number: str
    at: datetime
    done_at: datetime | None
    by: str
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class GazetteRow:
    id: int
    year: int
    number: int
    issued_on: date
    items: int
    digest: str


def channels_of(person: Person, body: str) -> tuple[ChannelRow, ...]:
    """Every kind of channel, used or not."""
    require(person, Act.SEE_LEDGERS, body)
    waits = Count("sendings", filter=Q(sendings__done_at__isnull=True))
    known = {each.kind: each for each in Channel.objects.filter(body__code=body).annotate(waits=waits)}
    return tuple(
        ChannelRow(kind, word, known[kind].name, known[kind].used, tuple(known[kind].addresses), known[kind].waits)
        if kind in known else ChannelRow(kind, word, word, False, (), 0)
        for kind, word in KINDS.items()
    )  # fmt: skip


def sendings(person: Person, body: str, *, waiting: bool, kind: str = "", before: int = 0) -> tuple[SendingRow, ...]:
    """What waits, or the record of what was sent, the newest first."""
    require(person, Act.SEE_LEDGERS, body)
    found = Sending.objects.filter(channel__body__code=body, done_at__isnull=waiting)
    if kind in KINDS:
        found = found.filter(channel__kind=kind)
    if before:
        found = found.filter(pk__lt=before)
    return tuple(_row(each) for each in found.select_related("channel", "item", "by").order_by("-id")[: PAGE + 1])


def sending(person: Person, sending_id: int) -> str | None:
    """The body's code of a sending that the person's roles reach; None where there is none."""
    found = Sending.objects.select_related("channel__body").filter(pk=sending_id).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.channel.body)
    return found.channel.body.code


def list_of(person: Person, sending_id: int) -> Made | None:
    """The list that was handed over with this sending; None where it was not one of a list."""
    found = Sending.objects.select_related("channel__body").filter(pk=sending_id, channel__kind__in=PLACES).first()
    if found is None or found.done_at is None or not stored(found.digest).is_file():
        return None
    require(person, Act.SEE_LEDGERS, found.channel.body)
    on = timezone.localdate(found.done_at)
    return delivered(on, found.note.removeprefix("移送"), bytes_of(found.digest))


def of_item(person: Person, item: int) -> tuple[SendingRow, ...]:
    """Where an item went, the newest first."""
    found = Item.objects.select_related("body").get(pk=item)
    require(person, Act.SEE_LEDGERS, found.body)
    return tuple(
        _row(each)
        for each in Sending.objects.filter(item=found).select_related("channel", "item", "by").order_by("-id")[:PAGE]
    )


def gazettes(person: Person, body: str) -> tuple[GazetteRow, ...]:
    require(person, Act.SEE_LEDGERS, body)
    found = Gazette.objects.filter(body__code=body).annotate(items=Count("sendings")).order_by("-year", "-number")
    return tuple(
        GazetteRow(each.pk, each.year, each.number, each.issued_on, each.items, each.digest) for each in found[:PAGE]
    )


def gazette_file(person: Person, issue: int) -> Made | None:
    found = Gazette.objects.select_related("body").filter(pk=issue).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    return Made(f"公报{found.year}年第{found.number}期.pdf", "application/pdf", bytes_of(found.digest))


def _row(each: Sending) -> SendingRow:
    return SendingRow(
        each.pk, each.channel.kind, each.channel.name, WHAT[each.what], each.item_id, each.item.title,
        each.item.index_number, each.at, each.done_at, each.by.name if each.by else "", each.note, each.digest,
    )  # fmt: skip
