"""When something was last done: what a cached page may say about its age."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from gongkai.bureau.ledger.models import Entry


def last_at(kinds: Iterable[str], body: str = "") -> datetime | None:
    """When an act of one of those kinds was last done (to that body), None where never."""
    found = Entry.objects.filter(kind__in=list(kinds))
    if body:
        found = found.filter(body=body)
    moment: datetime | None = found.aggregate(last=Max("at"))["last"]
    return moment
