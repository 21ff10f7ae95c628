"""Taking an application in: from the portal by the applicant's own hand, by the office from the other channels.

An application is whole or not at all: the request with its number, its wanted items, its files and what is sealed are
one transaction. A form carries a word of its own (`token`), so a form sent twice is one request with one query code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import files, identity
from gongkai.bureau.casework.models import AnsweredBefore, Application, Identity, IdentityMark, Request, WantedItem
from gongkai.bureau.casework.services import Registered, enter
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.cases.application import FieldFault, Filing, check, check_taken_in
from gongkai.statute.cases.steps import CHANNELS, RECEIPT_EVENT
from gongkai.statute.primitives import InputFault, InputRefused

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which are taken for each other on paper."""
CODE_LENGTH = 12
ONLINE_EVIDENCE = "门户申请"
FILES_OF = ("application", "identity", "attachment", "evidence")
"""What an application may come with; the power of attorney is proof of identity (国办公开办函〔2017〕19号)."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with the application, and what it is (`FILES_OF`)."""

    of: str
    sent: files.Sent
    power: bool = False

    @property
    def word(self) -> str:
        return "授权委托书" if self.power else files.OF[self.of]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the applicant is told; `again` where the same form had been sent before. Of `code` a digest is stored."""

    request: int
    number: str
    code: str
    body: str
    body_name: str
    subject: str
    filed_on: date
    again: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an application came to the office, other than by the portal.

    `submitted_on`: handed over, spoken, sent off; `receipt_on`: signed for, or confirmed with the applicant, None while
    that is still to be done. `read_back`: of a spoken application, that it was read back and signed (条例第29条).
    """

    channel: str
    submitted_on: date | None
    receipt_on: date | None
    evidence: str
    read_back: bool = False


def apply(body: str, filing: Filing, enclosed: Sequence[Enclosed], *, token: str) -> Receipt:
    """An application by the applicant's own hand, through the portal. The same `token` again is the same receipt."""
    if known := receipt_of(token):
        return known
    proof = any(each.of == "identity" and not each.power for each in enclosed)
    _refuse(check(filing, proof=proof, power=any(each.power for each in enclosed)), enclosed)
    events = [{"kind": "submitted", "on": clock.today().isoformat()}]
    given = _registered(body, filing, "internet", events, ONLINE_EVIDENCE)
    with transaction.atomic():
        # of two at once with the same token the second waits here and then finds the first
        Body.objects.select_for_update().get(code=body)
        if known := receipt_of(token):
            return known
        request = enter(given, "", None, ledger.APPLICANT)
        code = query_code(request.number, token)
        _keep(request, filing, enclosed, by=None, token=_token_mark(token), code=code)
    return _receipt(request, code, again=False)


def receipt_of(token: str) -> Receipt | None:
    """The receipt of the form that was sent with this token; None where it has not been sent."""
    found = Application.objects.select_related("request__body").filter(token=_token_mark(token)).first()
    if found is None:
        return None
    return _receipt(found.request, query_code(found.request.number, token), again=True)


@transaction.atomic
def receive(
    actor: Person, body: str, filing: Filing, arrival: Arrival, enclosed: Sequence[Enclosed] = (), *, token: str = ""
) -> int:
    """An application that came to the office on paper, by fax or by word of mouth; returns the request's id.

    What it lacks is no reason to refuse it: the office asks for it (条例第30条). With a `token`, sent twice is once.
    """
    require(actor, Act.ENTER_REQUESTS, body)
    mark = _token_mark(token) if token else None
    Body.objects.select_for_update().get(code=body)
    if mark and (known := Application.objects.filter(token=mark).first()):
        return int(known.request_id)
    _refuse(check_taken_in(filing), enclosed, arrival_faults(arrival))
    given = _registered(body, filing, arrival.channel, events_of(arrival), arrival.evidence)
    request = enter(given, "", actor, actor)
    _keep(request, filing, enclosed, by=actor, token=mark, code=None)
    return request.pk


