"""文书 through the office: drafted, reviewed, signed and numbered, sealed, delivered; the delivery makes the event.

Which step may be taken when and by whom comes from `statute.cases.letter_flow`; what a letter must say from
`statute.letters`. Nothing with a missing element leaves the office.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import fees, letter_delivery, letter_documents, letter_facts, resent, seals, services
from gongkai.bureau.casework.files import Sent, bytes_of, keep
from gongkai.bureau.casework.models import CaseFile, Letter, LetterStep, Request
from gongkai.bureau.casework.numbering import next_number
from gongkai.bureau.casework.queries.letters import drafters_of, route_of, signer_of
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, acts_as, held_roles, require, stands_for
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.cases import letter_flow
from gongkai.statute.cases.letter_flow import FIELDS, STEPS, FlowStep
from gongkai.statute.clock import offers
from gongkai.statute.letters import LetterKind, check_letter, document_number, kind_of
from gongkai.statute.letters import load as kinds
from gongkai.statute.letters.filling import OPEN_PLACE
from gongkai.statute.primitives import Finding, InputFault, InputRefused
from gongkai.statute.wording import sentence

LONGEST_TEXT = 20_000
"""Characters of a letter."""
LONGEST_WORD = 15


@transaction.atomic
def draft(actor: Person, request: int, kind: str, elements: Mapping[str, str] | None = None) -> int:
    """Begin a letter with what the case already says; returns its id. What the clock forbids is refused."""
    found = services.locked(request)
    require(actor, Act.WRITE_LETTERS, found.body)
    chosen = kind_of(kind)
    _refuse_untimely(found, chosen)
    given = letter_facts.derived(found, chosen, {**letter_facts.known(found, chosen), **_clean(chosen, elements or {})})
    untouched = Letter.objects.filter(
        request=found, kind=kind, state=letter_flow.OPENING_STATE, version=0, by=actor, at__gte=resent.since()
    )
    if known := next((each for each in untouched if each.elements == given), None):
        return known.pk
    made = Letter.objects.create(
        request=found,
        kind=kind,
        state=letter_flow.OPENING_STATE,
        elements=given,
        paragraphs=letter_documents.wording(chosen, given),
        addressee=b"",
        word=_usual_word(found, chosen),
        by=actor,
        at=clock.now(),
    )
    _took(made, "write", "", actor)
    _journal(made, actor, "letter.drafted", {"kind": kind})
    return made.pk


@transaction.atomic
def write(
    actor: Person,
    letter: int,
    *,
    elements: Mapping[str, str],
    paragraphs: str,
    word: str,
    enclosures: Sequence[int] = (),
    seen: int,
    anew: bool = False,
) -> None:
    """Keep what was written. `seen`: the version that the writer had; `anew`: the wording anew from the elements."""
    found = _locked(letter)
    require(actor, Act.WRITE_LETTERS, found.request.body)
    if found.state != letter_flow.DRAFTING:
        raise InputRefused(
            InputFault("文书", f"现在是“{letter_flow.STATES[found.state]}”，不能改写", "退回拟稿以后再改")
        )
    if seen != found.version:
        raise InputRefused(InputFault("文书", "您打开以后，已经有人改过这件文书", "看过新的内容以后再保存"))
    kind = kind_of(found.kind)
    given = {**letter_facts.known(found.request, kind), **found.elements, **_clean(kind, elements)}
    if anew:  # what follows from the other elements follows anew
        for name in ("extended_to", "fee_standard", "amount"):
            given.pop(name, None)
    given = letter_facts.derived(found.request, kind, given)
    text = letter_documents.wording(kind, given) if anew else paragraphs.replace("\r\n", "\n").strip()
    faults = []
    if len(text) > LONGEST_TEXT:
        faults.append(InputFault("正文", f"有{len(text)}个字", f"不超过{LONGEST_TEXT}个字"))
    word = word.strip()
    if not word or len(word) > LONGEST_WORD or not all("\u4e00" <= each <= "\u9fff" for each in word):
        faults.append(InputFault("发文代字", "没有填写，或者不全是汉字", "1至15个汉字，如“青科公复”"))
    if faults:
        raise InputRefused(*faults)
    found.elements, found.paragraphs, found.word = given, text, word
    found.version += 1
    found.save(update_fields=["elements", "paragraphs", "word", "version"])
    found.enclosures.set(_enclosable(found.request, enclosures))
    _took(found, "write", "", actor)
    _journal(found, actor, "letter.written", {"version": found.version})


@transaction.atomic
def take_step(
    actor: Person,
    letter: int,
    act: str,
    fields: Mapping[str, str] | None = None,
    file: Sent | None = None,
    *,
    seen: int | None = None,
) -> None:
    """Take one step of the table. `seen`: how many steps there were when the person decided."""
    step = STEPS.get(act)
    if step is None:
        raise InputRefused(InputFault("文书", f"没有“{act}”这一步", "、".join(each.word for each in STEPS.values())))
    found = _locked(letter)
    history = list(found.steps.select_related("by").order_by("id"))
    if seen is not None and seen != len(history):
        raise InputRefused(InputFault("文书", "您打开这一页以后，已经有人办了一步", "看过新的情况以后再办"))
    kind = kind_of(found.kind)
    _refuse(actor, found, step, kind, [(each.act, each.by.username) for each in history])
    given = {name: (fields or {}).get(name, "").strip() for name in step.fields}
    _refuse_fields(step, given, file)
    before = found.state
    effect = _EFFECTS.get(act)
    facts = dict(effect(actor, found, kind, given, file)) if effect else {}
    found.state = letter_flow.after(act, before, route_of(kind, encloses=found.enclosures.exists()))
    found.save()
    told = given.get("reasons") or given.get("void_reason") or given.get("note") or ""
    _took(found, act, told, actor, before=before, facts=facts)
    _journal(found, actor, f"letter.{act.rstrip('_')}", {"before": before, "after": found.state, **facts})


def _locked(letter: int) -> Letter:
    """The letter, after its request's row: always in this order, so that no two wait for each other."""
    request = Letter.objects.values_list("request_id", flat=True).get(pk=letter)
    services.locked(request)
    return Letter.objects.select_for_update(of=("self",)).select_related("request__body__parent", "by").get(pk=letter)


