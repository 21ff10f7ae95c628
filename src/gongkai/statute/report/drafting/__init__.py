"""The draft of the annual report's narrative, prepared from the ledgers; its numbers stay linked to them."""

from gongkai.statute.report.drafting.figures import Figures, Value, figures_of
from gongkai.statute.report.drafting.passages import (
    PARTS,
    Drift,
    Link,
    Passage,
    drift,
    from_json,
    gaps,
    insert,
    narrative_of,
    own_words,
    reanchor,
    refresh,
    to_json,
)
from gongkai.statute.report.drafting.prepare import prepare
from gongkai.statute.report.drafting.words import FACTS, labels

__all__ = [
    "FACTS",
    "PARTS",
    "Drift",
    "Figures",
    "Link",
    "Passage",
    "Value",
    "drift",
    "figures_of",
    "from_json",
    "gaps",
    "insert",
    "labels",
    "narrative_of",
    "own_words",
    "prepare",
    "reanchor",
    "refresh",
    "to_json",
]
