"""What is made of a letter: its wording, notice of remedies, the document in Word and PDF; the office's templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import letter_facts
from gongkai.bureau.casework.files import Sent, bytes_of, keep, name_of
from gongkai.bureau.casework.models import CaseFile, Letter, LetterTemplate, WantedItem
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.documents import letters as writing
from gongkai.statute.cases.citing import in_full
from gongkai.statute.letters import (
    LetterKind,
    RemediesNotice,
    kind_of,
    kinds_for,
    load,
    paragraphs,
    remedies_notice,
)
from gongkai.statute.primitives import InputFault, InputRefused

LARGEST_TEMPLATE = 2 * 1024 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class FileOut:
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind of letter of a body, and who replaced its template when; empty where the default is used."""

    body: str
    body_name: str
    kind: str
    kind_word: str
    title: str
    by: str
    on: date | None


def wording(kind: LetterKind, elements: dict[str, str]) -> str:
    """The default text, one paragraph a line, without the notice of remedies: that is the statute's own."""
    given = {**letter_facts.values(kind, elements), "remedies": ()}
    return "\n".join(paragraphs(kind, given, on=clock.today()))


def notice_of(found: Letter, kind: LetterKind, on: date) -> RemediesNotice | None:
    """The notice that a reply of that day carries (条例第51条; 行政复议法第20、23条)."""
    who = letter_facts.parties(found.request.body)
    cited = [each for each in found.elements.get("articles", "").split(",") if each]
    return remedies_notice(
        cited or kind.articles, on=on, body_level=who.level, body_name=who.name, parent_name=who.parent,
        superior_name=who.superior, kind=kind.code,
    )  # fmt: skip


def notice(letter: int) -> tuple[tuple[str, ...], str]:
    """The notice as it would stand today, and why it cannot be made where it cannot."""
    found = Letter.objects.select_related("request__body__parent").get(pk=letter)
    kind = kind_of(found.kind)
    if kind.remedies != "none" and not found.elements.get("articles"):
        return (), "填写引用条款并保存以后生成"
    try:
        told = notice_of(found, kind, found.signed_on or clock.today())
    except InputRefused as refused:
        return (), "；".join(map(str, refused.faults))
    return (told.paragraphs if told else ()), ""


def elements_to_check(found: Letter, kind: LetterKind, number: str) -> dict[str, object]:
    """The elements with those that the system fills, as the statute checks them."""
    on = found.signed_on or clock.today()
    given = letter_facts.values(kind, {**found.elements, "number": number})
    if kind.to == "applicant":
        given["addressee"] = letter_facts.addressee(found.request)
    if kind.element("approved_by") is not None:  # the head who approves an extension is the one who signs it
        given["approved_by"] = found.signed_by or "签发人"
    told = notice_of(found, kind, on)
    if told is not None:
        given["remedies"] = told.paragraphs
    return given


def make(found: Letter, kind: LetterKind, actor: Person) -> None:
    """The Word file and the PDF with number and day, read back: what is not in them does not leave."""
    letter = _as_written(found, kind)
    template = (
        LetterTemplate.objects.filter(body=found.request.body, kind=kind.code)
        .order_by("-id")
        .values_list("data")
        .first()
    )
    stem = f"{kind.title}（{found.number}）"
    word = writing.to_docx(letter, bytes(template[0]) if template else None)
    page = writing.to_pdf(letter)
    expected = letter.passages
    for name, data in (("Word文件", word), ("PDF文件", page)):
        lacking = writing.missing_text(data, expected)
        if lacking:
            raise InputRefused(InputFault(f"{kind.title}的{name}", f"缺少“{lacking[0][:60]}”", "在模板中保留这一处"))
    found.editable = keep(found.request, "letter", Sent(f"{stem}.docx", word), by=actor)
    found.document = keep(found.request, "letter", Sent(f"{stem}.pdf", page), by=actor)


def preview(person: Person, letter: int) -> FileOut:
    """The letter as a PDF before it is signed, marked as a draft, the applicant's name masked."""
    found = Letter.objects.select_related("request__body__parent").get(pk=letter)
    require(person, Act.SEE_LEDGERS, found.request.body)
    kind = kind_of(found.kind)
    return FileOut(f"{kind.title}（稿）.pdf", "application/pdf", writing.to_pdf(_as_written(found, kind, masked=True)))


