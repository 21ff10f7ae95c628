"""How much one address may ask of the server without an account: counted in the cache under a keyed digest.

The address itself is neither stored nor logged, and the digest changes every day.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW = 600
"""Seconds."""
MOST_IN_WINDOW = 240
"""Files checked or downloaded: twenty files twelve times over."""


class TooOftenError(Exception):
    """Raised with the seconds until the address may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def spend(request: HttpRequest, cost: int = 1, *, budget: str = "", most: int | None = None) -> None:
    """Count `cost` against the address of the request in this window; raises TooOftenError when it is used up.

    A named `budget` is counted by itself, up to `most`.
    """
    now = time.time()
    window, elapsed = divmod(int(now), WINDOW)
    day = int(now) // 86400
    digest = salted_hmac(f"gongkai.rates.{day}", address(request), algorithm="sha256").hexdigest()
    key = f"rate:{budget}:{window}:{digest[:32]}"
    cache.add(key, 0, timeout=WINDOW)
    try:
        used = cache.incr(key, cost)
    except ValueError:  # it ended between the two calls
        used = cost
    if used > (getattr(settings, "PUBLIC_RATE", MOST_IN_WINDOW) if most is None else most):
        raise TooOftenError(WINDOW - elapsed)


def address(request: HttpRequest) -> str:
    """Who asks: behind the trusted proxy the last address that it noted, else the other end of the connection."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
