"""The process that a workbook is unpacked in; started by `xlsx_rows`. What the workbook hides is named and not read."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, BinaryIO, Final

import openpyxl
import orjson
from openpyxl.utils import get_column_letter

from gongkai.documents import bounded
from gongkai.documents.limits import refuse
from gongkai.documents.readers.zipped import member, open_zip
from gongkai.documents.site_table.model import MOST_COLUMNS, MOST_ROWS, headers_of, is_header
from gongkai.statute.primitives import InputRefused

_HIDDEN: Final = re.compile(rb"""(?:^|\s)hidden=["'](?:1|true)["']""")
_ROW: Final = re.compile(rb"""<(?:\w+:)?row\s([^>]{0,2000})>""")
_COL: Final = re.compile(rb"""<(?:\w+:)?col\s([^>]{0,2000})>""")
_NUMBER: Final = {name: re.compile(rb"""(?:^|\s)%b=["'](\d{1,7})["']""" % name) for name in (b"r", b"min", b"max")}
_SHOWN: Final = 10
"""Hidden rows that are named one by one."""


def unpack(data: bytes, name: str, out: BinaryIO) -> None:
    """Write the headers and notes, then each row as its number and cells, a line each. Raises InputRefused."""
    packed = open_zip(data, name, "xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        seen = [each for each in book.worksheets if each.sheet_state == "visible"]
    except (MemoryError, RecursionError):
        raise refuse(name, "表格过大或者嵌套过深", "完整的 xlsx 文件") from None
    except Exception:
        raise refuse(name, "文件已损坏，读不出表格", "完整的 xlsx 文件") from None  # openpyxl raises what it meets
    if not seen:
        raise refuse(name, "没有看得见的工作表", "第一个工作表是要导入的表")
    notes = [f"工作表“{each.title}”是隐藏的，没有读" for each in book.worksheets if each.sheet_state != "visible"]
    notes += [f"工作表“{each.title}”没有读，一次导入第一个工作表" for each in seen[1:]]
    path = str(getattr(seen[0], "_worksheet_path", ""))
    rows, columns = _hidden(member(packed, path, name, "xlsx"))
    notes += [f"第{get_column_letter(each)}列是隐藏的，没有读" for each in sorted(columns)]
    if rows:
        named = "、".join(map(str, sorted(rows)[:_SHOWN])) + ("等" if len(rows) > _SHOWN else "")
        notes.append(f"第{named}行是隐藏的（共{len(rows)}行），没有读")
    _write(_cells(seen[0], rows, columns, name), name, notes, out)


def _hidden(xml: bytes) -> tuple[set[int], set[int]]:
    """(rows, columns): a filter hides rows too. A library that reads as a stream does not tell."""
    rows = {_of(found[1], b"r") for found in _ROW.finditer(xml) if _HIDDEN.search(found[1])}
    columns: set[int] = set()
    for found in _COL.finditer(xml):
        # what is hidden up to the last column of the sheet stands beyond the table
        first, last = _of(found[1], b"min"), min(_of(found[1], b"max"), MOST_COLUMNS)
        if _HIDDEN.search(found[1]):
            columns |= set(range(first, last + 1))
    return rows, columns


def _of(attributes: bytes, name: bytes) -> int:
    found = _NUMBER[name].search(attributes)
    return int(found[1]) if found else 0


def _cells(sheet: Any, rows: set[int], columns: set[int], name: str) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # some writers tell a wrong size
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
            if number > MOST_ROWS:
                raise refuse(name, f"超过{MOST_ROWS}行", "分成几个文件")
            if number not in rows:
                yield number, [_shown(each) for place, each in enumerate(row, 1) if place not in columns]
    except InputRefused:
        raise
    except Exception:
        raise refuse(name, "文件已损坏，读不出表格", "完整的 xlsx 文件") from None  # openpyxl raises what it meets


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value.replace(microsecond=0))
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _write(rows: Iterator[tuple[int, list[str]]], name: str, notes: list[str], out: BinaryIO) -> None:
    for number, cells in rows:
        if is_header(number, cells):
            head = {"headers": headers_of(cells, name), "notes": notes}
            break
    else:
        raise refuse(name, "没有表头", "第一行是列名的表")
    out.write(orjson.dumps(head) + b"\n")
    for number, cells in rows:
        if any(cells):
            out.write(orjson.dumps([number, *cells]) + b"\n")


def main(arguments: list[str]) -> int:
    """Read a workbook from standard input; write its rows, or the faults."""
    seconds, memory, name = int(arguments[0]), int(arguments[1]), arguments[2]
    bounded.bind(seconds, memory)
    out = sys.stdout.buffer
    try:
        unpack(sys.stdin.buffer.read(), name, out)
    except InputRefused as refused:
        out.flush()
        out.truncate(0)
        out.seek(0)
        out.write(bounded.refused(refused))
        return bounded.REFUSED
    return bounded.DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