@transaction.atomic
def answered_before(body: str, found: str) -> None:
    """“这条信息答复了我”: counted by day, with nothing of who it was."""
    AnsweredBefore.objects.create(body=Body.objects.get(code=body), on=clock.today(), found=found[:200])


@transaction.atomic
def unsealed(actor: Person, request: int, *, because: str) -> Mapping[str, object]:
    """All that the applicant wrote of themselves, for a stated reason; each look is journalled as `unmask` is."""
    found = Application.objects.select_related("request__body").get(pk=request)
    require(actor, Act.SEE_IDENTITIES, found.request.body)
    if not because.strip():
        raise InputRefused(InputFault("理由", "没有填写", "查看申请人身份的理由"))
    facts = {"because": because.strip()}
    ledger.append(f"request:{request}", "identity.unmasked", actor=actor, body=found.request.body.code, facts=facts)
    return details(found)


def details(found: Application) -> Mapping[str, object]:
    """What is sealed of an application, for a caller who has authorised it: the fields of `_sealed`."""
    opened: Mapping[str, object] = json.loads(identity.unseal_text(bytes(found.sealed)))
    return opened


def query_code(number: str, token: str) -> str:
    """Twelve characters that follow from the form and the key: the form sent again shows the same ones."""
    rest = int(identity.keyed("query-code-of", number, token), 16)
    code = ""
    for _ in range(CODE_LENGTH):
        rest, at = divmod(rest, len(CODE_ALPHABET))
        code += CODE_ALPHABET[at]
    return code


def code_mark(number: str, code: str) -> str:
    """What is stored of a query code; the applicant may write it with spaces, dashes and small letters."""
    return identity.keyed("query-code", number.strip().upper(), plain_code(code))


def plain_code(code: str) -> str:
    return "".join(each for each in code.upper() if each in CODE_ALPHABET)


def events_of(arrival: Arrival) -> list[dict[str, object]]:
    """The submission, and the event that makes the channel's receipt day where it has one of its own (条例第31条)."""
    events: list[dict[str, object]] = []
    if arrival.submitted_on:
        events.append({"kind": "submitted", "on": arrival.submitted_on.isoformat()})
    receipt = RECEIPT_EVENT[arrival.channel][0]
    if arrival.receipt_on and receipt != "submitted":
        events.append({"kind": receipt, "on": arrival.receipt_on.isoformat()})
    return events


def arrival_faults(arrival: Arrival) -> list[FieldFault]:
    """What the office wrote wrongly of the way in which the application came."""
    found: list[FieldFault] = []

    def fault(field: str, place: str, wrong: str, valid: str) -> None:
        found.append(FieldFault(field, InputFault(place, wrong, valid)))

    if arrival.channel not in CHANNELS or arrival.channel == "internet":
        fault("channel", "接收渠道", "没有选择", "所列的一项")
        return found
    for field, place, day in (("submitted_on", "提交申请的日子", arrival.submitted_on),
                              ("receipt_on", "签收或确认收到的日子", arrival.receipt_on)):  # fmt: skip
        if day and day > clock.today():
            fault(field, place, f"{day}还没有到", "今天或以前的日子")
    if arrival.submitted_on and arrival.receipt_on and arrival.receipt_on < arrival.submitted_on:
        fault("receipt_on", "签收或确认收到的日子", f"早于提交申请的日子{arrival.submitted_on}", "提交之日或以后")
    mailed = arrival.channel in ("registered_mail", "ordinary_mail")
    if not mailed and not arrival.submitted_on:
        fault("submitted_on", "提交申请的日子", "没有填写", "日期")
    if mailed and not (arrival.submitted_on or arrival.receipt_on):
        fault("receipt_on", "签收或确认收到的日子", "没有填写", "寄出之日或签收、确认之日，至少一个")
    if RECEIPT_EVENT[arrival.channel][0] == "submitted" and arrival.receipt_on:
        fault(
            "receipt_on",
            "签收或确认收到的日子",
            "这一渠道不另行签收、确认",
            "不填，提交之日为收到之日（条例第31条第1项）",
        )
    if arrival.channel == "oral" and not arrival.read_back:
        fault("read_back", "口头申请", "没有注明", "代填的内容已向申请人宣读，并由其签名或者捺印")
    if not arrival.evidence.strip():
        fault("evidence", "依据", "没有填写", "申请书、邮件凭证、传真件、代填的申请表或所在卷宗")
    return found


