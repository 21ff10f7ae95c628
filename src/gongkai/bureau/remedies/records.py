"""Reconsiderations and lawsuits of a request as they go into its archive package, with their deadlines derived."""

from __future__ import annotations

from gongkai.bureau.casework.archive_files import as_json
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.remedies.deadline_queries import standings
from gongkai.bureau.remedies.models import Remedy
from gongkai.bureau.remedies.queries import of_request
from gongkai.bureau.remedies.services import record_of


def archived(request: int) -> dict[str, tuple[str, bytes]]:
    """Path in the package → what it is and its bytes; nothing where nobody complained. The caller has authorised it."""
    rows = of_request(request)
    if not rows:
        return {}
    stored = {each.pk: each for each in Remedy.objects.filter(request_id=request).select_related("body", "request")}
    journal = list(
        Entry.objects.filter(stream__in=[f"remedy:{each.id}" for each in rows]).order_by("stream", "sequence")
    )
    stands = standings(rows)
    told = [
        {
            **record_of(stored[row.id]).as_json(),
            "evidence": row.evidence,
            "deadlines": [
                {"what": each.deadline.what, "who": each.deadline.who, "on": each.deadline.on,
                 "done_on": each.done_on, "derivation": list(each.deadline.lines)}
                for each in stands[row.id]
            ],
            "registered": [
                {"kind": entry.kind, "at": entry.at, "actor_name": entry.actor_name, "facts": entry.facts,
                 "digest": entry.digest}
                for entry in journal
                if entry.stream == f"remedy:{row.id}"
            ],
        }
        for row in rows
    ]  # fmt: skip
    return {"records/remedies.json": ("行政复议、行政诉讼", as_json(told).encode())}
