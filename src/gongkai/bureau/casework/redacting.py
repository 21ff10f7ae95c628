"""遮盖: what may be given leaves, what may not is gone from the file; the result is reviewed anew (条例第37条、第17条).

The words to hide never stand in the clear outside the request that is being answered: not in a job, not in the journal.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any

from django.db import transaction

from gongkai.bureau.casework import files, identity
from gongkai.bureau.casework.models import CLOSED_PHASES, CaseFile, Request
from gongkai.bureau.casework.rights import require_act
from gongkai.bureau.casework.services import locked
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.registry import Outcome, Progress, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act
from gongkai.documents import previews
from gongkai.documents.redaction import (
    Box,
    Ground,
    Named,
    Proposal,
    Redacted,
    Redaction,
    Words,
    accepted,
    as_pdf,
    ledger_of,
    verify_clean,
)
from gongkai.documents.redaction.confined import propose_safely, redact_safely
from gongkai.statute.primitives import InputFault, InputRefused

JOB = "casework.redact"
FEW_PAGES = 12
"""So many pages are done while one waits; a longer file is done in the background."""
LARGEST_AT_ONCE = 2 * 1024 * 1024
"""Bytes."""
MOST_REDACTIONS = 300


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an officer wants hidden: accepted proposals by number under one ground, and redactions of their own."""

    proposals: tuple[int, ...]
    ground: Ground
    more: tuple[Redaction, ...] = field(repr=False)
    label: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be redacted, as its screen shows it. `pages` is 0 where it has none that could be drawn on."""

    id: int
    request: int
    number: str
    name: str
    pages: int
    media_type: str
    proposals: tuple[Proposal, ...]
    looked: bool


@dataclass(frozen=True, slots=True)
class Done:
    """The redacted file, or the job that makes it; what the officer must still look at."""

    file: int | None
    job: int | None
    notices: tuple[str, ...] = ()


def source(actor: Person, file: int, *, look: bool) -> Source:
    """The file with what may have to be hidden in it. A long file is looked through only when asked."""
    given = _given(actor, file)
    data, name = files.bytes_of(given), _plain_name(given)
    pages = previews.page_count(data, name)
    looks = look or (pages <= FEW_PAGES and given.size <= LARGEST_AT_ONCE)
    return Source(
        given.pk, given.request_id, given.request.number, files.name_of(given), pages, given.media_type,
        propose_safely(data, name) if looks else (), looks,
    )  # fmt: skip


def page(actor: Person, file: int, number: int, boxes: Sequence[Box] = ()) -> bytes:
    """One page as a picture, with boxes drawn on it."""
    given = _given(actor, file)
    return previews.page_png(files.bytes_of(given), _plain_name(given), number, boxes)


def hide(actor: Person, file: int, chosen: Chosen) -> Done:
    """Make the redacted file, at once or in the background; it waits for a secrecy review of its own."""
    given = _given(actor, file)
    _refuse_closed(given.request)
    data, name = files.bytes_of(given), _plain_name(given)
    redactions = _redactions(data, name, chosen)
    if previews.page_count(data, name) > FEW_PAGES or given.size > LARGEST_AT_ONCE:
        sealed = base64.b64encode(identity.seal_text(_told(redactions, chosen.label))).decode()
        title = f"遮盖 {given.request.number} 材料{given.pk}"
        body = given.request.body.code
        made = jobs.enqueue(JOB, title, owner=actor, body=body, file=given.pk, actor=actor.pk, sealed=sealed)
        return Done(None, made)
    result = _proven(redact_safely(data, name, redactions, label=chosen.label), redactions)
    with transaction.atomic():
        return Done(_keep(actor, file, result), None, tuple(str(each) for each in result.notices))


@transaction.atomic
def to_pdf(actor: Person, file: int) -> int:
    """A Word or Excel file as a PDF of what is seen, a material of its own, for boxes to be drawn on it."""
    given = _given(actor, file)
    data, name = as_pdf(files.bytes_of(given), _plain_name(given))
    found = locked(given.request_id)
    _refuse_closed(found)
    made = files.keep(found, "material", files.Sent(name, data), by=actor, made_from=given)
    facts = {"file": made.pk, "made_from": given.pk, "digest": made.content_digest}
    ledger.append(f"request:{found.pk}", "request.material", actor=actor, body=found.body.code, facts=facts)
    return made.pk


@job(JOB)
def hide_later(*, progress: Progress, file: int, actor: int, sealed: str) -> Outcome:
    """As `hide`, for a long file."""
    person = Person.objects.get(pk=actor)
    given = _given(person, file)
    progress(0, 2, "遮盖")
    redactions, label = _untold(identity.unseal_text(base64.b64decode(sealed)))
    result = _proven(redact_safely(files.bytes_of(given), _plain_name(given), redactions, label=label), redactions)
    progress(1, 2, "保存")

    def write() -> None:
        _keep(person, file, result)

    told = f"已遮盖{len(result.applied)}处，待保密审查"
    return Outcome(told, {"request": given.request_id, "notices": [str(each) for each in result.notices]}, write)


def _given(actor: Person, file: int) -> CaseFile:
    """The material, for somebody who handles the request. What was redacted once is not redacted again."""
    found = CaseFile.objects.select_related("request__body").get(pk=file)
    require_act(actor, Act.ENTER_REQUESTS, found.request.body)
    if found.of != "material":
        raise InputRefused(InputFault("文件", "不是拟提供的材料", "上传的材料"))
    return found


def _refuse_closed(found: Request) -> None:
    if found.phase in CLOSED_PHASES:
        raise InputRefused(InputFault("文件", "申请已经办结", "重新办理以后再遮盖"))


def _plain_name(given: CaseFile) -> str:
    """A name that tells nothing: the file's own may name somebody, and this one goes to the applicant."""
    return f"材料{given.pk}{PurePath(files.name_of(given)).suffix.lower()}"


