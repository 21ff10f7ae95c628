"""What stood at an address of the old site, and where it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.bureau.publishing.models import Item, OldAddress
from gongkai.bureau.publishing.public_items import Withdrawn
from gongkai.statute.ledgers.site.addresses import normal

Key = tuple[str, str]
"""(code of the body, source_id) of an item."""


@dataclass(frozen=True, slots=True)
class Moved:
    """`file`: the digest of an attachment, "" for the page."""

    index_number: str
    file: str


def found(path: str, query: str) -> Moved | Withdrawn | None:
    """What a request for an address that is none of this site's means. One query, none where it can mean nothing."""
    asked = normal(path, query)
    if not asked:
        return None
    # what an old site added to its addresses (a session, a counter) names no other page
    plain = asked.partition("?")[0]
    rows = OldAddress.objects.filter(path__in={asked, plain}).exclude(item__index_number="")
    both = {each.path: each for each in rows.select_related("item__body")}
    row = both.get(asked) or both.get(plain)
    if row is None:
        return None
    item = row.item
    if not item.legacy:
        return Moved(item.index_number, row.file)
    if item.withdrawn_at is None:
        return None
    on = timezone.localdate(item.withdrawn_at)
    return Withdrawn(item.index_number, item.body.code, item.body.name, on, item.withdrawn_because)


def taken(paths: Mapping[str, Key]) -> dict[str, str]:
    """Of these paths, those that another item has already, with its title."""
    known = OldAddress.objects.filter(path__in=list(paths)).select_related("item__body")
    return {
        each.path: each.item.title for each in known
        if (each.item.body.code, each.item.source_id) != paths[each.path]
    }  # fmt: skip


@transaction.atomic
def keep(rows: Sequence[tuple[Key, Mapping[str, str]]]) -> int:
    """Enter the addresses of imported items; returns how many are new. A path that leads somewhere already stays."""
    items = _items([key for key, _ in rows])
    wanted: dict[str, OldAddress] = {}
    for key, paths in rows:
        item = items.get(key)
        if item is not None:
            digests = {str(each["path"]): str(each["digest"]) for each in item.attachments}
            for path, name in paths.items():
                file = digests.get(name, "")
                # a page's own address goes before a file that many pages name
                if path not in wanted or not file:
                    wanted[path] = OldAddress(path=path, item=item, file=file)
    there = set(OldAddress.objects.filter(path__in=list(wanted)).values_list("path", flat=True))
    fresh = [each for path, each in wanted.items() if path not in there]
    OldAddress.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _items(keys: Iterable[Key]) -> dict[Key, Item]:
    by_body: dict[str, list[str]] = {}
    for body, source in keys:
        by_body.setdefault(body, []).append(source)
    named = Q(pk__in=[])
    for body, sources in by_body.items():
        named |= Q(body__code=body, source_id__in=sources)
    rows = Item.objects.filter(named).select_related("body").only("source_id", "attachments", "body__code")
    return {(each.body.code, each.source_id): each for each in rows}
