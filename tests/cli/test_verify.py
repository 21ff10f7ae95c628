"""`gongkai verify` and `export checkpoints` at the command line: statuses, lines, JSON, a copy kept elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from installed import Installation, installation

BODY = '{"code": "qinglan", "name": "青澜县人民政府", "level": "county"}\n'


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "home") as made:
        made.begin()
        file = tmp_path / "orgs.jsonl"
        file.write_text(BODY, "utf-8")
        assert made.run("import", "orgs", file)[0] == 0
        for role, username in (("system_admin", "xitong"), ("security_admin", "anquan"), ("auditor", "shenji")):
            words = ("--role", role, "--username", username, "--name", "某人", "--body", "qinglan")
            assert made.run("appoint", *words)[0] == 0
        yield made


def drop(made: Installation, table: str, act: str) -> str:
    on = f" ON {table}" if "DATABASE_URL" in made.variables else ""
    return f"DROP TRIGGER {table}_no_{act}{on}"


def sign(made: Installation) -> None:
    code = "import django; django.setup(); from gongkai.bureau.ledger.services import sign_checkpoint as s; assert s()"
    variables = made.environment | {"DJANGO_SETTINGS_MODULE": "gongkai.settings"}
    subprocess.run([sys.executable, "-c", code], env=variables, check=True)


def test_a_sound_installation_says_so_of_each_thing(installed: Installation) -> None:
    status, printed, told = installed.run("verify")
    assert (status, told) == (0, "")
    lines = printed.splitlines()
    assert lines[0] == "日志4条流、4条记录、0个签名检查点：全部相符"
    assert {"账号3项：全部相符", "角色3项：全部相符", "机关1项：全部相符", "只增触发器10项：全部相符"} <= set(lines)
    assert all(each.endswith("全部相符") for each in lines)


def test_each_fault_is_a_line_with_where_and_what_and_the_status_is_1(installed: Installation) -> None:
    installed.sql(
        drop(installed, "ledger_entry", "update"),
        "UPDATE ledger_entry SET actor = 'anquan' WHERE stream = 'person:xitong'",
        "UPDATE orgs_assignment SET role = 'system_admin' WHERE role = 'auditor'",
    )
    status, printed, _ = installed.run("verify")
    assert status == 1
    assert {
        "✗ person:xitong 第1条：内容与摘要不符，被改过",
        "日志4条流、4条记录、0个签名检查点：有1处不符",
        "✗ 表 ledger_entry：拒绝修改的触发器不见了或已停用",
        "只增触发器10项：有1处不符",
    } <= set(printed.splitlines())
    assert "账号 shenji 在 qinglan 的系统管理员" in printed
    assert "账号 shenji 在 qinglan 的安全审计员：日志里有，登记里不见了" in printed


def test_json_is_an_object_a_line(installed: Installation) -> None:
    installed.sql(
        drop(installed, "ledger_entry", "update"),
        "UPDATE ledger_entry SET facts = '{}' WHERE stream = 'body:qinglan'",
    )
    status, printed, _ = installed.run("verify", "--json")
    told = [json.loads(each) for each in printed.splitlines()]
    assert status == 1
    assert told[:2] == [
        {"checked": "journal", "stream": "body:qinglan", "sequence": 1, "wrong": "内容与摘要不符，被改过"},
        {"checked": "journal", "entries": 4, "streams": 4, "checkpoints": 0, "faults": 1},
    ]
    assert {"checked": "ledger.triggers", "wrong": "表 ledger_entry：拒绝修改的触发器不见了或已停用"} in told
    assert {"checked": "orgs.accounts", "count": 3, "faults": 0} in told


def test_a_copy_of_the_checkpoints_finds_a_journal_cut_with_all_its_checkpoints(
    installed: Installation, tmp_path: Path
) -> None:
    sign(installed)
    copy = tmp_path / "检查点.jsonl"
    status, printed, _ = installed.run("export", "checkpoints")
    assert status == 0
    assert list(json.loads(printed)) == ["day", "last_entry", "heads", "public_key", "signature"]
    copy.write_text(printed, "utf-8")
    assert installed.run("verify", "--against", copy)[0] == 0
    installed.sql(
        drop(installed, "ledger_entry", "delete"),
        drop(installed, "ledger_checkpoint", "delete"),
        "DELETE FROM ledger_checkpoint",
        "DELETE FROM ledger_entry WHERE stream IN ('checkpoints', 'person:shenji')",
        "DELETE FROM ledger_stream WHERE name IN ('checkpoints', 'person:shenji')",
    )
    assert "person:shenji" not in installed.run("verify")[1]
    day = json.loads(printed)["day"]
    status, printed, _ = installed.run("verify", "--against", copy)
    assert status == 1
    assert f"✗ person:shenji：{day}签过的末条不在流中，流被重写过" in printed.splitlines()


def test_a_copy_that_is_none_is_refused_with_its_line(installed: Installation, tmp_path: Path) -> None:
    copy = tmp_path / "none.jsonl"
    copy.write_text("\n日志\n", "utf-8")
    said = "第2行：不是签名检查点；应为gongkai export checkpoints 输出的一行\n"
    assert installed.run("verify", "--against", copy) == (2, "", said)
