"""No file gives a traceback: there is a reading, or a refusal that says in Chinese what is wrong, within bounds."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hostile_files import FILES, LARGE, docx, made, packed
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.cli import run
from gongkai.documents import limits
from gongkai.documents.annual_report import read
from gongkai.documents.annual_report.render import render
from gongkai.documents.annual_report.specimens import specimen
from gongkai.documents.confined import read_confined, read_safely
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.model import Reading

SUFFIXES = ("docx", "html", "pdf", "txt", "md", "xlsx", "json", "htm", "wps2", "")
HEADS = (b"", b"PK\x03\x04word/", b"PK\x03\x04xl/workbook", b"%PDF-1.4\n", b"<html>", b'{"tables":', b"\xff\xfe",
         b"\xef\xbb\xbf", b"<?xml version='1.0'?>", b"|", b"\t", b"<table><tr>")  # fmt: skip
CHINESE = re.compile("(?:.*[\u4e00-\u9fff]){4}", re.DOTALL)
KJJ = specimen("qinglan-kjj-2025")
ONCE = {to: render(KJJ, to) for to in ("docx", "html", "pdf", "xlsx", "json")}


def _ends_well(data: bytes, name: str, reader: object = read) -> str:
    """`read`, or the refusal's words."""
    assert callable(reader)
    try:
        reading = reader(data, name)
    except InputRefused as refused:
        assert refused.faults
        assert all(name.partition(".")[0] in fault.place and CHINESE.match(fault.wrong) for fault in refused.faults)
        return str(refused)
    assert isinstance(reading, Reading)
    return "read"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_bytes_under_any_name(suffix: str) -> None:
    @settings(max_examples=60, derandomize=True, deadline=None, database=None)
    @given(st.sampled_from(HEADS), st.one_of(st.binary(max_size=400), st.text(max_size=200).map(_encoded)))
    def ends_well(head: bytes, rest: bytes) -> None:
        _ends_well(head + rest, f"年报.{suffix}")

    ends_well()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _mutant(data: bytes, chance: Random) -> bytes:
    """The bytes with some turned, cut out, doubled, moved or cut off."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not made:
            break
        start = chance.randrange(len(made))
        length = chance.choice((1, 2, 8, 64, 1024))
        match chance.randrange(6):
            case 0:
                made[start] = chance.randrange(256)
            case 1:
                del made[start : start + length]
            case 2:
                made[start:start] = made[start : start + length]
            case 3:
                made[start:start] = chance.randbytes(length % 65)
            case 4:
                piece = bytes(made[start : start + length])
                target = chance.randrange(len(made))
                made[target : target + length] = piece
            case 5 if chance.random() < 0.2:
                del made[start:]
    return bytes(made)


@pytest.mark.parametrize(("to", "count"), [("docx", 40), ("xlsx", 30), ("pdf", 15), ("html", 80), ("json", 150)])
def test_a_damaged_file(to: str, count: int) -> None:
    chance = Random(f"damaged {to}")
    ended = [_ends_well(_mutant(ONCE[to], chance), f"年报.{to}") for _ in range(count)]
    assert len(set(ended)) > 1 or to == "html"


@pytest.mark.parametrize(("to", "count"), [("docx", 40), ("xlsx", 30)])
def test_a_damaged_part_in_a_whole_container(to: str, count: int) -> None:
    chance = Random(f"part {to}")
    with zipfile.ZipFile(BytesIO(ONCE[to])) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    parts = [name for name in members if "document.xml" in name or "sheet" in name or "workbook" in name]
    for _ in range(count):
        name = chance.choice(parts)
        changed: dict[str, bytes | str] = {**members, name: _mutant(members[name], chance)}
        _ends_well(packed(changed), f"年报.{to}")


@pytest.mark.parametrize("kind", FILES)
def test_a_file_made_to_harm(kind: str) -> None:
    name, data = made(kind)
    ended = _ends_well(data, name, read_safely)
    assert "哈哈" * 100 not in ended
    assert "超出了时间或内存的限度" not in ended, "a reader's own bound should have refused it"


@pytest.mark.parametrize("kind", LARGE)
def test_a_very_large_file(kind: str) -> None:
    name, data = made(kind)
    _ends_well(data, name, read_safely)


def test_the_process_that_reads_has_bounds_on_time_and_memory() -> None:
    name, data = made("docx, table of 10000 rows")
    with pytest.raises(InputRefused, match="超出了时间或内存的限度"):
        read_confined(data, name, memory=96 << 20)
    probe = "import resource as r; from gongkai.documents.bounded import bind; bind(7, 1 << 30); " \
            "print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_AS), r.getrlimit(r.RLIMIT_CORE))"  # fmt: skip
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert shown == "(7, 9) (1073741824, 1073741824) (0, 0)\n"
    assert (limits.CONFINED_SECONDS, limits.CONFINED_BYTES) == (60, 1536 << 20)


def test_no_reading_took_more_than_its_bound() -> None:
    """Of all processes that these tests waited for; in kilobytes."""
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1536 << 10


def test_external_entities_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("不该读到的话", encoding="utf-8")
    entity = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    reading = read(docx("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", entity), "a.docx")
    assert "不该读到的话" not in repr(reading)


def test_hostile_files_in_a_folder_do_not_hide_the_good_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "一好.json").write_bytes(ONCE["json"])
    (tmp_path / "二坏.docx").write_bytes(made("docx, one part of zeros")[1])
    (tmp_path / "三坏.xlsx").write_bytes(made("xlsx, all cells merged")[1])
    (tmp_path / "四坏.pdf").write_bytes(ONCE["pdf"][:700])
    (tmp_path / "五坏.html").write_bytes(made("html, nested 100000 deep")[1])
    (tmp_path / "六坏.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "七空.txt").write_bytes(b"")
    (tmp_path / "八好.pdf").write_bytes(ONCE["pdf"])
    files = sorted(str(path) for path in tmp_path.iterdir())
    assert run(["report", "check", *files]) == 2
    shown = capsys.readouterr()
    errors = shown.err.splitlines()
    assert len(errors) == 6
    for bad in ("二坏.docx", "三坏.xlsx", "四坏.pdf", "五坏.html", "六坏.txt", "七空.txt"):
        (line,) = [line for line in errors if bad in line]
        assert CHINESE.match(line.partition("：")[2])
    good = [line for line in shown.out.splitlines() if "青澜县科学技术局　2025年度　2021年格式" in line]
    assert [Path(line.partition("\t")[0]).name for line in good] == ["一好.json", "八好.pdf"]
    assert "Traceback" not in shown.err + shown.out
