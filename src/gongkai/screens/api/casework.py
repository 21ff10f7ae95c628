"""What is done inside a case: assignment, opinions, searches, deciding item by item."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import File, Path, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.casework import assigning, deciding, opinions, searching
from gongkai.bureau.casework.files import LARGEST_FILE
from gongkai.bureau.orgs.people import Person
from gongkai.screens.api.access import WRITE, SignedIn, person_of
from gongkai.screens.api.cases import case_out, found_board
from gongkai.screens.api.problems import unless_acted
from gongkai.screens.api.schemas.casework import (
    AssignedManyOut,
    AssignedOut,
    AssignIn,
    AssignManyIn,
    DecisionIn,
    EndIn,
    HandedOverOut,
    HandOverIn,
    ItemsIn,
    OpinionIn,
    SearchIn,
)
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.screens.api.schemas.requests import CaseOut
from gongkai.screens.api.sending import one_file
from gongkai.screens.api.strict import takes_files
from gongkai.screens.ui.uploads import MEGABYTE

router = Router(tags=["申请的办理"], auth=SignedIn())
Position = Annotated[int, Path(ge=1, le=1000)]


@router.post(
    "/requests/{case}/assignments",
    response={201: AssignedOut, **WRITE},
    summary="交办",
    operation_id="assign",
)
def assign(request: HttpRequest, case: Id, given: AssignIn) -> object:
    person = person_of(request)
    with unless_acted(given.seen, lambda: len(found_board(person, case).assignments)):
        made = assigning.assign(
            person, case, section=given.section, person=given.person, joins=given.joins, task=given.task,
            due_on=given.due_on, seen=given.seen,
        )  # fmt: skip
    return Status(201, {"id": made.id, "warnings": made.warnings})


@router.post(
    "/assignments",
    response={200: AssignedManyOut, **WRITE},
    summary="成批交办",
    description="同一个机关的申请；不能交办的逐件写明原因。",
    operation_id="assign_many",
)
def assign_many(request: HttpRequest, given: AssignManyIn) -> object:
    made = assigning.assign_many(
        person_of(request), given.requests, section=given.section, person=given.person, joins=given.joins,
        task=given.task, due_on=given.due_on,
    )  # fmt: skip
    refused = [{"number": number, "why": why} for number, why in made.refused]
    return {"done": made.done, "refused": refused, "warnings": made.warnings}


@router.post(
    "/assignments/{assignment}/end", response={204: None, **WRITE}, summary="结束交办", operation_id="end_assignment"
)
def end_assignment(request: HttpRequest, assignment: Id, given: EndIn) -> object:
    assigning.end(person_of(request), assignment, because=given.because)
    return Status(204, None)


@router.post(
    "/handovers",
    response={200: HandedOverOut, **WRITE},
    summary="移交一个人手上的全部交办",
    operation_id="hand_over",
)
def hand_over(request: HttpRequest, given: HandOverIn) -> object:
    done = assigning.hand_over(person_of(request), given.from_person, given.to_person, because=given.because)
    return {"done": done}


@router.post(
    "/requests/{case}/opinions", response={201: MadeOut, **WRITE}, summary="提出意见", operation_id="give_opinion"
)
def give_opinion(request: HttpRequest, case: Id, given: OpinionIn) -> object:
    made = opinions.give(
        person_of(request), case, kind=given.kind, conclusion=given.conclusion, text=given.text, letter=given.letter
    )
    return Status(201, {"id": made})


@router.post(
    "/requests/{case}/searches",
    response={201: MadeOut, **WRITE},
    summary="登记检索",
    description="认定不掌握以前须有检索记录（条例第36条第4项）。",
    operation_id="record_search",
)
def record_search(request: HttpRequest, case: Id, given: SearchIn) -> object:
    made = searching.record(
        person_of(request), case, places=given.places, terms=given.terms, period=given.period,
        searchers=given.searchers, archive_asked=given.archive_asked, result=given.result, on=given.on,
    )  # fmt: skip
    return Status(201, {"id": made})


@router.put(
    "/requests/{case}/items",
    response={200: CaseOut, **WRITE},
    summary="拆分、合并申请事项",
    description="都没有决定时才能改；仍是一件申请、一个编号。",
    operation_id="divide_items",
)
def divide_items(request: HttpRequest, case: Id, given: ItemsIn) -> CaseOut:
    person = person_of(request)
    with unless_acted(given.seen, lambda: len(found_board(person, case).wanted)):
        deciding.divide(person, case, given.texts, seen=given.seen)
    return case_out(person, case)


@router.post(
    "/requests/{case}/items/{position}/decision",
    response={200: CaseOut, **WRITE},
    summary="决定一项",
    description="已主动公开的带网页快照 snapshot。",
    operation_id="decide_item",
)
@decorate_view(takes_files(LARGEST_FILE + MEGABYTE))
def decide_item(
    request: HttpRequest,
    case: Id,
    position: Position,
    decision: DecisionIn,
    snapshot: File[UploadedFile | None] = None,
) -> CaseOut:
    person = person_of(request)
    with unless_acted(decision.seen, lambda: _decided(person, case, position)):
        deciding.decide(
            person, case, position=position, outcome=decision.outcome, articles=decision.articles,
            reason=decision.reason, facts=decision.facts, snapshot=one_file(snapshot, "网页快照"), seen=decision.seen,
        )  # fmt: skip
    return case_out(person, case)


@router.delete(
    "/requests/{case}/items/{position}/decision",
    response={200: CaseOut, **WRITE},
    summary="撤销一项决定",
    description="答复以前可以撤销，日志两次都留。",
    operation_id="undo_decision",
)
def undo_decision(request: HttpRequest, case: Id, position: Position) -> CaseOut:
    deciding.undo(person_of(request), case, position=position)
    return case_out(person_of(request), case)


def _decided(person: Person, case: int, position: int) -> str:
    rows = found_board(person, case).wanted
    return next((each.decided for each in rows if each.position == position), "")
