"""From the approved version to what everybody sees, and back: publication, its day, withdrawal with a marker.

The last gate: nothing is released without a secrecy review of this very version that found it fit, by another person,
and a signature on it (条例第17条, 保密法实施条例第42条) - whoever asks, through whatever door.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, When

from gongkai.bureau import clock
from gongkai.bureau.jobs.registry import Outcome, Progress, daily, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.publishing import channels, numbering
from gongkai.bureau.publishing.models import Column, Draft, DraftStep, Item, Revision, SecrecyReview
from gongkai.bureau.publishing.services import columns as item_columns
from gongkai.bureau.publishing.services import resolve_repeals
from gongkai.documents.writing import text_of
from gongkai.statute.ledgers.items import ItemRecord
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import day, is_document

EXCHANGED = frozenset({
    "title", "document_number", "topic", "genre", "formed_on", "effective_on", "expires_on", "registration_number",
    "summary",
})  # fmt: skip
"""Elements that the exchange format of items has; the others stand in `Item.more`."""
_SEPARATORS = "、，,；; \n"


def release(actor: ledger.Actor, found: Draft, revision: Revision | None) -> int:
    """Publish the version, in the caller's transaction, which holds the draft's row; returns the item's id."""
    if revision is None:
        raise PermissionDenied("没有送审的版本")
    review = reviewed_and_signed(found, revision)
    body = Body.objects.select_for_update().get(pk=found.body_id)
    item = found.item
    today = clock.today()
    first = item is None
    number = item.index_number if item else numbering.give(body, today.year, found.place.code)
    published = item.published_on if item else today
    record = record_of_revision(found, revision, published, number, body.code)
    kept = {**item_columns(record), "attachments": item_attachments(revision), "more": more_of(revision)}
    kept |= {"legacy": False, "revision": revision.number, "withdrawn_at": None, "withdrawn_because": "",
             "published_at": clock.now()}  # fmt: skip
    if item is None:
        item = Item(body=body, entered_by=revision.by, entered_at=clock.now())
    place = Column.objects.get(pk=found.place_id)
    item.place = place.merged_into if place.closed_at else place
    for name, value in kept.items():
        setattr(item, name, value)
    item.save()
    if first:
        found.item = item
        found.save(update_fields=["item"])
    ground, reviewer = str(review.facts.get("ground", "")), _reviewer(review)
    SecrecyReview.objects.create(item=item, conclusion="public", ground=ground, by=reviewer, at=review.at)
    facts = {"draft": found.pk, "revision": revision.number, "digest": item.digest, "approved": revision.digest,
             "index_number": number, "reviewed_by": reviewer.username}  # fmt: skip
    ledger.append(f"item:{item.pk}", "item.published", actor=actor, body=body.code, facts=facts)
    channels.queue(item, "published" if first else "corrected")
    _repeal(actor, item, revision)
    _interpret(item)
    resolve_repeals(body.pk)
    return item.pk


def reviewed_and_signed(found: Draft, revision: Revision) -> DraftStep:
    """The secrecy review of this version that found it fit; refused where it or the signature is missing."""
    steps = list(found.steps.filter(revision=revision.number).select_related("by").order_by("id"))
    wrote = set(found.steps.filter(act__in=("write", "submit")).values_list("by_id", flat=True)) | {found.by_id}
    concluded = [each for each in steps if each.act == "conclude"]
    if not concluded or concluded[-1].facts.get("conclusion") != "public" or concluded[-1].by_id in wrote:
        raise PermissionDenied("这一版没有通过保密审查，不能公开（条例第17条）")
    signed = [each for each in steps if each.act in ("sign", "register_signature")]
    if not signed or signed[-1].pk < concluded[-1].pk or (signed[-1].act == "sign" and signed[-1].by_id in wrote):
        raise PermissionDenied("这一版没有签发，不能公开（条例第17条）")
    if any(each.act in ("recall", "return_") and each.pk > signed[-1].pk for each in steps):
        raise PermissionDenied("签发以后退回过，须重新审查（条例第17条）")
    if revision.way != "proactive":
        raise PermissionDenied("公开属性不是主动公开")
    return concluded[-1]


def _reviewer(review: DraftStep) -> Person:
    if review.by is None:
        raise PermissionDenied("保密审查没有审查人")
    return review.by


def record_of_revision(found: Draft, revision: Revision, published_on: date, number: str, body: str) -> ItemRecord:
    """What a version is in the exchange format, with what publication adds to it."""
    told = revision.elements
    return ItemRecord(
        source_id=number, agency=body, column=revision.column, title=told["title"],
        published_on=published_on, document_number=told.get("document_number", ""), topic=told.get("topic", ""),
        genre=_genre(told), registration_number=told.get("registration_number", ""),
        validity="有效" if is_document(told) else "", summary=told.get("summary", ""), body_html=revision.body_html,
        body_text=text_of(revision.body_html), attachments=tuple(str(each["name"]) for each in revision.attachments),
        index_number=number,
        formed_on=day(told.get("formed_on", "")), effective_on=day(told.get("effective_on", "")),
        expires_on=day(told.get("expires_on", "")),
    )  # fmt: skip


