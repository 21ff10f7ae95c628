"""Dated legal values: each a history keyed by the day it took effect, with article and instrument.

There is no "current" value: the governing day is always an argument.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from gongkai.statute.primitives import InputFault, InputRefused

Value = int | str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One version of a legal value. `verified`: read in the source; otherwise from memory, therefore replaceable."""

    name: str
    label: str
    since: date
    value: Value
    unit: str
    article: str
    instrument: str
    verified: bool
    note: str = ""

    @property
    def number(self) -> int:
        """The value as a whole number; a value that is a day or a word is refused."""
        if isinstance(self.value, int):
            return self.value
        raise InputRefused(InputFault(f"参数“{self.name}”", f"“{self.value}”不是数", "整数"))


@dataclass(frozen=True)
class Parameters:
    """All histories, each in order of its days. Immutable; an office's own values come by `overlay`."""

    histories: Mapping[str, tuple[Parameter, ...]]

    def value(self, name: str, on: date) -> Parameter:
        """The version that governs a day; an unknown name, or a day before the first version, is refused."""
        history = self.histories.get(name)
        if history is None:
            raise InputRefused(InputFault(f"参数“{name}”", "没有这个参数", "、".join(sorted(self.histories))))
        for version in reversed(history):
            if version.since <= on:
                return version
        raise InputRefused(
            InputFault(f"参数“{name}”", f"{on.isoformat()}尚无规定", f"{history[0].since.isoformat()}以后的日子")
        )

    def overlay(self, name: str, since: date, value: Value, instrument: str) -> Parameters:
        """These parameters with an office's own value from a day on; only unverified values may be replaced."""
        governing = self.value(name, since)
        if governing.verified:
            raise InputRefused(InputFault(f"参数“{name}”", "法定的值不能更改", "标为未核对原文的参数"))
        own = replace(governing, since=since, value=value, instrument=instrument, note="本机关设定")
        kept = [version for version in self.histories[name] if version.since != since]
        history = tuple(sorted((*kept, own), key=lambda version: version.since))
        return Parameters({**self.histories, name: history})


@cache
def statutory() -> Parameters:
    """The values of `values.toml`."""
    text = (Path(__file__).parent / "values.toml").read_text(encoding="utf-8")
    return Parameters(
        {
            name: tuple(
                Parameter(name=name, label=entry["label"], unit=entry["unit"], **version)
                for version in entry["versions"]
            )
            for name, entry in tomllib.loads(text).items()
        }
    )


def value(name: str, on: date) -> Parameter:
    """The statutory version of a value that governs a day."""
    return statutory().value(name, on)


def all_parameters() -> tuple[Parameter, ...]:
    """Every version of every statutory value, in the order of the file, for the pages that list them."""
    return tuple(version for history in statutory().histories.values() for version in history)
