"""`gongkai verify` of published items: each against its digest, its entry in the journal, its review, its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.derived import derived
from gongkai.bureau.publishing.exchange import record_of, stored
from gongkai.bureau.publishing.models import Item
from gongkai.bureau.publishing.reviewing import PUBLIC
from gongkai.bureau.publishing.services import digest


@derived("publishing.items", "主动公开信息")
def check_items() -> Iterator[str | None]:
    """Each item as it was entered or imported, public here by the latest conclusion and not without one."""
    entered: dict[int, str] = {}
    public: dict[int, bool] = {}
    given: dict[int, str] = {}
    for entry in journal.of_kinds("item.entered", "item.reviewed", "item.published", "item.withdrawn"):
        item = int(entry.stream.removeprefix("item:"))
        if entry.kind == "item.withdrawn":
            public[item] = False
            continue
        if number := entry.facts.get("index_number") if entry.kind == "item.reviewed" else None:
            given[item] = str(number)
        if entry.kind != "item.reviewed":
            entered[item] = str(entry.facts["digest"])
        if entry.kind != "item.entered":
            public[item] = entry.kind == "item.published" or entry.facts["result"] == PUBLIC
    digests: dict[int, str] = {}
    for each in Item.objects.select_related("body").order_by("id").iterator(chunk_size=1000):
        digests[each.pk] = each.digest
        wrong = _wrong(each, entered.get(each.pk), public.get(each.pk, False), given.get(each.pk, ""))
        yield f"{each.body.name}的“{each.title}”：{wrong}" if wrong else None
    for item in sorted(entered.keys() - digests.keys()):
        yield f"登记的第{item}条信息：日志里有，登记里不见了"
    yield from _batches(digests, entered)


def _wrong(item: Item, told: str | None, public: bool, given: str) -> str:
    """`given`: the index number that a review gave; the digest is of the item as it came, without it."""
    record = record_of(item)
    if given and item.index_number != given:
        return "索引号与审查时给出的不符，被改过"
    if digest(replace(record, index_number="") if given else record) != item.digest:
        return "内容与摘要不符，被改过"
    if told is None and item.entered_by_id is not None:
        return "日志里没有它的登记"
    if told not in (None, item.digest):
        return "摘要与日志所记的不符"
    if item.legacy == public:
        return "门户上公开，日志里没有可以公开的审查结论" if public is False else "审查结论是可以公开，登记里没有公开"
    return ""


def _batches(digests: dict[int, str], entered: dict[int, str]) -> Iterator[str | None]:
    """What an import wrote in one go, by the digest over all of it.

    Where another import wrote between its rows they cannot be told apart, and each stands by its own digest alone.
    """
    for entry in journal.of_kinds("items.imported"):
        first, last, count = (int(str(entry.facts[name])) for name in ("first", "last", "items"))
        own = [digests[item] for item in range(first, last + 1) if item in digests and item not in entered]
        whole = hashlib.sha256("".join(own).encode()).hexdigest()
        fault = len(own) < count or (len(own) == count and whole != entry.facts["digest"])
        yield f"{entry.at:%Y-%m-%d}导入的{count}条信息：与导入时不符" if fault else None


@derived("publishing.files", "主动公开信息的附件")
def check_files() -> Iterator[str | None]:
    for each in Item.objects.exclude(attachments=[]).only("title", "attachments").iterator(chunk_size=1000):
        for kept in each.attachments:
            path = stored(str(kept["digest"]))
            if not path.is_file():
                yield f"“{each.title}”的附件{kept['path']}：文件不见了"
                continue
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == kept["digest"]
            yield None if same else f"“{each.title}”的附件{kept['path']}：内容与摘要不符，被改过"
