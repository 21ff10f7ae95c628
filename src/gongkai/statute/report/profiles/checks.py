"""A report held against the local profile that its office has chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.statute.primitives import DocumentPlace, Finding
from gongkai.statute.report.model import Cell, Report
from gongkai.statute.report.profiles.model import Profile
from gongkai.statute.report.prose.numerals import ARABIC, CHINESE, half_width
from gongkai.statute.report.prose.parts import prose_parts

ExtraRows = Mapping[str, Mapping[str, Cell]]
"""row → column → cell, of the rows that a profile adds."""

_NUMBER = rf"(?:{ARABIC}|{CHINESE})\s*(?:余|多)?\s*(?:件|条|篇|个|次|场|期|份|部|项|则|例|人)"
_BETWEEN = r"[^,，。；;\n\d]{0,16}?"
_NONE = r"(?:没有|未|无)"


def check_profile(report: Report, profile: Profile, extra_rows: ExtraRows | None = None) -> tuple[Finding, ...]:
    """`profile.*` findings, in the order of the profile; none where it does not govern the report's form and year."""
    if report.form is None or report.year is None or not profile.governs(report.form, report.year):
        return ()
    return (
        *_lengths(report, profile),
        *_counts(report, profile),
        *_rows(profile, extra_rows or {}),
    )


def _lengths(report: Report, profile: Profile) -> Iterator[Finding]:
    """Characters without blanks; a part that is absent is another check's (`form.missing_part`)."""
    for limit in profile.lengths:
        text = _text(report, limit.part)
        if not text:
            continue
        stated = len(re.sub(r"\s", "", text))
        facts: dict[str, object] = {"stated": stated, "profile": profile.name}
        if limit.least is not None and stated < limit.least:
            facts |= {"least": limit.least, "difference": stated - limit.least}
        elif limit.most is not None and stated > limit.most:
            facts |= {"most": limit.most, "difference": stated - limit.most}
        else:
            continue
        yield Finding("profile.length", "warning", DocumentPlace(limit.part), facts, profile.source)


def _counts(report: Report, profile: Profile) -> Iterator[Finding]:
    """The number stands beside its word within one clause: 发布政策解读3件, 举办3场培训, 没有举办培训."""
    for required in profile.counts:
        text = half_width(_text(report, required.part))
        if text and not any(_told(text, word) for word in required.words):
            facts: dict[str, object] = {"what": required.what, "profile": profile.name}
            yield Finding("profile.required_count", "warning", DocumentPlace(required.part), facts, profile.source)


def _told(text: str, word: str) -> bool:
    plain = re.escape(word)
    return bool(re.search(rf"{plain}{_BETWEEN}{_NUMBER}|{_NUMBER}{_BETWEEN}{plain}|{_NONE}{_BETWEEN}{plain}", text))


def _rows(profile: Profile, extra_rows: ExtraRows) -> Iterator[Finding]:
    """Every cell of an added row is a count or not applicable; a row that the profile does not add is told too."""
    for row in profile.rows:
        cells = extra_rows.get(row.code, {})
        for column in row.columns:
            value = cells.get(column.code)
            facts: dict[str, object] = {"label": row.label, "column": column.label, "profile": profile.name}
            if value is None:
                yield Finding("profile.extra_row", "warning", DocumentPlace(row.table), facts, profile.source)
            elif value != "n/a" and not _fits(value, column.kind):
                wrong = facts | {"text": str(value)}
                yield Finding("profile.extra_row", "warning", DocumentPlace(row.table), wrong, profile.source)
    known = {row.code for row in profile.rows}
    for code in extra_rows:
        if code not in known:
            facts = {"unknown": code, "profile": profile.name}
            yield Finding("profile.extra_row", "warning", DocumentPlace("proactive"), facts, profile.source)


def _fits(value: Cell, kind: str) -> bool:
    if kind == "money":
        return isinstance(value, str) and re.fullmatch(r"\d+(?:\.\d+)?", value, re.ASCII) is not None
    return isinstance(value, int) and (value >= 0 or kind == "change")


def _text(report: Report, part: str) -> str:
    """The text of a part, or of all of 总体情况 together."""
    texts = [text for name, text in prose_parts(report.narrative) if name == part or name.startswith(f"{part}.")]
    return "\n".join(texts)
