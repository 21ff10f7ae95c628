"""Who wants to know when the calendar changes: duties above register, the services of `orgs` tell them."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[str], None]
"""Gets what changed it, in words: the instrument, or that it was withdrawn. Runs in the writing transaction."""

_listeners: list[Listener] = []


def on_calendar_change(listener: Listener) -> Listener:
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(because: str) -> None:
    for each in _listeners:
        each(because)