def _redactions(data: bytes, name: str, chosen: Chosen) -> tuple[Redaction, ...]:
    found = accepted(propose_safely(data, name), chosen.proposals, chosen.ground) if chosen.proposals else ()
    redactions = tuple(dict.fromkeys((*found, *chosen.more)))
    if not 0 < len(redactions) <= MOST_REDACTIONS:
        raise InputRefused(InputFault("遮盖", f"选了{len(redactions)}项", f"1至{MOST_REDACTIONS}项"))
    return redactions


def _proven(result: Redacted, redactions: Sequence[Redaction]) -> Redacted:
    """Nothing is kept but what hides something and what a fresh look finds clean."""
    if not result.applied:
        raise InputRefused(InputFault("遮盖", "没有找到要遮盖的内容", "文件里有的文字，或者方框"))
    words = [each.what.text if isinstance(each.what, Words) else "" for each in redactions]
    faults = verify_clean(
        result.data, result.name, [each if not each.isascii() or len(each) > 3 else "" for each in words]
    )
    if faults:
        raise InputRefused(*faults)
    return result


def _keep(actor: Person, file: int, result: Redacted) -> int:
    given = CaseFile.objects.select_related("request").get(pk=file)
    found = locked(given.request_id)
    require_act(actor, Act.ENTER_REQUESTS, found.body)
    _refuse_closed(found)
    hidden = [asdict(each) for each in ledger_of(result.applied)]
    notices = [str(each) for each in result.notices]
    sent = files.Sent(result.name.replace(".", "（遮盖后）.", 1), result.data)
    facts = {"hidden": hidden, "notices": notices}
    made = files.keep(found, "redacted", sent, by=actor, made_from=given, facts=facts)
    told = {"file": made.pk, "made_from": given.pk, "digest": made.content_digest, "hidden": len(result.applied)}
    ledger.append(f"request:{found.pk}", "request.redacted", actor=actor, body=found.body.code, facts=told)
    return made.pk


def _told(redactions: Sequence[Redaction], label: bool) -> str:
    rows = []
    for each in redactions:
        what = each.what
        kind = "box" if isinstance(what, Box) else "words" if isinstance(what, Words) else "named"
        rows.append({"kind": kind, "what": asdict(what), "ground": asdict(each.ground)})
    return json.dumps({"rows": rows, "label": label}, ensure_ascii=False)


def _untold(text: str) -> tuple[tuple[Redaction, ...], bool]:
    told = json.loads(text)
    return tuple(_redaction(each) for each in told["rows"]), bool(told["label"])


def _redaction(row: dict[str, Any]) -> Redaction:
    made: type[Box] | type[Words] | type[Named] = {"box": Box, "words": Words, "named": Named}[row["kind"]]
    return Redaction(made(**row["what"]), Ground(**row["ground"]))
