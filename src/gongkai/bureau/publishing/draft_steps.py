"""The steps of a piece of information through the office: which, when and by whom `statute.publishing.flow` says.

What was sent to review is kept as a version that nothing edits; every review speaks of one version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger.chain import canonical
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import acts_as, held_roles, stands_for
from gongkai.bureau.publishing import origins, releasing, uploads
from gongkai.bureau.publishing.draft_inspection import findings_of, standing
from gongkai.bureau.publishing.draft_queries import drafters_of, matter_of
from gongkai.bureau.publishing.drafting import journal, locked
from gongkai.bureau.publishing.models import Draft, DraftStep, Revision
from gongkai.bureau.publishing.uploads import Sent
from gongkai.documents.writing import text_of
from gongkai.statute.parameters import statutory
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import lacking
from gongkai.statute.publishing.flow import FIELDS, STEPS, FlowStep

LONGEST: Mapping[str, int] = {"text": 2_000, "name": 80}
"""Characters of a field, by its kind."""
SHOWN_FINDINGS = 10


@transaction.atomic
def take_step(
    actor: Person,
    draft: int,
    act: str,
    fields: Mapping[str, str] | None = None,
    file: Sent | None = None,
    *,
    seen: int | None = None,
) -> None:
    """Take one step of the table. `seen`: how many steps there were when the person decided."""
    step = STEPS.get(act)
    if step is None:
        raise InputRefused(InputFault("办理", f"没有“{act}”这一步", "、".join(each.word for each in STEPS.values())))
    found = locked(draft)
    history = list(found.steps.select_related("by").order_by("id"))
    if seen is not None and seen != len(history):
        raise InputRefused(InputFault("办理", "您打开这一页以后，已经有人办了一步", "看过新的情况以后再办"))
    _refuse(actor, found, step, history)
    given = {name: (fields or {}).get(name, "").strip() for name in step.fields}
    _refuse_fields(step, given, file)
    before = found.state
    facts = dict(_EFFECTS[act](actor, found, given, file, history)) if act in _EFFECTS else {}
    facts |= {name: told for name, told in given.items() if told and name != "scan"}
    if step.owed:
        found.owed = [each for each in found.owed if each != step.owed]
    found.state = flow.after(act, before, matter_of(found), way=found.way)
    if found.state != before:
        found.state_at = clock.now()
    found.save()
    revision = latest(found)
    number = revision.number if revision else 0
    DraftStep.objects.create(
        draft=found, revision=number, act=act, before=before, after=found.state, facts=facts, by=actor,
        acting_for=actor.acts_for, at=clock.now(),
    )  # fmt: skip
    told = {"before": before, "after": found.state, "revision": number, **facts}
    if revision is not None:
        told["digest"] = revision.digest
    journal(found, actor, f"draft.{act.rstrip('_')}", told)
    if act == "publish":
        releasing.release(actor, found, revision)


def latest(found: Draft) -> Revision | None:
    """The version that is or was last under review."""
    return found.revisions.order_by("-number").first()


def _refuse(actor: Person, found: Draft, step: FlowStep, history: list[DraftStep]) -> None:
    held = [each for each in held_roles(actor) if each.body == found.body.code]
    reason = flow.refusal(
        step, found.state, matter_of(found), actor.username, drafters_of(found, history),
        [each.role for each in held], stands_for=stands_for(held),
    )  # fmt: skip
    if reason:
        raise PermissionDenied(reason) if found.state in step.before else InputRefused(InputFault(step.word, reason))
    acts_as(actor, flow.takers(step, found.state), held)


def _refuse_fields(step: FlowStep, given: Mapping[str, str], file: Sent | None) -> None:
    faults = []
    for name, kind in step.fields.items():
        label = FIELDS[name]
        missing = file is None if kind == "file" else not given[name]
        if missing:
            if name not in step.optional:
                faults.append(InputFault(label, "没有选择文件" if kind == "file" else "没有填写", _VALID[kind]))
        elif kind == "file" and file is not None:
            faults += _scan_faults(file)
        elif kind in ("day", "future"):
            faults += _day_faults(label, given[name], future=kind == "future")
        elif kind in _CHOICES and given[name] not in _CHOICES[kind]:
            faults.append(InputFault(label, f"没有“{given[name][:20]}”", "、".join(_CHOICES[kind].values())))
        elif kind in LONGEST and len(given[name]) > LONGEST[kind]:
            faults.append(InputFault(label, f"有{len(given[name])}个字", f"不超过{LONGEST[kind]}个字"))
    if faults:
        raise InputRefused(*faults)


_CHOICES: Mapping[str, Mapping[str, str]] = {
    "conclusion": flow.CONCLUSIONS,
    "fair_competition": flow.FAIR_COMPETITION,
}
_VALID = {
    "text": "写明的文字", "name": "名称或姓名", "day": "日期", "future": "今天以后的日期", "file": "PDF、JPG或PNG文件",
    "conclusion": "、".join(flow.CONCLUSIONS.values()), "fair_competition": "所列的一项",
}  # fmt: skip


def _scan_faults(file: Sent) -> list[InputFault]:
    if not file.name.lower().endswith((".pdf", ".jpg", ".jpeg", ".png")):
        return [InputFault(FIELDS["scan"], "不是扫描件的格式", "PDF、JPG或PNG文件")]
    return uploads.file_faults(file, FIELDS["scan"])


def _day_faults(label: str, text: str, *, future: bool) -> list[InputFault]:
    try:
        given = date.fromisoformat(text)
    except ValueError:
        return [InputFault(label, f"“{text[:20]}”不是日期", "日期，如 2026-11-23")]
    today = clock.today()
    if future and given <= today:
        return [InputFault(label, f"是{given}", "今天以后的日期；今天公开的不用填")]
    return [InputFault(label, "还没有到", "今天或以前的日子")] if not future and given > today else []


Effect = Callable[[Person, Draft, Mapping[str, str], Sent | None, list[DraftStep]], Mapping[str, object]]


def _submit(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    """The version is kept as it is now; nothing lacks, and every finding was mended, masked or waived."""
    has_content = bool(text_of(found.body_html).strip() or "<img" in found.body_html or found.attachments)
    faults = lacking(found.elements, found.way, found.way_ground, has_content, clock.today())
    open_ones = standing(findings_of(found))
    faults += [InputFault(f"检查：{each.name}", each.sentence.rstrip("。")) for each in open_ones[:SHOWN_FINDINGS]]
    if len(open_ones) > SHOWN_FINDINGS:
        faults.append(
            InputFault("检查", f"还有{len(open_ones) - SHOWN_FINDINGS}处没有处理", "改正、遮盖，或者写明理由放过")
        )
    faults += origins.faults_of(found.origin, "\n".join([*found.elements.values(), text_of(found.body_html)]))
    if found.place.closed_at is not None:
        faults.append(InputFault("栏目", f"“{found.place.name}”已经停用", "在用的栏目"))
    if faults:
        raise InputRefused(*faults)
    found.owed = list(flow.owed_of(matter_of(found)))
    last = latest(found)
    made = Revision(
        draft=found, number=(last.number if last else 0) + 1, column=found.place.name, elements=found.elements,
        body_html=found.body_html, attachments=found.attachments, way=found.way, way_ground=found.way_ground,
        waivers=found.waivers, by=actor, at=clock.now(),
    )  # fmt: skip
    made.digest = digest_of(made)
    made.save()
    return {"urgent": found.urgent_because} if found.urgent else {}


def digest_of(revision: Revision) -> str:
    """Over all that a version says; waivers are told beside it."""
    whole = {
        "column": revision.column, "elements": revision.elements, "body_html": revision.body_html,
        "attachments": revision.attachments, "way": revision.way, "way_ground": revision.way_ground,
    }  # fmt: skip
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def _conclude(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    """What may not be public is kept as such, with the ground of the conclusion."""
    if given["conclusion"] == "withheld" and found.way == "proactive":
        found.way, found.way_ground = "withheld", given["ground"]
    return {}


def _register_answer(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    return _kept_scan(actor, found, file)


def _sign(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    """The end of review: to be published now or on a day, or kept with the day of its next evaluation (条例第18条)."""
    found.publish_on = date.fromisoformat(given["publish_on"]) if given.get("publish_on") else None
    if found.way != "proactive":
        today = clock.today()
        found.evaluate_on = months_later(today, statutory().value("evaluation_months", today).number)
    return {}


def _register_signature(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    """A signature on paper is another person's, and neither the writer's nor the one's who enters it."""
    names = {actor.name, found.by.name, *(each.by.name for each in history if each.by and each.act in _WRITES)}
    if given["signer"] in names:
        raise InputRefused(InputFault(FIELDS["signer"], "是拟稿或者登记的人", "签发的另一个人"))
    return {**_sign(actor, found, given, file, history), **_kept_scan(actor, found, file)}


