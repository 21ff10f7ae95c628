"""Consultations by a private link: a third party or another body answers once, without an account (条例第32–34条).

Only a keyed digest of the link is stored. The answer is sealed; the event says who and whether they consent.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import identity, services
from gongkai.bureau.casework.files import MOST_FILES, Sent, bytes_of, file_faults, keep, name_of
from gongkai.bureau.casework.hiding import hidden_names, without
from gongkai.bureau.casework.message_kinds import LONGEST_TEXT
from gongkai.bureau.casework.models import CaseFile, Consultation, Letter
from gongkai.bureau.casework.queries.consulting import OPEN, files_of, mark_of, reads_answers, state_of
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.primitives import InputFault, InputRefused

FAMILIES = ("third_party", "joint_agency", "other_agency")
EVIDENCE = "被征求意见方经专用链接答复"


@dataclass(frozen=True, slots=True)
class Answer:
    """`consents` is None where nothing was chosen. Who refuses says on what grounds (第32条: 合理理由)."""

    consents: bool | None
    grounds: str
    files: Sequence[Sent] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What was answered; files as (id, name, bytes)."""

    text: str
    files: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    name: str
    media_type: str
    data: bytes


@transaction.atomic
def open_link(
    request_id: int, letter_id: int, family: str, party: str, until: date | None, *, actor: ledger.Actor = ledger.SYSTEM
) -> str:
    """A link for the one whom a letter consults, in the transaction of a caller who has authorised its delivery.

    Returned once and stored nowhere. A second link for the same letter ends the first; after an answer there is none.
    """
    found = services.locked(request_id)
    letter = Letter.objects.get(pk=letter_id, request=found)
    if family not in FAMILIES:
        raise InputRefused(InputFault("征求意见", f"没有“{family}”这一种", "、".join(FAMILIES)))
    known = Consultation.objects.filter(letter=letter).first()
    if known is not None and known.answered_at is not None:
        raise InputRefused(InputFault("征求意见", "已经答复", "没有答复的征求意见书"))
    token = secrets.token_urlsafe(32)
    given = {"request": found, "family": family, "party": party, "mark": mark_of(token), "until": until}
    Consultation.objects.update_or_create(letter=letter, defaults=given)
    facts = {"letter": letter.pk, "family": family, "until": until.isoformat() if until else None}
    ledger.append(f"request:{found.pk}", "consultation.opened", actor=actor, body=found.body.code, facts=facts)
    return token


@transaction.atomic
def revoke(actor: Person, letter_id: int, *, because: str) -> None:
    """Take a link back: nobody has one any more, not the one who was sent it."""
    request_id = Letter.objects.values_list("request_id", flat=True).get(pk=letter_id)
    found = services.locked(request_id)
    require(actor, Act.WRITE_LETTERS, found.body)
    if not because.strip():
        raise InputRefused(InputFault("理由", "没有填写", "收回链接的理由"))
    link = Consultation.objects.select_for_update().filter(letter_id=letter_id, answered_at__isnull=True).first()
    if link is None:
        raise InputRefused(InputFault("征求意见", "没有待答复的链接", "没有答复的征求意见书"))
    link.mark = mark_of(secrets.token_urlsafe(32))
    link.save(update_fields=["mark"])
    facts = {"letter": letter_id, "because": because.strip()[:500]}
    ledger.append(f"request:{found.pk}", "consultation.revoked", actor=actor, body=found.body.code, facts=facts)


def note_opened(token: str) -> None:
    """The first time that the link was opened: when the one who is asked had the letter before them."""
    Consultation.objects.filter(mark=mark_of(token), opened_at__isnull=True).update(opened_at=clock.now())


@transaction.atomic
def answer(token: str, given: Answer) -> bool:
    """Take the answer and make its event. False where none is awaited any more: answered, too late, or taken back."""
    found = _locked(token)
    if found is None or state_of(found) != OPEN:
        return False
    _refuse_faulty(given)
    request = found.request
    kept = [keep(request, "opinion", each, by=None, facts={"consultation": found.pk}).pk for each in given.files]
    found.consents, found.answered_at = given.consents, clock.now()
    told = {"grounds": given.grounds.strip(), "files": kept}
    found.sealed_answer = identity.seal_text(json.dumps(told, ensure_ascii=False))
    found.save(update_fields=["consents", "answered_at", "sealed_answer"])
    event = {
        "kind": f"{found.family}_replied",
        "on": clock.today().isoformat(),
        "party" if found.family == "third_party" else "agency": found.party,
        "consents": given.consents,
    }
    services.happen(request, event, evidence=EVIDENCE, by=None, actor=ledger.CONSULTED)
    _journal(found, "consultation.answered", ledger.CONSULTED, {"consents": given.consents, "files": len(kept)})
    return True


