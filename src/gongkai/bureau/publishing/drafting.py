"""Writing a piece of information: begun in its column, saved as it is typed, files, findings masked or let pass.

A draft may be incomplete; what is missing is told when it is sent to review (`draft_steps`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person, Section
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.publishing import uploads
from gongkai.bureau.publishing.draft_inspection import DraftFinding, findings_of, inspect_file
from gongkai.bureau.publishing.models import Column, Draft, DraftStep, Upload
from gongkai.bureau.publishing.uploads import PICTURES, Sent
from gongkai.documents.masking import masked_html
from gongkai.documents.redaction.confined import redact_safely
from gongkai.documents.writing import clean_html
from gongkai.statute.catalogue import HOLDING
from gongkai.statute.catalogue.publication import publication
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import clean, day

LONGEST_BODY = 2_000_000
"""Characters of a text with its markup."""
LONGEST_GROUND = 2_000


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer sends. `section` by id; `column` by id, None to leave it."""

    elements: Mapping[str, str]
    body_html: str
    way: str = "proactive"
    way_ground: str = ""
    urgent: bool = False
    urgent_because: str = ""
    section: int | None = None
    column: int | None = None


@transaction.atomic
def begin(
    actor: Person,
    column: int,
    elements: Mapping[str, str] | None = None,
    *,
    origin: Mapping[str, object] | None = None,
    body_html: str = "",
) -> int:
    """A new draft in a column of the body; returns its id."""
    place = Column.objects.select_related("body", "section").filter(pk=column).first()
    if place is None:
        raise InputRefused(InputFault("栏目", "没有这个栏目", "本机关在用的栏目"))
    require(actor, Act.ENTER_ITEMS, place.body)
    _refuse_column(place)
    kept, faults = clean(elements or {})
    if faults:
        raise InputRefused(*faults)
    now = clock.now()
    made = Draft.objects.create(
        body=place.body, place=place, section=place.section, state=flow.OPENING_STATE, title=kept.get("title", ""),
        elements=kept, body_html=clean_html(body_html), origin=dict(origin or {}), by=actor, at=now, changed_at=now,
        state_at=now,
    )  # fmt: skip
    _took(made, "write", actor, {})
    journal(made, actor, "draft.begun", {"column": place.code, **dict(origin or {})})
    return made.pk


@transaction.atomic
def write(actor: Person, draft: int, given: Written, *, seen: int, auto: bool = False) -> int:
    """Keep what was written; returns the version. `seen`: the version that the writer had; `auto`: saved by itself.

    What saves itself is not journalled each time, for the journal tells acts and not keystrokes: the version that goes
    to review is kept whole.
    """
    found = locked(draft)
    require(actor, Act.ENTER_ITEMS, found.body)
    refuse_unless_drafting(found)
    if seen != found.version:
        raise InputRefused(InputFault("稿子", "您打开以后，已经有人改过", "看过新的内容以后再保存"))
    kept, faults = clean(given.elements)
    faults += _faults(found, given)
    if faults:
        raise InputRefused(*faults)
    found.elements, found.title = kept, kept.get("title", "")
    found.body_html = clean_html(given.body_html)
    found.way, found.way_ground = given.way, given.way_ground.strip()
    found.urgent, found.urgent_because = given.urgent, given.urgent_because.strip() if given.urgent else ""
    if given.column is not None and given.column != found.place_id:
        found.place = _column(found.body, given.column)
    if given.section is not None:
        found.section = Section.objects.filter(pk=given.section, body=found.body).first()
    found.version += 1
    found.changed_at, found.due_on = clock.now(), due_on(found)
    found.save()
    wrote = found.steps.filter(act="write", by=actor)
    if not auto or not wrote.exists():
        _took(found, "write", actor, {"version": found.version})
        journal(found, actor, "draft.written", {"version": found.version})
    return found.version


def due_on(found: Draft) -> date | None:
    """The last day for its publication (条例第26条), None while the day of its forming is not told."""
    formed = day(found.elements.get("formed_on", ""))
    if formed is None or found.way != "proactive":
        return None
    told = publication(formed, formed, found.place.code, in_force(found.body.code))
    return told.due if told else None


