"""Passages that a text shares with others: 国办公开办函〔2021〕30号 counts 内容雷同 among what is held to account.

Texts are compared by fingerprints (winnowing: of the hashes of all runs of `RUN` characters the least in each window
is kept), so that a passage of `RUN + WINDOW - 1` characters or more is always found, wherever it stands.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping

from gongkai.statute.primitives import Finding, ProsePlace
from gongkai.statute.report.model import Report
from gongkai.statute.report.prose.parts import prose_parts

CITE = "国办公开办函〔2021〕30号（内容雷同、敷衍塞责）"
RUN = 14
WINDOW = 7
THRESHOLD_PERCENT = 40
"""From this share of a part's characters on, its passages count as copied; the law names no figure."""

LEAST_CHARACTERS = 60
"""Shared characters below which nothing is said: set phrases of the trade are everybody's."""

_INK = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def check_copied(report: Report, others: Mapping[str, Report] | Iterable[tuple[str, Report]]) -> list[Finding]:
    """For each part of the prose the other report that shares most of it, where that is beyond the threshold.

    `others`: reports by the name that the finding tells. Figures do not count: a year's figures differ, words need not.
    """
    pairs = list(others.items() if isinstance(others, Mapping) else others)
    theirs = [(name, _all_fingerprints(other)) for name, other in pairs]
    found = []
    for part, text in prose_parts(report.narrative):
        ink, places = _ink(text)
        prints = fingerprints(ink)
        best: tuple[int, str, list[tuple[int, int]]] = (0, "", [])
        for name, known in theirs:
            spans = _spans([place for place, value in prints if value in known])
            shared = sum(end - start for start, end in spans)
            if shared > best[0]:
                best = (shared, name, spans)
        shared, name, spans = best
        percent = round(100 * shared / len(ink)) if ink else 0
        if shared < LEAST_CHARACTERS or percent < THRESHOLD_PERCENT:
            continue
        where = ProsePlace(part, places[spans[0][0]], places[spans[-1][1] - 1] + 1)
        facts = {
            "other": name,
            "shared": shared,
            "percent": percent,
            "passages": [[places[start], places[end - 1] + 1] for start, end in spans],
        }
        found.append(Finding("text.copied", "warning", where, facts, CITE))
    return found


def fingerprints(ink: str) -> list[tuple[int, int]]:
    """(place, hash) of the runs kept; the rightmost least hash of each window (Schleimer, Wilkerson, Aiken 2003)."""
    hashes = [zlib.crc32(ink[i : i + RUN].encode()) for i in range(len(ink) - RUN + 1)]
    kept: dict[int, int] = {}
    for first in range(max(1, len(hashes) - WINDOW + 1) if hashes else 0):
        window = hashes[first : first + WINDOW]
        least = min(window)
        place = first + len(window) - 1 - window[::-1].index(least)
        kept[place] = least
    return sorted(kept.items())


def _ink(text: str) -> tuple[str, list[int]]:
    """The letters of a text alone, and where each stood: punctuation, figures and spaces do not hide a copy."""
    places = [match.start() for match in _INK.finditer(text)]
    return "".join(text[place] for place in places), places


def _all_fingerprints(report: Report) -> frozenset[int]:
    return frozenset(value for _, text in prose_parts(report.narrative) for _, value in fingerprints(_ink(text)[0]))


def _spans(places: list[int]) -> list[tuple[int, int]]:
    """Runs that overlap or touch within a window, joined: [start, end) in the ink."""
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and place <= spans[-1][1] + WINDOW:
            spans[-1] = (spans[-1][0], max(spans[-1][1], place + RUN))
        else:
            spans.append((place, place + RUN))
    return spans
