"""The form of document numbers: the document's own, and those that its text cites (国办发〔2017〕47号).

Not meant, though they look alike: numbers of court cases （2026）青01民初3号, of certificates 青证字（2026）第012号, of
orders 国务院令第711号 and of announcements 2026年第3号.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from gongkai.statute.inspection.model import Inspected, Passage, Stated, found_at
from gongkai.statute.letters.numbers import check_document_number
from gongkai.statute.primitives import Finding

CITE = "《党政机关公文处理工作条例》、GB/T 9704—2012（发文字号，未核对原文）"

WORD: Final = r"[\u4e00-\u9fa5]"
_CITED = re.compile(
    rf"(?<={WORD}) ?(?P<open>[〔\[［【（(〈]) ?(?P<year>(?:19|20)\d{{2}}|\d{{2}}) ?(?P<close>[〕\]］】）)〉]) ?"
    r"(?P<ordinal>第?) ?(?P<sequence>\d{1,5}) ?号",
    re.ASCII,
)
_OTHER_NUMBER = re.compile(r"(?:字|编号|合同|案号|证|批次|项目)\s?$")
_BEFORE = 8


def check_numbers(document: Inspected, elements: Mapping[str, Stated]) -> list[Finding]:
    """The faults of the document's own number and of each number cited. `facts`: `found`, `fault`, `suggestion`."""
    own = elements.get("number")
    found = list(_own(own)) if own and own.text else []
    for passage in document.shown:
        if own is None or passage.place != own.place:
            found += _cited(passage)
    return found


def _own(stated: Stated) -> Iterable[Finding]:
    for each in check_document_number(stated.text):
        facts = {"found": stated.text, "fault": each.facts["fault"], "suggestion": well_formed(stated.text)}
        yield found_at("item.number_form", "error", stated.place, (0, 0), facts, CITE)


def _cited(passage: Passage) -> Iterable[Finding]:
    for match in _CITED.finditer(passage.text):
        if _OTHER_NUMBER.search(passage.text, max(0, match.start() - _BEFORE), match.start()):
            continue
        fault = _fault(match)
        if fault is not None:
            facts = {"found": match[0].strip(), "fault": fault, "suggestion": well_formed(match[0])}
            yield found_at("text.number_form", "warning", passage, match.span(), facts, CITE)


def _fault(match: re.Match[str]) -> str | None:
    if (match["open"], match["close"]) != ("〔", "〕"):
        return "brackets"
    if len(match["year"]) != 4:
        return "year"
    if match["ordinal"]:
        return "ordinal"
    if match["sequence"].startswith("0"):
        return "padding"
    return "space" if " " in match[0] else None


def well_formed(text: str) -> str:
    """The number with what can be put right by itself: brackets, spaces, 第, padding."""
    text = re.sub(r"\s", "", text)
    text = re.sub(r"[\[［【（(〈](\d{2,4})[\]］】）)〉]|〔(\d{2,4})[\]］】）)〉]|[\[［【（(〈](\d{2,4})〕",
                  lambda each: f"〔{each[1] or each[2] or each[3]}〕", text)  # fmt: skip
    return re.sub(r"〕第?0*(\d+)", r"〕\1", text)