def _refuse(actor: Person, found: Letter, step: FlowStep, kind: LetterKind, history: list[tuple[str, str]]) -> None:
    body = found.request.body.code
    held = [each for each in held_roles(actor) if each.body == body]
    signer = signer_of(kind)
    reason = letter_flow.refusal(
        step, found.state, actor.username, drafters_of(found, history), [each.role for each in held], signed_by=signer,
        stands_for=stands_for(held),
    )  # fmt: skip
    if reason:
        raise PermissionDenied(reason) if found.state in step.before else InputRefused(InputFault(step.word, reason))
    acts_as(actor, letter_flow.takers(step, found.state, signer), held)


def _refuse_fields(step: FlowStep, given: Mapping[str, str], file: Sent | None) -> None:
    faults = []
    for name, kind in step.fields.items():
        missing = file is None if kind == "file" else not given[name]
        if missing and name not in step.optional:
            faults.append(InputFault(FIELDS[name], "没有填写" if kind != "file" else "没有选择文件", _VALID[kind]))
        elif kind == "day" and given[name]:
            faults += _day_faults(name, given[name])
        elif len(given[name]) > 2000:
            faults.append(InputFault(FIELDS[name], f"有{len(given[name])}个字", "不超过2000个字"))
    if faults:
        raise InputRefused(*faults)


_VALID = {"text": "写明的文字", "name": "姓名或号码", "day": "日期", "file": "PDF、JPG或PNG文件", "way": "所列的一项"}


def _day_faults(name: str, text: str) -> list[InputFault]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return [InputFault(FIELDS[name], f"“{text[:20]}”不是日期", "日期，如 2026-11-23")]
    return [InputFault(FIELDS[name], "还没有到", "今天或以前的日子")] if day > clock.today() else []


def _submit(
    actor: Person, found: Letter, kind: LetterKind, given: Mapping[str, str], file: Sent | None
) -> Mapping[str, object]:
    """A letter goes out whole, and only one whose act is possible now."""
    _refuse_untimely(found.request, kind)
    _refuse_lacking(found, kind, found.number)
    return {}


def _sign(
    actor: Person, found: Letter, kind: LetterKind, given: Mapping[str, str], file: Sent | None
) -> Mapping[str, object]:
    return _signed(found, kind, actor, actor.acting_name, clock.today())


