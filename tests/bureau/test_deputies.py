"""代岗: for a time a colleague may do what the other may, is named with the other, and is no second pair of eyes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from bureau_cast import Cast
from case_ground import enter, today
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries
from report_ground import brought_to, drafted, step

from gongkai.bureau import clock
from gongkai.bureau.annual import report_queries
from gongkai.bureau.casework import assigning, letters, materials, services
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import CaseFile, Letter, RequestEvent
from gongkai.bureau.casework.queries.letters import letter
from gongkai.bureau.casework.queries.worklist import waiting_for
from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import deputies, verification
from gongkai.bureau.orgs import queries as orgs
from gongkai.bureau.orgs import services as org_services
from gongkai.bureau.orgs.models import Assignment, Person
from gongkai.bureau.orgs.permissions import Act, may
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database


def grant_of(person: Person) -> int:
    return Assignment.objects.get(person=person, acting_for__isnull=True).pk


def stand_in(stands: Person, other: Person, by: Person | None = None, **given: object) -> int:
    role = given.pop("role", None) or grant_of(other)
    told = {"role": role, "deputy": stands.username, "since": today(), "until": today(), "reason": "年休假"}
    return deputies.name(by or other, **{**told, **given})  # type: ignore[arg-type]


def journalled(kind: str) -> str:
    return Entry.objects.filter(kind=kind).order_by("-id").values_list("actor_name", flat=True)[0]


def test_a_deputy_may_what_the_other_may_while_it_lasts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not may(cast.handler, Act.ASSIGN_REQUESTS, "qinglan-kjj")
    first = today()
    stand_in(cast.handler, cast.head, since=first + timedelta(days=1), until=first + timedelta(days=3))
    for day, can in ((0, False), (1, True), (3, True), (4, False)):
        monkeypatch.setattr(clock, "today", lambda day=day: first + timedelta(days=day))
        assert may(cast.handler, Act.ASSIGN_REQUESTS, "qinglan-kjj") is can, day
    assert not may(cast.handler, Act.ASSIGN_REQUESTS, "qinglan-mzj")
    assert may(cast.head, Act.ASSIGN_REQUESTS, "qinglan-kjj")  # who is stood in for keeps the role


def test_it_ends_with_the_role_with_the_account_and_on_its_day(cast: Cast) -> None:
    def can() -> bool:
        return may(cast.handler, Act.ASSIGN_REQUESTS, "qinglan-kjj")

    made = stand_in(cast.handler, cast.head, until=today() + timedelta(days=9))
    org_services.set_active(cast.system, "head", False)
    assert not can()
    org_services.set_active(cast.system, "head", True)
    assert can()
    Assignment.objects.filter(pk=grant_of(cast.head)).update(until=today() - timedelta(days=1))
    assert not can()
    Assignment.objects.filter(person=cast.head).update(until=None)
    deputies.end(cast.head, made, today())
    assert can()
    assert Assignment.objects.get(pk=made).until == today()
    with pytest.raises(InputRefused):
        deputies.end(cast.head, made, today() + timedelta(days=1))


def test_who_names_whom(cast: Cast) -> None:
    for actor, told in ((cast.leader, "本人指定"), (cast.system, "本人指定"), (cast.handler, "本人指定")):
        with pytest.raises(PermissionDenied, match=told):
            stand_in(cast.handler, cast.head, by=actor)
    stand_in(cast.adviser, cast.head, by=cast.security)
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"deputy": "head"}, "代岗人：就是本人"),
        ({"deputy": "elsewhere"}, "elsewhere在青澜县科学技术局没有任职"),
        ({"deputy": "stranger"}, "没有任职"),
        ({"deputy": "xitong"}, "没有任职"),
        ({"deputy": "nobody"}, "没有这个在用的账号"),
        ({"deputy": "adviser"}, "同期已在代这个角色"),
        ({"reason": " "}, "事由"),
        ({"until": today() - timedelta(days=1)}, "终止日：早于起始日"),
        ({"since": today() - timedelta(days=1)}, "已经过去"),
        ({"until": today() + timedelta(days=366)}, "超过一年"),
        ({"role": 999_999}, "没有这一行"),
    )
    for given, told in wrong:
        with pytest.raises(InputRefused, match=told):
            stand_in(cast.handler, cast.head, **given)
    with pytest.raises(InputRefused, match="三员的职权不能代岗"):
        stand_in(cast.handler, cast.security)
    passed_on = Assignment.objects.get(acting_for=cast.head).pk
    for actor in (cast.adviser, cast.security):
        with pytest.raises(InputRefused, match="不能再转托"):
            stand_in(cast.handler, cast.adviser, by=actor, role=passed_on)


def test_the_journal_names_both(cast: Cast) -> None:
    made = enter(cast)
    stand_in(cast.handler, cast.head)
    assigning.assign(cast.handler, made, person="handler")
    assert journalled("request.assigned") == "handler（代head）"
    event = {"kind": "correction_requested", "on": today().isoformat(),
             "deadline_on": (today() + timedelta(days=9)).isoformat()}  # fmt: skip
    services.append(cast.handler, made, event, evidence="补正通知书")
    assert journalled("request.event") == "handler"
    entry = Entry.objects.get(kind="deputy.named")
    assert (entry.stream, entry.actor, entry.body) == ("person:handler", "head", "qinglan-kjj")


def test_an_extension_that_a_deputy_approves_says_for_whom(cast: Cast) -> None:
    made = enter(cast)
    stand_in(cast.handler, cast.leader)
    event = {"kind": "extended", "on": today().isoformat(), "workdays": 20}
    services.append(cast.handler, made, event, evidence="批件")
    assert '"handler（代leader）"' in RequestEvent.objects.get(request=made, kind="extended").fields
    assert journalled("request.event") == "handler（代leader）"


def in_section(cast: Cast, drafter: Person) -> int:
    made = letters.draft(drafter, enter(cast), "refused")
    Letter.objects.filter(pk=made).update(state="in_section")
    return made


def test_a_deputy_does_not_pass_what_they_drafted(cast: Cast) -> None:
    made = in_section(cast, cast.handler)
    stand_in(cast.handler, cast.head)
    with pytest.raises(PermissionDenied, match="拟稿、送审的人不能审核"):
        letters.take_step(cast.handler, made, "pass_section", {})
    assert not [each for each in waiting_for(cast.handler) if "科室审核" in each.what]


def test_a_deputy_does_not_pass_what_the_other_drafted(cast: Cast) -> None:
    """The officer is away and drafted it: whoever stands in for the officer is nobody else, whoever is a head is."""
    security = cast.security
    org_services.grant_role(
        security, username="officer", role="section_head", body="qinglan-kjj", since=today(), until=None
    )
    heads = Assignment.objects.get(person=cast.officer, role="section_head").pk
    stand_in(cast.handler, cast.officer, role=heads)
    made = in_section(cast, cast.officer)
    for act, fields in (("pass_section", {}), ("return_", {"reasons": "补充理由"})):
        with pytest.raises(PermissionDenied, match="您代岗的人拟稿或者送审了这件文书，须由第三人审核、签发"):
            letters.take_step(cast.handler, made, act, fields)
    offered = letter(cast.handler, made)
    assert offered is not None
    assert "代岗" in next(each.refused for each in offered.offers if each.step.act == "pass_section")
    assert not waiting_for(cast.handler)
    stand_in(cast.handler, cast.head)  # a deputy of another head as well
    letters.take_step(cast.handler, made, "pass_section", {})
    assert Letter.objects.get(pk=made).state == "in_legal"
    assert journalled("letter.pass_section") == "handler（代head、officer）"


def test_the_secrecy_review_of_the_others_file_is_a_third_persons(cast: Cast) -> None:
    made = enter(cast)
    org_services.grant_role(
        cast.security, username="reviewer", role="handler", body="qinglan-kjj", since=today(), until=None
    )
    reviews = Assignment.objects.get(role="secrecy_reviewer").pk
    file = materials.upload(cast.reviewer, made, Sent("批复.pdf", b"%PDF-1.4 x"))
    stand_in(cast.adviser, cast.reviewer, role=reviews)
    with pytest.raises(PermissionDenied, match="须由第三人审查"):
        materials.review(cast.adviser, file, conclusion="agree", text="")
    CaseFile.objects.filter(pk=file).update(by=cast.handler)
    materials.review(cast.adviser, file, conclusion="agree", text="")
    assert journalled("request.secrecy_review") == "adviser（代reviewer）"


def test_a_report_is_not_approved_for_who_reviewed_it(cast: Cast, tmp_path: Path) -> None:
    report = brought_to(cast, drafted(cast, tmp_path), "in_review")
    leads = grant_of(cast.leader)
    org_services.grant_role(
        cast.security, username="head", role="leader", body="qinglan-kjj", since=today(), until=None
    )
    step(cast, "head", report, "pass_review")
    stand_in(cast.handler, cast.head, role=Assignment.objects.get(person=cast.head, role="leader").pk)
    with pytest.raises(PermissionDenied, match="您代岗的人参与了这份报告的办理，批准须由第三人办理"):
        step(cast, "handler", report, "approve")
    assert report_queries.awaiting(cast.handler) == ()
    stand_in(cast.handler, cast.leader, role=leads)
    assert len(report_queries.awaiting(cast.handler)) == 1


def test_the_others_work_waits_for_the_deputy_marked(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stand_in(cast.adviser, cast.handler)
    stand_in(cast.adviser, cast.head)
    for number in range(3):
        made = enter(cast, f"KJJ-{number}", subject=f"第{number}项", ago=0)
        assigning.assign(cast.officer, made, person="handler", task="核对")
        wrote = letters.draft(cast.handler, made, "refused")
        Letter.objects.filter(pk=wrote).update(state=("drafting", "in_section", "in_legal")[number])
    with django_assert_max_num_queries(3):
        found = waiting_for(cast.adviser)
    assert {(each.what.split("：")[0], each.for_name) for each in found} == {
        ("KJJ-0", "handler"), ("KJJ-1", "handler"), ("KJJ-2", "handler"),
        ("写完送审", "handler"), ("科室审核", "head"), ("合法性审查", ""),
    }  # fmt: skip
    assert {each.for_name for each in waiting_for(cast.handler)} == {""}


def test_the_lists_say_who_stands_in_and_verify_knows_every_deputyship(cast: Cast) -> None:
    made = stand_in(cast.handler, cast.head)
    assert "青澜县科学技术局科室负责人（代head）" in orgs.role_words(cast.handler)
    assert [(each.deputy, each.represented, each.in_force) for each in deputies.of_person("head")] == [
        ("handler", "head", True)
    ]
    assert [name for name, _ in deputies.colleagues("head")] == ["adviser", "handler", "leader", "officer", "reviewer"]
    assert not any(each for each in verification.check_roles())
    Assignment.objects.filter(pk=made).update(acting_for=cast.leader)
    assert [each for each in verification.check_roles() if each]
    assert journal.of_kinds("deputy.named")