def more_of(revision: Revision) -> dict[str, str]:
    """The elements that the exchange format has no field for."""
    return {name: text for name, text in revision.elements.items() if name not in EXCHANGED}


def item_attachments(revision: Revision) -> list[dict[str, object]]:
    return [
        {"path": each["name"], "digest": each["digest"], "size": each["size"], "media_type": each["media_type"]}
        for each in revision.attachments
    ]


def _genre(told: dict[str, str]) -> str:
    """A document of the kind 规章、规范性文件 is counted as one whatever its form (公告, 通知, 意见)."""
    genre = told.get("genre", "")
    return "规范性文件" if is_document(told) and genre != "规章" else genre


def split(text: str) -> list[str]:
    """The parts of a list as people write it: 甲、乙；丙."""
    for each in _SEPARATORS:
        text = text.replace(each, "\n")
    return [part for part in (line.strip() for line in text.split("\n")) if part]


def _repeal(actor: ledger.Actor, item: Item, revision: Revision) -> None:
    """What the document names as repealed is marked: by which, since which day (条例第20条第1项)."""
    named = split(revision.elements.get("repeals", ""))
    if not named:
        return
    since = item.effective_on or item.published_on
    which = Q(document_number__in=named) | Q(index_number__in=named)
    for each in Item.objects.filter(which, body=item.body, repealed_on__isnull=True).exclude(pk=item.pk):
        each.repealed_on, each.repealed_item = since, item
        each.save(update_fields=["repealed_on", "repealed_item"])
        facts = {"by": item.pk, "number": item.document_number or item.index_number, "on": since.isoformat()}
        ledger.append(f"item:{each.pk}", "item.repealed", actor=actor, body=item.body.code, facts=facts)


def _interpret(item: Item) -> None:
    """A policy and its interpretations refer to each other, whichever was public first (国办发〔2016〕80号)."""
    named = str(item.more.get("interprets", ""))
    if named:
        which = Q(index_number=named) | Q(document_number=named)
        own_first = Item.objects.filter(which).exclude(pk=item.pk).order_by(
            Case(When(body=item.body, then=0), default=1), "-id"
        )  # fmt: skip
        item.interprets = own_first.first()
        item.save(update_fields=["interprets"])
    called = [each for each in (item.index_number, item.document_number) if each]
    waiting = Item.objects.filter(body=item.body, revision__gt=0, interprets__isnull=True, more__interprets__in=called)
    waiting.exclude(pk=item.pk).update(interprets=item)


def withdraw(actor: ledger.Actor, found: Draft, because: str) -> None:
    """Off the portal at once; its address keeps a page with the reason. In the caller's transaction."""
    item = found.item
    if item is None or item.legacy:
        raise InputRefused(InputFault("撤回公开", "现在没有公开", "已经公开的信息"))
    item.legacy, item.withdrawn_at, item.withdrawn_because = True, clock.now(), because
    item.save(update_fields=["legacy", "withdrawn_at", "withdrawn_because"])
    channels.queue(item, "withdrawn")
    facts = {"because": because, "draft": found.pk}
    ledger.append(f"item:{item.pk}", "item.withdrawn", actor=actor, body=found.body.code, facts=facts)


@job("publishing.release_due")
def release_due(*, progress: Progress) -> Outcome:
    """What was signed for a day that has come, one by one: what cannot be published does not stop the others."""
    due = Draft.objects.filter(state=flow.APPROVED, publish_on__lte=clock.today()).order_by("id")
    ids = list(due.values_list("pk", flat=True))
    done = refused = 0
    for at, pk in enumerate(ids):
        try:
            done += _release_one(pk)
        except (PermissionDenied, InputRefused):
            refused += 1
        progress(at + 1, len(ids), "定时公开")
    told = f"公开{done}条" + (f"，{refused}条不符合公开的条件" if refused else "")
    return Outcome(told if ids else "没有到期的", {"published": done, "due": len(ids), "refused": refused})


@transaction.atomic
def _release_one(pk: int) -> bool:
    found = Draft.objects.select_for_update(of=("self",)).select_related("body", "place", "item").get(pk=pk)
    if found.state != flow.APPROVED or found.publish_on is None or found.publish_on > clock.today():
        return False
    revision = found.revisions.order_by("-number").first()
    found.state, found.state_at = flow.PUBLISHED, clock.now()
    found.save(update_fields=["state", "state_at"])
    number = revision.number if revision else 0
    DraftStep.objects.create(
        draft=found, revision=number, act="publish", before=flow.APPROVED, after=flow.PUBLISHED,
        facts={"scheduled": found.publish_on.isoformat()}, by=None, at=clock.now(),
    )  # fmt: skip
    facts = {"before": flow.APPROVED, "after": flow.PUBLISHED, "revision": number, "scheduled": True}
    ledger.append(f"draft:{pk}", "draft.publish", actor=ledger.SYSTEM, body=found.body.code, facts=facts)
    release(ledger.SYSTEM, found, revision)
    return True


daily("publishing.release_due", "定时公开")
