"""主动公开信息: what was published, entering it, an answer that becomes public after its secrecy review."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from gongkai.bureau.casework import making_public
from gongkai.bureau.orgs.people import Person
from gongkai.bureau.publishing import lists, queries, reviewing, services
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.ledgers import ItemFilter, ItemPageOut, ItemReviewIn, PublishedItemIn, WholeItemOut
from gongkai.screens.api.schemas.problem import Id, MadeOut

router = Router(tags=["主动公开信息"], auth=SignedIn())


@router.get(
    "/items",
    response={200: ItemPageOut, **READ},
    summary="主动公开信息台账",
    description=f"最近公布的在前，一页{queries.PAGE}件。",
    operation_id="items",
)
def items(request: HttpRequest, asked: Query[ItemFilter]) -> object:
    found = queries.items(person_of(request), **asked.model_dump())
    return {"items": [asdict(each) for each in found.rows], "next": found.next_after or None}


@router.post(
    "/items",
    response={201: MadeOut, **WRITE},
    summary="登记一件主动公开信息",
    description="of 写申请的，是把给它的答复转为主动公开（条例第44条），保密审查以后才公开。",
    operation_id="enter_item",
)
def enter_item(request: HttpRequest, given: PublishedItemIn) -> object:
    person, record = person_of(request), given.exchanged()
    made = making_public.enter(person, given.of, record) if given.of else services.enter(person, record)
    return Status(201, {"id": made})


@router.get(
    "/items/{item}",
    response={200: WholeItemOut, **READ},
    summary="一件主动公开信息",
    operation_id="item",
)
def item_(request: HttpRequest, item: Id) -> object:
    return _shown(person_of(request), item)


@router.post(
    "/items/{item}/review",
    response={200: WholeItemOut, **WRITE},
    summary="保密审查一件信息",
    description="public 可以公开，withheld 不予公开；登记它的人不能审查（条例第17条）。",
    operation_id="review_item",
)
def review_item(request: HttpRequest, item: Id, given: ItemReviewIn) -> object:
    person = person_of(request)
    reviewing.conclude(person, item, conclusion=given.conclusion, ground=given.ground)
    return _shown(person, item)


def _shown(person: Person, item: int) -> dict[str, object]:
    found = lists.item(person, item)
    if found is None:
        raise Http404("没有这件信息")
    told = asdict(found)
    return {**told.pop("row"), **told}
