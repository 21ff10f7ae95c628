"""The inspection before publication (条例第十七条): every check over a document, in the order of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.statute.inspection.dates import check_dates
from gongkai.statute.inspection.days import written_day
from gongkai.statute.inspection.document_numbers import check_numbers
from gongkai.statute.inspection.elements import check_elements, elements_of
from gongkai.statute.inspection.formats import check_format
from gongkai.statute.inspection.links import Resolver, check_links
from gongkai.statute.inspection.model import Inspected
from gongkai.statute.inspection.notices import check_notices
from gongkai.statute.inspection.personal import check_personal
from gongkai.statute.inspection.personal_data import hidden
from gongkai.statute.inspection.repealed import Repeal, check_repealed
from gongkai.statute.inspection.terms import check_terms
from gongkai.statute.inspection.typos import WordList, check_typos
from gongkai.statute.inspection.withheld import IsPublished, check_marks, check_unpublished
from gongkai.statute.primitives import Finding, PassagePlace, ProsePlace

_SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What an office brings to the inspection beside the file.

    `required`: elements of `ELEMENTS` that this kind of information must state; `terms`, `typos`, `repealed`: the
    office's own lists; `resolve`: whether an internal link leads anywhere; `is_published`: whether a number is public.
    """

    required: Sequence[str] = ()
    terms: Sequence[WordList] = ()
    typos: Sequence[WordList] = ()
    repealed: Mapping[str, Repeal] = field(default_factory=dict)
    resolve: Resolver | None = None
    is_published: IsPublished | None = None


def inspect(document: Inspected, on: date, knowledge: Knowledge | None = None) -> tuple[Finding, ...]:
    """All findings, in the order of the document, those on the whole first. `on`: the day of the inspection."""
    known = knowledge or Knowledge()
    elements = elements_of(document)
    formed = written_day(elements["formed_on"].text) if "formed_on" in elements else None
    found = [
        *check_elements(document, known.required),
        *check_dates(document, elements, on),
        *check_numbers(document, elements),
        *check_format(document),
        *check_links(document, known.resolve),
        *check_terms(document, known.terms),
        *check_repealed(document, formed or on, known.repealed),
        *check_marks(document),
        *check_unpublished(document, elements, known.is_published),
        *_typos(document, known.typos),
        *check_personal(document),
        *check_notices(document),
    ]
    order = {passage.place: at for at, passage in enumerate(document.passages)}

    def rank(each: Finding) -> tuple[int, int, int]:
        where = each.where
        at = (order.get(where.passage, -1), where.start) if isinstance(where, PassagePlace) else (-1, 0)
        return (*at, _SEVERITIES.index(each.severity))

    return tuple(sorted(map(_without_identifiers, found), key=rank))


def _without_identifiers(found: Finding) -> Finding:
    """What a finding repeats of the document (a link, the name of an attachment) holds no identifier either."""
    facts = {
        key: hidden(value) if isinstance(value, str)
        else [hidden(each) if isinstance(each, str) else each for each in value] if isinstance(value, list) else value
        for key, value in found.facts.items()
    }  # fmt: skip
    return found if facts == found.facts else replace(found, facts=facts)


def _typos(document: Inspected, extra: Sequence[WordList]) -> list[Finding]:
    out = []
    for passage in document.shown:
        for each in check_typos(passage.text, passage.place, extra):
            if isinstance(each.where, ProsePlace) and ("suggestion" in each.facts or not passage.is_line):
                where = PassagePlace(passage.place, each.where.start, each.where.end)
                out.append(Finding(each.code, each.severity, where, each.facts, each.cite))
    return out
