"""Keys of pages as the address bar holds them; what is no number is no key."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import urlencode


def key(request: HttpRequest, name: str) -> int | None:
    entered = request.GET.get(name, "")
    return int(entered) if entered.isascii() and entered.isdecimal() and len(entered) < 19 else None


def with_key(request: HttpRequest, name: str, value: int | str) -> str:
    """The page's own query with one value changed: filters stay while one turns pages."""
    kept: dict[str, int | str] = {each: request.GET[each] for each in request.GET if each != name}
    return urlencode({**kept, name: value})
