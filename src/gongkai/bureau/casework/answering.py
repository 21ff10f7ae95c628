"""The office reads what applicants said and answers it; each reading is journalled, the words are in no journal."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import identity
from gongkai.bureau.casework.files import bytes_of, name_of
from gongkai.bureau.casework.message_kinds import KINDS, LONGEST_TEXT
from gongkai.bureau.casework.models import ApplicantMessage, CaseFile
from gongkai.bureau.casework.queries.messages import act_for
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import require
from gongkai.statute.primitives import InputFault, InputRefused


@dataclass(frozen=True, slots=True)
class SaidFile:
    """A file that came with a message; size in bytes."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MessageText:
    text: str
    files: tuple[SaidFile, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    name: str
    media_type: str
    data: bytes


@transaction.atomic
def read(actor: Person, message: int) -> MessageText:
    """The words of a message and its files, for who deals with it (个人信息保护法第6条)."""
    found = _authorised(actor, message)
    _journal(found, actor, "message.read", {})
    try:
        text = identity.unseal_text(bytes(found.sealed))
    except InvalidTag:
        wrong = "打不开：本安装的身份密钥不是加密时的那一把，或者内容被改过"
        raise InputRefused(InputFault("申请人提交的内容", wrong, "恢复原来的 keys/identity.key")) from None
    return MessageText(text, tuple(SaidFile(each.pk, name_of(each), each.size) for each in _files(found)))


@transaction.atomic
def open_file(actor: Person, message: int, file: int) -> Opened | None:
    """A file that came with a message; None where there is none such."""
    found = _authorised(actor, message)
    taken = next((each for each in _files(found) if each.pk == file), None)
    if taken is None:
        return None
    data = bytes_of(taken)
    _journal(found, actor, "message.file_read", {"file": taken.pk, "digest": taken.content_digest})
    return Opened(name_of(taken), taken.media_type, data)


@transaction.atomic
def handle(actor: Person, message: int, answer: str = "") -> None:
    """Answer a message, or enter that it was read where no answer is owed. Once: the applicant has seen it."""
    found = _authorised(actor, message)
    kind = KINDS[found.kind]
    answer = answer.strip()
    if found.handled_at is not None:
        raise InputRefused(InputFault(kind.word, "已经有人办过", "看过新的情况以后再办"))
    if kind.answered and not answer:
        raise InputRefused(InputFault("答复", "没有填写", f"给申请人的答复（{kind.article}）"))
    if len(answer) > LONGEST_TEXT:
        raise InputRefused(InputFault("答复", f"有{len(answer)}个字", f"不超过{LONGEST_TEXT}个字"))
    found.answer, found.handled_by, found.handled_at = answer, actor, clock.now()
    found.save(update_fields=["answer", "handled_by", "handled_at"])
    _journal(found, actor, "message.handled", {"answered": bool(answer)})


def _authorised(actor: Person, message: int) -> ApplicantMessage:
    """The message, locked, for whose roles it is."""
    found = ApplicantMessage.objects.select_for_update(of=("self",)).select_related("request__body").get(pk=message)
    require(actor, act_for(KINDS[found.kind]), found.request.body)
    return found


def _files(found: ApplicantMessage) -> list[CaseFile]:
    return list(CaseFile.objects.filter(request=found.request_id, facts__message=found.pk).order_by("id"))


def _journal(found: ApplicantMessage, actor: Person, kind: str, facts: dict[str, object]) -> None:
    told = {"kind": found.kind, "message": found.pk, **facts}
    ledger.append(f"request:{found.request_id}", kind, actor=actor, body=found.request.body.code, facts=told)
