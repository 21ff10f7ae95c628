"""依申请公开转主动公开 (条例第44条): an answer entered among the published information, without who asked."""

from __future__ import annotations

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework.hiding import hidden_names
from gongkai.bureau.casework.models import CLOSED_PHASES, Request
from gongkai.bureau.casework.rights import require_act
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing import catalogue, drafting
from gongkai.bureau.publishing import services as publishing
from gongkai.bureau.publishing.origins import origin
from gongkai.statute.primitives import InputFault, InputRefused

PROVIDED = ("granted", "partial")
COLUMN = "依申请公开转主动公开"
_READ = ("title", "summary", "body_text", "document_number", "topic")


def suggested(actor: Person, request: int) -> dict[str, str] | None:
    """What the form of an item starts from; None where there is no such request. Refused where nothing was provided."""
    found = Request.objects.select_related("body").filter(pk=request).first()
    if found is None:
        return None
    require(actor, Act.ENTER_ITEMS, found.body)
    _refuse_unprovided(found)
    return {
        "body": found.body.code,
        "source_id": f"{found.number}-公开",
        "column": COLUMN,
        "title": found.subject,
        "published_on": clock.today().isoformat(),
        "summary": "",
    }


@transaction.atomic
def enter(actor: Person, request: int, given: dict[str, object]) -> int:
    """Enter the answer of a request as an item; returns its id. Public after its secrecy review, not before.

    What names the applicant is refused, where the identity can be opened here.
    """
    found = locked(request)
    require_act(actor, Act.ENTER_ITEMS, found.body)
    _refuse_unprovided(found)
    if given.get("agency") != found.body.code:
        raise InputRefused(InputFault("body", "不是受理这件申请的机关", found.body.name))
    hidden = hidden_names(found)
    naming = [name for name in _READ if any(each in str(given.get(name, "")) for each in hidden)]
    if naming:
        raise InputRefused(*(InputFault(each, "写有申请人的姓名、证件号码或联系方式", "不写申请人") for each in naming))
    made = publishing.enter(actor, given)
    facts = {"item": made, "source_id": given.get("source_id")}
    ledger.append(f"request:{found.pk}", "answer.entered", actor=actor, body=found.body.code, facts=facts)
    return made


@transaction.atomic
def draft(actor: Person, request: int, column: int, title: str = "") -> int:
    """Begin a draft of the answer, to go through the whole review; returns its id (条例第44条).

    Without a title it has that of the request.
    """
    found = locked(request)
    require_act(actor, Act.ENTER_ITEMS, found.body)
    _refuse_unprovided(found)
    place = {each.id for each in catalogue.tree(actor, found.body.code) or ()}
    if column not in place:
        raise InputRefused(InputFault("栏目", "不是受理这件申请的机关的栏目", found.body.name))
    made = drafting.begin(actor, column, {"title": title or found.subject[:500]}, origin={"request": found.pk})
    ledger.append(f"request:{found.pk}", "answer.drafted", actor=actor, body=found.body.code, facts={"draft": made})
    return made


@origin("request")
def _naming(request: int, said: str) -> list[InputFault]:
    """What names the applicant does not go to review, where the identity can be opened here."""
    found = Request.objects.select_related("body").filter(pk=request).first()
    if found is None or not any(each in said for each in hidden_names(found)):
        return []
    return [InputFault("内容", "写有申请人的姓名、证件号码或联系方式", "不写申请人")]


def _refuse_unprovided(found: Request) -> None:
    if found.phase not in CLOSED_PHASES or found.outcome not in PROVIDED:
        raise InputRefused(InputFault("申请", "没有以公开的答复办结", "予以公开、部分公开并且已经办结的申请"))
