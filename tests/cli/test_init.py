"""`gongkai init`: an installation out of nothing, again without harm, and why a place cannot hold one."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from installed import Installation, installation

KEYS = {"session.key", "checkpoint-ed25519.pem", "identity.key"}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "new" / "home") as made:
        yield made


def test_an_empty_place_becomes_an_installation(empty: Installation) -> None:
    status, printed, _ = empty.run("init")
    assert (status, printed) == (0, f"安装就绪：{empty.home}\n")
    assert {each.name for each in (empty.home / "keys").iterdir()} == KEYS
    assert stat.S_IMODE((empty.home / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in (empty.home / "keys").iterdir()} == {0o600}
    assert {"files", "index", "mail", "static", "keys"} <= {each.name for each in empty.home.iterdir()}
    status, printed, _ = empty.run("verify")
    assert status == 0
    assert printed.splitlines()[0] == "日志0条流、0条记录、0个签名检查点：全部相符"


def test_again_changes_nothing(empty: Installation, tmp_path: Path) -> None:
    empty.begin()
    file = tmp_path / "orgs.jsonl"
    file.write_text('{"code": "a", "name": "甲县人民政府", "level": "county"}', "utf-8")
    assert empty.run("import", "orgs", file)[0] == 0
    keys = {each.name: each.read_bytes() for each in (empty.home / "keys").iterdir()}
    assert empty.run("init")[0] == 0
    assert {each.name: each.read_bytes() for each in (empty.home / "keys").iterdir()} == keys
    assert '"code": "a"' in empty.run("export", "orgs")[1]


def test_a_place_beneath_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    home = tmp_path / "file" / "home"
    assert Installation(home).run("init") == (
        2,
        "",
        f"GONGKAI_HOME {home}：它或它的上级不是文件夹；应为一个本用户可以写入的文件夹\n",
    )


def test_a_place_that_cannot_be_written_is_named() -> None:
    status, printed, told = Installation(Path("/proc/gongkai")).run("init")
    assert (status, printed) == (2, "")
    assert told.startswith("GONGKAI_HOME /proc/gongkai：")
    assert told.endswith("；应为一个本用户可以写入的文件夹\n")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgres://nobody@127.0.0.1:1/none", "数据库：连接不上："),
        ("mysql://root@localhost/x", "设置：DATABASE_URL 的协议 mysql 不可用，应为 postgres://用户:口令@主机:端口/库"),
    ],
)
def test_a_database_that_cannot_be_used_is_named(url: str, said: str, tmp_path: Path) -> None:
    status, printed, told = Installation(tmp_path, {"DATABASE_URL": url}).run("init")
    assert (status, printed) == (2, "")
    assert told.splitlines()[-1].startswith(said)


@pytest.mark.parametrize(
    "words", [("verify",), ("demo",), ("export", "orgs"), ("worker", "--until-empty"), ("export", "checkpoints")]
)
def test_before_it_every_other_verb_points_to_it(words: tuple[str, ...], empty: Installation) -> None:
    status, printed, told = empty.run(*words)
    assert (status, printed) == (2, "")
    assert told == f"安装 {empty.home}：还没有建立，或版本落后；应为先执行 gongkai init\n"
