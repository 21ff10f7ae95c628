"""JSONL: one object a line, its keys are the headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from gongkai.documents.limits import refuse
from gongkai.documents.site_table.model import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, SiteRow, SiteTable


def jsonl_table(path: Path, name: str) -> SiteTable:
    """Raises InputRefused where no line can be read; a broken line is told with its row."""
    headers: dict[str, None] = {}
    for row in _rows(path, name):
        headers |= dict.fromkeys(row.cells)
        if len(headers) > MOST_COLUMNS:
            raise refuse(name, f"各行的字段合计超过{MOST_COLUMNS}种", "一行一条信息，字段一致")
    if not headers:
        raise refuse(name, "一行也读不出来", "一行一个 JSON 对象（UTF-8）")
    return SiteTable(tuple(headers), (), lambda: _rows(path, name))


def _rows(path: Path, name: str) -> Iterator[SiteRow]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if number > MOST_ROWS:
                raise refuse(name, f"超过{MOST_ROWS}行", "分成几个文件")
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield _row(number, line)


def _row(number: int, line: bytes) -> SiteRow:
    try:
        given = orjson.loads(line) if len(line) <= 4 * LONGEST_CELL else None
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        return SiteRow(number, {}, "不是完整的 JSON 对象（UTF-8）")
    cells = {" ".join(str(key).split()): _cell(value) for key, value in given.items()}
    odd = next((key for key, value in cells.items() if value is None), None)
    wrong = f"“{odd[:40]}”不是文字、数字或者文字的列表" if odd is not None else ""
    return SiteRow(number, {key: value or "" for key, value in cells.items()}, wrong)


def _cell(value: object) -> str | None:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(value) if all(isinstance(each, str) for each in value) else None
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else None
