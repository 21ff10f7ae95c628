"""Entering a request and what happened to it: authorise, lock, ask the statute, append, project, journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import identity, numbering, paper_replies, rights
from gongkai.bureau.casework.events import as_case, chained, clocked, header_digest, projected, told
from gongkai.bureau.casework.models import LONGEST_NUMBER, Identity, IdentityMark, Request, RequestEvent
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case, parse
from gongkai.statute.clock import CaseState, case_state
from gongkai.statute.primitives import CasePlace, Finding, InputFault, InputRefused
from gongkai.statute.wording import sentence

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Registered:
    """A request as it is entered, however it came."""

    body: str
    applicant_kind: str
    names: identity.Names
    subject: str
    channel: str
    events: Sequence[Fields]
    evidence: str


@transaction.atomic
def register(
    actor: Person,
    *,
    body: str,
    number: str,
    applicant_kind: str,
    names: identity.Names,
    subject: str,
    channel: str,
    events: Sequence[Fields],
    evidence: str,
) -> int:
    """Enter a request with the events so far, as exchanged; returns its id. The same number is not given twice.

    number: "" for the next one of the body's year.
    """
    require(actor, Act.ENTER_REQUESTS, body)
    given = Registered(body, applicant_kind, names, subject, channel, events, evidence)
    return enter(given, number, actor, actor).pk


def enter(given: Registered, number: str, by: Person | None, actor: ledger.Actor) -> Request:
    """As `register`, in the transaction of a caller who has authorised it; `by` is None for the applicant's own act."""
    owner = Body.objects.select_for_update().get(code=given.body)
    subject = given.subject.strip()
    if not number:
        number = numbering.request_number(owner, clock.today().year)
    case = _parsed(given.body, number, given.applicant_kind, given.names, subject, given.channel, given.events)
    _refuse_gaps(subject, given.evidence, case)
    if Request.objects.filter(body=owner, number=number).exists():
        raise InputRefused(InputFault("编号", f"“{number}”已经用过", "未用过的编号"))
    calendar = in_force(given.body)
    state = case_state(case, calendar)
    _refuse_unlawful(state.findings)
    texts = [told(event) for event in case.events]
    digests = chained(header_digest(case), texts)
    request = Request.objects.create(
        body=owner,
        number=number,
        applicant_kind=given.applicant_kind,
        channel=given.channel,
        subject=subject,
        identity_mark=identity.mark(given.names),
        last_event_on=date.fromordinal(case.events[-1].on),
        length=len(digests),
        head=digests[-1],
        **projected(state),
        **clocked(case, state, calendar, clock.today()),
    )
    if any(given.names):
        Identity.objects.create(request=request, sealed=identity.seal(given.names))
        IdentityMark.objects.bulk_create(
            IdentityMark(request=request, kind=kind, mark=mark) for kind, mark in identity.marks(given.names)
        )
    for position, event in enumerate(case.events):
        _store(request, position, event.kind, date.fromordinal(event.on), texts[position], digests[position],
               given.evidence, by)  # fmt: skip
    facts = {"number": number, "events": [each.kind for each in case.events], "head": request.head}
    ledger.append(f"request:{request.pk}", "request.registered", actor=actor, body=given.body, facts=facts)
    return request


@transaction.atomic
def append(
    actor: Person, request: int, event: Fields, *, evidence: str, seen: int | None = None, approved_by: str = ""
) -> None:
    """Append one event, as exchanged. What the statute forbids is refused with its article.

    seen: how many events there were when the person decided; another number, and what they decided upon has changed.
    approved_by: who approved on paper what the head decides, where a person of another role registers it.
    """
    found = locked(request)
    event, approver = rights.authorise_step(actor, found.body, event, approved_by)
    if not evidence.strip():
        raise InputRefused(InputFault("依据", "没有填写", "文书名称、文号或所在卷宗"))
    if seen is not None and seen != found.length:
        raise InputRefused(InputFault("办理经过", "您打开这一页以后，已经登记了新的一步", "看过新的经过以后再登记"))
    if event.get("kind") == rights.REPLY:
        paper_replies.refuse_unproven(found, event)
    if approver:
        evidence = f"{approver}批准，见{evidence.strip()}"
    happen(found, event, evidence=evidence, by=actor, actor=actor)


def locked(request: int) -> Request:
    """The request with its body, its row locked for the rest of the transaction."""
    return Request.objects.select_for_update(of=("self",)).select_related("body").get(pk=request)


def case_of(found: Request) -> Case:
    """The request with all its events as the statute reads it; the identity stays sealed."""
    return as_case(found, found.body.code, list(found.events.order_by("position")))


class _Next(NamedTuple):
    case: Case
    state: CaseState
    calendar: Calendar


