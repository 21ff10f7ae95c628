"""`gongkai verify` of what was drafted here: versions against their digests, pages against the approved version, steps.

A published page equals the version that was reviewed and signed: its text, its elements, its files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.core.exceptions import PermissionDenied

from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.derived import derived
from gongkai.bureau.publishing.draft_queries import matter_of
from gongkai.bureau.publishing.draft_steps import digest_of
from gongkai.bureau.publishing.exchange import record_of
from gongkai.bureau.publishing.models import Draft, DraftStep, IndexNumber, Item, Revision
from gongkai.bureau.publishing.releasing import item_attachments, more_of, record_of_revision, reviewed_and_signed
from gongkai.statute.publishing import flow


@derived("publishing.revisions", "送审的版本")
def check_revisions() -> Iterator[str | None]:
    """Each version says what its digest says."""
    for each in Revision.objects.select_related("draft").order_by("id").iterator(chunk_size=500):
        same = digest_of(each) == each.digest
        yield None if same else f"“{each.elements.get('title', '')}”第{each.number}版：内容与摘要不符，被改过"


@derived("publishing.published", "公开的页面")
def check_published() -> Iterator[str | None]:
    """What the public reads is the approved version, whole, and that version was reviewed and signed by others."""
    found = Item.objects.filter(revision__gt=0).select_related("body", "draft__place", "draft__body", "draft__by")
    for item in found.order_by("id").iterator(chunk_size=500):
        yield _differs(item)


def _differs(item: Item) -> str | None:
    revision = item.draft.revisions.filter(number=item.revision).first()
    if revision is None:
        return f"“{item.title}”：没有它公开的那一版"
    record = record_of_revision(item.draft, revision, item.published_on, item.index_number, item.body.code)
    same = record == record_of(item) and item.more == more_of(revision)
    if not same or item.attachments != item_attachments(revision):
        return f"“{item.title}”：公开的内容与签发的第{item.revision}版不符"
    try:
        reviewed_and_signed(item.draft, revision)
    except PermissionDenied as refused:
        return f"“{item.title}”：{refused}"
    return None


@derived("publishing.steps", "信息公开审查的步骤")
def check_steps() -> Iterator[str | None]:
    """Each step as the journal has it, and each draft where its steps led it."""
    told: dict[tuple[int, str], int] = {}
    for entry in journal.of_kinds(*(f"draft.{act.rstrip('_')}" for act in flow.STEPS)):
        key = (int(entry.stream.removeprefix("draft:")), entry.kind)
        told[key] = told.get(key, 0) + 1
    kept: dict[tuple[int, str], int] = {}
    at: dict[int, str] = {}
    for draft, act, after in DraftStep.objects.order_by("id").values_list("draft", "act", "after").iterator():
        if act in flow.STEPS:
            kept[draft, f"draft.{act.rstrip('_')}"] = kept.get((draft, f"draft.{act.rstrip('_')}"), 0) + 1
        at[draft] = after
    for (draft, kind), count in sorted({**told, **kept}.items()):
        same = told.get((draft, kind), 0) == kept.get((draft, kind), 0)
        word = flow.STEPS.get(kind.removeprefix("draft."), flow.STEPS.get(kind.removeprefix("draft.") + "_"))
        yield None if same else f"第{draft}条稿子“{word.word if word else kind}”：日志与步骤的次数不符（{count}）"
    yield from _states(at)


def _states(at: Mapping[int, str]) -> Iterator[str | None]:
    for each in Draft.objects.select_related("item").order_by("id").iterator(chunk_size=1000):
        wrong = at.get(each.pk) != each.state
        shown = each.state == flow.PUBLISHED and not matter_of(each).is_public
        yield f"稿子“{each.title}”：状态与步骤不符" if wrong or shown else None


@derived("publishing.numbers", "索引号")
def check_numbers() -> Iterator[str | None]:
    """No item drafted here bears a number that was not given, and none bears another's."""
    given = set(IndexNumber.objects.values_list("number", flat=True))
    seen: set[str] = set()
    found = Item.objects.filter(revision__gt=0).order_by("id").values_list("title", "index_number")
    for title, number in found.iterator():
        wrong = "没有给过这个索引号" if number not in given else "索引号用了两次" if number in seen else ""
        seen.add(number)
        yield f"“{title}”{number}：{wrong}" if wrong else None
