"""An item as the channels and feeds tell of it; of what was withdrawn, that it was and why it is no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.publishing.models import Item
from gongkai.bureau.publishing.uploads import bytes_of
from gongkai.documents.channels import ChannelFile, ChannelItem
from gongkai.statute.primitives import InputRefused

FED = 30
"""Entries of a feed."""
WITHDRAWN_FED = timedelta(days=30)
"""How long a feed tells that something was withdrawn, so that readers that look now and then take it down too."""
_PICTURE = re.compile("attachment:([0-9a-f]{64})")


def told(item: Item, site: str, what: str) -> ChannelItem:
    """`what` of published, corrected, withdrawn; `site` the address of the portal without a stroke at its end."""
    withdrawn = what == "withdrawn"
    address = f"{site}/info/{item.index_number}/"
    files = () if withdrawn else tuple(
        ChannelFile(str(each["path"]), int(str(each["size"])), str(each["digest"]), f"{address}files/{each['digest']}/")
        for each in item.attachments
    )  # fmt: skip
    return ChannelItem(
        index_number=item.index_number, title=item.title, body_name=item.body.name,
        document_number=item.document_number, topic=item.topic, genre=item.genre, formed_on=item.formed_on,
        published_on=item.published_on, summary="" if withdrawn else item.summary,
        text="" if withdrawn else item.body_text, html="" if withdrawn else item.body_html, address=address,
        attachments=files, keywords=str(item.more.get("keywords", "")), validity=item.validity,
        withdrawn_on=item.withdrawn_at.date() if withdrawn and item.withdrawn_at else None,
        withdrawn_reason=item.withdrawn_because if withdrawn else "", corrected=what == "corrected",
        updated_at=item.withdrawn_at if withdrawn else item.published_at,
    )  # fmt: skip


def pictures_of(items: Iterable[Item]) -> Mapping[str, bytes]:
    """The pictures of the texts by digest; one that is not in its place is left out and told by words."""
    found: dict[str, bytes] = {}
    for digest in {each for item in items for each in _PICTURE.findall(item.body_html)}:
        try:
            found[digest] = bytes_of(digest)
        except InputRefused:
            continue
    return found


def fed(body: str, columns: Sequence[int] | None, site: str) -> tuple[ChannelItem, ...]:
    """The newest of a body, or of some of its columns, with what was withdrawn of late; what has an address."""
    found = Item.objects.filter(body__code=body).exclude(index_number="").select_related("body")
    if columns is not None:
        found = found.filter(place__in=columns)
    late = Q(legacy=True, withdrawn_at__gte=clock.now() - WITHDRAWN_FED)
    newest = found.filter(Q(legacy=False) | late).order_by("-published_on", "-id")[:FED]
    return tuple(told(each, site, "withdrawn" if each.legacy else "published") for each in newest)