def attach(actor: Person, draft: int, sent: Sent) -> Upload:
    """A file beside the text, inspected as it comes. A picture may stand in the text instead: see `picture`."""
    findings = _looked_at(sent)  # outside of the transaction: reading takes its time
    with transaction.atomic():
        found = _writable(actor, draft)
        if len(found.attachments) >= uploads.MOST_FILES:
            raise InputRefused(InputFault("附件", f"已经有{len(found.attachments)}个", f"不超过{uploads.MOST_FILES}个"))
        kept = uploads.keep(found, sent, findings, by=actor)
        if any(each["digest"] == kept.digest for each in found.attachments):
            raise InputRefused(InputFault("附件", f"“{kept.name}”同已有的附件内容相同", "不同的文件"))
        _set(found, [*found.attachments, _entry(kept)])
        journal(found, actor, "draft.attached", {"name": kept.name, "digest": kept.digest})
    return kept


def picture(actor: Person, draft: int, sent: Sent) -> Upload:
    """A picture for the text, which names it as attachment:<digest>; its hidden data is taken out at once."""
    faults = uploads.file_faults(sent, "图片")
    if faults:
        raise InputRefused(*faults)
    if uploads.MEDIA_TYPES[sent.name[sent.name.rfind(".") :].lower()] not in PICTURES:
        raise InputRefused(InputFault("图片", f"“{sent.name[:60]}”不是图片", "JPG、PNG或GIF文件"))
    if not sent.name.lower().endswith(".gif"):
        sent = Sent(sent.name, redact_safely(sent.data, sent.name, []).data)
    findings = inspect_file(sent.data, sent.name)
    with transaction.atomic():
        found = _writable(actor, draft)
        kept = uploads.keep(found, sent, findings, by=actor, place="图片")
        journal(found, actor, "draft.pictured", {"name": kept.name, "digest": kept.digest})
    return kept


@transaction.atomic
def detach(actor: Person, draft: int, digest: str) -> None:
    found = _writable(actor, draft)
    left = [each for each in found.attachments if each["digest"] != digest]
    if len(left) == len(found.attachments):
        raise InputRefused(InputFault("附件", "没有这个附件", "所列的附件"))
    _set(found, left)
    journal(found, actor, "draft.detached", {"digest": digest})


def clean_file(actor: Person, draft: int, digest: str) -> None:
    """Put a cleaned copy in the place of an attachment: hidden sheets, comments, changes, metadata are gone."""
    found = Draft.objects.select_related("body").get(pk=draft)
    require(actor, Act.ENTER_ITEMS, found.body)
    entry = next((each for each in found.attachments if each["digest"] == digest), None)
    if entry is None:
        raise InputRefused(InputFault("附件", "没有这个附件", "所列的附件"))
    made = redact_safely(uploads.bytes_of(digest), entry["name"], [])
    sent = Sent(made.name, made.data)
    findings = _looked_at(sent)
    with transaction.atomic():
        found = _writable(actor, draft)
        kept = uploads.keep(found, sent, findings, by=actor)
        _set(found, [_entry(kept) if each["digest"] == digest else each for each in found.attachments])
        journal(found, actor, "draft.cleaned", {"name": kept.name, "before": digest, "digest": kept.digest})


@transaction.atomic
def mask(actor: Person, draft: int, key: str) -> None:
    """Hide what a finding found, wherever it stands in the text: 3301**********1234."""
    found = _writable(actor, draft)
    finding = _finding(found, key)
    if not finding.maskable:
        raise InputRefused(InputFault("检查结果", "这一处不能直接遮盖", "在正文里修改，或者写明理由放过"))
    html = masked_html(found.body_html, finding.found)
    if html == found.body_html:
        raise InputRefused(InputFault("检查结果", "这几个字跨了格式，不能直接遮盖", "在正文里修改"))
    found.body_html = html
    found.version += 1
    found.changed_at = clock.now()
    found.save(update_fields=["body_html", "version", "changed_at"])
    journal(found, actor, "draft.masked", {"code": finding.code, "key": key})


@transaction.atomic
def waive(actor: Person, draft: int, key: str, because: str) -> None:
    """Let a finding pass, with the reason: the reviewers see both."""
    found = _writable(actor, draft)
    finding = _finding(found, key)
    because = because.strip()
    if not because or len(because) > 500:
        raise InputRefused(InputFault("理由", "没有填写" if not because else "太长", "放过的理由，500字以内"))
    told = {"by": actor.acting_name, "because": because, "at": clock.now().isoformat()}
    found.waivers = {**found.waivers, key: told}
    found.save(update_fields=["waivers"])
    journal(found, actor, "draft.waived", {"code": finding.code, "key": key, "because": because})


