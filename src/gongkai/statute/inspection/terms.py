"""Forbidden and wrong official terms: a list of the house, `terms.toml`, which an office extends by its own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from gongkai.statute.inspection.model import Inspected, found_at
from gongkai.statute.inspection.typos import WordList, apart, facts_of, occurrences, word_list
from gongkai.statute.primitives import Finding

CITE = "国办秘函〔2019〕19号（表述规范）；用语清单由本系统拟定，未核"


@cache
def standard_terms() -> WordList:
    """The list of the house."""
    return word_list(tomllib.loads((Path(__file__).parent / "terms.toml").read_text(encoding="utf-8")), "用语清单")


def check_terms(document: Inspected, extra: Iterable[WordList] = ()) -> list[Finding]:
    """`facts`: `found`, and `suggestion` or `reason`. `extra`: lists of the office, shaped as `typos.toml` explains."""
    lists = (standard_terms(), *extra)
    return [
        found_at("text.term", "warning", passage, (start, end), facts_of(entry, passage.text[start:end]), CITE)
        for passage in document.shown
        for start, end, entry in apart(occurrences(passage.text, lists))
    ]
