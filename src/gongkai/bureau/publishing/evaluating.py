"""定期评估: what is not public is looked at again, in batches with a record (条例第18条)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require, roles_for, stands_for_alone
from gongkai.bureau.publishing import draft_steps
from gongkai.bureau.publishing.draft_queries import drafters_of
from gongkai.bureau.publishing.drafting import journal, locked
from gongkai.bureau.publishing.models import Draft, Evaluation, EvaluationEntry
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.publishing import flow

CONCLUSIONS: Mapping[str, str] = {"keep": "继续不主动公开", "open": "转为公开"}
MOST_IN_A_BATCH = 500
LONGEST_GROUND = 2_000
FARTHEST_YEARS = 3


@transaction.atomic
def open_batch(actor: Person, body: str, until: date) -> int:
    """Everything of the body that is kept and whose evaluation is due on or before that day; returns its id."""
    require(actor, Act.EVALUATE_KEPT, body)
    owner = Body.objects.select_for_update().get(code=body)
    if Evaluation.objects.filter(body=owner, closed_at__isnull=True).exists():
        raise InputRefused(InputFault("评估", "上一批还没有评估完", "先作完上一批的结论"))
    due = Draft.objects.filter(body=owner, state=flow.KEPT, evaluate_on__lte=until).order_by("evaluate_on", "id")
    found = list(due[:MOST_IN_A_BATCH])
    if not found:
        raise InputRefused(InputFault("评估到", f"{until}以前没有该评估的信息", "晚一些的日子"))
    made = Evaluation.objects.create(body=owner, until=until, by=actor, at=clock.now())
    EvaluationEntry.objects.bulk_create(
        EvaluationEntry(evaluation=made, draft=each, was=each.way_ground) for each in found
    )
    facts = {"until": until.isoformat(), "drafts": [each.pk for each in found]}
    ledger.append(f"evaluation:{made.pk}", "evaluation.opened", actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def conclude(actor: Person, entry: int, *, conclusion: str, ground: str, next_on: date | None = None) -> None:
    """The conclusion on one: kept on, with its ground and the next day, or to be made public, through the whole review.

    Whoever drafted it does not evaluate it.
    """
    kept = EvaluationEntry.objects.select_related("evaluation__body").get(pk=entry)
    require(actor, Act.EVALUATE_KEPT, kept.evaluation.body)
    found = locked(kept.draft_id)
    kept = EvaluationEntry.objects.select_for_update(of=("self",)).select_related("evaluation__body").get(pk=entry)
    _refuse(actor, kept, found)
    ground = ground.strip()
    faults = _faults(conclusion, ground, next_on)
    if faults:
        raise InputRefused(*faults)
    kept.conclusion, kept.ground, kept.by, kept.at = conclusion, ground, actor, clock.now()
    kept.next_on = next_on if conclusion == "keep" else None
    kept.save()
    facts = {"evaluation": kept.evaluation_id, "conclusion": conclusion, "ground": ground}
    journal(found, actor, "draft.evaluated", facts)
    if conclusion == "open":
        draft_steps.take_step(actor, found.pk, "reopen", {"because": ground})
    else:
        found.way_ground, found.evaluate_on = ground, next_on
        found.save(update_fields=["way_ground", "evaluate_on"])
    if not kept.evaluation.entries.filter(conclusion="").exists():
        Evaluation.objects.filter(pk=kept.evaluation_id).update(closed_at=clock.now())
        body = kept.evaluation.body.code
        ledger.append(f"evaluation:{kept.evaluation_id}", "evaluation.closed", actor=actor, body=body, facts={})


def _refuse(actor: Person, kept: EvaluationEntry, found: Draft) -> None:
    if kept.conclusion:
        raise InputRefused(InputFault("评估", "已经有结论", "还没有结论的信息"))
    if found.state != flow.KEPT:
        raise InputRefused(InputFault("评估", f"现在是“{flow.STATES[found.state]}”", "不主动公开的信息"))
    wrote = drafters_of(found, found.steps.select_related("by"))
    for_others = stands_for_alone(roles_for(actor, Act.EVALUATE_KEPT, found.body))
    if actor.username in wrote or (for_others and for_others <= wrote):
        raise PermissionDenied("拟稿、送审的人（以及代岗的人）不评估同一条信息")


def _faults(conclusion: str, ground: str, next_on: date | None) -> list[InputFault]:
    faults = []
    if conclusion not in CONCLUSIONS:
        faults.append(InputFault("结论", "没有选择", "、".join(CONCLUSIONS.values())))
    if not ground or len(ground) > LONGEST_GROUND:
        faults.append(InputFault("理由", "没有填写" if not ground else "太长", "情势有没有变化，依据哪一条"))
    today = clock.today()
    farthest = draft_steps.months_later(today, 12 * FARTHEST_YEARS)
    if conclusion == "keep" and (next_on is None or not today < next_on <= farthest):
        faults.append(InputFault("下次评估", "没有填写，或者太远", f"今天以后，{FARTHEST_YEARS}年以内的日子"))
    return faults
