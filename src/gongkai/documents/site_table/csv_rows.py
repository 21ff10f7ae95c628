"""CSV in UTF-8 or GB18030, with commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gongkai.documents.limits import MEGABYTE, refuse
from gongkai.documents.site_table.model import (
    LONGEST_CELL,
    MOST_ROWS,
    SiteRow,
    SiteTable,
    headers_of,
    is_header,
    row_of,
)

_CODES: Final = ("utf-8-sig", "gb18030")


def csv_table(path: Path, name: str) -> SiteTable:
    """Raises InputRefused."""
    code = _code(path, name)
    rows = _records(path, code, name)
    for number, cells in rows:
        if is_header(number, cells):
            headers, begins = headers_of(cells, name), number
            break
    else:
        raise refuse(name, "没有表头", "第一行是列名的表")

    def read() -> Iterator[SiteRow]:
        for number, cells in _records(path, code, name):
            if number > begins and (row := row_of(number, headers, cells)):
                yield row

    return SiteTable(headers, (), read)


def _code(path: Path, name: str) -> str:
    for code in _CODES:
        decoder = codecs.getincrementaldecoder(code)()
        try:
            with path.open("rb") as file:
                while some := file.read(MEGABYTE):
                    decoder.decode(some)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return code
    raise refuse(name, "文字编码读不出来", "UTF-8 或 GB18030 编码的 CSV")


def _records(path: Path, code: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(2 * LONGEST_CELL)
    with path.open(encoding=code, newline="") as file:
        head = file.readline(100_000)
        file.seek(0)
        comma = max(",\t;", key=head.count)
        number = 0
        try:
            # strict: a quotation mark without its end would take in all the rest of the file
            for number, cells in enumerate(csv.reader(file, delimiter=comma, strict=True), 1):
                if number > MOST_ROWS:
                    raise refuse(name, f"超过{MOST_ROWS}行", "分成几个文件")
                yield number, [each.strip() for each in cells]
        except csv.Error as wrong:
            raise refuse(
                f"{name} 第{number + 1}行", f"引号不成对，或者这一格太长（{wrong}）", "含逗号、换行的格子加一对引号"
            ) from None
