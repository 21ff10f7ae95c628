"""A draft held against the reasons for which replies were overturned."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gongkai.statute.cases import checkup as module
from gongkai.statute.cases.checkup import DraftFacts, checkup
from gongkai.statute.cases.exchange import OUTCOMES


def found(outcome: str, **known: bool) -> set[str]:
    """What is wrong for sure: no questions."""
    return {each.code for each in checkup(outcome, DraftFacts(**known)) if not each.ask}


@pytest.mark.parametrize(
    ("outcome", "known", "code"),
    [
        ("unavailable.not_held", {"has_search_record": False}, "no_search_record"),
        ("unavailable.not_held", {"has_search_record": True, "archive_asked": False}, "archive_not_asked"),
        ("refused.process", {"cites_articles": False}, "no_article"),
        ("partial", {"states_reason": False}, "no_reason"),
        ("refused.third_party", {"consulted_third_party": False}, "third_party_not_consulted"),
        ("refused.state_secret", {"classified_by_law": False}, "secret_without_marking"),
        ("not_processed.repeated", {"answered_before": False}, "repeated_without_earlier"),
        ("not_processed.excessive", {"reasons_requested": False}, "excessive_without_reasons"),
        ("other.lapsed_correction", {"correction_requested": False}, "unclear_without_correction"),
        ("granted", {"late": True}, "late"),
    ],
)
def test_what_is_known_to_be_wrong_is_found(outcome: str, known: dict[str, bool], code: str) -> None:
    assert code in found(outcome, **known)
    assert code not in found(outcome, **{name: not value for name, value in known.items()})


def test_what_is_not_known_is_asked_and_not_asserted() -> None:
    assert found("refused.third_party") == set()
    asked = [each for each in checkup("refused.third_party", DraftFacts()) if each.ask]
    assert "third_party_not_consulted" in {each.code for each in asked}


def test_a_refusal_for_other_grounds_is_not_asked_for_third_parties() -> None:
    assert "third_party_not_consulted" not in {each.code for each in checkup("refused.law_forbids", DraftFacts())}


def test_what_is_wrong_comes_before_what_is_asked() -> None:
    order = [each.ask for each in checkup("unavailable.not_held", DraftFacts(has_search_record=False))]
    assert order == sorted(order)


def test_every_reason_speaks_of_outcomes_that_there_are() -> None:
    data = tomllib.loads((Path(module.__file__).parent / "overturned.toml").read_text("utf-8"))
    for code, reason in data.items():
        assert reason["article"] and reason["check"], code
        for outcome in reason["outcomes"]:
            assert any(each == outcome or (outcome[-1:] in ("", ".") and each.startswith(outcome)) for each in OUTCOMES)
