"""One request as the API shows it: plain values from what the desk's own query found, nothing of who asked."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404

from gongkai.bureau import clock
from gongkai.bureau.casework.queries.case import CaseBoard, board
from gongkai.bureau.casework.queries.case_files import TELLING
from gongkai.bureau.orgs.people import Person
from gongkai.screens.api.schemas.requests import CaseOut
from gongkai.statute.cases.words import ACTS
from gongkai.statute.clock import ClockReading, offers
from gongkai.statute.clock.wording import derivation
from gongkai.statute.wording import sentence


def found_board(person: Person, request: int) -> CaseBoard:
    """The board of a request; Http404 where there is none, PermissionDenied where it is out of reach."""
    found = board(person, request)
    if found is None:
        raise Http404("没有这件申请")
    return found


def case_out(person: Person, request: int) -> CaseOut:
    return CaseOut.model_validate(shown(found_board(person, request)))


def shown(found: CaseBoard) -> dict[str, Any]:
    detail = found.detail
    return {
        **asdict(detail.row),
        "seen": len(detail.events),
        "has_identity": detail.has_identity,
        "clock": clock_out(detail.reading),
        "derivation": derivation(detail.case, found.calendar, clock.today()).lines,
        "events": [{**asdict(each), "word": ACTS[each.kind]} for each in detail.events],
        "offers": _offers(found),
        "application": found.application and asdict(found.application),
        "items": [asdict(each) for each in found.wanted],
        "assignments": [asdict(each) for each in found.assignments],
        "opinions": [asdict(each) for each in found.opinions],
        "searches": [asdict(each) for each in found.searches],
        "letters": [asdict(each) for each in found.letters],
        "files": [{**asdict(each), "name": "" if each.of in TELLING else each.name} for each in found.files],
        "messages": [asdict(each) for each in found.messages],
        "due_moves": [asdict(each) for each in found.moves],
    }


def clock_out(reading: ClockReading) -> dict[str, object]:
    return reading.as_json(sentence)


def _offers(found: CaseBoard) -> list[dict[str, object]]:
    """Every step of the table; what the case forbids is said before what the person's roles forbid."""
    return [
        {
            "kind": each.step.act,
            "word": ACTS[each.step.act],
            "article": each.step.article,
            "fields": dict(each.step.fields),
            "optional": sorted(each.step.optional),
            "among": each.among,
            "refused": each.refused or found.standing.step_refusal(each.step),
        }
        for each in offers(found.detail.case, found.calendar)
    ]
