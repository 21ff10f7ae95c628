"""What follows from the record and must agree with it: each duty registers a check, `gongkai verify` runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Check = Callable[[], Iterator[str | None]]
"""Yields once for each thing checked: None where it agrees, a Chinese line (what, where) where it does not."""

_checks: dict[str, tuple[str, Check]] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`word` names what was checked; `checked` how many."""

    name: str
    word: str
    checked: int
    faults: tuple[str, ...]


def derived(name: str, word: str) -> Callable[[Check], Check]:
    """Register a check under a name, with its Chinese word (申请的状态, 年报文件)."""

    def register(check: Check) -> Check:
        if _checks.setdefault(name, (word, check))[1] is not check:
            raise ValueError(f"two checks are called {name}")
        return check

    return register


def _untold(name: str, fault: str) -> None: ...


def run_all(tell: Callable[[str, str], None] = _untold) -> Iterator[Outcome]:
    """Every registered check, in the order of their names; `tell` hears of each fault (check, line) as it is found."""
    for name in sorted(_checks):
        word, check = _checks[name]
        checked, faults = 0, []
        for fault in check():
            checked += 1
            if fault is not None:
                tell(name, fault)
                faults.append(fault)
        yield Outcome(name, word, checked, tuple(faults))
