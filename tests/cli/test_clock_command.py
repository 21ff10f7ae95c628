"""`gongkai clock` for people, and what it says of input that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run

GOOD: dict[str, Any] = {
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
        "  数法：自2022年10月1日（周六）至2022年11月2日（周三）共 33 天，计入的工作日 20 个，最后一天就是第 20 个。",
        "  不计周末 6 天。",
        "  不计国庆节放假 7 天：2022年10月1日至7日。",
        "  国庆节调休上班 2 天，算工作日：2022年10月8日至9日。",
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


def write(folder: Path, *lines: object) -> str:
    file = folder / "a.jsonl"
    text = "\n".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in lines)
    file.write_text(text + "\n", encoding="utf-8")
    return str(file)


LATE = {
    **GOOD,
    "number": "QL-2",
    "events": [
        {"kind": "submitted", "on": "2024-03-01"},
        {"kind": "third_party_consulted", "on": "2024-03-11", "party": "甲公司"},
        {"kind": "third_party_replied", "on": "2024-03-20", "party": "甲公司", "consents": False},
        {"kind": "replied", "on": "2024-04-11", "outcome": "partial"},
    ],
}


def test_a_late_reply_is_told_to_people_and_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", write(tmp_path, GOOD, LATE), "--as-of", "2024-12-31"]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[shown.index("QL-2") :] == [
        "QL-2",
        "  2024年3月1日（周五）：收到申请，当日不计，自次日起 20 个工作日（条例第31条第1项）。",
        "  2024年3月11日（周一）：征求第三方意见（“甲公司”），所需时间不计入期限（条例第32条）。",
        "  2024年3月20日（周三）：第三方答复意见（“甲公司”），征求意见结束，不计入的工作日 7 个（条例第32条）。",
        "  2024年4月11日（周四）：答复，办结（条例第36条）。",
        "  数法：自2024年3月2日（周六）至2024年4月10日（周三）共 40 天，计入的工作日 20 个，最后一天就是第 20 个。",
        "  不计周末 10 天。",
        "  不计清明放假 3 天：2024年4月4日至6日。",
        "  清明调休上班 1 天，算工作日：2024年4月7日。",
        "  不计征求“甲公司”意见占用的工作日 7 个：自2024年3月12日（周二）至2024年3月20日（周三）。",
        "  届满日：2024年4月10日（周三）。届满当日答复，不算逾期。",
        "  所处阶段：已办结，逾期。",
        "  ! 案件QL-2第4个事件：答复超过了法定期限，到期日为2024-04-10。",
    ]


def test_machines_read_one_object_a_line_and_nothing_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", write(tmp_path, GOOD, LATE), "--as-of", "2024-12-31", "--json"]) == 1
    told = capsys.readouterr()
    first, second = (json.loads(line) for line in told.out.splitlines())
    assert told.err == ""
    assert first == {
        "number": "QL-1",
        "received_on": "2022-09-30",
        "due_on": "2022-11-02",
        "provisional": False,
        "not_before": None,
        "phase": "overdue",
        "steps": [{"on": "2022-09-30", "effect": "receipt", "article": "31(1)", "days": 20}],
        "findings": [],
    }
    assert second["steps"] == [
        {"on": "2024-03-01", "effect": "receipt", "article": "31(1)", "days": 20},
        {"on": "2024-03-11", "effect": "pause", "article": "32", "days": None},
        {"on": "2024-03-20", "effect": "resume", "article": "32", "days": 7},
        {"on": "2024-04-11", "effect": "close", "article": "36", "days": None},
    ]
    assert second["findings"] == [
        {
            "code": "clock.late",
            "severity": "error",
            "where": {"case": "QL-2", "event": 3},
            "facts": {"due_on": "2024-04-10", "replied_on": "2024-04-11"},
            "cite": "条例第33条",
            "message": "案件QL-2第4个事件：答复超过了法定期限，到期日为2024-04-10。",
        }
    ]


def test_a_warning_alone_ends_with_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waiting = {**GOOD, "channel": "internet", "events": [{"kind": "submitted", "on": "2024-03-01"}]}
    assert run(["clock", write(tmp_path, waiting), "--as-of", "2024-03-06", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [(each["code"], each["severity"]) for each in findings] == [("clock.unconfirmed", "warning")]


@pytest.mark.parametrize(
    ("as_of", "phase", "due"),
    [
        ("2024-03-11", "paused", "2024-03-29"),
        ("2024-03-15", "paused", "2024-04-07"),
        ("2024-03-20", "running", "2024-04-10"),
        ("2024-04-10", "running", "2024-04-10"),
        ("2024-04-11", "closed_late", "2024-04-10"),
    ],
)
def test_the_same_case_on_different_days(
    as_of: str, phase: str, due: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["clock", write(tmp_path, LATE), "--as-of", as_of, "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert (shown["phase"], shown["due_on"]) == (phase, due)


def test_before_anything_happened_nothing_has_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", write(tmp_path, LATE), "--as-of", "2024-02-29", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["received_on"], shown["due_on"], shown["phase"], shown["steps"]) == (
        None, None, "awaiting_receipt", [],
    )  # fmt: skip


def test_today_where_no_day_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", write(tmp_path, LATE)]) == 1
    assert "  所处阶段：已办结，逾期。" in capsys.readouterr().out.splitlines()


def test_each_fault_names_file_line_event_field_and_what_would_be_valid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extended = {"kind": "extended", "on": "2024-13-01", "workdays": 5}
    unknown = {**GOOD, "applicant": {"kind": "business", "age": 30}, "events": [
        {"kind": "submitted", "on": "2024-03-01", "mood": "好"}, extended,
    ]}  # fmt: skip
    impossible = {**GOOD, "events": [*GOOD["events"], {"kind": "archived", "on": "2022-10-08"}]}
    too_early = {**GOOD, "events": [{"kind": "submitted", "on": "2008-04-30"}]}
    file = write(tmp_path, GOOD, "", unknown, impossible, too_early)
    assert run(["clock", file, "--as-of", "2024-12-31"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "a.jsonl 第3行 applicant.age：不认识的字段；应为kind、name、id_number、contact",
        "a.jsonl 第3行 第1个事件 mood：不认识的字段；应为kind、on",
        "a.jsonl 第3行 第2个事件 on：“2024-13-01”不是日期；应为日期，如 2020-09-25",
        "a.jsonl 第4行 第2个事件 archived：此时不能有这一事件；应为与办理顺序相符的事件",
        "a.jsonl 第5行 第1个事件 on：“2008-04-30”早于条例施行之日；应为2008-05-01或者以后",
    ]


def test_a_day_beyond_the_calendar_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    far = {**GOOD, "events": [{"kind": "submitted", "on": "2950-01-05"}]}
    assert run(["clock", write(tmp_path, far), "--as-of", "2950-01-06"]) == 2
    assert "a.jsonl 第1行" in (said := capsys.readouterr().err)
    assert "2950-01-05在工作日历之外" in said


def test_what_windows_editors_put_first_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n")
    assert run(["clock", str(file), "--as-of", "2022-10-20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due_on"] == "2022-11-02"


def test_another_encoding_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(json.dumps({**GOOD, "subject": "名单"}, ensure_ascii=False).encode("gb18030"))
    assert run(["clock", str(file), "--as-of", "2022-10-20"]) == 2
    assert capsys.readouterr().err == "a.jsonl 第1行：不是完整的 JSON（UTF-8）；应为一行一个 JSON 对象\n"


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", str(tmp_path), "--as-of", "2022-10-20"]) == 2
    assert capsys.readouterr().err == f"{tmp_path}：文件打不开；应为可读的 JSONL 文件\n"


def test_the_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", "--help"]) == 0
    assert "例：gongkai clock 申请.jsonl --as-of 2022-10-20" in capsys.readouterr().out
