"""Every finding code of the house, for the reference pages and for filters on screens."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.statute.primitives import Severity
from gongkai.statute.wording.sentences import vocabulary


@dataclass(frozen=True, slots=True)
class FindingCode:
    """A permanent code; its severity as a rule; what it means, in Chinese; the instrument or article it rests on."""

    code: str
    severity: Severity
    meaning: str
    cite: str


def finding_codes() -> tuple[FindingCode, ...]:
    """All codes, grouped by family."""
    return tuple(FindingCode(w.code, w.severity, w.meaning, w.cite) for w in vocabulary().values())
