"""`gongkai import orgs` and `export orgs`: there and back, again without harm, every fault with line and field."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from installed import Installation, installation

LINES = (
    '{"code": "qinglan", "name": "青澜县人民政府", "short_name": "青澜县政府", "level": "county", "parent": null}',
    '{"code": "qinglan-old", "name": "青澜县科学技术委员会", "short_name": "", "level": "county_department", '
    '"parent": "qinglan", "valid_from": "2008-05-01", "valid_until": "2019-02-28"}',
    '{"code": "qinglan-kjj", "name": "青澜县科学技术局", "short_name": "青澜县科技局", "level": "county_department", '
    '"parent": "qinglan", "valid_from": "2019-03-01", "predecessors": ["qinglan-old"]}',
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("home")) as made:
        made.begin()
        file = made.home / "orgs.jsonl"
        file.write_text("\n".join(LINES) + "\n", "utf-8")
        assert made.run("import", "orgs", file) == (0, "导入3个机关，0个已有且相同\n", "")
        yield made


def test_what_goes_in_comes_out(installed: Installation) -> None:
    assert installed.run("export", "orgs") == (0, "\n".join(LINES) + "\n", "")


def test_again_it_makes_nothing(installed: Installation) -> None:
    file = installed.home / "orgs.jsonl"
    assert installed.run("import", "orgs", file) == (0, "导入0个机关，3个已有且相同\n", "")
    status, printed, _ = installed.run("import", "orgs", file, "--json")
    assert (status, json.loads(printed)) == (0, {"file": str(file), "made": 0, "known": 3})


def test_the_export_of_one_installation_makes_another(installed: Installation, tmp_path: Path) -> None:
    file = tmp_path / "copy.jsonl"
    file.write_text(installed.run("export", "orgs")[1], "utf-8")
    with installation(tmp_path / "second") as second:
        second.begin()
        assert second.run("import", "orgs", file)[0] == 0
        assert second.run("export", "orgs")[1] == installed.run("export", "orgs")[1]
        assert second.run("verify")[0] == 0


def line(**fields: object) -> str:
    return json.dumps({"code": "x", "name": "某局", "level": "other", **fields}, ensure_ascii=False)


BAD: dict[str, tuple[str, str]] = {
    "an unknown field": (line(colour=1), "第2行 colour：没有这个字段"),
    "no code": (line(code=None), "第2行 code：没有填写"),
    "a code with a slash": (line(code="a/b"), "第2行 code：“a/b”不能用作代码"),
    "a number for a name": (line(name=7), "第2行 name：不是文字；应为文字"),
    "an empty name": (line(name=" "), "第2行 name：没有填写"),
    "a name too long": (line(name="局" * 121), "第2行 name：有121个字；应为不超过120个字"),
    "a zero byte": (line(name="某\x00局"), "第2行 name：含有控制字符"),
    "a level of none": (line(level="planet"), "第2行 level：“planet”不是规定的层级"),
    "a level as a list": (line(level=["other"]), "第2行 level：不是文字"),
    "a day of none": (line(valid_from="2019-02-30"), "第2行 valid_from：“2019-02-30”不是日期；应为如 2020-01-01"),
    "a day in another spelling": (line(valid_from="20190301"), "第2行 valid_from：“20190301”不是日期"),
    "an end before its start": (
        line(valid_from="2019-03-01", valid_until="2019-02-28"),
        "第2行 valid_until：早于 valid_from 的2019-03-01",
    ),
    "a parent that is not there": (line(parent="y"), "第2行 parent：“y”还没有出现"),
    "its own parent": (line(parent="x"), "第2行 parent：“x”还没有出现"),
    "predecessors that are none": (line(predecessors=["y"]), "第2行 predecessors：“y”还没有出现"),
    "predecessors as a number": (line(predecessors=5), "第2行 predecessors：不是代码的列表"),
    "twice the same": (line(code="new"), "第2行 code：“new”在本文件中出现两次"),
    "the same but for case": (line(code="NEW"), "第2行 code：与“new”只有大小写不同"),
    "no JSON": ("{", "第2行：不是JSON"),
    "no object": ("[1]", "第2行：不是JSON对象"),
    "a known body otherwise": (line(code="qinglan"), 'qinglan：已有的是{"code": "qinglan"'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_told_with_line_and_field_and_nothing_of_the_file_is_kept(
    name: str, installed: Installation, tmp_path: Path
) -> None:
    bad, said = BAD[name]
    file = tmp_path / "bad.jsonl"
    file.write_text('{"code": "new", "name": "新局", "level": "other"}\n' + bad + "\n", "utf-8")
    status, printed, told = installed.run("import", "orgs", file)
    assert (status, printed) == (2, "")
    assert told.startswith(f"{file} {said}"), told
    assert len(told.splitlines()) == 1
    assert installed.sql("SELECT code FROM orgs_body ORDER BY id") == [("qinglan",), ("qinglan-old",), ("qinglan-kjj",)]


def test_all_faults_of_a_file_are_told_at_once(installed: Installation, tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text("\n".join(bad for bad, _ in (BAD["no code"], BAD["no JSON"], BAD["a zero byte"])), "utf-8")
    told = installed.run("import", "orgs", file)[2].splitlines()
    assert [each.removeprefix(f"{file} ").partition("：")[0] for each in told] == ["第1行 code", "第2行", "第3行 name"]


def test_a_file_that_is_not_utf8_is_named(installed: Installation, tmp_path: Path) -> None:
    file = tmp_path / "gbk.jsonl"
    file.write_bytes('{"name": "青澜县"}'.encode("gbk"))
    assert installed.run("import", "orgs", file) == (2, "", f"{file}：第10个字节处不是UTF-8；应为UTF-8 编码\n")


def test_a_line_separator_inside_a_name_is_no_end_of_line(installed: Installation, tmp_path: Path) -> None:
    with installation(tmp_path / "other") as other:
        other.begin()
        file = tmp_path / "orgs.jsonl"
        file.write_text('{"code": "a", "name": "甲县\u2028人民政府", "level": "county"}\r\n', "utf-8-sig")
        assert other.run("import", "orgs", file)[:2] == (0, "导入1个机关，0个已有且相同\n")
