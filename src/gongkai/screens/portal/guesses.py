"""How often a number and a code may be tried: wrong ones are counted for the address and for the number they name.

Counted in the cache under keyed digests, like `ui.rates`; neither the address nor the number is stored or logged.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai.screens.ui.rates import WINDOW, TooOftenError, address

MOST_WRONG = 20
"""In a window, of one address or for one number: a typist's mistakes, not a search through 31**12 codes."""


def refuse_guessing(request: HttpRequest, *named: str) -> None:
    """Raises TooOftenError when the address, or what it names, was tried wrongly too often in this window."""
    tried = cache.get_many(_keys(request, named)).values()
    if any(each >= getattr(settings, "WRONG_CODES", MOST_WRONG) for each in tried):
        raise TooOftenError(WINDOW - int(time.time()) % WINDOW)


def count_wrong(request: HttpRequest, *named: str) -> None:
    for key in _keys(request, named):
        cache.add(key, 0, timeout=WINDOW)
        try:
            cache.incr(key)
        except ValueError:  # it ended between the two calls
            cache.set(key, 1, timeout=WINDOW)


def _keys(request: HttpRequest, named: tuple[str, ...]) -> list[str]:
    window = int(time.time()) // WINDOW
    spoken = (f"address:{address(request)}", *(f"number:{each}" for each in named))
    digests = (salted_hmac(f"gongkai.guesses.{window}", each, algorithm="sha256").hexdigest() for each in spoken)
    return [f"guess:{window}:{each[:32]}" for each in digests]