def _register_signature(
    actor: Person, found: Letter, kind: LetterKind, given: Mapping[str, str], file: Sent | None
) -> Mapping[str, object]:
    """A signature on paper: somebody else's, with the scan (小机关的线下审批)."""
    if given["signer"] == actor.name:
        raise InputRefused(InputFault(FIELDS["signer"], "是登记的人自己", "另一个人"))
    scan = keep(found.request, "scan", _paper(file), by=actor)
    facts = _signed(found, kind, actor, given["signer"], date.fromisoformat(given["signed_on"]))
    return {**facts, "paper": scan.digest}


def _signed(found: Letter, kind: LetterKind, actor: Person, name: str, day: date) -> dict[str, object]:
    """The number is given now, in this transaction, and the document made with it."""
    _refuse_untimely(found.request, kind)
    if kind.code == "extension_notice":
        found.elements = {**found.elements, "approved_by": name}
    body = found.request.body
    found.year, found.signed_on, found.signed_by = day.year, day, name
    found.sequence = next_number(body, found.word, found.year)
    found.number = document_number(found.word, found.year, found.sequence)
    _refuse_lacking(found, kind, found.number)
    letter_documents.make(found, kind, actor)
    return {"number": found.number, "signer": name, "signed_on": day.isoformat()}


def _seal(
    actor: Person, found: Letter, kind: LetterKind, given: Mapping[str, str], file: Sent | None
) -> Mapping[str, object]:
    """The sealed paper, scanned, or the document with its electronic seal: from now on the authoritative file."""
    if file is None and seals.available() and found.document is not None:
        data = seals.sealed(bytes_of(found.document), body=found.request.body.code, number=found.number)
        file = Sent(f"{kind.title}（{found.number}）.pdf", data)
    found.scan = keep(found.request, "scan", _paper(file), by=actor)
    return {"scan": found.scan.digest}


def _deliver(
    actor: Person, found: Letter, kind: LetterKind, given: Mapping[str, str], file: Sent | None
) -> Mapping[str, object]:
    return letter_delivery.deliver(actor, found, kind, given, file)


_EFFECTS: Mapping[str, Callable[[Person, Letter, LetterKind, Mapping[str, str], Sent | None], Mapping[str, object]]] = {
    "submit": _submit,
    "sign": _sign,
    "register_signature": _register_signature,
    "seal": _seal,
    "deliver": _deliver,
}


def _paper(file: Sent | None) -> Sent:
    if file is None or not file.name.lower().endswith((".pdf", ".jpg", ".jpeg", ".png")):
        wrong = "没有选择文件" if file is None else "不是扫描件的格式"
        raise InputRefused(InputFault(FIELDS["scan"], wrong, "PDF、JPG或PNG文件"))
    return file


def _refuse_untimely(request: Request, kind: LetterKind) -> None:
    """A letter that makes an event is written only while the event is possible (条例第30条至第36条)."""
    act = letter_delivery.event_of(kind, request)
    if act is None:
        return
    today = clock.today()
    if act == "correction_requested":  # once, within the days of the article
        event = {"kind": act, "on": today.isoformat(), "deadline_on": (today + timedelta(days=1)).isoformat()}
        services.rehearse(request, event)
    if act == "extended":  # once, on or before the due day
        longer: dict[str, object] = {"kind": act, "on": today.isoformat(), "workdays": 1, "approved_by": "—"}
        services.rehearse(request, longer)
    case = services.case_of(request)
    offer = next((each for each in offers(case, in_force(request.body.code)) if each.step.act == act), None)
    if offer is not None and offer.refused:
        raise InputRefused(InputFault(kind.title, offer.refused, "办理情况允许的文书"))


def _refuse_lacking(found: Letter, kind: LetterKind, number: str) -> None:
    """Every missing or impossible element at once; what was filled in stays."""
    on = found.signed_on or clock.today()
    checked = letter_documents.elements_to_check(found, kind, number)
    notice = letter_documents.notice_of(found, kind, on)
    findings = check_letter(kind, checked, on=on, remedies=notice, numbered=bool(number))
    wrong = [each for each in findings if each.severity == "error"]
    unreviewed = [each for each in found.enclosures.all() if each.reviewed_at is None]
    faults = [InputFault(_place(kind, each), f"{sentence(each).rstrip('。')}（{each.cite}）") for each in wrong]
    faults += [*_wrong_day(found, kind), *_wrong_fee(found, kind)]
    if OPEN_PLACE in found.paragraphs:
        faults.append(InputFault("正文", "还有【请填写】没有填完", "补齐，或者按要素重新生成"))
    faults += [
        InputFault("附件", f"“{letter_documents.enclosure_name(each)}”没有经过保密审查", "先审查，后提供（条例第17条）")
        for each in unreviewed
    ]
    if faults:
        raise InputRefused(*faults)


