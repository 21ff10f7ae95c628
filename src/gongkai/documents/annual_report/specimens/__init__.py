"""Reports of the fictional 青澜县, to look at and to try the checks on.

`qinglan-kjj-2025` contradicts itself on purpose: two results more than received, a count in the prose, a wrong
character, and fewer carried in than `qinglan-kjj-2024` carried out. `qinglan-2025`, the whole county, is clean.
"""

from __future__ import annotations

import json
from importlib import resources

from gongkai.statute.report.json_format import from_json
from gongkai.statute.report.model import Report

NAMES = ("qinglan-kjj-2025", "qinglan-kjj-2024", "qinglan-2025")


def specimen(name: str) -> Report:
    """The report of that name; KeyError for any other name."""
    if name not in NAMES:
        raise KeyError(name)
    text = resources.files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    return from_json(json.loads(text))
