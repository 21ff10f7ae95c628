"""A table as it is read: its headers, and row by row what stands beneath them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.documents.limits import refuse

MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000_000
"""Characters."""
HEADER_AMONG = 10
"""The header is the first of so many rows with two cells or more; a caption above it is passed over."""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """`number` as a spreadsheet counts, the first row 1; `wrong`: why the row could not be read, "" where it was."""

    number: int
    cells: Mapping[str, str]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class SiteTable:
    """`rows` begins anew with each call; blank rows are left out. `notes`: what of the file is not read, in Chinese."""

    headers: tuple[str, ...]
    notes: tuple[str, ...]
    rows: Callable[[], Iterator[SiteRow]]


def is_header(number: int, cells: Sequence[str]) -> bool:
    return number > HEADER_AMONG or sum(bool(each) for each in cells) > 1


def headers_of(cells: Sequence[str], name: str) -> tuple[str, ...]:
    """The headers of a row; a column without one is called by its place. Raises InputRefused."""
    trimmed = list(cells)
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    if not trimmed:
        raise refuse(name, "没有表头", "第一行是列名的表")
    if len(trimmed) > MOST_COLUMNS:
        raise refuse(name, f"有{len(trimmed)}列", f"不超过{MOST_COLUMNS}列")
    headers = tuple(" ".join(each.split()) or f"（第{place}列）" for place, each in enumerate(trimmed, 1))
    twice = next((each for each in headers if headers.count(each) > 1), None)
    if twice is not None:
        raise refuse(f"{name} 表头", f"“{twice[:40]}”出现两次", "每列一个名字")
    return headers


def row_of(number: int, headers: Sequence[str], cells: Sequence[str]) -> SiteRow | None:
    """None for a blank row."""
    if not any(cells):
        return None
    beyond = [each for each in cells[len(headers) :] if each]
    wrong = f"比表头多出{len(beyond)}格" if beyond else ""
    if any(len(each) > LONGEST_CELL for each in cells):
        return SiteRow(number, {}, f"有一格超过{LONGEST_CELL}个字")
    return SiteRow(number, dict(zip(headers, cells, strict=False)), wrong)
