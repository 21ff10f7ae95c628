"""The table of steps of a piece of information, over every role and state: what no combination leads past."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from gongkai.statute.publishing import flow
from gongkai.statute.publishing.flow import Matter

ROLES = ("disclosure_officer", "handler", "section_head", "legal_adviser", "secrecy_reviewer", "leader")
OTHERS = ("county_office", "system_admin", "security_admin", "auditor")
MATTERS = [Matter(legal, urgent) for legal, urgent in product((False, True), repeat=2)]


def may(act: str, state: str, matter: Matter, who: str, drafters: set[str], *roles: str) -> bool:
    return flow.refusal(flow.STEPS[act], state, matter, who, drafters, roles) == ""


@pytest.mark.parametrize("matter", MATTERS)
def test_every_way_passes_the_secrecy_review_before_the_signature(matter: Matter) -> None:
    route = flow.route_of(matter)
    assert route[-2:] == ("in_secrecy", "awaiting_signature")


def test_the_ways_are_the_statutes() -> None:
    assert flow.route_of(Matter()) == ("in_section", "in_secrecy", "awaiting_signature")
    assert flow.route_of(Matter(legal=True)) == ("in_section", "in_legal", "in_secrecy", "awaiting_signature")
    assert flow.route_of(Matter(urgent=True)) == ("in_secrecy", "awaiting_signature")
    assert flow.owed_of(Matter(urgent=True, legal=True)) == ("in_section", "in_legal")
    assert flow.owed_of(Matter(legal=True)) == ()


@pytest.mark.parametrize("matter", MATTERS)
def test_no_set_of_roles_of_the_writer_passes_a_review(matter: Matter) -> None:
    """Whoever drafted it, with whatever roles, reviews, returns, refers and signs nothing of it, in any state."""
    for size in range(1, len(ROLES) + 1):
        for roles in combinations(ROLES + OTHERS, size):
            for act, state in product(
                ("pass_section", "pass_legal", "conclude", "refer", "return_", "sign"), flow.STATES
            ):
                assert not may(act, state, matter, "w", {"w"}, *roles)
        if size == 2:  # pairs and all together say it; the sizes between add nothing but time
            break
    for act, state in product(flow.STEPS, flow.STATES):
        step = flow.STEPS[act]
        if step.not_the_drafter:
            assert not may(act, state, matter, "w", {"w"}, *ROLES, *OTHERS)


@pytest.mark.parametrize("role", OTHERS)
def test_administrators_auditor_and_county_office_take_no_step(role: str) -> None:
    for act, state, matter in product(flow.STEPS, flow.STATES, MATTERS):
        assert not may(act, state, Matter(matter.legal, matter.urgent, flow.owed_of(matter), True), "x", set(), role)


def test_each_review_is_its_own_roles_alone() -> None:
    holders = {
        "pass_section": {"section_head"}, "pass_legal": {"legal_adviser"}, "conclude": {"secrecy_reviewer"},
        "refer": {"secrecy_reviewer"}, "register_answer": {"secrecy_reviewer"}, "sign": {"leader"},
        "publish": {"disclosure_officer"}, "register_signature": {"disclosure_officer"},
    }  # fmt: skip
    for act, who in holders.items():
        step = flow.STEPS[act]
        able = {
            role for role in ROLES + OTHERS if any(may(act, each, Matter(), "x", {"w"}, role) for each in step.before)
        }
        assert able == who, act


def test_what_lies_with_one_reviewer_is_returned_by_nobody_else() -> None:
    able = {
        state: {role for role in ROLES if may("return_", state, Matter(), "x", {"w"}, role)} for state in flow.UNDER_WAY
    }
    assert able == {
        "in_section": {"section_head"}, "in_legal": {"legal_adviser"}, "in_secrecy": {"secrecy_reviewer"},
        "awaiting_signature": {"leader"},
    }  # fmt: skip


def test_only_an_approved_one_is_published() -> None:
    for state in flow.STATES:
        assert may("publish", state, Matter(), "x", {"w"}, "disclosure_officer") is (state == "approved")


def test_the_end_of_review_follows_the_way_of_disclosure() -> None:
    assert flow.after("sign", "awaiting_signature", Matter(), way="proactive") == "approved"
    assert flow.after("sign", "awaiting_signature", Matter(), way="withheld") == "kept"
    assert flow.after("sign", "awaiting_signature", Matter(), way="on_request") == "kept"


def test_a_deputy_of_the_writer_is_no_second_pair_of_eyes() -> None:
    step = flow.STEPS["conclude"]
    told = flow.refusal(
        step, "in_secrecy", Matter(), "d", {"w"}, ["secrecy_reviewer"],
        stands_for={"secrecy_reviewer": frozenset({"w"})},
    )  # fmt: skip
    assert "第三人" in told


def test_what_was_public_is_withdrawn_and_not_discarded() -> None:
    public = Matter(is_public=True)
    assert may("withdraw", "drafting", public, "x", {"x"}, "disclosure_officer")
    assert not may("withdraw", "drafting", Matter(), "x", {"x"}, "disclosure_officer")
    assert not may("discard", "drafting", public, "x", {"x"}, "disclosure_officer")
    assert may("discard", "drafting", Matter(), "x", {"x"}, "disclosure_officer")
