"""`gongkai inspect`: exit statuses, JSON a line a file, masked output, and clear words for what cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import run

CLEAN = "关于做好养护的通知\n各镇要认真落实养护责任。\n"
LEAK = "关于做好养护的通知\n请拨打13800138000联系。\n"


def saved(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_statuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, leak = saved(tmp_path, "a.txt", CLEAN), saved(tmp_path, "b.txt", LEAK)
    assert run(["inspect", clean]) == 0
    assert capsys.readouterr().out == f"{clean}：没有发现问题。\n"
    assert run(["inspect", leak]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[:2] == [
        f"{leak}：错误 1，警告 0，提示 0",
        "1. 〔错误〕第2行第4字起有手机号码“138******00”，发布前应当遮蔽。（text.personal_data）",
    ]
    assert "13800138000" not in out


def test_an_unreadable_file_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing, leak = str(tmp_path / "没有.docx"), saved(tmp_path, "b.txt", LEAK)
    assert run(["inspect", missing, leak, "--json", "--on", "2026-11-22"]) == 2
    told = capsys.readouterr()
    assert "没有这个文件" in told.err
    (line,) = told.out.splitlines()
    answer = json.loads(line)
    assert (answer["file"], answer["on"]) == (leak, "2026-11-22")
    (found,) = answer["findings"]
    assert set(found) == {"code", "severity", "where", "facts", "cite", "message", "advice"}
    assert found["where"] == {"passage": "第2行", "start": 3, "end": 14}


def test_links_of_a_page_are_looked_up_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved(tmp_path, "有.docx", "x")
    links = "<a href='有.docx'>甲</a><a href='%E6%97%A0.docx'>乙</a>"
    page = f"<html><body><h1>关于养护的通知</h1><p>{links}</p></body></html>"
    assert run(["inspect", saved(tmp_path, "a.html", page), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["code"], found["facts"]["text"]) == ("item.dead_link", "乙")


def test_the_offices_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = saved(tmp_path, "a.txt", "关于养护的通知\n按照青委办〔2026〕8号文件，由老城管局依据《旧办法》负责。\n")
    terms = saved(tmp_path, "t.toml", '[words]\n"老城管局" = "综合行政执法局"\n')
    laws = saved(tmp_path, "l.toml", '[[repeal]]\nlaws = ["旧办法"]\nsince = 2026-01-01\nby = "《新办法》"\n')
    numbers = saved(tmp_path, "n.txt", "青委办〔2026〕8号\n")
    more = ["--terms", terms, "--repealed", laws, "--unpublished", numbers]
    assert run(["inspect", file, "--json", *more]) == 1
    found = {each["code"] for each in json.loads(capsys.readouterr().out)["findings"]}
    assert found == {"text.unpublished_document", "text.term", "text.repealed_law"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--on", "昨天"], "应为 2026-09-25 这样的日子"),
        (["--require", "color"], "没有“color”这样的要素"),
        (["--terms", "没有.toml"], "没有这个文件"),
    ],
)
def test_options_that_cannot_be_used(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["inspect", saved(tmp_path, "a.txt", CLEAN), *options]) == 2
    assert said in capsys.readouterr().err