@transaction.atomic
def read(actor: Person, letter: int) -> Grounds:
    """What was answered, for who handles the request or gives an opinion on it; each reading is journalled."""
    found = Consultation.objects.select_related("request__body").get(letter=letter)
    _require_reader(actor, found)
    if found.sealed_answer is None:
        return Grounds("", ())
    _journal(found, "consultation.read", actor, {})
    try:
        told = json.loads(identity.unseal_text(bytes(found.sealed_answer)))
    except InvalidTag:
        wrong = "打不开：本安装的身份密钥不是加密时的那一把，或者内容被改过"
        raise InputRefused(InputFault("答复的意见", wrong, "恢复原来的 keys/identity.key")) from None
    kept = CaseFile.objects.filter(request=found.request, pk__in=told["files"]).order_by("id")
    return Grounds(told["grounds"], tuple((each.pk, name_of(each), each.size) for each in kept))


@transaction.atomic
def open_file(actor: Person, letter: int, file: int) -> Taken | None:
    """A file that came with an answer; None where there is none such."""
    found = Consultation.objects.select_related("request__body").get(letter=letter)
    _require_reader(actor, found)
    taken = CaseFile.objects.filter(pk=file, request=found.request, facts__consultation=found.pk).first()
    if taken is None:
        return None
    data = bytes_of(taken)
    _journal(found, "consultation.read", actor, {"file": taken.pk, "digest": taken.content_digest})
    return Taken(name_of(taken), taken.media_type, data)


def _require_reader(actor: Person, found: Consultation) -> None:
    if not reads_answers(actor, found.request.body):
        raise PermissionDenied("第三方和其他机关的意见由办理、审核这件申请的人看，您没有这个角色")


def _journal(found: Consultation, kind: str, actor: ledger.Actor, facts: dict[str, object]) -> None:
    told = {"letter": found.letter_id, **facts}
    ledger.append(f"request:{found.request_id}", kind, actor=actor, body=found.request.body.code, facts=told)


@transaction.atomic
def fetch(token: str, file: int) -> Taken | None:
    """The letter or what it encloses, for the one who is asked, while an answer is awaited; journalled each time."""
    found = _locked(token)
    if found is None or state_of(found) != OPEN:
        return None
    taken = next((each for each in files_of(found) if each.pk == file), None)
    if taken is None:
        return None
    data = bytes_of(taken)
    facts = {"file": taken.pk, "digest": taken.content_digest}
    body = found.request.body.code
    ledger.append(f"request:{found.request_id}", "file.fetched", actor=ledger.CONSULTED, body=body, facts=facts)
    return Taken(without(name_of(taken), hidden_names(found.request)), taken.media_type, data)


def _locked(token: str) -> Consultation | None:
    """The consultation, after its request's row: always in this order, so that no two wait for each other."""
    mark = mark_of(token)
    request_id = Consultation.objects.filter(mark=mark).values_list("request_id", flat=True).first()
    if request_id is None:
        return None
    request = services.locked(request_id)
    found = Consultation.objects.select_for_update(of=("self",)).select_related("letter").filter(mark=mark).first()
    if found is not None:
        found.request = request
    return found


def _refuse_faulty(given: Answer) -> None:
    faults = []
    grounds = given.grounds.strip()
    if given.consents is None:
        faults.append(InputFault("意见", "没有选择", "同意公开或者不同意公开"))
    if given.consents is False and not grounds:
        faults.append(InputFault("理由", "没有填写", "不同意公开的理由（条例第32条）"))
    if len(grounds) > LONGEST_TEXT:
        faults.append(InputFault("理由", f"有{len(grounds)}个字", f"不超过{LONGEST_TEXT}个字"))
    if len(given.files) > MOST_FILES:
        faults.append(InputFault("附件", f"有{len(given.files)}个", f"一次不超过{MOST_FILES}个"))
    for each in given.files:
        faults += file_faults(each, "附件")
    if faults:
        raise InputRefused(*faults)
