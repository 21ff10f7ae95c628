"""`gongkai check`, and production refused at every door: each unsafe setting named, with what would be right."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from installed import Installation, installation

SAFE = {
    "GONGKAI_MODE": "production",
    "GONGKAI_ALLOWED_HOSTS": "gongkai.example.gov.cn",
    "GONGKAI_SITE_NAME": "某县政府信息公开",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("home")) as made:
        made.begin()
        yield made


def check(made: Installation, **variables: str) -> list[tuple[str, str, str]]:
    """code, wrong, right of every error; the calendar's own line depends on the year of the test and is left out."""
    status, printed, _ = made.run("check", "--json", **{**SAFE, **variables})
    told = [json.loads(each) for each in printed.splitlines()]
    assert status == int(any(each["severity"] == "error" for each in told))
    return [(each["code"], each["wrong"], each["right"]) for each in told if each["code"] != "工作日历"]


def test_a_safe_installation_is_fit(installed: Installation) -> None:
    assert check(installed) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GONGKAI_MODE", "embedded", ("GONGKAI_MODE", "是 embedded", "production")),
        ("GONGKAI_DEBUG", "1", ("GONGKAI_DEBUG", "开发用的出错页会泄露内部情况", "0")),
        ("GONGKAI_HTTPS", "0", ("GONGKAI_HTTPS", "会话不经加密传送", "1")),
        ("GONGKAI_SECRET_KEY", "x" * 49, ("GONGKAI_SECRET_KEY", "太短，可被猜出", "不少于50个字符，或不设而自动生成")),
        ("GONGKAI_ALLOWED_HOSTS", "*", ("GONGKAI_ALLOWED_HOSTS", "接受任何主机名", "列出门户的主机名")),
        ("GONGKAI_ALLOWED_HOSTS", "", ("GONGKAI_ALLOWED_HOSTS", "只有本机", "列出门户的主机名")),
        ("GONGKAI_ALLOWED_HOSTS", "localhost", ("GONGKAI_ALLOWED_HOSTS", "只有本机", "列出门户的主机名")),
        ("GONGKAI_SITE_NAME", "", ("GONGKAI_SITE_NAME", "还是演示用的名称", "本机关门户的名称")),
    ],
)
def test_each_unsafe_setting_is_named_with_what_would_be_right(
    name: str, value: str, told: tuple[str, str, str], installed: Installation
) -> None:
    found = check(installed, **{name: value})
    assert told in found
    assert {code for code, _, _ in found} <= {name, "GONGKAI_HTTPS"}  # embedded serves plain HTTP unless told


def test_people_read_it_in_lines(installed: Installation) -> None:
    status, printed, _ = installed.run("check", **{**SAFE, "GONGKAI_DEBUG": "1"})
    assert status == 1
    lines = printed.splitlines()
    assert lines[0] == "✗ GONGKAI_DEBUG：开发用的出错页会泄露内部情况；应为0"
    assert "项不合格" in lines[-1]


def opened(path: Path) -> None:
    path.chmod(0o644)


@pytest.mark.parametrize(
    ("name", "spoil", "told"),
    [
        ("checkpoint-ed25519.pem", opened, ("密钥 checkpoint-ed25519.pem", "别的用户也能读", "权限 600")),
        ("identity.key", Path.unlink, ("密钥 identity.key", "没有", "先执行 gongkai init")),
    ],
)
def test_a_key_that_others_can_read_or_that_is_gone_is_named(
    name: str, spoil: Callable[[Path], None], told: tuple[str, str, str], tmp_path: Path
) -> None:
    with installation(tmp_path) as made:
        made.begin()
        spoil(made.home / "keys" / name)
        assert check(made, GONGKAI_SECRET_KEY="a-session-key-of-the-office-" * 3) == [told]


def test_a_database_that_does_not_answer_or_is_behind_is_one_fault_among_others(tmp_path: Path) -> None:
    made = Installation(tmp_path, {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"})
    found = check(made, GONGKAI_DEBUG="1")
    assert [code for code, _, _ in found] == ["GONGKAI_DEBUG", "数据库"]
    assert found[1][1].startswith("连接不上：")
    with installation(tmp_path / "behind") as behind:
        ((code, wrong, right),) = check(behind)
    assert (code, right) == ("数据库", "先执行 gongkai init")
    assert wrong.startswith("落后")


def test_demo_accounts_are_not_for_production_either_way(tmp_path: Path) -> None:
    with installation(tmp_path) as made:
        made.begin()
        refused = "模式：正式环境不得装入演示账号；应为GONGKAI_MODE=embedded\n"
        assert made.run("demo", **SAFE) == (2, "", refused)
        names = "username, name, email, is_active, joined_at, password, mailed, initial_password"
        person = "'zhuanyuan', '沈若溪', '', true, '2026-01-01 00:00:00+00:00', '!', true, false"
        made.sql(f"INSERT INTO orgs_person ({names}) VALUES ({person})")
        assert check(made) == [("演示账号", "口令是公开的", "正式环境用另一个安装，不装演示数据")]


UNSAFE = {**SAFE, "GONGKAI_DEBUG": "1", "GONGKAI_ALLOWED_HOSTS": "*"}


def test_serve_refuses_unsafe_production_and_starts_nothing(installed: Installation) -> None:
    status, printed, told = installed.run("serve", "--port", "1", **UNSAFE)
    assert (status, printed) == (1, "")
    assert told.splitlines() == [
        "正式环境的设置不安全，拒绝启动：",
        "  GONGKAI_DEBUG：开发用的出错页会泄露内部情况；应为0",
        "  GONGKAI_ALLOWED_HOSTS：接受任何主机名；应为列出门户的主机名",
    ]


def wsgi(made: Installation, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from gongkai.screens.wsgi import application; print(application is not None)"]
    return subprocess.run(command, env=made.environment | variables, capture_output=True, text=True, check=False)


def test_any_web_server_is_refused_the_application_of_unsafe_production(installed: Installation) -> None:
    done = wsgi(installed, UNSAFE)
    assert done.returncode != 0
    assert (
        "正式环境的设置不安全，拒绝启动：GONGKAI_DEBUG开发用的出错页会泄露内部情况，应为0；"
        "GONGKAI_ALLOWED_HOSTS接受任何主机名，应为列出门户的主机名"
    ) in done.stderr
    assert wsgi(installed, SAFE).stdout == "True\n"
