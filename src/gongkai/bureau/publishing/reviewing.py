"""保密审查 of what stands in the ledger of published information: without its conclusion nothing is public here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require, roles_for, stands_for_alone
from gongkai.bureau.publishing import numbering
from gongkai.bureau.publishing.models import Item, SecrecyReview
from gongkai.statute.primitives import InputFault, InputRefused

PUBLIC, WITHHELD = "public", "withheld"
CONCLUSIONS: Mapping[str, str] = {PUBLIC: "可以公开", WITHHELD: "不予公开"}
LONGEST_GROUND = 2000
MOST_AT_ONCE = 50


@transaction.atomic
def conclude(actor: Person, item: int, *, conclusion: str, ground: str) -> None:
    """The conclusion on one item (条例第17条). The latest one counts: 不予公开 takes it off the portal again.

    Nobody concludes on what they entered themselves.
    """
    _hold_bodies([item])
    found = Item.objects.select_for_update(of=("self",)).select_related("body", "place").get(pk=item)
    require(actor, Act.REVIEW_ITEMS, found.body)
    if actor.pk in (found.entered_by_id, found.imported_by_id):
        raise PermissionDenied("保密审查由登记人以外的人作出结论")
    if found.entered_by and stands_for_alone(roles_for(actor, Act.REVIEW_ITEMS, found.body)) == {
        found.entered_by.username
    }:
        raise PermissionDenied("您代岗的人登记了这条信息，保密审查须由第三人作出结论")
    faults: list[InputFault] = []
    if found.revision:  # drafted here: its review is one of the steps of the draft
        raise InputRefused(InputFault("保密审查", "这条信息在本平台拟稿", "在稿子里办理"))
    if conclusion not in CONCLUSIONS:
        faults.append(InputFault("结论", "没有选择", "、".join(CONCLUSIONS.values())))
    faults += _ground_faults(ground)
    if faults:
        raise InputRefused(*faults)
    SecrecyReview.objects.create(
        item=found, conclusion=conclusion, ground=ground.strip(), by=actor, at=clock.now()
    )  # fmt: skip
    _concluded(found, conclusion, ground, actor)
    found.save(update_fields=["legacy", "index_number"])


@transaction.atomic
def conclude_many(actor: Person, conclusions: Mapping[int, str], *, ground: str) -> int:
    """What was imported, page by page: each item its own conclusion and record, one ground for what was looked at
    together (保密法实施条例第42条 逐项). Returns how many were concluded on."""
    faults = _ground_faults(ground)
    if not conclusions:
        faults.append(InputFault("结论", "一条也没有选", "看过的每一条选一个结论"))
    if len(conclusions) > MOST_AT_ONCE:
        faults.append(InputFault("结论", f"一次选了{len(conclusions)}条", f"一次不超过{MOST_AT_ONCE}条"))
    if set(conclusions.values()) - set(CONCLUSIONS):
        faults.append(InputFault("结论", "有的没有选好", "、".join(CONCLUSIONS.values())))
    if faults:
        raise InputRefused(*faults)
    _hold_bodies(conclusions)
    found = list(
        Item.objects.select_for_update(of=("self",))
        .select_related("body", "place")
        .filter(pk__in=conclusions)
        .order_by("id")
    )
    for body in {each.body for each in found}:
        require(actor, Act.REVIEW_ITEMS, body)
    if any(each.imported_by_id == actor.pk for each in found):
        raise PermissionDenied("保密审查由导入的人以外的人作出结论")
    reviewed = set(SecrecyReview.objects.filter(item__in=found).values_list("item", flat=True))
    if len(found) < len(conclusions) or any(
        each.revision or each.entered_by_id is not None or each.pk in reviewed for each in found
    ):
        raise InputRefused(InputFault("结论", "有的已经有结论，或者不在待审的导入信息里", "重新打开这一页"))
    now = clock.now()
    SecrecyReview.objects.bulk_create(
        SecrecyReview(item=each, conclusion=conclusions[each.pk], ground=ground.strip(), by=actor, at=now)
        for each in found
    )
    for each in found:
        _concluded(each, conclusions[each.pk], ground, actor)
    Item.objects.bulk_update(found, ["legacy", "index_number"])
    return len(found)


def _hold_bodies(items: Iterable[int]) -> None:
    """Whoever gives index numbers holds the body's row; bodies before items, as everything that publishes does."""
    owners = Item.objects.filter(pk__in=list(items)).values("body")
    list(Body.objects.select_for_update().filter(pk__in=owners).order_by("pk").values_list("pk"))


def _concluded(found: Item, conclusion: str, ground: str, actor: Person) -> None:
    """What a conclusion makes of an item, journalled; the caller saves it. Public, it has an address: an index number.

    The digest stays that of what was entered or imported; the journal tells the number that was given.
    """
    found.legacy = conclusion != PUBLIC
    facts = {"result": conclusion, "because": ground.strip()[:500], "digest": found.digest}
    if not found.legacy and not found.index_number:
        found.index_number = numbering.give(found.body, clock.today().year, found.place.code if found.place else "")
        facts["index_number"] = found.index_number
    ledger.append(f"item:{found.pk}", "item.reviewed", actor=actor, body=found.body.code, facts=facts)


def _ground_faults(ground: str) -> list[InputFault]:
    if not ground.strip():
        return [InputFault("审查意见", "没有填写", "审查了什么、结论的依据")]
    if len(ground) > LONGEST_GROUND:
        return [InputFault("审查意见", f"有{len(ground)}个字", f"不超过{LONGEST_GROUND}个字")]
    return []
