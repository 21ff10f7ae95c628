"""A finding: what a check found, as values. Sentences are made in `statute.wording`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell, a whole row or a whole column of a report's table."""

    table: str
    row: str | None = None
    column: str | None = None

    def as_json(self) -> dict[str, object]:
        return {"table": self.table, "row": self.row, "column": self.column}


@dataclass(frozen=True, slots=True)
class ProsePlace:
    """Characters `start` to `end` (end excluded) of one part of the prose, counted in that part's text."""

    part: str
    start: int
    end: int

    def as_json(self) -> dict[str, object]:
        return {"part": self.part, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class CasePlace:
    """An event of a case, counted from 0; None is the case as a whole."""

    case: str
    event: int | None = None

    def as_json(self) -> dict[str, object]:
        return {"case": self.case, "event": self.event}


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """The document as a whole, or one of its parts ("title", "overview", "requests", …)."""

    part: str | None = None

    def as_json(self) -> dict[str, object]:
        return {"part": self.part, "start": None, "end": None}


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """Characters `start` to `end` (end excluded) of a passage of any document; `passage` names it: 第3段, “名单”!C5."""

    passage: str
    start: int
    end: int

    def as_json(self) -> dict[str, object]:
        return {"passage": self.passage, "start": self.start, "end": self.end}


Place = CellPlace | ProsePlace | CasePlace | DocumentPlace | PassagePlace


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a permanent code, its place, the facts it rests on, and the rule it cites.

    `facts` holds JSON values only; a difference is signed (left - right).
    """

    code: str
    severity: Severity
    where: Place
    facts: Mapping[str, object] = field(default_factory=dict)
    cite: str = ""
