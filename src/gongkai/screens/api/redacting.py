"""遮盖 (条例第37条): what is proposed, hiding what may not leave, a page as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status

from gongkai.bureau.casework import redacting
from gongkai.documents.redaction import Box, Ground, Named, Redaction, Words
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.screens.api.schemas.redacting import GroundIn, RedactedOut, RedactIn, RedactionOut
from gongkai.screens.api.sending import ANY_FILE, file_answer
from gongkai.statute.primitives import InputFault, InputRefused

router = Router(tags=["遮盖"], auth=SignedIn())


@router.get(
    "/files/{file}/redaction",
    response={200: RedactionOut, **READ},
    summary="一个材料里可能要遮盖的内容",
    description=f"查到的只显示几位。超过{redacting.FEW_PAGES}页的，look=true 才查。",
    operation_id="redaction",
)
def redaction(request: HttpRequest, file: Id, look: bool = False) -> object:
    found = redacting.source(person_of(request), file, look=look)
    proposals = [
        {
            "number": each.number, "kind": each.kind, "kind_word": each.kind_name, "place": each.place,
            "masked": each.masked, "boxes": [asdict(box) for box in each.boxes],
        }
        for each in found.proposals
    ]  # fmt: skip
    return {
        "id": found.id, "request": found.request, "number": found.number, "pages": found.pages,
        "media_type": found.media_type, "proposals": proposals, "looked": found.looked,
    }  # fmt: skip


@router.post(
    "/files/{file}/redaction",
    response={200: RedactedOut, **WRITE},
    summary="遮盖一个材料",
    description="得到另一个文件，核对过遮盖的内容读不出来，待保密审查；长的在后台做，答复任务号 job。",
    operation_id="redact",
)
def redact(request: HttpRequest, file: Id, given: RedactIn) -> object:
    done = redacting.hide(person_of(request), file, _chosen(given))
    return {"file": done.file, "job": done.job, "notices": done.notices}


@router.post(
    "/files/{file}/pdf",
    response={201: MadeOut, **WRITE},
    summary="把 Word、Excel 材料转成 PDF",
    description="得到另一个材料，可以在页面上画方框。",
    operation_id="to_pdf",
)
def to_pdf(request: HttpRequest, file: Id) -> object:
    return Status(201, {"id": redacting.to_pdf(person_of(request), file)})


@router.post(
    "/files/{file}/pages/{number}",
    response={200: None, **WRITE},
    summary="材料的一页（PNG）",
    operation_id="page_picture",
    openapi_extra=ANY_FILE,
)
def page_picture(request: HttpRequest, file: Id, number: Annotated[int, Path(ge=1, le=100_000)]) -> HttpResponse:
    return file_answer(f"{file}-{number}.png", "image/png", redacting.page(person_of(request), file, number))


def _chosen(given: RedactIn) -> redacting.Chosen:
    """Everything that was chosen; InputRefused with every place that cannot be."""
    faults: list[InputFault] = []
    more: list[Redaction] = []
    ground = _ground(given.ground)
    own = _ground(given.own_ground) if given.own_ground else ground
    asked: list[tuple[str, Callable[[], Box | Words | Named]]] = [
        *((f"boxes.{number}", partial(Box, **each.model_dump())) for number, each in enumerate(given.boxes)),
        *((f"words.{number}", partial(Words, each)) for number, each in enumerate(given.words)),
        *((f"kinds.{number}", partial(Named, each)) for number, each in enumerate(given.kinds)),
    ]
    for place, what in asked:
        try:
            more.append(Redaction(what(), own))
        except InputRefused as refused:
            faults += [InputFault(place, each.wrong, each.valid) for each in refused.faults]
    if faults:
        raise InputRefused(*faults)
    return redacting.Chosen(tuple(given.proposals), ground, tuple(more), given.label)


def _ground(given: GroundIn) -> Ground:
    return Ground(given.article, given.reason)
