"""`gongkai report check --json` over a report as a county bureau published it: exactly what a careful clerk finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run

SAMPLE = Path(__file__).parents[2].parent / "shared" / "samples" / "ninghai-kjj-2020.txt"


@pytest.fixture
def checked(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    if not SAMPLE.exists():
        pytest.skip("the published report is not beside this checkout")
    assert run(["report", "check", "--json", str(SAMPLE)]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert len(shown.out.splitlines()) == 1
    read: dict[str, Any] = json.loads(shown.out)
    return read


def test_what_it_is(checked: dict[str, Any]) -> None:
    assert (checked["form"], checked["agency"], checked["year"]) == ("2019", "宁海县科技局", 2020)
    assert checked["file"] == str(SAMPLE)


def test_the_rows_that_are_not_zero(checked: dict[str, Any]) -> None:
    two = checked["tables"]["proactive"]
    assert two.pop("other_services") == {"prior_items": 38, "change": 58, "decisions": 38}
    assert two.pop("procurement") == {"items": 9, "amount": "0.93402"}
    others = [*two.values(), *checked["tables"]["requests"].values(), *checked["tables"]["remedies"].values()]
    assert {value for row in others for value in row.values()} == {0}
    assert [len(rows) for rows in checked["tables"].values()] == [6, 23, 3]


def test_its_findings_and_no_more(checked: dict[str, Any]) -> None:
    assert sorted(found["code"] for found in checked["findings"]) == [
        "cell.artefact", "form.title", "proactive.items_decisions", "text.typo", "text.typo",
    ]  # fmt: skip
    assert {found["severity"] for found in checked["findings"]} == {"warning"}
    facts = {found["code"]: found["facts"] for found in checked["findings"] if found["code"] != "text.typo"}
    assert (facts["cell.artefact"]["artefact"], facts["cell.artefact"]["value"]) == ("[bookmark: _GoBack]", 58)
    typos = {found["facts"]["found"] for found in checked["findings"] if found["code"] == "text.typo"}
    assert typos == {"稳步前", "建立建全"}