def _place(kind: LetterKind, finding: Finding) -> str:
    """The label of the element that a finding speaks of, else the title."""
    element = kind.element(str(finding.facts.get("element", "")))
    return element.label if element else kind.title


def _wrong_day(found: Letter, kind: LetterKind) -> list[InputFault]:
    """The day to which an extension lengthens is the clock's, where the calendar is known."""
    if kind.code != "extension_notice":
        return []
    day, certain = letter_facts.extended_to(found.request, found.elements.get("workdays", ""))
    if not certain or day == found.elements.get("extended_to"):
        return []
    return [InputFault("延长至", f"“{found.elements.get('extended_to', '')}”与延长的工作日数不符", day)]


def _wrong_fee(found: Letter, kind: LetterKind) -> list[InputFault]:
    """The amount is the tariff's, and a fee of nothing is not notified (国办函〔2020〕109号第4、5条)."""
    told, quantity = found.elements, found.elements.get("fee_quantity", "")
    if kind.code != "fee_notice" or not (quantity.isdecimal() and len(quantity) < 9):
        return []
    due = fees.assess(found.request, told.get("fee_basis", ""), int(quantity))
    if due is None or told.get("amount") in (str(due.amount), f"{due.amount}.00"):
        return [] if due is None or due.amount else [InputFault("收费数额（元）", "按标准不收费", "不发收费通知")]
    return [InputFault("收费数额（元）", f"“{told.get('amount', '')}”与标准不符", f"{due.amount}元（{due.words}）")]


def _enclosable(request: Request, ids: Sequence[int]) -> list[CaseFile]:
    found = list(CaseFile.objects.filter(request=request, pk__in=list(ids), of__in=("material", "redacted")))
    if len(found) != len(set(ids)):
        raise InputRefused(InputFault("附件", "有的文件不在这件申请里", "所列的文件"))
    return found


def _clean(kind: LetterKind, elements: Mapping[str, str]) -> dict[str, str]:
    names = {each.code for each in kind.elements} - letter_facts.hidden(kind)
    return {name: told.strip()[:4000] for name, told in elements.items() if name in names}


def _usual_word(request: Request, kind: LetterKind) -> str:
    """The word that the body used last for such a letter, else one of its short name (青澜县科技局: 青澜科技公复)."""
    last = (
        Letter.objects.filter(request__body=request.body, kind=kind.code)
        .exclude(word="")
        .order_by("-id")
        .values_list("word", flat=True)
        .first()
    )
    if last:
        return last
    short = request.body.short_name or request.body.name
    stem = "".join(each for each in short if each not in "省市县区局委办厅府") or short
    return f"{stem[:8]}{kind.word}"


def _took(
    found: Letter, act: str, note: str, actor: Person, *, before: str = "", facts: Mapping[str, object] | None = None
) -> None:
    LetterStep.objects.create(
        letter=found, act=act, before=before, after=found.state, note=note, facts=dict(facts or {}), by=actor,
        at=clock.now(),
    )  # fmt: skip


def _journal(found: Letter, actor: Person, kind: str, facts: Mapping[str, object]) -> None:
    ledger.append(
        f"request:{found.request_id}",
        kind,
        actor=actor,
        body=found.request.body.code,
        facts={"letter": found.pk, "kind": found.kind, **facts},
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter, with the reason why it cannot be written now, "" where it can."""

    kind: LetterKind
    words: str
    refused: str


def choices(request: int) -> tuple[Choice, ...]:
    """Every kind of letter as the request stands now; the caller has shown that it is in reach."""
    found = Request.objects.select_related("body").get(pk=request)
    case = services.case_of(found)
    refused = {each.step.act: each.refused for each in offers(case, in_force(found.body.code))}
    return tuple(
        Choice(each, each.name, refused.get(letter_delivery.event_of(each, found) or "", ""))
        for each in kinds().values()
    )
