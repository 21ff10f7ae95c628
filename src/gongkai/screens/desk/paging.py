"""Keys of pages as the address bar holds them; what is no number is no key."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from django.http import HttpRequest
from django.utils.http import urlencode


def key(request: HttpRequest, name: str) -> int | None:
    entered = request.GET.get(name, "")
    return int(entered) if entered.isascii() and entered.isdecimal() and len(entered) < 19 else None


def with_key(request: HttpRequest, name: str, value: int | str) -> str:
    """The page's own query with one value changed: filters stay while one turns pages."""
    kept: dict[str, int | str] = {each: request.GET[each] for each in request.GET if each != name}
    return urlencode({**kept, name: value})


def word(request: HttpRequest, name: str, words: Container[str] | None = None) -> str:
    """A filter as the address bar holds it; what is not among the words is no filter."""
    entered = request.GET.get(name, "").strip()[:80]
    return entered if words is None or entered in words else ""


def day_key(request: HttpRequest, name: str) -> str:
    """A key of day and id, as `2024-05-06~711`; anything else begins at the first page."""
    entered = request.GET.get(name, "")
    day, _, last = entered.partition("~")
    try:
        date.fromisoformat(day)
    except ValueError:
        return ""
    return entered if last.isascii() and last.isdecimal() and len(last) < 19 else ""


def day(request: HttpRequest, name: str) -> date | None:
    """A day as the address bar holds it; what is no day is no filter."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
