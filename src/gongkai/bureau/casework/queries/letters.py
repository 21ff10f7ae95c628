"""Letters as pages show them: those of a request, one with its steps and what may be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.bureau.casework.files import name_of
from gongkai.bureau.casework.models import CaseFile, Letter, LetterStep, Request
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, held_roles, may, reach, require, stands_for
from gongkai.statute.cases import letter_flow
from gongkai.statute.letters import LetterKind, kind_of


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a request by what it is; its name is shown to those alone who handle the case."""

    id: int
    of: str
    name: str
    size: int
    media_type: str
    reviewed: bool


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list."""

    id: int
    request: int
    kind: str
    kind_word: str
    title: str
    state: str
    state_word: str
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StepRow:
    word: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    way: str
    tracking: str
    on: date
    arrived_on: date | None
    proof: int | None
    note: str


@dataclass(frozen=True, slots=True)
class FlowOffer:
    """A step with the reason why it cannot be taken now, "" where it can."""

    step: letter_flow.FlowStep
    refused: str


@dataclass(frozen=True, slots=True)
class LetterDetail:
    """One letter with all that its page shows. `paragraphs` never holds the applicant's name."""

    row: LetterRow
    body: str
    body_name: str
    request_number: str
    subject: str
    kind: LetterKind
    elements: dict[str, str]
    paragraphs: str
    word: str
    signed_on: date | None
    signed_by: str
    document: FileRow | None
    editable: FileRow | None
    scan: FileRow | None
    enclosures: tuple[FileRow, ...]
    enclosable: tuple[FileRow, ...]
    steps: tuple[StepRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    offers: tuple[FlowOffer, ...]
    route: tuple[str, ...]
    version: int
    may_write: bool


def letters_of(person: Person, request: int) -> tuple[LetterRow, ...]:
    """The letters of a request in the order in which they were begun; the caller has shown that it is in reach."""
    found = Request.objects.select_related("body").filter(pk=request).first()
    if found is None:
        return ()
    require(person, Act.SEE_LEDGERS, found.body)
    return tuple(_row(each) for each in found.letters.order_by("id"))


def letter(person: Person, letter_id: int) -> LetterDetail | None:
    found = (
        Letter.objects.select_related("request__body", "document", "editable", "scan", "by")
        .filter(pk=letter_id)
        .first()
    )
    if found is None:
        return None
    body = found.request.body
    require(person, Act.SEE_LEDGERS, body)
    kind = kind_of(found.kind)
    steps = list(found.steps.select_related("by").order_by("id"))
    held = [each for each in held_roles(person) if each.body == body.code]
    roles, others = [each.role for each in held], stands_for(held)
    drafters = drafters_of(found, [(each.act, each.by.username) for each in steps])
    signer = signer_of(kind)
    offers = tuple(
        FlowOffer(
            step,
            letter_flow.refusal(
                step, found.state, person.username, drafters, roles, signed_by=signer, stands_for=others
            ),
        )
        for step in letter_flow.STEPS.values()
    )
    enclosed = list(found.enclosures.order_by("id"))
    ready = CaseFile.objects.filter(request=found.request, of__in=("material", "redacted")).order_by("id")
    return LetterDetail(
        row=_row(found),
        body=body.code,
        body_name=body.name,
        request_number=found.request.number,
        subject=found.request.subject,
        kind=kind,
        elements=dict(found.elements),
        paragraphs=found.paragraphs,
        word=found.word,
        signed_on=found.signed_on,
        signed_by=found.signed_by,
        document=_file(found.document),
        editable=_file(found.editable),
        scan=_file(found.scan),
        enclosures=tuple(file_row(each) for each in enclosed),
        enclosable=tuple(file_row(each) for each in ready),
        steps=tuple(_step(each.act, each.by.name, each.at, each.note) for each in steps),
        deliveries=tuple(
            DeliveryRow(each.way, each.tracking, each.on, each.arrived_on, each.proof_id, each.note)
            for each in found.deliveries.order_by("id")
        ),
        offers=offers,
        route=route_of(kind, encloses=bool(enclosed)),
        version=found.version,
        may_write=may(person, Act.WRITE_LETTERS, body) and found.state == letter_flow.DRAFTING,
    )


def drafters_of(found: Letter, steps: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Who wrote or submitted it: none of them passes or signs it."""
    return tuple(dict.fromkeys([found.by.username, *(who for act, who in steps if act in ("write", "submit"))]))


def signer_of(kind: LetterKind) -> str:
    """Every reply is signed by the leader (条例第45条: 审核制度); the others as their kind says."""
    return "leader" if kind.event == "replied" else kind.signed_by


def route_of(kind: LetterKind, *, encloses: bool) -> tuple[str, ...]:
    """A reply passes the legal review; whatever is handed out passes the secrecy review."""
    return letter_flow.route_of(
        signed_by=signer_of(kind),
        legal=kind.legal_review or kind.event == "replied",
        secrecy=kind.secrecy_review or encloses,
    )


def _row(found: Letter) -> LetterRow:
    return LetterRow(
        found.pk, found.request_id, found.kind, kind_of(found.kind).name, kind_of(found.kind).title,
        found.state, letter_flow.STATES[found.state], found.number, found.at,
    )  # fmt: skip


def _step(act: str, by: str, at: datetime, note: str) -> StepRow:
    word = letter_flow.STEPS[act].word if act in letter_flow.STEPS else "拟写"
    return StepRow(word, by, at, note)


def file_row(found: CaseFile) -> FileRow:
    return FileRow(found.pk, found.of, name_of(found), found.size, found.media_type, found.reviewed_at is not None)


def _file(found: CaseFile | None) -> FileRow | None:
    return file_row(found) if found else None


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number of the register: a void one stands with its reason."""

    letter: int
    number: str
    body_name: str
    title: str
    kind_word: str
    request: int
    request_number: str
    signed_by: str
    signed_on: date | None
    state: str
    state_word: str
    void_because: str


@dataclass(frozen=True, slots=True)
class NumberPage:
    rows: tuple[NumberRow, ...]
    next_after: str


def numbers(person: Person, *, year: int | None = None, after: str = "", size: int = 50) -> NumberPage:
    """文号登记簿: every number given by the bodies in reach, the latest first, fifty by id."""
    require(person, Act.SEE_LEDGERS)
    found = Letter.objects.filter(
        sequence__isnull=False, request__body__in=Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk")
    )
    if year:
        found = found.filter(year=year)
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    taken = list(found.select_related("request__body").order_by("-id")[: size + 1])
    voided = {each.pk for each in taken if each.state == letter_flow.VOID}
    reasons = dict(LetterStep.objects.filter(letter__in=voided, act="void").values_list("letter", "note"))
    rows = tuple(
        NumberRow(
            each.pk, each.number, each.request.body.name, kind_of(each.kind).title, kind_of(each.kind).name,
            each.request_id, each.request.number, each.signed_by, each.signed_on, each.state,
            letter_flow.STATES[each.state], reasons.get(each.pk, ""),
        )
        for each in taken[:size]
    )  # fmt: skip
    return NumberPage(rows, str(taken[size - 1].pk) if len(taken) > size else "")
