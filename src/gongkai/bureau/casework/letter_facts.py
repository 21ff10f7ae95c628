"""What the case itself says for a letter: the elements that nobody should have to type, and how values are read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from cryptography.exceptions import InvalidTag

from gongkai.bureau import clock
from gongkai.bureau.casework import fees, identity
from gongkai.bureau.casework.events import as_case, as_event
from gongkai.bureau.casework.models import Identity, Request, SearchRecord, WantedItem
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.clock import read_clock
from gongkai.statute.letters import LetterKind
from gongkai.statute.parameters import value
from gongkai.statute.primitives import InputFault, InputRefused

APPLICANT = "申请人"
"""Stands for the applicant's name wherever a letter is shown at the desk: the name goes on the document alone."""
_FILLED = frozenset({"number", "body_name", "received_on", "applicant_kind", "request_number", "remedies"})
_DERIVED = {"extension_notice": frozenset({"due_on", "approved_by"})}


@dataclass(frozen=True, slots=True)
class Parties:
    """The body that writes, by level, and the governments above it that a notice of remedies may name."""

    name: str
    level: str
    parent: str
    superior: str
    contact: str


def parties(body: Body) -> Parties:
    contact = "，".join(each for each in (body.address, body.telephone) if each)
    parent = body.parent
    return Parties(body.name, body.level, parent.name if parent else "", "", contact)


def known(request: Request, kind: LetterKind) -> dict[str, str]:
    """Elements that follow from the case, as text: days as ISO days."""
    body = request.body
    found: dict[str, str] = {
        "body_name": body.name,
        "received_on": _iso(request.received_on),
        "subject": request.subject,
        "applicant_kind": request.applicant_kind,
        "request_number": request.number,
        "contact": parties(body).contact,
        "fee_payment_days": str(value("fee_payment_days", clock.today()).number),
    }
    case = as_case(request, body.code, list(request.events.order_by("position")))
    reading = read_clock(case, in_force(body.code), clock.today())
    if reading.due_on:
        found["due_on"] = date.fromordinal(reading.due_on).isoformat()
    days = {event.kind: date.fromordinal(event.on).isoformat() for event in case.events}
    found["correction_requested_on"] = days.get("correction_requested", "")
    found["corrected_on"] = days.get("correction_received", "")
    found |= _searched(request) | _decided(request, kind)
    names = {each.code for each in kind.elements}
    given = {**dict(kind.defaults), **{name: told for name, told in found.items() if told}}
    return {name: told for name, told in given.items() if name in names or name == "fee_payment_days"}


def hidden(kind: LetterKind) -> frozenset[str]:
    """Elements that the system fills and nobody enters: the applicant's name among them, never a third party's."""
    to_applicant = frozenset({"addressee"}) if kind.to == "applicant" else frozenset()
    return _FILLED | to_applicant | _DERIVED.get(kind.code, frozenset())


def derived(request: Request, kind: LetterKind, elements: Mapping[str, str]) -> dict[str, str]:
    """Days that follow from what was entered: to which an extension lengthens, the due day that a receipt tells."""
    given = dict(elements)
    if kind.code == "extension_notice" and request.received_on:
        most = value("extension_days", request.received_on).number
        given["workdays"] = given.get("workdays") or str(most)
        given["extended_to"] = given.get("extended_to") or extended_to(request, given["workdays"])[0]
    if kind.code == "fee_notice":
        given |= _fee(request, given)
    if kind.code == "receipt" and not request.received_on:
        today = clock.today().isoformat()
        given["received_on"] = today
        given["due_on"], _ = _due_after(request, {"kind": "receipt_confirmed", "on": today})
    return given


