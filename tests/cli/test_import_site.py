"""`gongkai import site`: preview, dry run, errors by row and to a file, all or nothing unless asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BODY = {"code": "kjj", "name": "青澜县科学技术局", "level": "county_department"}
TABLE = """\
信息ID,标题,发布日期,所属栏目,正文,URL,点击
1,甲,2019-03-05,通知,<p>全文</p>,http://o.gov.cn/a/1.html,7
2,乙,三月五日,通知,第一条,http://o.gov.cn/a/2.html,=1
"""


def gongkai(home: Path, *words: object) -> tuple[int, str, str]:
    env = {**os.environ, "GONGKAI_HOME": str(home)}
    env.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "gongkai.cli", *map(str, words)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert gongkai(folder, "init")[0] == 0
    (folder / "orgs.jsonl").write_text(json.dumps(BODY), encoding="utf-8")
    assert gongkai(folder, "import", "orgs", folder / "orgs.jsonl")[0] == 0
    (folder / "t.csv").write_text(TABLE, encoding="gb18030")
    return folder


def test_from_the_preview_to_the_import_and_again(home: Path, tmp_path: Path) -> None:
    table, errors = home / "t.csv", tmp_path / "错误.csv"
    status, out, err = gongkai(home, "import", "site", table, "--agency", "kjj", "--preview", 1)
    assert (status, err) == (0, "")
    assert out == (
        "信息ID → 编号\n标题 → 标题\n发布日期 → 公布日\n所属栏目 → 栏目\n正文 → 正文（网页或者文字）\nURL → 原地址\n"
        "点击 → 不导入\n（每一行） → 公开机关：kjj\n\n第2行\n  编号：1\n  公开机关：kjj\n  栏目：通知\n  标题：甲\n"
        "  公布日：2019-03-05\n  正文：<p>全文</p>\n"
    )
    fault = "第3行“发布日期”列：“三月五日”不是日期；应为日期，如 2020-09-25、2020年9月25日、20200925\n"
    assert gongkai(home, "import", "site", table, "--agency", "kjj", "--dry-run") == (
        2, "检查了2行，1行可以导入，1行有错；没有写入（--dry-run）\n", f"{table} {fault}",
    )  # fmt: skip
    status, out, _ = gongkai(home, "import", "site", table, "--agency", "kjj", "--errors", errors)
    assert (status, "什么也没有写入" in out, gongkai(home, "export", "items")[1]) == (2, True, "")
    assert errors.read_text("utf-8-sig") == (
        "行,列,错在哪里,应为\n3,发布日期,“三月五日”不是日期,日期，如 2020-09-25、2020年9月25日、20200925\n"
    )
    status, out, _ = gongkai(home, "import", "site", table, "--agency", "kjj", "--skip-bad")
    assert (status, out) == (
        0, "导入1条信息，0条已有且相同，跳过1行有错的；登记1个原地址。审查以前都不公开\n",
    )  # fmt: skip
    status, out, _ = gongkai(home, "import", "site", table, "--agency", "kjj", "--skip-bad", "--json")
    assert (status, json.loads(out)) == (
        0, {"file": str(table), "rows": 2, "right": 1, "bad": 1, "made": 0, "known": 1, "addresses": 0},
    )  # fmt: skip
    assert json.loads(gongkai(home, "export", "items")[1])["body_html"] == "<p>全文</p>"


def test_an_explicit_map_with_a_fixed_value_and_a_date_form(home: Path, tmp_path: Path) -> None:
    table, toml = tmp_path / "t.jsonl", tmp_path / "对照.toml"
    row = {"nid": 9, "t": "丙", "d": "05/03/2019", "c": "第一条"}
    table.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    toml.write_text(
        '[columns]\nnid = "source_id"\nt = "title"\nd = "published_on"\nc = "body"\n'
        '[fixed]\nagency = "kjj"\ncolumn = "公告"\n[dates]\npublished_on = "%d/%m/%Y"\n', encoding="utf-8",
    )  # fmt: skip
    status, out, err = gongkai(home, "import", "site", table, "--map", toml, "--preview", 3, "--json")
    assert (status, err, json.loads(out)["record"]) == (0, "", {
        "source_id": "9", "agency": "kjj", "column": "公告", "title": "丙", "published_on": "2019-03-05",
        "body_text": "第一条",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("t.csv", "标题,点击\n甲,3\n", "没有一列是公布日"), ("t.xls", "x", "先另存为 .xlsx"),
        ("t.csv", "标题,标题\n甲,3\n", "出现两次"),
        ("t.csv", 'ID,标题,发布日期,栏目,机关,正文\n1,"甲,3\n', "引号不成对"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_is_told_in_a_line(home: Path, tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, err = gongkai(home, "import", "site", tmp_path / name, "--dry-run")
    assert (status, out, told in err) == (2, "", True)
