"""Workbooks, unpacked to rows of text in a process of their own with bounds on time and memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

from gongkai.documents import bounded
from gongkai.documents.limits import CONFINED_BYTES, LARGEST_FILE, MEGABYTE, refuse
from gongkai.documents.site_table.model import SiteRow, SiteTable, row_of
from gongkai.statute.primitives import InputFault, InputRefused

SECONDS = 300
"""A hundred thousand rows take some thirty."""


def xlsx_table(path: Path, work: Path, name: str) -> SiteTable:
    """The first visible sheet. Raises InputRefused."""
    if path.stat().st_size > LARGEST_FILE:
        raise refuse(name, f"超过 {LARGEST_FILE // MEGABYTE} MB", "另存为 CSV（UTF-8），或者分成几个文件")
    unpacked = work / "table.jsonl"
    if not unpacked.exists():
        _unpack(path, unpacked, name)
    with unpacked.open("rb") as lines:
        head = orjson.loads(next(lines))
    headers = tuple(head["headers"])

    def read() -> Iterator[SiteRow]:
        with unpacked.open("rb") as lines:
            next(lines)
            for line in lines:
                number, *cells = orjson.loads(line)
                if row := row_of(number, headers, cells):
                    yield row

    return SiteTable(headers, tuple(head["notes"]), read)


def _unpack(path: Path, unpacked: Path, name: str) -> None:
    """Whole under its own name, so that the next step on the same table need not read the workbook again."""
    part = unpacked.with_suffix(".part")
    command = [sys.executable, "-m", "gongkai.documents.site_table.confined", str(SECONDS), str(CONFINED_BYTES),
               name.replace("\0", "")]  # fmt: skip
    try:
        with path.open("rb") as source, part.open("wb") as out:
            ended = subprocess.run(  # noqa: S603  (our own module; the name is an argument, never a shell's)
                command, stdin=source, stdout=out, stderr=subprocess.DEVNULL, timeout=2 * SECONDS,
                env=bounded.environment(), check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refuse(
            name, f"读了 {2 * SECONDS} 秒还没有读完，已停止", "另存为 CSV（UTF-8），或者分成几个文件"
        ) from None
    if ended.returncode == bounded.REFUSED:
        raise InputRefused(*(InputFault(*fault) for fault in orjson.loads(part.read_bytes())))
    if ended.returncode != bounded.DONE:
        raise refuse(
            name, "文件过大、已损坏，或者读取时超出了时间和内存的限度", "另存为 CSV（UTF-8），或者分成几个文件"
        )
    part.replace(unpacked)