def _fee(request: Request, given: Mapping[str, str]) -> dict[str, str]:
    """Quantity, standard and amount by the tariff, once it is chosen how to charge."""
    basis = given.get("fee_basis", "")
    quantity = given.get("fee_quantity", "")
    if basis == "items" and not quantity:
        quantity = str(fees.items_of(request))
    told = fees.assess(request, basis, int(quantity)) if quantity.isdecimal() and len(quantity) < 9 else None
    if told is None:
        return {}
    return {
        "fee_quantity": quantity,
        "fee_standard": given.get("fee_standard") or told.words,
        "amount": given.get("amount") or str(told.amount),
    }


def extended_to(request: Request, workdays: str) -> tuple[str, bool]:
    """The due day with that extension, and whether it is certain: a year without a calendar gives an estimate."""
    if not workdays.isdecimal() or not request.received_on:
        return "", False
    event = {"kind": "extended", "on": clock.today().isoformat(), "workdays": int(workdays), "approved_by": "—"}
    return _due_after(request, event)


def _due_after(request: Request, event: Mapping[str, object]) -> tuple[str, bool]:
    """The due day, were this to happen, and whether it is certain; "" where it cannot."""
    case = as_case(request, request.body.code, list(request.events.order_by("position")))
    supposed = case._replace(events=(*case.events, as_event(json.dumps(event))))
    try:
        reading = read_clock(supposed, in_force(request.body.code), clock.today())
    except InputRefused:
        return "", False
    due = reading.due_on or reading.not_before
    return (date.fromordinal(due).isoformat() if due else ""), reading.due_on is not None


def _searched(request: Request) -> dict[str, str]:
    found = SearchRecord.objects.filter(request=request).order_by("-id").first()
    if found is None:
        return {}
    return {
        "search_where": found.places,
        "search_terms": found.terms,
        "search_period": found.period,
        "search_by": found.searchers,
        "search_result": found.result,
        "search_archive": "yes" if found.archive_asked else "no",
    }


def _decided(request: Request, kind: LetterKind) -> dict[str, str]:
    """What was decided item by item, in the words of the decisions that this kind of letter tells."""
    items = [each for each in WantedItem.objects.filter(request=request).order_by("position") if each.outcome]
    given = [each for each in items if each.outcome in ("granted", "partial")]
    withheld = [each for each in items if each.outcome not in ("granted",)]
    articles = dict.fromkeys(code for each in items for code in each.articles.split(",") if code)
    outcomes = {each.outcome for each in items}
    facts = {name: str(told) for each in items for name, told in each.facts.items() if isinstance(told, (str, int))}
    found = {
        "information": "；".join(each.text for each in given),
        "withheld": "；".join(each.text for each in withheld),
        "reasons": "；".join(dict.fromkeys(each.reason for each in withheld if each.reason)),
        "articles": ",".join(articles),
        **facts,
    }
    if len(outcomes) == 1 and (one := outcomes.pop()) in kind.outcomes:
        found["outcome"] = one
    return found


def addressee(request: Request) -> str:
    """The applicant's name for the document alone; the official word where it is not known."""
    sealed = Identity.objects.filter(request=request).first()
    if sealed is None:
        return APPLICANT
    try:
        return identity.unseal(bytes(sealed.sealed))[0] or APPLICANT
    except InvalidTag:
        wrong = "打不开：本安装的身份密钥不是加密时的那一把，或者内容被改过"
        raise InputRefused(InputFault("申请人身份", wrong, "恢复原来的 keys/identity.key")) from None


def values(kind: LetterKind, elements: Mapping[str, str]) -> dict[str, object]:
    """Elements as the statute checks them: days, numbers and lists; what cannot be read stays the text it is."""
    found: dict[str, object] = {}
    for each in kind.elements:
        told = elements.get(each.code, "").strip()
        if told:
            found[each.code] = _value(each.value, told)
    return found


def _value(kind: str, told: str) -> object:
    try:
        if kind == "day":
            return date.fromisoformat(told)
        if kind == "money":
            return Decimal(told)
        if kind == "count":
            return int(told)
    except (ValueError, InvalidOperation):
        return told
    return tuple(each.strip() for each in told.split(",") if each.strip()) if kind == "list" else told


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
