"""The work that can be done in the background, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Progress(Protocol):
    """What a running job tells: how far it is, in steps of its own, and one line for people."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job leaves: `write` runs in the transaction that marks the job done, so it is seen once or not at all."""

    message: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    write: Callable[[], None] | None = None


Work = Callable[..., Outcome]

_work: dict[str, Work] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Register a function as the work of this name. It gets `progress` and the job's arguments by keyword.

    It may run more than once (a killed worker): what it computes must depend on its arguments alone, and what it
    changes belongs in `Outcome.write`.
    """

    def register(work: Work) -> Work:
        if _work.setdefault(name, work) is not work:
            raise ValueError(f"two jobs are called {name}")
        return work

    return register


def work(name: str) -> Work:
    return _work[name]


_daily: dict[str, str] = {}


def daily(name: str, title: str) -> None:
    """The work of this name is to be done once each day, without arguments."""
    _daily[name] = title


def daily_work() -> Mapping[str, str]:
    """Name to title."""
    return _daily