@transaction.atomic
def take_waiver_back(actor: Person, draft: int, key: str) -> None:
    found = _writable(actor, draft)
    if key not in found.waivers:
        raise InputRefused(InputFault("检查结果", "没有放过这一处", "放过的结果"))
    found.waivers = {name: told for name, told in found.waivers.items() if name != key}
    found.save(update_fields=["waivers"])
    journal(found, actor, "draft.waiver_withdrawn", {"key": key})


def locked(draft: int) -> Draft:
    """The draft, its row locked for the rest of the transaction."""
    related = ("body", "place", "section", "item", "by")
    return Draft.objects.select_for_update(of=("self",)).select_related(*related).get(pk=draft)


def refuse_unless_drafting(found: Draft) -> None:
    if found.state != flow.DRAFTING:
        raise InputRefused(InputFault("稿子", f"现在是“{flow.STATES[found.state]}”，不能改", "退回拟稿以后再改"))


def journal(found: Draft, actor: ledger.Actor, kind: str, facts: Mapping[str, object]) -> None:
    ledger.append(f"draft:{found.pk}", kind, actor=actor, body=found.body.code, facts=facts)


def _writable(actor: Person, draft: int) -> Draft:
    found = locked(draft)
    require(actor, Act.ENTER_ITEMS, found.body)
    refuse_unless_drafting(found)
    return found


def _looked_at(sent: Sent) -> list[dict[str, object]]:
    faults = uploads.file_faults(sent, "附件")
    if faults:
        raise InputRefused(*faults)
    return inspect_file(sent.data, sent.name)


def _set(found: Draft, attachments: list[Mapping[str, object]]) -> None:
    found.attachments = attachments
    found.version += 1
    found.changed_at = clock.now()
    found.save(update_fields=["attachments", "version", "changed_at"])


def _entry(kept: Upload) -> dict[str, object]:
    return {"name": kept.name, "digest": kept.digest, "size": kept.size, "media_type": kept.media_type}


def _finding(found: Draft, key: str) -> DraftFinding:
    finding = next((each for each in findings_of(found) if each.key == key), None)
    if finding is None:
        raise InputRefused(InputFault("检查结果", "现在没有这一处", "看过新的结果再办"))
    return finding


def _faults(found: Draft, given: Written) -> list[InputFault]:
    faults = []
    if len(given.body_html) > LONGEST_BODY:
        faults.append(InputFault("正文", f"有{len(given.body_html)}个字符", f"不超过{LONGEST_BODY}个字符"))
    if given.way not in flow.WAYS:
        faults.append(InputFault("公开属性", "没有选择", "、".join(flow.WAYS.values())))
    if len(given.way_ground) > LONGEST_GROUND:
        faults.append(InputFault("属性的理由", f"有{len(given.way_ground)}个字", f"不超过{LONGEST_GROUND}个字"))
    if given.urgent and not given.urgent_because.strip():
        faults.append(InputFault("紧急的理由", "没有填写", "为什么来不及先初审、合法性审查"))
    if found.item_id and found.item and not found.item.legacy and given.way != "proactive":
        faults.append(InputFault("公开属性", "已经公开的信息不能改成别的", "主动公开；不该公开的，撤回公开"))
    return faults


def _column(body: Body, column: int) -> Column:
    place = Column.objects.filter(pk=column, body=body).first()
    if place is None:
        raise InputRefused(InputFault("栏目", "不是本机关的栏目", "本机关在用的栏目"))
    _refuse_column(place)
    return place


def _refuse_column(place: Column) -> None:
    if place.closed_at is not None or place.kind not in HOLDING:
        raise InputRefused(InputFault("栏目", f"“{place.name}”不放信息", "本机关在用的栏目"))


def _took(found: Draft, act: str, actor: Person, facts: Mapping[str, object]) -> None:
    DraftStep.objects.create(
        draft=found, act=act, before=found.state, after=found.state, facts=dict(facts), by=actor,
        acting_for=actor.acts_for, at=clock.now(),
    )  # fmt: skip
