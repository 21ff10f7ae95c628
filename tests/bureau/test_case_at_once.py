"""Two people on one case at the same moment: one wins, the other is told, nothing is lost or written twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from at_once import at_once
from bureau_cast import Cast
from case_ground import days_ago, enter
from django.db.models import Model

from gongkai.bureau import clock
from gongkai.bureau.casework import assigning, deciding, files, letters, materials, opinions, searching, services
from gongkai.bureau.casework.models import (
    Assignment,
    CaseFile,
    Letter,
    LetterStep,
    NumberSeries,
    Opinion,
    Request,
    SearchRecord,
    WantedItem,
)

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def test_of_two_who_assign_one_is_told(cast: Cast) -> None:
    request = enter(cast)
    told = at_once(
        lambda: assigning.assign(cast.officer, request, person="handler", seen=0),
        lambda: assigning.assign(cast.head, request, person="adviser", seen=0),
    )
    assert told[0] == "done"
    assert "已经有人交办" in told[1]
    assert Assignment.objects.count() == 1


def test_of_two_who_decide_one_is_told(cast: Cast) -> None:
    request = enter(cast)

    def decide(who: str, outcome: str, articles: list[str]) -> Callable[[], object]:
        return lambda: deciding.decide(
            getattr(cast, who), request, position=1, outcome=outcome, articles=articles, reason="含个人隐私",
            facts={}, seen="",
        )  # fmt: skip

    told = at_once(decide("officer", "granted", ["36(2)"]), decide("handler", "partial", ["37", "15"]))
    assert told[0] == "done"
    assert "已经有人决定" in told[1]
    assert WantedItem.objects.count() == 1


def test_of_two_who_register_a_step_one_is_told(cast: Cast) -> None:
    request = enter(cast)

    def step(who: str, event: dict[str, object]) -> Callable[[], object]:
        return lambda: services.append(getattr(cast, who), request, event, evidence="签报", seen=1)

    extended: dict[str, object] = {"kind": "extended", "on": days_ago(0), "workdays": 10}
    told = at_once(step("leader", extended), step("officer", {"kind": "withdrawn", "on": days_ago(0)}))
    assert told[0] == "done"
    assert "已经登记了新的一步" in told[1]
    assert Request.objects.get(pk=request).length == 2


def test_the_same_step_registered_by_two_is_one(cast: Cast) -> None:
    request = enter(cast)
    withdrawn: dict[str, object] = {"kind": "withdrawn", "on": days_ago(0)}
    told = at_once(
        lambda: services.append(cast.officer, request, withdrawn, evidence="撤回申请书", seen=1),
        lambda: services.append(cast.officer, request, withdrawn, evidence="撤回申请书", seen=1),
        lambda: services.append(cast.handler, request, withdrawn, evidence="撤回申请书"),  # by the API, without `seen`
    )
    assert told.count("done") == 1, told
    found = Request.objects.get(pk=request)
    assert [each.kind for each in found.events.order_by("position")] == ["submitted", "withdrawn"]


def _to_be_signed(cast: Cast, request: int) -> int:
    elements = {"outcome": "refused.process", "reasons": "属于讨论过程中的材料，尚未定稿", "articles": "16(2)"}
    found = letters.draft(cast.handler, request, "refused")
    letters.write(cast.handler, found, elements=elements, paragraphs="", word="青科公复", seen=0, anew=True)
    letters.take_step(cast.handler, found, "submit")
    for who, act in ((cast.head, "pass_section"), (cast.adviser, "pass_legal"), (cast.reviewer, "pass_secrecy")):
        letters.take_step(who, found, act)
    return found


def test_of_two_who_sign_one_letter_one_is_told_and_one_number_given(cast: Cast) -> None:
    found = _to_be_signed(cast, enter(cast))
    steps = LetterStep.objects.count()
    paper = {"signer": "局长", "signed_on": days_ago(0)}
    scan = files.Sent("签批件.pdf", b"%PDF-1.7 signed")
    told = at_once(
        lambda: letters.take_step(cast.leader, found, "sign", seen=steps),
        lambda: letters.take_step(cast.leader, found, "sign"),
        lambda: letters.take_step(cast.officer, found, "register_signature", paper, scan, seen=steps),
    )
    assert told.count("done") == 1, told
    assert all("已经有人办了一步" in each or "待用印" in each for each in told[1:]), told
    letter = Letter.objects.get(pk=found)
    assert (letter.number, letter.state) == (f"青科公复〔{clock.today().year}〕1号", "signed")
    assert NumberSeries.objects.get(series="青科公复").last == 1
    assert LetterStep.objects.count() == steps + 1


def test_two_letters_signed_at_once_have_two_numbers_in_a_row(cast: Cast) -> None:
    first, second = (_to_be_signed(cast, enter(cast, number)) for number in ("KJJ-1", "KJJ-2"))
    told = at_once(
        lambda: letters.take_step(cast.leader, first, "sign"),
        lambda: letters.take_step(cast.leader, second, "sign"),
    )
    assert told == ["done", "done"]
    assert set(Letter.objects.values_list("sequence", flat=True)) == {1, 2}


def test_a_form_of_the_desk_sent_twice_is_one_record(cast: Cast) -> None:
    request = enter(cast)
    search = {"places": "档案室", "terms": "分配", "period": "2025年", "searchers": "陆一鸣", "result": "没有查到"}
    forms: tuple[tuple[Callable[[], object], type[Model]], ...] = (
        (lambda: opinions.give(cast.head, request, kind="section", conclusion="agree", text="同意"), Opinion),
        (lambda: searching.record(cast.handler, request, **search, archive_asked=True, on=clock.today()), SearchRecord),
        (lambda: materials.upload(cast.handler, request, files.Sent("a.txt", "文字".encode())), CaseFile),
        (lambda: letters.draft(cast.handler, request, "refused"), Letter),
    )
    for form, made in forms:
        assert at_once(form, form, form) == ["done"] * 3
        assert made._default_manager.count() == 1, made
    # other words, or another person's, are another record
    opinions.give(cast.head, request, kind="section", conclusion="agree", text="同意公开")
    materials.upload(cast.officer, request, files.Sent("a.txt", "文字".encode()))
    assert (Opinion.objects.count(), CaseFile.objects.count()) == (2, 2)


def test_of_two_who_review_a_file_one_is_told(cast: Cast) -> None:
    file = materials.upload(cast.handler, enter(cast), files.Sent("a.txt", "文字".encode()))

    def review(conclusion: str) -> Callable[[], object]:
        return lambda: materials.review(cast.reviewer, file, conclusion=conclusion, text="看过")

    told = at_once(review("agree"), review("agree"))
    assert told[0] == "done"
    assert "已经审查同意" in told[1]
    assert Opinion.objects.count() == 1
    assert CaseFile.objects.get().reviewed_by == cast.reviewer


def test_handed_over_while_it_is_ended(cast: Cast) -> None:
    given = assigning.assign(cast.officer, enter(cast), person="handler").id
    told = at_once(
        lambda: assigning.hand_over(cast.officer, "handler", "head", because="调离"),
        lambda: assigning.end(cast.handler, given, because="办完"),
    )
    assert told[0] == "done"
    open_ones = Assignment.objects.filter(ended_at__isnull=True)
    assert open_ones.filter(person=cast.handler).count() == 0
    assert Assignment.objects.get(pk=given).ended_at is not None
    assert open_ones.count() <= 1
