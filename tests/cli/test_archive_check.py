"""`gongkai archive check` on a package and on its folder, whole and tampered with."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from gongkai.cli import run
from gongkai.documents.bagit import Bag, pack
from gongkai.documents.bagit.journal import entry_digest


def package(tmp_path: Path, sequence: int = 1) -> Path:
    entry = {
        "stream": "request:1", "sequence": sequence, "at": "2026-03-20T01:02:03.000004+00:00", "actor": "officer",
        "actor_name": "officer", "body": "qinglan-kjj", "kind": "request.opinion", "facts": "{}", "previous": "",
    }  # fmt: skip
    case = {
        "number": "K-1", "agency": "qinglan-kjj", "applicant": {"kind": "business"}, "subject": "x",
        "channel": "in_person", "events": [{"kind": "submitted", "on": "2026-03-20"}],
    }  # fmt: skip
    payload = {
        "journal.jsonl": json.dumps(entry | {"digest": entry_digest(entry)}).encode(),
        "events.jsonl": json.dumps(case).encode(),
    }
    made = tmp_path / "K-1.zip"
    made.write_bytes(pack(Bag("K-1", (), payload)))
    return made


def test_a_whole_package_and_its_folder_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = package(tmp_path)
    assert run(["archive", "check", str(made)]) == 0
    with zipfile.ZipFile(made) as packed:
        packed.extractall(tmp_path)
    assert run(["archive", "check", str(tmp_path / "K-1")]) == 0
    assert capsys.readouterr().out == "K-1.zip：6个文件，全部相符\nK-1：6个文件，全部相符\n"


def test_what_does_not_hold_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(package(tmp_path, sequence=2)) as packed:
        packed.extractall(tmp_path)
    assert run(["archive", "check", str(tmp_path / "K-1")]) == 1
    assert capsys.readouterr().out == ("✗ data/journal.jsonl：第1条与前一条接不上\nK-1：6个文件，有1处不符\n")
    (tmp_path / "K-1" / "data" / "events.jsonl").write_text("{}")
    assert run(["archive", "check", str(tmp_path / "K-1"), "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"path": "data/events.jsonl", "wrong": "内容与清单的摘要不符，被改过"} in told


def test_what_is_no_package_and_no_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "x.zip"
    other.write_bytes(b"nothing")
    assert run(["archive", "check", str(other)]) == 1
    assert run(["archive", "check", str(other), "--key", "abc"]) == 2
    assert run(["archive", "check", str(tmp_path / "none.zip")]) == 2
    assert "Traceback" not in capsys.readouterr().err