def _kept_scan(actor: Person, found: Draft, file: Sent | None) -> Mapping[str, object]:
    if file is None:
        return {}
    kept = uploads.keep(found, file, [], by=actor, place=FIELDS["scan"])
    return {"scan": kept.digest, "scan_name": kept.name}


def _recall(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    found.publish_on = None
    return {}


def _withdraw(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    releasing.withdraw(actor, found, given["because"])
    return {}


def _reopen(
    actor: Person, found: Draft, given: Mapping[str, str], file: Sent | None, history: list[DraftStep]
) -> Mapping[str, object]:
    found.way, found.way_ground, found.evaluate_on = "proactive", "", None
    return {}


_WRITES = ("write", "submit")
_EFFECTS: Mapping[str, Effect] = {
    "submit": _submit,
    "conclude": _conclude,
    "register_answer": _register_answer,
    "sign": _sign,
    "register_signature": _register_signature,
    "recall": _recall,
    "withdraw": _withdraw,
    "reopen": _reopen,
}


def months_later(on: date, months: int) -> date:
    """The same day so many months on, the last of the month where it has none."""
    year, month = divmod(on.month - 1 + months, 12)
    year += on.year
    for back in range(4):
        try:
            return date(year, month + 1, on.day - back)
        except ValueError:
            continue
    raise AssertionError("no month is that short")