def _next(found: Request, event: Fields) -> _Next:
    """The request with one more event; what is impossible, in the future or newly unlawful is refused."""
    before = case_of(found)
    given = [each.fields for each in before.events] + [event]
    case = _parsed(
        before.agency, before.number, before.applicant_kind, identity.NOBODY, before.subject, before.channel, given
    )
    _refuse_future(case.events[-1].on)
    calendar = in_force(found.body.code)
    known = {(each.code, each.where) for each in case_state(before, calendar).findings}
    state = case_state(case, calendar)
    _refuse_unlawful([each for each in state.findings if (each.code, each.where) not in known])
    return _Next(case, state, calendar)


def rehearse(found: Request, event: Fields) -> None:
    """Refuse, with its article, what could not happen to the request now; nothing is written."""
    _next(found, event)


def happen(found: Request, event: Fields, *, evidence: str, by: Person | None, actor: ledger.Actor) -> int:
    """Append an event to a locked request for a caller who has authorised it; returns its position."""
    case, state, calendar = _next(found, event)
    last = case.events[-1]
    text = told(last)
    [digest] = chained(found.head, [text])
    position = found.length
    _store(found, position, last.kind, date.fromordinal(last.on), text, digest, evidence, by)
    found.length, found.head, found.last_event_on = found.length + 1, digest, date.fromordinal(last.on)
    for column, value in {**projected(state), **clocked(case, state, calendar, clock.today())}.items():
        setattr(found, column, value)
    found.save()
    facts = {"event": last.kind, "on": found.last_event_on.isoformat(), "head": digest}
    ledger.append(f"request:{found.pk}", "request.event", actor=actor, body=found.body.code, facts=facts)
    return position


@transaction.atomic
def unmask(actor: Person, request: int, *, because: str) -> identity.Names:
    """The applicant's identity, for a stated reason; each look is journalled (个人信息保护法第6条)."""
    found = Request.objects.select_related("body").get(pk=request)
    require(actor, Act.SEE_IDENTITIES, found.body)
    if not because.strip():
        raise InputRefused(InputFault("理由", "没有填写", "查看申请人身份的理由"))
    ledger.append(
        f"request:{found.pk}",
        "identity.unmasked",
        actor=actor,
        body=found.body.code,
        facts={"because": because.strip()},
    )
    sealed = Identity.objects.filter(request=found).first()
    try:
        return identity.unseal(bytes(sealed.sealed)) if sealed else identity.NOBODY
    except InvalidTag:
        wrong = "打不开：本安装的身份密钥不是加密时的那一把，或者内容被改过"
        raise InputRefused(InputFault("申请人身份", wrong, "恢复原来的 keys/identity.key")) from None


def _parsed(
    body: str,
    number: str,
    applicant_kind: str,
    names: identity.Names,
    subject: str,
    channel: str,
    events: Sequence[Fields],
) -> Case:
    name, id_number, contact = names
    return parse(
        {
            "number": number,
            "agency": body,
            "applicant": {"kind": applicant_kind, "name": name, "id_number": id_number, "contact": contact},
            "subject": subject,
            "channel": channel,
            "events": list(events),
        }
    )


def _refuse_gaps(subject: str, evidence: str, case: Case) -> None:
    faults = []
    if not subject:
        faults.append(InputFault("申请内容", "没有填写", "所需政府信息的名称、文号或者特征性描述（条例第29条）"))
    if not evidence.strip():
        faults.append(InputFault("依据", "没有填写", "文书名称、文号或所在卷宗"))
    if len(case.number) > LONGEST_NUMBER:
        faults.append(InputFault("编号", f"有{len(case.number)}个字", f"不超过{LONGEST_NUMBER}个字"))
    if faults:
        raise InputRefused(*faults)
    for event in case.events:
        _refuse_future(event.on)


def _refuse_future(on: int) -> None:
    if on > clock.today().toordinal():
        raise InputRefused(InputFault("日期", f"{date.fromordinal(on)}还没有到", "今天或以前的日子"))


def _refuse_unlawful(findings: Sequence[Finding]) -> None:
    """On screen the unlawful is refused, but for a late reply: it has happened and must be on record."""
    wrong = [each for each in findings if each.severity == "error" and each.code != "clock.late"]
    if wrong:
        raise InputRefused(*(InputFault(_step(each), _told(each)) for each in wrong))


def _told(finding: Finding) -> str:
    return f"{sentence(finding).rstrip('。')}（{finding.cite}）"


def _step(finding: Finding) -> str:
    where = finding.where
    return f"第{where.event + 1}步" if isinstance(where, CasePlace) and where.event is not None else "办理情况"


def _store(
    request: Request, position: int, kind: str, on: date, text: str, digest: str, evidence: str, by: Person | None
) -> None:
    RequestEvent.objects.create(
        request=request,
        position=position,
        kind=kind,
        on=on,
        fields=text,
        evidence=evidence.strip()[:500],
        digest=digest,
        entered_by=by,
        entered_at=clock.now(),
    )


def journal_export(because: str) -> None:
    """Write down that identities leave the installation by the command line, before they do."""
    ledger.append("identities", "identities.exported", actor=ledger.SYSTEM, facts={"because": because.strip()})