def _as_written(found: Letter, kind: LetterKind, *, masked: bool = False) -> writing.Letter:
    body = found.request.body
    on = found.signed_on or clock.today()
    told = notice_of(found, kind, on)
    to = found.elements.get("addressee", "")
    if kind.to == "applicant":
        to = letter_facts.APPLICANT if masked else letter_facts.addressee(found.request)
    return writing.Letter(
        body=body.name,
        title=kind.title,
        number=found.number,
        addressee=to,
        paragraphs=tuple(each for each in found.paragraphs.split("\n") if each.strip()),
        remedies=told.paragraphs if told else (),
        attachments=tuple(Path(name_of(each)).stem for each in found.enclosures.order_by("id")),
        signed_on=on,
        contact=letter_facts.parties(body).contact,
        draft=not found.number,
        items=_items(found, kind),
    )


def _items(found: Letter, kind: LetterKind) -> tuple[writing.Item, ...]:
    """A reply on several wanted items says of each what became of it, as a table."""
    if kind.event != "replied":
        return ()
    items = list(WantedItem.objects.filter(request=found.request).exclude(outcome="").order_by("position"))
    if len(items) < 2:
        return ()
    return tuple(
        writing.Item(str(each.position), each.text, *_result(each.outcome, [a for a in each.articles.split(",") if a]))
        for each in items
    )


def _result(outcome: str, cited: list[str]) -> tuple[str, str]:
    """What became of an item, as the kinds of reply are called, and on which ground."""
    fitting = [each for each in kinds_for(outcome) if each.event == "replied"]
    chosen = next((each for each in fitting if set(cited) & set(each.articles)), fitting[0] if fitting else None)
    return (chosen.name if chosen else outcome), (in_full(cited) if cited else "")


def enclosure_name(found: CaseFile) -> str:
    return name_of(found)


@transaction.atomic
def file_of(actor: Person, letter: int, which: str) -> FileOut | None:
    """document, editable or scan, opened; journalled, for it names the applicant. None where there is none."""
    found = Letter.objects.select_related("request__body", "document", "editable", "scan").get(pk=letter)
    require(actor, Act.SEE_LEDGERS, found.request.body)
    chosen: CaseFile | None = {"document": found.document, "editable": found.editable, "scan": found.scan}.get(which)
    if chosen is None:
        return None
    ledger.append(
        f"request:{found.request_id}", "letter.opened", actor=actor, body=found.request.body.code,
        facts={"letter": found.pk, "which": which},
    )  # fmt: skip
    return FileOut(name_of(chosen), chosen.media_type, bytes_of(chosen))


def templates(person: Person) -> tuple[TemplateRow, ...]:
    """Every kind of letter of the bodies in reach, with the template in use."""
    bodies = list(Body.objects.filter(reach(person, Act.EDIT_TEMPLATES)).order_by("code"))
    own: dict[tuple[int, str], LetterTemplate] = {}
    for each in LetterTemplate.objects.filter(body__in=bodies).select_related("by").defer("data").order_by("id"):
        own[each.body_id, each.kind] = each
    rows = []
    for body in bodies:
        for kind in load().values():
            used = own.get((body.pk, kind.code))
            rows.append(
                TemplateRow(
                    body.code, body.name, kind.code, kind.name, kind.title,
                    used.by.name if used else "", used.at.date() if used else None,
                )
            )  # fmt: skip
    return tuple(rows)


@transaction.atomic
def replace_template(actor: Person, body: str, kind: str, sent: Sent) -> None:
    """Take an office's own template; one that lacks a place, or has one that nothing fills, is refused."""
    require(actor, Act.EDIT_TEMPLATES, body)
    owner = Body.objects.get(code=body)
    chosen = kind_of(kind)
    if len(sent.data) > LARGEST_TEMPLATE or not sent.name.lower().endswith(".docx"):
        raise InputRefused(InputFault("模板", "不是Word文件，或者超过2兆字节", "不超过2兆字节的 .docx 文件"))
    faults = writing.check_template(sent.data)
    if faults:
        raise InputRefused(*faults)
    LetterTemplate.objects.create(body=owner, kind=chosen.code, data=sent.data, by=actor, at=clock.now())
    facts = {"kind": chosen.code, "size": len(sent.data)}
    ledger.append(f"templates:{body}", "template.replaced", actor=actor, body=body, facts=facts)


def default_template() -> bytes:
    return writing.default_template()
