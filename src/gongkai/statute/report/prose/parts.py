"""The parts of the prose, by the names that places in it use."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.report.model import OVERVIEW_PARTS, Narrative

PROSE_PARTS = ("overview.lead", *(f"overview.{part}" for part in OVERVIEW_PARTS), "problems", "other")
"""Every part that a `ProsePlace` names, in the order of the document."""


def prose_parts(narrative: Narrative) -> Iterator[tuple[str, str]]:
    """(part, text) of every part that has text, in the order of the document."""
    for part in ("lead", *OVERVIEW_PARTS):
        text = narrative.overview.get(part)
        if text:
            yield f"overview.{part}", text
    if narrative.problems:
        yield "problems", narrative.problems
    if narrative.other:
        yield "other", narrative.other
