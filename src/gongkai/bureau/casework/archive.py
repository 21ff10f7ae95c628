"""归档 (条例第45条): the file of a closed case as one package, which anybody can check without the platform."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import archive_index, identity, services
from gongkai.bureau.casework.archive_deadlines import deadlines
from gongkai.bureau.casework.archive_files import (
    Item,
    as_json,
    held_items,
    letter_files,
    lines,
    placed,
    record_files,
)
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.models import Identity, Request
from gongkai.bureau.casework.queries import archive as queries
from gongkai.bureau.casework.unnamed import Mask, masking
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.documents.bagit import Bag, pack
from gongkai.statute.cases.exchange import IDENTITY, Case, to_json
from gongkai.statute.clock import case_state
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_REASON = 500


@transaction.atomic
def make(
    actor: Person,
    request: int,
    *,
    because: str,
    with_identity: bool = False,
    also: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
) -> tuple[str, bytes]:
    """The package of a closed case: file name and bytes. Who asked is in it only if told so, for the stated reason.

    `also`: what duties above this one keep of the case (its reconsiderations), by path: what it is and its bytes.
    The making is journalled with the digest of the package, so that a package can be told from one made elsewhere.
    """
    found = services.locked(request)
    require(actor, Act.ENTER_REQUESTS, found.body)
    if with_identity:
        require(actor, Act.SEE_IDENTITIES, found.body)
    case = as_case(found, found.body.code, list(found.events.order_by("position")), names_of(found))
    _refuse(case, because)
    record = queries.record(found)
    name, data, count = _package(found, case, record, also, with_identity=with_identity)
    facts = {
        "because": because.strip(), "digest": hashlib.sha256(data).hexdigest(), "files": count,
        "identity": with_identity,
    }  # fmt: skip
    ledger.append(queries.stream_of(request), queries.MADE, actor=actor, body=found.body.code, facts=facts)
    return name, data


def file_away(actor: Person, request: int, *, on: date, evidence: str) -> None:
    """Register that the file of a closed case was handed to the archive: the event `archived`."""
    services.append(actor, request, {"kind": "archived", "on": on.isoformat()}, evidence=evidence)


def _refuse(case: Case, because: str) -> None:
    faults = []
    if not case_state(case, in_force(case.agency)).closed:
        faults.append(InputFault("归档", "这件申请还没有办结", "办结以后归档（条例第45条）"))
    if not because.strip():
        faults.append(InputFault("理由", "没有填写", "如：移交档案室、应诉"))
    if len(because.strip()) > LONGEST_REASON:
        faults.append(InputFault("理由", f"有{len(because.strip())}个字", f"不超过{LONGEST_REASON}个字"))
    if faults:
        raise InputRefused(*faults)


def names_of(found: Request) -> identity.Names:
    """Who asked, for a caller who is allowed to know and journals it."""
    sealed = Identity.objects.filter(request=found).first()
    return identity.unseal(bytes(sealed.sealed)) if sealed else identity.NOBODY


def _package(
    found: Request,
    case: Case,
    record: queries.CaseRecord,
    also: Mapping[str, tuple[str, bytes]],
    *,
    with_identity: bool,
) -> tuple[str, bytes, int]:
    mask: Mask = (lambda text: text) if with_identity else masking(case.identity)
    places = placed(record)
    names = queries.names_of([each.id for each in record.files]) if with_identity else {}
    held = held_items(record.files, places, names, with_identity=with_identity)
    kept = [each for each in record.files if with_identity or not each.tells_who]
    contents = queries.bytes_of([each.id for each in kept])
    made = _made(case, record, places, mask, with_identity=with_identity)
    made |= {path: (what, mask(data.decode()).encode()) for path, (what, data) in also.items()}
    made |= {places[each.id][0]: (places[each.id][1], contents[each.id]) for each in kept}
    of_files = {each.path for each in held}
    items = [
        Item(path, what, len(data), hashlib.sha256(data).hexdigest())
        for path, (what, data) in made.items()
        if path not in of_files
    ] + held
    items.sort(key=lambda each: each.path)
    title = f"{found.body.name}政府信息公开申请{found.number}案卷"
    told = _told(found, with_identity=with_identity)
    payload = {path: data for path, (_, data) in made.items()}
    payload["index.html"] = archive_index.index_page(title, told, items)
    payload["index.txt"] = archive_index.index_text(title, told, items)
    folder = re.sub("[^A-Za-z0-9-]+", "-", f"{found.body.code}-{found.number}").strip("-")[:80]
    info = (
        ("Source-Organization", found.body.name),
        ("External-Identifier", found.number),
        ("External-Description", title),
        ("Bagging-Date", clock.today().isoformat()),
        ("Bag-Software-Agent", "gongkai"),
    )
    data = pack(Bag(folder, info, payload, {"README.txt": archive_index.README.encode()}))
    return f"{folder}.zip", data, len(payload)


def _made(
    case: Case, record: queries.CaseRecord, places: Mapping[int, tuple[str, str]], mask: Mask, *, with_identity: bool
) -> dict[str, tuple[str, bytes]]:
    """What is written for the package from the records: path → (what, bytes)."""
    found, text = deadlines(case, in_force(case.agency))
    made = {
        "events.jsonl": ("办理经过（交换格式）", lines([to_json(case, with_identities=with_identity)])),
        "journal.jsonl": ("日志（散列链）", lines(record.journal)),
        "deadlines.json": ("期限的推导（数据）", as_json(found).encode()),
        "deadlines.txt": ("期限的推导", text.encode()),
    }
    if record.checkpoint is not None:
        made["checkpoint.json"] = ("签名检查点", as_json(record.checkpoint).encode())
    opened: dict[int, object] = {}
    if with_identity:
        made["identity.json"] = ("申请人身份", as_json(dict(zip(IDENTITY, case.identity, strict=True))).encode())
        opened = {index: opened_of(each.sealed, places) for index, each in enumerate(record.records) if each.sealed}
    return made | letter_files(record, places, mask) | record_files(record, opened, mask)


def opened_of(sealed: bytes, places: Mapping[int, tuple[str, str]]) -> object:
    """What was sealed of a record; the files that it names by id are named by their path in the package."""
    text = identity.unseal_text(sealed)
    try:
        told = json.loads(text)
    except ValueError:
        return text
    if isinstance(told, dict) and isinstance(told.get("files"), list):
        return {**told, "files": [places[each][0] if each in places else each for each in told["files"]]}
    return told


def _told(found: Request, *, with_identity: bool) -> list[tuple[str, str]]:
    words = archive_index.day_in_words
    return [
        ("机关", found.body.name),
        ("编号", found.number),
        ("收到之日", words(found.received_on)),
        ("办结之日", words(found.closed_on)),
        ("制作之日", words(clock.today())),
        ("申请人身份", "在内" if with_identity else f"不在内；有关文件{archive_index.WITHHELD}，只列摘要"),
    ]
