"""The exchange format `items`: checked whole, then written in batches that can be resumed; attachments by digest."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.publishing.models import Item
from gongkai.bureau.publishing.services import columns, digest, places, resolve_repeals
from gongkai.statute.ledgers.fields import read_records
from gongkai.statute.ledgers.items import ItemRecord, parse_item
from gongkai.statute.primitives import InputFault, InputRefused

BATCH = 500
MOST_FAULTS = 200
_PLAIN = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
Progress = Callable[[int, int, str], None]


def import_items(
    path: Path, *, actor: ledger.Actor = ledger.SYSTEM, progress: Progress | None = None, batch: int = BATCH
) -> tuple[int, int]:
    """(made, known). Raises InputRefused with every fault, in which case nothing of the file is written."""
    tell = progress or (lambda done, total, what: None)
    total, faults = faults_of(path, path.parent, MOST_FAULTS, progress=progress, batch=batch)
    if faults:
        more = [InputFault(str(path), f"还有更多错误，先列{MOST_FAULTS}处")] if len(faults) > MOST_FAULTS else []
        raise InputRefused(*faults[:MOST_FAULTS], *more)
    return write_checked(path, path.parent, total, actor=actor, tell=tell, batch=batch)


def write_checked(
    path: Path,
    folder: Path,
    total: int,
    *,
    actor: ledger.Actor,
    tell: Progress,
    batch: int = BATCH,
    by: Person | None = None,
) -> tuple[int, int]:
    """(made, known) of a file that `faults_of` found nothing in; `by`: who may not review what they import."""
    bodies = dict(Body.objects.values_list("code", "id"))
    made = known = 0
    touched: set[int] = set()
    records = _records(path)
    while several := list(islice(records, batch)):
        fresh = _write(several, bodies, folder, actor, by)
        made, known = made + fresh, known + len(several) - fresh
        touched |= {bodies[record.agency] for record in several}
        tell(made + known, total, "写入")
    # whatever was new: an import broken off may have written the repealing document and not come this far
    for body in sorted(touched):
        resolve_repeals(body)
    return made, known


def _records(path: Path) -> Iterator[ItemRecord]:
    with path.open("rb") as lines:
        for _, record in read_records(lines, parse_item, orjson.loads, str(path)):
            if isinstance(record, InputRefused):
                raise record
            yield record


def faults_of(
    path: Path, folder: Path, most: int, *, progress: Progress | None = None, batch: int = BATCH
) -> tuple[int, list[InputFault]]:
    """(records, faults): no more is read once there are more than `most`; attachments lie in `folder`."""
    tell = progress or (lambda done, total, what: None)
    bodies = dict(Body.objects.values_list("code", "id"))
    faults: list[InputFault] = []
    seen: dict[tuple[str, str], str] = {}
    pending: list[tuple[str, ItemRecord]] = []
    total = 0
    with path.open("rb") as lines:
        for place, record in read_records(lines, parse_item, orjson.loads, str(path)):
            total += 1
            if isinstance(record, InputRefused):
                faults += record.faults
                continue
            key = (record.agency, record.source_id)
            if record.agency not in bodies:
                faults.append(InputFault(f"{place}agency", f"没有代码为“{record.agency}”的机关", "先导入机关"))
            if key in seen:
                faults.append(InputFault(f"{place}source_id", f"“{key[1]}”在{seen[key]}已经出现", "一条一行"))
            seen[key] = place.strip()
            pending.append((place, record))
            if len(pending) >= batch:
                faults += _differing(pending, bodies, folder)
                pending.clear()
                tell(total, 0, "校验")
            if len(faults) > most:
                break
        else:
            faults += _differing(pending, bodies, folder)
    return total, faults


def _differing(pending: list[tuple[str, ItemRecord]], bodies: dict[str, int], folder: Path) -> Iterator[InputFault]:
    """A known item must be equal, its attachments too where they are at hand; the fault shows both."""
    known = _known([record for _, record in pending], bodies)
    for place, record in pending:
        ours = known.get((bodies.get(record.agency, 0), record.source_id))
        kept = {each["path"]: each["digest"] for each in ours.attachments} if ours else {}
        for name in record.attachments:
            if (folder / name).is_file():
                found = _digest(folder / name) if name in kept else ""
                if name in kept and found != kept[name]:
                    wrong = f"“{name}”已有的散列是{kept[name]}，文件的是{found}"
                    yield InputFault(f"{place}attachments", wrong, "相同的附件")
            elif name not in kept:
                yield InputFault(f"{place}attachments", f"没有“{name}”这个文件", "放在导入文件旁边")
        if ours is None or _same(ours, record):
            continue
        shown = [json.dumps(_short(each), ensure_ascii=False) for each in (record_of(ours), record)]
        yield InputFault(place.strip(), f"已有的是{shown[0]}，文件中的是{shown[1]}", "相同的记录")


def _same(ours: Item, record: ItemRecord) -> bool:
    """As it was imported, or as it is exported with the index number that its review gave it."""
    told = digest(record)
    return told == ours.digest or told == digest(record_of(ours))


def _short(record: ItemRecord) -> dict[str, object]:
    cut = replace(record, body_html=record.body_html[:60], body_text=record.body_text[:60])
    return cut.as_json()


def _known(records: list[ItemRecord], bodies: dict[str, int]) -> dict[tuple[int, str], Item]:
    by_body: dict[int, list[str]] = {}
    for record in records:
        if record.agency in bodies:
            by_body.setdefault(bodies[record.agency], []).append(record.source_id)
    found: dict[tuple[int, str], Item] = {}
    for body, names in by_body.items():
        for each in Item.objects.select_related("body").filter(body_id=body, source_id__in=names):
            found[body, each.source_id] = each
    return found


@transaction.atomic
def _write(
    batch: list[ItemRecord], bodies: dict[str, int], folder: Path, actor: ledger.Actor, by: Person | None
) -> int:
    known = _known(batch, bodies)
    standing = places({bodies[record.agency] for record in batch})
    now = clock.now()
    fresh = [
        Item(
            **columns(record), body_id=bodies[record.agency],
            place_id=standing.get((bodies[record.agency], record.column)),
            attachments=[_kept(folder, name) for name in record.attachments], entered_at=now,
            imported_by=by,
        )
        for record in batch
        if (bodies[record.agency], record.source_id) not in known
    ]  # fmt: skip
    if not fresh:
        return 0
    try:
        Item.objects.bulk_create(fresh)
    except IntegrityError as doubled:
        raise InputRefused(
            InputFault("导入", "同时有人登记了同一编号的信息，已写入的不受影响", "再导入一次")
        ) from doubled
    whole = hashlib.sha256("".join(each.digest for each in fresh).encode()).hexdigest()
    facts = {"items": len(fresh), "digest": whole, "first": fresh[0].pk, "last": fresh[-1].pk}
    ledger.append("import:items", "items.imported", actor=actor, facts=facts)
    return len(fresh)


def stored(digest: str) -> Path:
    """Where the attachment of this digest lies."""
    return Path(settings.FILES) / "items" / digest[:2] / digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kept(folder: Path, name: str) -> dict[str, object]:
    source = folder / name
    found = _digest(source)
    target = stored(found)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        # under its own name only when it is whole
        with NamedTemporaryFile(dir=target.parent, delete=False) as part, source.open("rb") as file:
            shutil.copyfileobj(file, part)
        Path(part.name).replace(target)
    return {"path": name, "digest": found, "size": source.stat().st_size}


def record_of(each: Item) -> ItemRecord:
    """The stored item as exchanged; the body is loaded with it."""
    return ItemRecord(
        source_id=each.source_id, agency=each.body.code, column=each.column, title=each.title,
        published_on=each.published_on, document_number=each.document_number, topic=each.topic, genre=each.genre,
        formed_on=each.formed_on, effective_on=each.effective_on, expires_on=each.expires_on,
        repealed_by=each.repealed_by, registration_number=each.registration_number, validity=each.validity,
        summary=each.summary, body_html=each.body_html, body_text=each.body_text,
        attachments=tuple(str(kept["path"]) for kept in each.attachments), index_number=each.index_number,
    )  # fmt: skip


def lines(folder: Path | None = None) -> Iterator[str]:
    """Every item as a line of the format; with a folder its attachments are laid there, where the line names them."""
    for each in Item.objects.select_related("body").order_by("body__code", "id").iterator(chunk_size=1000):
        record = record_of(each)
        if folder is not None:
            record = replace(record, attachments=tuple(_laid(folder, each, kept) for kept in each.attachments))
        yield json.dumps(record.as_json(), ensure_ascii=False)


def _laid(folder: Path, item: Item, kept: Mapping[str, object]) -> str:
    """The attachment's path beneath the folder: its own, or under the item's number where that is another file's."""
    name, found = str(kept["path"]), str(kept["digest"])
    if not stored(found).is_file():
        raise InputRefused(
            InputFault(f"{item.body.code} {item.source_id}", f"附件“{name}”不在存储里", "从备份恢复后再导出")
        )
    if (folder / name).exists() and _digest(folder / name) != found:
        name = f"{item.body.code}/{_PLAIN.sub('-', item.source_id)}-{found[:12]}/{PurePosixPath(name).name}"
    target = folder / name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(stored(found), target)
    return name
