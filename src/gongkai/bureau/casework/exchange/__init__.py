"""The exchange format `cases`: checked whole before anything is written, then written in batches that can be resumed.

A known case that is equal is ignored, so that a second run of an import that was broken off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import orjson

from gongkai.bureau.casework import identity
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.exchange.checking import Bodies, cases_of, check
from gongkai.bureau.casework.exchange.writing import Imported, write
from gongkai.bureau.casework.models import Request, RequestEvent
from gongkai.bureau.ledger import services as ledger
from gongkai.statute.cases.exchange import to_json

__all__ = ["BATCH", "Imported", "Progress", "import_cases", "lines"]

BATCH = 2000
Progress = Callable[[int, int, str], None]
"""done, total, what."""


def import_cases(
    path: Path, *, actor: ledger.Actor = ledger.SYSTEM, progress: Progress | None = None, batch: int = BATCH
) -> Imported:
    """Import a file. Raises InputRefused with its faults, in which case nothing of it is written."""
    tell = progress or (lambda done, total, what: None)
    bodies = Bodies()
    total = check(path, bodies, batch, lambda done: tell(done, 0, "校验"))
    with path.open("rb") as file:
        file_digest = hashlib.file_digest(file, "sha256").hexdigest()
    made = appended = known = unlawful = done = 0
    cases = cases_of(path)
    while several := list(islice(cases, batch)):
        counts = write(several, bodies, file_digest, actor)
        made, appended = made + counts.made, appended + counts.appended
        known, unlawful = known + counts.known, unlawful + counts.unlawful
        done += len(several)
        tell(done, total, "写入")
    return Imported(made, appended, known, unlawful)


def lines(*, with_identities: bool = False) -> Iterator[str]:
    """Every request as a line of the format, by body and number; identities are null unless asked for."""
    found = Request.objects.select_related("body", "identity").order_by("body__code", "id")
    iterator = found.iterator(chunk_size=BATCH)
    while chunk := list(islice(iterator, BATCH)):
        events: dict[int, list[RequestEvent]] = {each.pk: [] for each in chunk}
        for event in RequestEvent.objects.filter(request_id__in=list(events)).order_by("request_id", "position"):
            events[event.request_id].append(event)
        for each in chunk:
            names = identity.NOBODY
            if with_identities and hasattr(each, "identity"):
                names = identity.unseal(bytes(each.identity.sealed))
            case = as_case(each, each.body.code, events[each.pk], names)
            yield orjson.dumps(to_json(case, with_identities=with_identities)).decode()
