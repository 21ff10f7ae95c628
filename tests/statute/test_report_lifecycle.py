"""From draft to publication: the table of steps, four eyes, required fields."""

from __future__ import annotations

import pytest

from gongkai.statute.primitives import InputFault
from gongkai.statute.report.lifecycle import (
    ACTS,
    EFFECTS,
    FIELDS,
    STATES,
    STEPS,
    excluded,
    field_faults,
    refusal,
    steps_from,
    taken_part,
)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("drafting", ["submit"]),
        ("in_review", ["return_", "pass_review"]),
        ("frozen", ["return_", "approve", "register_paper_approval"]),
        ("approved", ["publish", "file_package"]),
        ("published", ["correct", "file_package"]),
        ("superseded", []),
        ("unknown", []),
    ],
)
def test_what_a_report_in_each_state_can_take(state: str, acts: list[str]) -> None:
    assert [step.act for step in steps_from(state)] == acts


@pytest.mark.parametrize(
    ("act", "roles", "after"),
    [
        ("submit", ("disclosure_officer",), "in_review"),
        ("return_", ("section_head", "legal_adviser", "leader"), "drafting"),
        ("pass_review", ("section_head", "legal_adviser"), "frozen"),
        ("approve", ("leader",), "approved"),
        ("register_paper_approval", ("disclosure_officer",), "approved"),
        ("publish", ("disclosure_officer",), "published"),
        ("correct", ("disclosure_officer",), None),
        ("file_package", ("disclosure_officer",), None),
    ],
)
def test_who_takes_each_step_and_where_it_leads(act: str, roles: tuple[str, ...], after: str | None) -> None:
    assert (STEPS[act].roles, STEPS[act].after) == (roles, after)


def test_no_administrator_has_a_part() -> None:
    assert {role for step in STEPS.values() for role in step.roles} == {
        "disclosure_officer",
        "section_head",
        "legal_adviser",
        "leader",
    }


def test_every_state_act_field_and_effect_has_its_word_and_every_step_its_source() -> None:
    assert STATES == {
        "drafting": "起草",
        "in_review": "审核中",
        "frozen": "已冻结待批准",
        "approved": "已批准",
        "published": "已公布",
        "superseded": "已更正",
    }
    assert ACTS["return_"] == "退回修改"
    for step in STEPS.values():
        assert step.word
        assert "第四十九条" in step.article or "第五十条" in step.article or "30号" in step.article
        assert set(step.fields) <= set(FIELDS)
        assert set(step.effects) <= set(EFFECTS)
        assert {*step.before, step.after or "drafting"} <= set(STATES)


def test_figures_are_frozen_by_the_review_and_freed_by_a_return() -> None:
    assert STEPS["pass_review"].effects == ("freeze",)
    assert STEPS["return_"].effects == ("unfreeze",)
    assert STEPS["publish"].effects == ("supersede",)
    assert STEPS["correct"].effects == ("new_version",)


@pytest.mark.parametrize(
    ("act", "person", "said"),
    [
        ("pass_review", "officer", "您办理了这份报告的提交审核，审核通过须由另一人办理"),
        ("pass_review", "head", ""),
    ],
)
def test_nobody_reviews_what_they_submitted(act: str, person: str, said: str) -> None:
    assert refusal(STEPS[act], "in_review", person, [("submit", "officer")]) == said


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("officer", "您办理了这份报告的提交审核，批准须由另一人办理"),
        ("head", "您办理了这份报告的审核通过，批准须由另一人办理"),
        ("leader", ""),
    ],
)
def test_nobody_approves_what_they_submitted_or_reviewed(person: str, said: str) -> None:
    history = [("submit", "officer"), ("pass_review", "head")]
    assert refusal(STEPS["approve"], "frozen", person, history) == said


def test_a_return_begins_a_new_round() -> None:
    first = [("submit", "officer"), ("pass_review", "head"), ("return_", "leader"), ("submit", "head")]
    assert excluded(STEPS["pass_review"], first) == {"head": "submit"}
    assert refusal(STEPS["pass_review"], "in_review", "officer", first) == ""


def test_a_step_out_of_turn_is_refused_with_its_reason() -> None:
    assert refusal(STEPS["publish"], "frozen", "officer", []) == "报告现在是“已冻结待批准”，“已批准”时才能公布"
    assert (
        refusal(STEPS["return_"], "drafting", "head", []) == "报告现在是“起草”，“审核中”、“已冻结待批准”时才能退回修改"
    )


@pytest.mark.parametrize("blank", ["", "  ", None])
def test_a_return_needs_reasons_and_a_correction_its_public_note(blank: str | None) -> None:
    assert field_faults(STEPS["return_"], {"reasons": blank}, "何青") == (InputFault("退回理由", "没有填写", "必填"),)
    (fault,) = field_faults(STEPS["correct"], {"note": blank}, "何青")
    assert fault.place == "更正说明（公开：改了什么、为什么）"
    assert field_faults(STEPS["return_"], {"reasons": "表三不平衡"}, "何青") == ()


def test_a_paper_approval_is_by_another_person_with_day_and_scan() -> None:
    step = STEPS["register_paper_approval"]
    right = {"approver": "林澜", "approved_on": "2025-01-10", "scan": "ab12"}
    assert field_faults(step, right, "何青", ["周青"]) == ()
    assert [fault.place for fault in field_faults(step, {}, "何青")] == ["批准人姓名", "批准日期", "签批件扫描件"]
    for name in ("何青", " 何青 ", "周青"):
        (fault,) = field_faults(step, right | {"approver": name}, "何青", ["周青"])
        assert fault.wrong == f"“{name.strip()}”参与了提交、审核或者登记"


def test_a_leader_who_returned_the_report_may_approve_it_on_paper_later() -> None:
    history = [
        ("submit", "何青"),
        ("pass_review", "周青"),
        ("return_", "林澜"),
        ("submit", "何青"),
        ("pass_review", "吴青"),
    ]
    assert taken_part(history) == {"何青", "吴青"}
