"""`gongkai clock` for people, and what it says of input that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import run

GOOD = {
    "number": "QL-1",
    "agency": "qinglan-kjj",
    "applicant": {"kind": "business"},
    "subject": "…",
    "channel": "in_person",
    "events": [{"kind": "submitted", "on": "2022-09-30"}],
}


def test_people_read_how_the_day_came_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    assert run(["clock", str(file), "--as-of", "2022-10-20"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "QL-1",
        "  2022年9月30日（周五）：收到申请，当日不计，自次日起 20 个工作日（条例第31条第1项）。",
        "  届满日：2022年11月2日（周三）。届满当日答复，不算逾期。",
        "  所处阶段：办理中。",
    ]


def test_every_fault_of_every_line_is_told_and_nothing_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.jsonl"
    wrong = {**GOOD, "channel": "pigeon", "colour": "red"}
    lines = [json.dumps(GOOD), "{", json.dumps(wrong), "[" * 5000, "\udcff"]
    file.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    assert run(["clock", str(file), "--as-of", "2022-10-20", "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split("：")[0] for line in told.err.splitlines()] == [
        "a.jsonl 第2行",
        "a.jsonl 第3行 colour",
        "a.jsonl 第3行 channel",
        "a.jsonl 第4行",
        "a.jsonl 第5行",
    ]


@pytest.mark.parametrize("arguments", [["none.jsonl"], ["none.jsonl", "--as-of", "2022-13-01"]])
def test_a_missing_file_or_a_day_that_is_none(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err
