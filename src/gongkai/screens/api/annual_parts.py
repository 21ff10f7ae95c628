"""年度报告的文字: one part of a draft's prose, written with linked numbers, brought up to date, prepared anew."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest
from ninja import Router

from gongkai.bureau.annual import drafting
from gongkai.bureau.annual.part_queries import PartDetail, part_as
from gongkai.bureau.orgs.people import Person
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.problems import unless_acted
from gongkai.screens.api.schemas.annual import InsertIn, Part, PartIn, PartOut, SeenIn
from gongkai.screens.api.schemas.problem import Id
from gongkai.statute.report.drafting import PARTS
from gongkai.statute.report.json_format import finding_json

router = Router(tags=["年度报告的编制"], auth=SignedIn())


@router.get(
    "/annual-reports/{report}/parts/{part}",
    response={200: PartOut, **READ},
    summary="年度报告文字的一部分",
    description="连同这一部分的核查结果，和可以插入的台账数字 figures。",
    operation_id="annual_part",
)
def annual_part(request: HttpRequest, report: Id, part: Part) -> object:
    return _shown(person_of(request), report, part)


@router.put(
    "/annual-reports/{report}/parts/{part}",
    response={200: PartOut, **WRITE},
    summary="改写一部分文字",
    description="还在的数字仍与台账相连。seen 是动笔时看到的文字，别人先改了的答复 409。",
    operation_id="write_part",
)
def write_part(request: HttpRequest, report: Id, part: Part, given: PartIn) -> object:
    def write(person: Person) -> None:
        drafting.write_part(person, report, part, given.text, seen=given.seen)

    return _done(request, report, part, given.seen, write)


@router.post(
    "/annual-reports/{report}/parts/{part}/numbers",
    response={200: PartOut, **WRITE},
    summary="插入一个台账数字",
    operation_id="insert_number",
)
def insert_number(request: HttpRequest, report: Id, part: Part, given: InsertIn) -> object:
    def insert(person: Person) -> None:
        # what stands is saved again as it was seen, so that a position is never counted in another text
        drafting.insert_number(person, report, part, given.position, given.key, text=given.seen, seen=given.seen)

    return _done(request, report, part, given.seen, insert)


@router.post(
    "/annual-reports/{report}/parts/{part}/refresh",
    response={200: PartOut, **WRITE},
    summary="把文字里的数字更新为台账现在的数",
    operation_id="refresh_numbers",
)
def refresh_numbers(request: HttpRequest, report: Id, part: Part) -> object:
    return _done(request, report, part, None, lambda person: drafting.refresh_numbers(person, report, part))


@router.post(
    "/annual-reports/{report}/parts/{part}/prepare",
    response={200: PartOut, **WRITE},
    summary="由台账重新起草一部分",
    operation_id="prepare_part",
)
def prepare_part(request: HttpRequest, report: Id, part: Part, given: SeenIn) -> object:
    def prepare(person: Person) -> None:
        drafting.prepare_again(person, report, part, seen=given.seen)

    return _done(request, report, part, given.seen, prepare)


def _done(request: HttpRequest, report: int, part: str, seen: str | None, act: Callable[[Person], None]) -> object:
    person = person_of(request)
    _known(part)
    before = drafting.plain(seen) if seen is not None else None
    with unless_acted(before, lambda: _found(person, report, part).kept):
        act(person)
    return _shown(person, report, part)


def _known(part: str) -> None:
    if part not in PARTS:
        raise Http404(f"没有这一部分，只有 {'、'.join(PARTS)}")


def _found(person: Person, report: int, part: str) -> PartDetail:
    _known(part)
    found = part_as(person, report, part)
    if found is None:
        raise Http404("没有这份报告")
    return found


def _shown(person: Person, report: int, part: str) -> dict[str, object]:
    found = _found(person, report, part)
    return {
        "part": part,
        "word": drafting.part_word(part),
        "text": found.kept,
        "editable": found.editable,
        "drifted": len(found.drifts),
        "findings": [finding_json(each) for each in found.findings],
        "figures": dict(found.figures.values) if found.editable else {},
    }
