"""A request as its applicant sees it: nothing from inside the office, no names of people, no third party's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.bureau import clock
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.files import name_of
from gongkai.bureau.casework.hiding import hidden_names, without
from gongkai.bureau.casework.message_kinds import KINDS, refusal
from gongkai.bureau.casework.models import ApplicantMessage, Application, CaseFile, Letter, Request
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case, Event
from gongkai.statute.cases.letter_flow import DELIVERED
from gongkai.statute.clock import ClockReading, read_clock
from gongkai.statute.letters import kind_of

SEAL = 24
"""Characters of the code's mark that a pass carries: another code, and the pass is void."""
SHOWN_ELEMENTS = (
    "correction_items", "deadline_on", "excess", "workdays", "extended_to", "delay_reasons", "delayed_to", "fee_basis",
    "fee_grounds", "fee_standard", "amount", "payment_way", "consequence",
)  # fmt: skip
"""Of the letters to the applicant, what their page repeats; who signed stays in the letter."""
_TURN = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Pass:
    """That somebody showed number and query code of a request."""

    request: int
    seal: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the applicant to take: a letter as it was sent, or what came with it. Sizes in bytes."""

    id: int
    title: str
    number: str
    on: date | None
    size: int
    media_type: str
    fetched: bool


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What the applicant said, by kind and moment; its words stay sealed. `answer`: the office's, "" while none."""

    kind: str
    word: str
    at: datetime
    score: int | None
    handled_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class Followed:
    """`case` has its names masked. `told`: by position of the event, what the letter said that made it.

    `refused`: by kind of message, why it cannot be sent now, "" where it can.
    """

    number: str
    body: str
    body_name: str
    telephone: str
    subject: str
    wanted: tuple[str, ...]
    case: Case
    reading: ClockReading
    calendar: Calendar
    outcome: str
    told: Mapping[int, Mapping[str, str]]
    documents: tuple[Document, ...]
    messages: tuple[MessageRow, ...]
    refused: Mapping[str, str]

    @property
    def seen(self) -> int:
        """How many events there were when the page was made."""
        return len(self.case.events)


def holds(given: Pass) -> bool:
    """Whether the pass is of the query code that the request has now."""
    mark = Application.objects.filter(pk=given.request).values_list("code_mark", flat=True).first()
    return bool(mark) and mark[:SEAL] == given.seal  # type: ignore[index]


def followed(given: Pass) -> Followed | None:
    """The request of a pass; None where the pass does not hold."""
    if not holds(given):
        return None
    found = Request.objects.select_related("body").get(pk=given.request)
    case = masked(as_case(found, found.body.code, list(found.events.order_by("position"))))
    calendar = in_force(found.body.code)
    letters = _letters(found)
    said = list(found.messages.order_by("id"))
    rated = any(each.kind == "rating" for each in said)
    return Followed(
        number=found.number,
        body=found.body.code,
        body_name=found.body.name,
        telephone=found.body.telephone,
        subject=found.subject,
        wanted=tuple(found.wanted.order_by("position").values_list("text", flat=True)),
        case=case,
        reading=read_clock(case, calendar, clock.today()),
        calendar=calendar,
        outcome=found.outcome,
        told={each.event: _elements(each) for each in letters if each.event is not None},
        documents=tuple(_documents(found, letters)),
        messages=tuple(_message(each) for each in said),
        refused={code: refusal(kind, case, calendar, rated=rated) for code, kind in KINDS.items()},
    )


def masked(case: Case) -> Case:
    """The case without the names of people: who is consulted as a third party, who in the office approved."""
    parties = dict.fromkeys(each.text("party") for each in case.events if each.text("party"))
    words = {name: f"第三方{_turn(at) if len(parties) > 1 else ''}" for at, name in enumerate(parties)}
    return case._replace(events=tuple(_masked(each, words) for each in case.events))


def _masked(event: Event, parties: Mapping[str, str]) -> Event:
    fields = dict(event.fields)
    if event.text("party"):
        fields["party"] = parties[event.text("party")]
    if event.text("approved_by"):
        fields["approved_by"] = "政府信息公开工作机构负责人"
    if event.kind == "reclassified":
        fields["because"] = "更正归类"
    return event._replace(fields=fields)


def _turn(at: int) -> str:
    return _TURN[at] if at < len(_TURN) else str(at + 1)


def _letters(found: Request) -> Sequence[Letter]:
    delivered = found.letters.filter(state=DELIVERED).select_related("document", "scan").prefetch_related("enclosures")
    return [each for each in delivered.order_by("id") if kind_of(each.kind).to == "applicant"]


def _elements(letter: Letter) -> dict[str, str]:
    return {name: str(letter.elements[name]) for name in SHOWN_ELEMENTS if letter.elements.get(name)}


def _documents(found: Request, letters: Sequence[Letter]) -> list[Document]:
    """Every file that is open to the applicant: under its letter, the letter itself first; the others after them."""
    hidden = hidden_names(found)
    opened = {each.pk: each for each in found.files.filter(open_to_applicant=True).order_by("id")}
    shown: list[Document] = []
    for letter in letters:
        whole = letter.scan or letter.document
        enclosed = [each.pk for each in letter.enclosures.all()]
        for pk in [*([whole.pk] if whole else []), *sorted(enclosed)]:
            file = opened.pop(pk, None)
            if file is not None:
                title = kind_of(letter.kind).title if whole and pk == whole.pk else without(name_of(file), hidden)
                shown.append(
                    _document(file, title, letter.number if whole and pk == whole.pk else "", letter.signed_on)
                )
    return [*shown, *(_document(each, without(name_of(each), hidden), "", None) for each in opened.values())]


def _document(file: CaseFile, title: str, number: str, on: date | None) -> Document:
    return Document(file.pk, title, number, on, file.size, file.media_type, bool(file.facts.get("fetched")))


def _message(said: ApplicantMessage) -> MessageRow:
    return MessageRow(said.kind, KINDS[said.kind].word, said.at, said.score, said.handled_at, said.answer)
