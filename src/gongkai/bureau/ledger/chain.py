"""How an entry becomes a digest: canonical JSON, SHA-256, the digest before it included."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime


def canonical(facts: Mapping[str, object]) -> str:
    """One spelling for equal facts, so that a digest can be computed again by anyone."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(
    *,
    stream: str,
    sequence: int,
    at: datetime,
    actor: str,
    actor_name: str,
    body: str,
    kind: str,
    facts: str,
    previous: str,
) -> str:
    """64 hexadecimal digits over all fields; the moment in UTC to the microsecond."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    whole = json.dumps(
        [previous, stream, sequence, moment, actor, actor_name, body, kind, facts],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(whole.encode()).hexdigest()
