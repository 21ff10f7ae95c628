"""A consultation as the one who is asked sees it by the link, and as the office reads the answer (第32–34条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.bureau import clock
from gongkai.bureau.casework import identity
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.files import name_of
from gongkai.bureau.casework.hiding import hidden_names, without
from gongkai.bureau.casework.models import CaseFile, Consultation, Request
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, may, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.cases.letter_flow import VOID
from gongkai.statute.clock import offers
from gongkai.statute.letters import kind_of

OPEN, ANSWERED, OVER = "open", "answered", "over"
LONGEST_LINK = 100


@dataclass(frozen=True, slots=True)
class AskedFile:
    """What the letter encloses; size in bytes."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the one who is asked may see: never who applied. `text` is "" once it is over."""

    state: str
    family: str
    body_name: str
    telephone: str
    title: str
    number: str
    text: str
    until: date | None
    files: tuple[AskedFile, ...]


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation by link as the office sees it; its grounds are read by `consulting.read`."""

    letter: int
    request: int
    number: str
    body: str
    body_name: str
    family: str
    party: str
    until: date | None
    opened_at: datetime | None
    answered_at: datetime | None
    consents: bool | None


def mark_of(token: str) -> str:
    """What is stored of a link."""
    return identity.keyed("consultation-link", token[:LONGEST_LINK])


def asked(token: str) -> Asked | None:
    """What the link opens; None where there is no such link, or it was taken back."""
    found = Consultation.objects.select_related("letter", "request__body").filter(mark=mark_of(token)).first()
    if found is None:
        return None
    body, letter = found.request.body, found.letter
    state = state_of(found)
    hidden = hidden_names(found.request) if state == OPEN else ()
    return Asked(
        state=state,
        family=found.family,
        body_name=body.name,
        telephone=body.telephone,
        title=kind_of(letter.kind).title,
        number=letter.number,
        text=without(letter.paragraphs, hidden) if state == OPEN else "",
        until=found.until,
        files=tuple(AskedFile(each.pk, without(name_of(each), hidden), each.size) for each in files_of(found))
        if state == OPEN
        else (),
    )


def state_of(found: Consultation) -> str:
    """Whether an answer is awaited: not yet given by link or on paper, in time, the letter not void, the case open."""
    if found.answered_at is not None:
        return ANSWERED
    if found.letter.state == VOID or (found.until is not None and found.until < clock.today()):
        return OVER
    request = found.request
    case = as_case(request, request.body.code, list(request.events.order_by("position")))
    awaited = next(
        each for each in offers(case, in_force(request.body.code)) if each.step.act == f"{found.family}_replied"
    )
    return OPEN if not awaited.refused and found.party in awaited.among else OVER


def files_of(found: Consultation) -> list[CaseFile]:
    """The letter as it was sent and what it encloses."""
    letter = found.letter
    whole = letter.scan or letter.document
    return [*([whole] if whole else []), *letter.enclosures.order_by("id")]


def consultations(person: Person, request: int) -> tuple[ConsultationRow, ...]:
    """The consultations by link of a request, in the order of their letters."""
    found = Request.objects.select_related("body").filter(pk=request).first()
    if found is None:
        return ()
    require(person, Act.SEE_LEDGERS, found.body)
    return tuple(_row(each) for each in found.consultations.select_related("request__body").order_by("id"))


def consultation(person: Person, letter: int) -> ConsultationRow | None:
    """The consultation of a letter; None where it has no link."""
    found = Consultation.objects.select_related("request__body").filter(letter=letter).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.request.body)
    return _row(found)


def reads_answers(person: Person, body: Body | str) -> bool:
    """Whether the person handles requests of the body or gives opinions on them: others need no grounds."""
    return may(person, Act.ENTER_REQUESTS, body) or may(person, Act.GIVE_OPINIONS, body)


def _row(found: Consultation) -> ConsultationRow:
    request = found.request
    return ConsultationRow(
        found.letter_id, request.pk, request.number, request.body.code, request.body.name, found.family, found.party,
        found.until, found.opened_at, found.answered_at, found.consents,
    )  # fmt: skip
