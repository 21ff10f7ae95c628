"""The title: the body by its full name, the year with 年, 政府信息公开工作年度报告."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.statute.primitives import DocumentPlace, Finding
from gongkai.statute.report.bodies import abbreviated
from gongkai.statute.report.rules.evidence import Evidence

_YEAR_WITH_SIGN = re.compile(r"(?:[12]\d{3}|[12１２][０-９]{3}|[一二][〇○零一二三四五六七八九Ｏ]{3})\s*年")


def check_title(evidence: Evidence) -> Iterator[Finding]:
    """One finding for a title, with all that is wrong: `lacks_year_sign`, `abbreviation` and its `full_name`."""
    if evidence.source is None or not evidence.source.title:
        return
    title = evidence.source.title
    facts: dict[str, object] = {}
    if not _YEAR_WITH_SIGN.search(title):
        facts["lacks_year_sign"] = True
    short = abbreviated(re.sub(r"\s+", "", title), evidence.bodies)
    if short is not None:
        facts |= {"abbreviation": short[0], "full_name": short[1]}
    if facts:
        yield Finding("form.title", "warning", DocumentPlace("title"), {"title": title, **facts}, evidence.cite("格式"))