def _refuse(faults: Sequence[FieldFault], enclosed: Sequence[Enclosed], more: Sequence[FieldFault] = ()) -> None:
    wrong = [each.fault for each in (*faults, *more)] + _enclosed_faults(enclosed)
    if wrong:
        raise InputRefused(*wrong)


def _enclosed_faults(enclosed: Sequence[Enclosed]) -> list[InputFault]:
    found = [fault for each in enclosed for fault in files.file_faults(each.sent, each.word)]
    if len(enclosed) > files.MOST_FILES:
        found.append(InputFault("附件", f"有{len(enclosed)}个", f"一次不超过{files.MOST_FILES}个"))
    return found


def _registered(
    body: str, filing: Filing, channel: str, events: Sequence[Mapping[str, object]], evidence: str
) -> Registered:
    principal = filing.applicant
    names = (filing.names or None, principal.id_number.upper() or None, filing.contact or None)
    return Registered(body, filing.kind, names, filing.subject, channel, events, evidence)


def _keep(
    request: Request, filing: Filing, enclosed: Sequence[Enclosed], *, by: Person | None, token: str | None,
    code: str | None,
) -> Application:  # fmt: skip
    """What came beyond the request itself, in the transaction that entered it."""
    made = Application.objects.create(
        request=request,
        code_mark=code_mark(request.number, code) if code else None,
        token=token,
        form=filing.form,
        way=filing.way,
        by_agent=filing.agent is not None,
        joint=1 + len(filing.joint),
        sealed=identity.seal_text(json.dumps(_sealed(filing), ensure_ascii=False)),
        filed_at=clock.now(),
    )
    items = [each for each in filing.wanted if not each.is_blank]
    WantedItem.objects.bulk_create(
        WantedItem(request=request, position=position, text=str(each)) for position, each in enumerate(items, 1)
    )
    _mark_each(request, filing)
    for each in enclosed:
        files.keep(request, each.of, each.sent, by=by, facts={"power_of_attorney": True} if each.power else None)
    return made


def _mark_each(request: Request, filing: Filing) -> None:
    """Each of several applicants, and each way to reach one, is found by an exact match as the first is."""
    if not Identity.objects.filter(request=request).exists():
        return
    everybody = (filing.applicant, *filing.joint)
    told: list[identity.Names] = [(each.name or None, each.id_number.upper() or None, None) for each in everybody]
    told += [(None, None, each or None) for each in (filing.telephone, filing.email, filing.post)]
    wanted = dict.fromkeys(mark for names in told for mark in identity.marks(names))
    there = set(IdentityMark.objects.filter(request=request).values_list("kind", "mark"))
    IdentityMark.objects.bulk_create(
        IdentityMark(request=request, kind=kind, mark=mark) for kind, mark in wanted if (kind, mark) not in there
    )


def _sealed(filing: Filing) -> dict[str, object]:
    """name, document, id_number, contact_person, telephone, email, post, joint, agent, help."""
    return {
        **_person(asdict(filing.applicant)),
        "contact_person": filing.contact_person,
        "telephone": filing.telephone,
        "email": filing.email,
        "post": filing.post,
        "joint": [_person(asdict(each)) for each in filing.joint],
        "agent": asdict(filing.agent) if filing.agent else None,
        "help": filing.help,
    }


def _person(who: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in who.items() if name != "telephone"}


def _token_mark(token: str) -> str:
    return identity.keyed("application-form", token)


def _receipt(request: Request, code: str, *, again: bool) -> Receipt:
    filed_on = request.submitted_on or clock.today()
    body = request.body
    return Receipt(request.pk, request.number, code, body.code, body.name, request.subject, filed_on, again)
