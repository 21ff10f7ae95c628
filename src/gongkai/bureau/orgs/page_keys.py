"""Keys of pages by day and id: what a list was at, so that the next page costs the same as the first."""

from __future__ import annotations

from datetime import date


def read_key(after: str) -> tuple[date, int] | None:
    """The day and id of a key `2024-05-06~711`; None for anything else, which begins at the first page."""
    day, _, last = after.partition("~")
    try:
        return (date.fromisoformat(day), int(last)) if last.isdecimal() and len(last) < 19 else None
    except ValueError:
        return None
