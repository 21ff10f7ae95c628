"""`gongkai report render`: a file in the format asked for, or one clear line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import run
from gongkai.documents.annual_report import read
from gongkai.documents.annual_report.specimens import specimen
from gongkai.statute.report.json_format import to_json


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "年报.json"
    path.write_text(json.dumps(to_json(specimen("qinglan-kjj-2025")), ensure_ascii=False), encoding="utf-8")
    return path


def test_the_suffix_names_the_format(report: Path, tmp_path: Path) -> None:
    assert run(["report", "render", str(report), "-o", str(tmp_path / "年报.docx")]) == 0
    back = read((tmp_path / "年报.docx").read_bytes(), "年报.docx").report
    assert (back.agency, back.tables["requests"]["new"]["total"]) == ("青澜县科学技术局", 18)


def test_the_marked_version_lists_the_findings(report: Path, tmp_path: Path) -> None:
    assert run(["report", "render", str(report), "--to", "html", "--marked", "-o", str(tmp_path / "年报.txt")]) == 0
    page = (tmp_path / "年报.txt").read_text(encoding="utf-8")
    assert "核查意见" in page
    assert "“建立建全”疑为“建立健全”之误" in page


@pytest.mark.parametrize("output", ["年报.doc", "没有/这个/文件夹/年报.html"])
def test_what_cannot_be_written_is_told_in_one_line(
    report: Path, tmp_path: Path, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "render", str(report), "-o", str(tmp_path / output)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_report_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "render", str(tmp_path / "无.json"), "-o", str(tmp_path / "年报.pdf")]) == 2
    assert "没有这个文件" in capsys.readouterr().err
