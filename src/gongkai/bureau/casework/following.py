"""What an applicant does after filing, without an account: by number and query code (条例第30–51条).

Whoever shows both holds a `Pass`. Nothing here says who they are: the journal has the act, never its words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import identity, services
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.files import MOST_FILES, Sent, bytes_of, file_faults, keep, name_of
from gongkai.bureau.casework.hiding import hidden_names, without
from gongkai.bureau.casework.intake import code_mark
from gongkai.bureau.casework.message_kinds import KINDS, LONGEST_TEXT, MOST_OF_A_KIND, SCORES, MessageKind, refusal
from gongkai.bureau.casework.models import ApplicantMessage, Application, CaseFile, Request
from gongkai.bureau.casework.queries.following import SEAL, Pass, holds
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.primitives import InputFault, InputRefused

EVIDENCE = "申请人网上提交"
LONGEST_TOKEN = 100
LONGEST_KEY = 100
"""Characters of a number or a code as typed; what is longer is neither."""


@dataclass(frozen=True, slots=True)
class Said:
    """A form as the applicant sent it. `token`: of the form; `seen`: how many events its page had."""

    text: str
    token: str
    seen: int | None = None
    files: Sequence[Sent] = ()
    score: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    name: str
    media_type: str
    data: bytes


def opened(number: str, code: str) -> Pass | None:
    """The pass of a number and its query code. One digest and one look-up, whether or not there is such a request."""
    mark = code_mark(plain(number), plain(code))
    found = Application.objects.filter(code_mark=mark).values_list("pk", flat=True).first()
    return None if found is None else Pass(found, mark[:SEAL])


def plain(typed: str) -> str:
    """A number or a code as it is compared: full-width letters, small ones and space make no difference."""
    return "".join(unicodedata.normalize("NFKC", typed[:LONGEST_KEY]).split()).upper()


@transaction.atomic
def say(given: Pass, kind: str, said: Said) -> bool:
    """Take what the applicant says, and make its event. The same form sent again changes nothing: False."""
    found = _of(given)
    known = KINDS[kind]
    token = identity.keyed("message-form", str(found.pk), kind, said.token)
    if ApplicantMessage.objects.filter(token=token).exists():
        return False
    _refuse_faulty(known, said)
    _refuse_untimely(found, known, said)
    made = ApplicantMessage.objects.create(
        request=found,
        kind=kind,
        sealed=identity.seal_text(said.text.strip()),
        score=said.score if kind == "rating" else None,
        token=token,
        at=clock.now(),
    )
    for each in said.files:
        keep(found, "attachment", each, by=None, facts={"message": made.pk})
    if known.event:
        event = {"kind": known.event, "on": clock.today().isoformat()}
        services.happen(found, event, evidence=EVIDENCE, by=None, actor=ledger.APPLICANT)
    facts = {"kind": kind, "message": made.pk, "files": len(said.files)}
    ledger.append(f"request:{found.pk}", "message.sent", actor=ledger.APPLICANT, body=found.body.code, facts=facts)
    return True


@transaction.atomic
def fetch(given: Pass, file: int) -> Fetched | None:
    """A file that is open to the applicant, opened for them; each time is journalled and counted. None: no such."""
    found = _of(given)
    taken = CaseFile.objects.select_for_update().filter(pk=file, request=found, open_to_applicant=True).first()
    if taken is None:
        return None
    data = bytes_of(taken)
    before = taken.facts.get("fetched", 0)
    taken.facts = {"first_fetched_at": clock.now().isoformat(), **taken.facts, "fetched": before + 1}
    taken.save(update_fields=["facts"])
    facts = {"file": taken.pk, "digest": taken.content_digest}
    ledger.append(f"request:{found.pk}", "file.fetched", actor=ledger.APPLICANT, body=found.body.code, facts=facts)
    return Fetched(without(name_of(taken), hidden_names(found)), taken.media_type, data)


def _of(given: Pass) -> Request:
    """The request of a pass, locked; a pass that does not hold is refused."""
    if not holds(given):
        raise PermissionDenied("查询已经结束，请重新输入申请编号和查询码")
    return services.locked(given.request)


def _refuse_faulty(kind: MessageKind, said: Said) -> None:
    faults = []
    text = said.text.strip()
    if not 16 <= len(said.token) <= LONGEST_TOKEN:
        faults.append(InputFault("表单", "不完整", "从查询页重新打开的表单"))
    if len(text) > LONGEST_TEXT:
        faults.append(InputFault(kind.text, f"有{len(text)}个字", f"不超过{LONGEST_TEXT}个字"))
    elif kind.needs_text and not text:
        faults.append(InputFault(kind.text, "没有填写", "写明的文字"))
    if kind.code == "correction" and not text and not said.files:
        faults.append(InputFault(kind.text, "没有填写，也没有附件", "补正的文字或者附件"))
    if kind.code == "rating" and said.score not in SCORES:
        faults.append(InputFault("评分", "没有选择", "1分至5分"))
    if kind.code == "withdrawal" and not said.confirmed:
        faults.append(InputFault("确认", "没有勾选", "确认撤回，不能恢复"))
    if said.files and not kind.files:
        faults.append(InputFault("附件", "这里不收附件", "不带附件"))
    elif len(said.files) > MOST_FILES:
        faults.append(InputFault("附件", f"有{len(said.files)}个", f"一次不超过{MOST_FILES}个"))
    for each in said.files:
        faults += file_faults(each, "附件")
    if faults:
        raise InputRefused(*faults)


def _refuse_untimely(found: Request, kind: MessageKind, said: Said) -> None:
    """What the state of the request forbids; what the applicant decided upon must be what is there now."""
    if kind.event and said.seen != found.length:
        wrong = "您打开这一页以后，办理情况有了变化"
        raise InputRefused(InputFault("办理情况", wrong, "看过新的情况以后再办"))
    of_kind = ApplicantMessage.objects.filter(request=found, kind=kind.code).count()
    case = as_case(found, found.body.code, list(found.events.order_by("position")))
    refused = refusal(kind, case, in_force(found.body.code), rated=kind.code == "rating" and of_kind > 0)
    if refused:
        raise InputRefused(InputFault(kind.word, refused))
    if not kind.event and of_kind >= MOST_OF_A_KIND:
        raise InputRefused(InputFault(kind.word, f"已经提交过{of_kind}次", "等待答复，或者直接联系机关"))
