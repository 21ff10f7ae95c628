"""The inspection of a draft: its text, its elements and each attachment, what was let pass and what still stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.bureau import clock
from gongkai.bureau.ledger.chain import canonical
from gongkai.bureau.publishing.models import Draft, Upload
from gongkai.documents.inspection.confined import read_safely
from gongkai.statute.inspection.inspecting import Knowledge, inspect
from gongkai.statute.inspection.model import Inspected, Stated
from gongkai.statute.primitives import Finding, InputRefused, PassagePlace
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import ELEMENTS
from gongkai.statute.wording import advice, sentence

STATED = {"title": "title", "document_number": "number", "formed_on": "formed_on", "summary": "summary",
          "keywords": "keywords", "topic": "topic", "genre": "genre"}  # fmt: skip
"""Element of a draft → what the inspection calls it."""
STOPPING = frozenset({
    "text.personal_data", "text.personal_suspect", "text.secrecy_mark", "text.unpublished_document",
    "file.hidden_content", "file.picture_location",
})  # fmt: skip
"""Beside errors, what must be masked, mended or waived before review: what should never have become public."""
MASKABLE = frozenset({"text.personal_data", "text.personal_suspect"})
MOST_KEPT = 5_000
TEXT = ""


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One finding of a draft. `source`: "" for text and elements, else the attachment's digest; `name` for people.

    `found`: the characters it speaks of, masked as the finding masks them never: only who writes the draft sees it.
    `waived`: who let it pass, why and when, None where it stands.
    """

    key: str
    code: str
    severity: str
    source: str
    name: str
    sentence: str
    advice: str
    cite: str
    found: str
    waived: Mapping[str, str] | None

    @property
    def stops(self) -> bool:
        return self.waived is None and (self.severity == "error" or self.code in STOPPING)

    @property
    def maskable(self) -> bool:
        return self.waived is None and self.source == TEXT and self.code in MASKABLE and bool(self.found)

    @property
    def cleanable(self) -> bool:
        return self.waived is None and self.source != TEXT and self.code.startswith("file.")


def findings_of(draft: Draft) -> tuple[DraftFinding, ...]:
    """Everything the inspection finds now, the text's first, then each attachment's as it was when it came."""
    found = [_told(each, TEXT, "正文", draft.waivers, passages) for each, passages in _text(draft)]
    names = {str(each["digest"]): str(each["name"]) for each in draft.attachments}
    uploads = Upload.objects.filter(draft=draft, digest__in=names).order_by("id")
    seen: dict[str, DraftFinding] = {each.key: each for each in found}
    for upload in uploads:
        for kept in upload.findings:
            each = _kept(kept, upload.digest, names[upload.digest], draft.waivers)
            seen.setdefault(each.key, each)
    return tuple(seen.values())


def inspect_file(data: bytes, name: str, on: date | None = None) -> list[dict[str, object]]:
    """What the inspection sees in an attachment, as JSON; a file that cannot be read says so as a finding."""
    try:
        read = read_safely(data, name)
    except InputRefused as refused:
        words = "；".join(str(each) for each in refused.faults)
        return [{"code": "file.unread", "severity": "warning", "found": "", "cite": "条例第17条",
                 "sentence": f"没有检查：{words}。", "advice": "请人工看过再公开。", "facts": {}}]  # fmt: skip
    texts = {each.place: each.text for each in read.passages}
    return [
        {"code": each.code, "severity": each.severity, "found": _span(each, texts), "cite": each.cite,
         "sentence": sentence(each), "advice": advice(each), "facts": dict(each.facts)}
        for each in inspect(read, on or clock.today(), _knowledge(()))
    ]  # fmt: skip


def _text(draft: Draft) -> Iterable[tuple[Finding, Mapping[str, str]]]:
    read = _read(draft.body_html)
    stated = {
        name: Stated(draft.elements[code], ELEMENTS[code].label)
        for code, name in STATED.items()
        if draft.elements.get(code)
    }
    stated["body"] = Stated(draft.elements.get("producer") or draft.body.name, "发布机构")
    read = replace(read, elements={**read.elements, **stated})
    texts = {each.place: each.text for each in read.passages}
    known = {str(each["digest"]) for each in draft.attachments}
    known |= set(Upload.objects.filter(draft=draft).values_list("digest", flat=True))
    for each in inspect(read, clock.today(), _knowledge(known)):
        if each.code != "item.missing_element":  # what a draft must state is told by `elements.lacking`
            yield each, texts


def _read(html: str) -> Inspected:
    if not html.strip():
        return Inspected(())
    return read_safely(f"<!doctype html><meta charset=utf-8><body>{html}</body>".encode(), "正文.html")


def _knowledge(digests: Iterable[str]) -> Knowledge:
    known = frozenset(digests)
    kept = Draft.objects.filter(state=flow.KEPT).values_list("elements__document_number", flat=True)
    numbers = frozenset(each for each in kept[:MOST_KEPT] if each)

    def resolve(target: str) -> bool | None:
        if target.startswith("attachment:"):
            return target.removeprefix("attachment:") in known
        return None

    return Knowledge(resolve=resolve, is_published=lambda number: False if number in numbers else None)


def _span(each: Finding, texts: Mapping[str, str]) -> str:
    where = each.where
    if not isinstance(where, PassagePlace) or where.start >= where.end:
        return ""
    return texts.get(where.passage, "")[where.start : where.end]


def _told(
    each: Finding, source: str, name: str, waivers: Mapping[str, Any], texts: Mapping[str, str]
) -> DraftFinding:  # fmt: skip
    found = _span(each, texts)
    key = _key(source, each.code, found, each.facts)
    return DraftFinding(
        key, each.code, each.severity, source, name, sentence(each), advice(each), each.cite, found, waivers.get(key)
    )


def _kept(kept: Mapping[str, Any], source: str, name: str, waivers: Mapping[str, Any]) -> DraftFinding:
    key = _key(source, kept["code"], kept["found"], kept["facts"] or {"sentence": kept["sentence"]})
    return DraftFinding(
        key, kept["code"], kept["severity"], source, name, kept["sentence"], kept["advice"], kept["cite"],
        kept["found"], waivers.get(key),
    )  # fmt: skip


def _key(source: str, code: str, found: str, facts: Mapping[str, object]) -> str:
    """The same words found anywhere in the same file are one matter: masked or waived once."""
    what = found or canonical(facts)
    return hashlib.sha256(f"{source}|{code}|{what}".encode()).hexdigest()[:20]


def standing(found: Sequence[DraftFinding]) -> tuple[DraftFinding, ...]:
    """Those that stop the draft from going to review."""
    return tuple(each for each in found if each.stops)
