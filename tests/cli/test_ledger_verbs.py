"""`gongkai import`, `export` and `report compile`: exit statuses, lines, JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BODY = {"code": "kjj", "name": "青澜县科学技术局", "level": "county_department"}
CASE: dict[str, Any] = {
    "number": "甲-1", "agency": "kjj", "applicant": {"kind": "business", "name": "某公司"}, "subject": "名单",
    "channel": "oral", "events": [{"kind": "submitted", "on": "2024-01-03"},
                                  {"kind": "replied", "on": "2024-01-10", "outcome": "partial"}],
}  # fmt: skip
REMEDY = {"number": "FY-1", "agency": "kjj", "case": "甲-1", "kind": "litigation_direct", "accepted_on": "2024-05-06"}
STATEMENT = {"agency": "kjj", "year": 2024, "row": "fees", "column": "amount", "value": "12.5", "evidence": "决算"}
ITEM = {"source_id": "1", "agency": "kjj", "column": "文件", "title": "办法", "published_on": "2024-03-05",
        "genre": "规范性文件", "body_text": "第一条"}  # fmt: skip


def gongkai(home: Path, *words: object) -> tuple[int, str, str]:
    env = {**os.environ, "GONGKAI_HOME": str(home)}
    env.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "gongkai.cli", *map(str, words)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one record of each kind, imported by the command."""
    folder = tmp_path_factory.mktemp("home")
    assert gongkai(folder, "init")[0] == 0
    files = {"orgs": BODY, "cases": CASE, "remedies": REMEDY, "statements": STATEMENT, "items": ITEM}
    for kind, record in files.items():
        (folder / f"{kind}.jsonl").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    said = [gongkai(folder, "import", kind, folder / f"{kind}.jsonl") for kind in files]
    assert said == [
        (0, "导入1个机关，0个已有且相同\n", ""),
        (0, "导入1件申请，0件补了事件，0件已有且相同；其中发现0处违法情形\n", ""),
        (0, "导入1件复议诉讼，0件补了审结，0件已有且相同\n", ""),
        (0, "导入1格年度数据，0格已有且相同\n", ""),
        (0, "导入1条信息，0条已有且相同\n", ""),
    ]
    return folder


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("cases", {"made": 0, "appended": 0, "known": 1, "unlawful": 0}),
        ("remedies", {"made": 0, "closed": 0, "known": 1}),
        ("statements", {"made": 0, "known": 1}),
        ("items", {"made": 0, "known": 1}),
    ],
)
def test_importing_again_finds_all_known(home: Path, kind: str, counts: dict[str, int]) -> None:
    file = home / f"{kind}.jsonl"
    status, out, err = gongkai(home, "import", kind, file, "--json")
    assert (status, json.loads(out), err) == (0, {"file": str(file), **counts}, "")


@pytest.mark.parametrize("kind", ["cases", "remedies", "statements", "items"])
def test_a_faulty_file_is_told_line_by_line_with_status_2(home: Path, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text('{broken\n{"agency": 1}\n', encoding="utf-8")
    status, out, err = gongkai(home, "import", kind, file)
    assert (status, out) == (2, "")
    assert err.startswith(f"{file} 第1行")
    assert f"\n{file} 第2行 agency" in err


def test_an_export_is_what_was_imported_without_the_name(home: Path) -> None:
    status, out, _ = gongkai(home, "export", "cases")
    assert status == 0
    nobody = {"kind": "business", "name": None, "id_number": None, "contact": None}
    assert json.loads(out) == {**CASE, "applicant": nobody}
    for kind, record in (("remedies", REMEDY), ("statements", STATEMENT), ("items", ITEM)):
        status, out, _ = gongkai(home, "export", kind)
        assert (status, json.loads(out)) == (0, record)


def test_identities_leave_only_for_a_reason(home: Path) -> None:
    status, out, err = gongkai(home, "export", "cases", "--with-identities")
    assert (status, out) == (2, "")
    assert "--reason" in err
    status, out, _ = gongkai(home, "export", "cases", "--with-identities", "--reason", "移交新系统")
    assert (status, json.loads(out)["applicant"]["name"]) == (0, "某公司")


def test_the_report_of_a_tiny_ledger_as_json(home: Path) -> None:
    status, out, err = gongkai(
        home, "report", "compile", "--agency", "kjj", "--year", "2024", "--as-of", "2025-01-20", "--json"
    )
    assert (status, err) == (0, "")
    made = json.loads(out)
    shown = {
        table: {row: kept for row, cells in rows.items() if (kept := {name: value for name, value in cells.items()
                                                                      if value not in (0, "0")})}
        for table, rows in made["tables"].items()
    }  # fmt: skip
    assert shown == {
        "proactive": {"normative": {"made": 1, "in_force": 1}, "fees": {"amount": "12.5"}},
        "requests": {
            "new": {"business": 1, "total": 1},
            "partial": {"business": 1, "total": 1},
            "concluded": {"business": 1, "total": 1},
        },
        "remedies": {"litigation_direct": {"pending": 1, "total": 1}},
    }
    assert (made["form"], made["agency"], made["year"]) == ("2021", "青澜县科学技术局", 2024)
    assert [(each["code"], each["severity"]) for each in made["findings"]] == [("cell.unstated", "note")]


def test_an_unknown_agency_is_status_2(home: Path) -> None:
    status, out, err = gongkai(home, "report", "compile", "--agency", "nobody", "--year", "2024")
    assert (status, out) == (2, "")
    assert "没有代码为“nobody”的机关" in err
