"""One request made two: with the applicant's agreement alone, from the same receipt day, charged as one."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from bureau_cast import Cast
from case_ground import days_ago, today
from django.core.exceptions import PermissionDenied

from gongkai.bureau.casework import deciding, following, intake, services, splitting
from gongkai.bureau.casework.fees import items_before
from gongkai.bureau.casework.models import IdentityMark, Request, WantedItem
from gongkai.bureau.ledger.models import Entry
from gongkai.statute.cases.application import Filing, Wanted, Who
from gongkai.statute.primitives import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXTS = ("资金分配方案", "验收意见", "专家名单")


def _received(cast: Cast, wanted: tuple[str, ...] = TEXTS) -> Request:
    filing = Filing(
        kind="natural_person", applicant=Who("林晓岚", "resident", "11010519491231002X"), telephone="13800138000",
        wanted=tuple(Wanted(each) for each in wanted), form="electronic", way="electronic",
    )  # fmt: skip
    arrival = intake.Arrival("in_person", today() - timedelta(days=2), None, "申请表")
    return Request.objects.get(pk=intake.receive(cast.officer, "qinglan-kjj", filing, arrival))


def _split(cast: Cast, request: Request, *positions: int, agreed_on: date | None = None) -> splitting.Split:
    return splitting.split(
        cast.officer, request.pk, positions, agreed_on=agreed_on or today(), evidence="电话记录第3号", seen=None
    )


def test_the_items_are_divided_and_nothing_else_changes(cast: Cast) -> None:
    request = _received(cast)
    made = _split(cast, request, 2, 3)
    new = Request.objects.get(pk=made.request)
    texts = [[each.text for each in each_of.wanted.order_by("position")] for each_of in (request, new)]
    assert texts == [["资金分配方案"], ["验收意见", "专家名单"]]
    assert new.number != request.number
    assert (new.received_on, new.due_on, new.channel) == (request.received_on, request.due_on, "in_person")
    assert services.unmask(cast.officer, new.pk, because="核对") == services.unmask(
        cast.officer, request.pk, because="核对"
    )
    kinds = [set(IdentityMark.objects.filter(request=each).values_list("kind", "mark")) for each in (request, new)]
    assert kinds[0] == kinds[1]
    assert following.opened(made.number, made.code) is not None
    for each, kind, other in ((request, "request.split", new), (new, "request.split_from", request)):
        [entry] = Entry.objects.filter(stream=f"request:{each.pk}", kind__startswith="request.split")
        told = json.loads(entry.facts)
        assert (entry.kind, told["request"], told["items"]) == (kind, other.number, 2)


def test_what_is_charged_by_items_is_what_it_was(cast: Cast) -> None:
    request = _received(cast)
    made = _split(cast, request, 3)
    later = _received(cast, ("别的",))
    assert items_before(later) == 3
    assert items_before(Request.objects.get(pk=made.request)) == 2


@pytest.mark.parametrize(
    ("positions", "agreed_on", "said"),
    [
        ((), None, "拆出的事项：选了0项；应为至少一项，并且至少留一项"),
        ((1, 2, 3), None, "拆出的事项：选了3项；应为至少一项，并且至少留一项"),
        ((1,), date(2999, 1, 1), "同意之日：是2999-01-01；应为提出申请以后、今天或以前的日子"),
        ((1,), date(2000, 1, 1), "同意之日：是2000-01-01；应为提出申请以后、今天或以前的日子"),
    ],
)
def test_what_is_wrong_is_said(positions: tuple[int, ...], agreed_on: date | None, said: str, cast: Cast) -> None:
    request = _received(cast)
    with pytest.raises(InputRefused) as refused:
        _split(cast, request, *positions, agreed_on=agreed_on)
    assert [str(each) for each in refused.value.faults] == [said]
    assert WantedItem.objects.filter(request=request).count() == 3


def test_not_without_agreement_nor_after_its_clock_has_stopped(cast: Cast) -> None:
    request = _received(cast)
    with pytest.raises(InputRefused, match="同意之日：没有填写") as refused:
        splitting.split(cast.officer, request.pk, (1,), agreed_on=None, evidence=" ", seen=3)
    assert [each.place for each in refused.value.faults] == ["同意之日", "同意的依据"]
    with pytest.raises(InputRefused, match="已经有人改过"):
        splitting.split(cast.officer, request.pk, (1,), agreed_on=today(), evidence="记录", seen=2)
    asked = {"kind": "correction_requested", "on": days_ago(0), "deadline_on": f"{today() + timedelta(days=30)}"}
    services.append(cast.officer, request.pk, asked, evidence="补正告知书")
    with pytest.raises(InputRefused, match="已经补正、征求意见、延期或者收费"):
        _split(cast, request, 1)


def test_not_once_an_item_is_decided_and_only_by_who_enters_requests(cast: Cast) -> None:
    request = _received(cast)
    for who in (cast.head, cast.leader, cast.adviser, cast.elsewhere, cast.office, cast.system):
        with pytest.raises(PermissionDenied):
            splitting.split(who, request.pk, (1,), agreed_on=today(), evidence="记录", seen=3)
    deciding.decide(
        cast.handler, request.pk, position=1, outcome="refused.process", articles=("16(2)",),
        reason="属于讨论过程中的材料", facts={},
    )  # fmt: skip
    with pytest.raises(InputRefused, match="已经有作出决定的"):
        _split(cast, request, 2)
