"""Links and attachments: dead ones, those that only the office can open, attachments that are named and not there.

What lies on other sites is not asked: nothing goes out over the network. They are listed as unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from gongkai.statute.inspection.model import Inspected, Passage, found_at
from gongkai.statute.primitives import Finding

CITE = "国办秘函〔2019〕19号（链接、附件可用）"

Resolver = Callable[[str], bool | None]
"""Whether the target of a link exists; None where it cannot be told."""

_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_NO_PAGE = re.compile(r"(?:mailto|tel|javascript|data|about):", re.IGNORECASE)
_LOCAL = re.compile(
    r"file:|[A-Za-z]:[\\/]|\\\\|https?://(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)", re.IGNORECASE
)
_NAMED = re.compile(r"\s{0,8}附件\s{0,2}[：:]\s{0,4}(.{2,120})")
_NEXT = re.compile(r"\s{0,20}\d{1,2}\s?[.．、]\s?(.{2,120})")
_NUMBERED = re.compile(r"^\d{1,2}\s?[.．、]\s?")
_HEADING = re.compile(r"\s{0,8}附件\s{0,2}\d{0,2}\s*[：:]?\s*")
_EXTERNAL_SHOWN = 3
_MOST_NAMED, _MOST_LINKS = 200, 2000
"""Attachments that are looked for, and the links that they are looked for in."""


def check_links(document: Inspected, resolve: Resolver | None = None) -> list[Finding]:
    """Dead links, then the unchecked in one note, then attachments that are named and not there."""
    out, unchecked = [], []
    for link in document.links:
        target = link.target.strip()
        if not target or _NO_PAGE.match(target):
            continue
        fault = _fault(target, document, resolve)
        if fault:
            facts: dict[str, object] = {"target": target, "text": link.text, "fault": fault}
            out.append(found_at("item.dead_link", "error", link.place, (0, 0), facts, CITE))
        elif fault is None:
            unchecked.append(link)
    if unchecked:
        targets = list(dict.fromkeys(each.target for each in unchecked))
        facts = {"count": len(targets), "targets": targets[:_EXTERNAL_SHOWN]}
        out.append(found_at("item.unchecked_link", "note", unchecked[0].place, (0, 0), facts, CITE))
    return out + list(_attachments(document))


def _fault(target: str, document: Inspected, resolve: Resolver | None) -> str | None:
    """What is wrong with a link; empty if nothing, None if it cannot be told."""
    if _LOCAL.match(target):
        return "local"
    page, _, anchor = target.partition("#")
    if not page:
        return "" if not anchor or anchor in document.anchors or anchor == "top" else "anchor"
    answer = None if resolve is None else resolve(page)
    if answer is None:
        return None
    return "" if answer else "gone"


def _attachments(document: Inspected) -> Iterable[Finding]:
    shown = [each for each in document.shown if each.text.strip()]
    headings = sum(bool(_HEADING.fullmatch(each.text)) for each in shown)
    texts = {_bare(each.text) for each in shown}
    files = [
        _bare(each) for link in document.links[:_MOST_LINKS] for each in (link.text, link.target.rpartition("/")[2])
    ]
    for order, (where, name) in enumerate(islice(_named(shown), _MOST_NAMED)):
        bare = _bare(name)
        linked = any(each and (bare in each or (len(each) > 3 and each in bare)) for each in files)
        if order >= headings and not linked and bare not in texts:
            facts = {"name": name.strip()}
            yield found_at("item.attachment_missing", "warning", where, (0, len(where.text)), facts, CITE)


def _named(shown: Sequence[Passage]) -> Iterable[tuple[Passage, str]]:
    """附件：1.甲, and in the lines after it 2.乙."""
    listing = False
    for passage in shown:
        first = _NAMED.fullmatch(passage.text)
        following = _NEXT.fullmatch(passage.text) if listing else None
        listing = bool(first or following)
        if first:
            yield passage, _NUMBERED.sub("", first[1])
        elif following:
            yield passage, following[1]


def _bare(text: str) -> str:
    return re.sub(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|txt|ofd|jpe?g|png)$|[\s《》“”（）()]", "", text.strip().lower())
