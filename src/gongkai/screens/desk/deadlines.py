"""A case's clock in the words of the page: days, phase, findings, derivation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases import Case, read_lines
from gongkai.statute.clock import ClockReading, read_clock
from gongkai.statute.clock.wording import PHASES, Derivation, day_in_words, derivation
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.wording import sentence

LIGHTS = {"closed_late": "error", "overdue": "error", "closed": "done", "running": "note"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Days as printed, None where there is none; findings as (severity, sentence)."""

    number: str
    received: str | None
    due: str | None
    not_before: str | None
    phase: str
    light: str
    findings: tuple[tuple[str, str], ...]
    derived: Derivation


def cases_of(text: str) -> tuple[Case, ...]:
    """The cases in the text, one a line; InputRefused with all that is wrong with any line."""
    cases: list[Case] = []
    faults: list[InputFault] = []
    lines: Iterator[bytes] = iter(text.encode().splitlines())
    for _, found in read_lines(lines, json.loads):
        if isinstance(found, InputRefused):
            faults += found.faults
        else:
            cases.append(found)
    if faults:
        raise InputRefused(*faults)
    return tuple(cases)


def deadline(case: Case, calendar: Calendar, as_of: date) -> Deadline:
    """The clock of one case on a day; InputRefused where its events cannot have happened so."""
    return in_words(read_clock(case, calendar, as_of), derivation(case, calendar, as_of))


def in_words(reading: ClockReading, derived: Derivation) -> Deadline:
    """A reading of the clock as pages show it, with its derivation."""
    return Deadline(
        number=reading.number,
        received=day_in_words(reading.received_on) if reading.received_on else None,
        due=day_in_words(reading.due_on) if reading.due_on else None,
        not_before=day_in_words(reading.not_before) if reading.not_before else None,
        phase=PHASES[reading.phase],
        light=LIGHTS.get(reading.phase, "soon"),
        findings=tuple((each.severity, sentence(each)) for each in reading.findings),
        derived=derived,
    )
