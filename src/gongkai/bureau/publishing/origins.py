"""Where a draft came from, and what its origin forbids: duties above this one register what they know.

An answer made public must not name who asked (条例第44条); only the duty that holds the identities can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.statute.primitives import InputFault

Check = Callable[[int, str], list[InputFault]]
"""From the id of the origin and all that the draft says to what it must not say."""
_checks: dict[str, Check] = {}


def origin(kind: str) -> Callable[[Check], Check]:
    """Register what is checked of drafts that came from this kind of thing."""

    def register(check: Check) -> Check:
        if _checks.setdefault(kind, check) is not check:
            raise ValueError(f"two checks for the origin {kind}")
        return check

    return register


def faults_of(came_from: Mapping[str, object], said: str) -> list[InputFault]:
    """What a draft says that its origin forbids."""
    return [
        fault for kind, check in _checks.items() if isinstance(number := came_from.get(kind), int)
        for fault in check(number, said)
    ]  # fmt: skip
