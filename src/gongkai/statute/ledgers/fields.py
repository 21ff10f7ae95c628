"""Reading one exchanged record: every fault named with its field, nothing of a faulty record used."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from gongkai.statute.cases.exchange import ordinal
from gongkai.statute.primitives import InputFault, InputRefused

Record = TypeVar("Record")
LONGEST_NAME = 120
FOUNDED = date(1949, 10, 1)
"""No document of a body is older."""
IN_FORCE = date(2008, 5, 1)
"""政府信息公开条例（国务院令第492号）施行: no remedy under it is older."""


class Fields:
    """The fields of one object as they are taken out; `close` raises with all that was wrong."""

    def __init__(self, given: object, known: Sequence[str], place: str) -> None:
        if not isinstance(given, dict):
            raise InputRefused(InputFault(place.strip() or "记录", "不是一个 JSON 对象", "一行一个 JSON 对象"))
        self.given: Mapping[str, object] = given
        self.place = place
        self.faults: list[InputFault] = []
        for name in given:
            if name not in known:
                self.fault(name, "不认识的字段", "、".join(known))

    def fault(self, name: str, wrong: str, valid: str = "") -> None:
        self.faults.append(InputFault(f"{self.place}{name}", wrong, valid))

    def needed(self, name: str, longest: int = LONGEST_NAME) -> str:
        """A text that must be there and not be blank."""
        text = self.text(name, longest)
        if not text.strip() and not any(fault.place == f"{self.place}{name}" for fault in self.faults):
            self.fault(name, "缺少字段" if name not in self.given else "没有填写", "非空文字")
        return text

    def text(self, name: str, longest: int = LONGEST_NAME) -> str:
        """A text, "" where it is absent or null."""
        value = self.given.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(name, "不是文字", "文字或 null")
            return ""
        if "\0" in value:
            self.fault(name, "含有空字符（\\u0000）", "不含控制字符的文字")
            return ""
        if len(value) > longest:
            self.fault(name, f"有{len(value)}个字", f"不超过{longest}个字")
            return ""
        return value

    def day(self, name: str, earliest: date = FOUNDED) -> date | None:
        value = self.given.get(name)
        if value is None:
            return None
        found = ordinal(value)
        if found is None:
            self.fault(name, f"“{value}”不是日期", "日期，如 2020-09-25")
            return None
        if found < earliest.toordinal():
            self.fault(name, f"“{value}”太早", f"{earliest.isoformat()}或者以后")
            return None
        return date.fromordinal(found)

    def needed_day(self, name: str, earliest: date = FOUNDED) -> date:
        found = self.day(name, earliest)
        if found is None and self.given.get(name) is None:
            self.fault(name, "缺少字段", "日期，如 2020-09-25")
        return found or date.min

    def one_of(self, name: str, words: Sequence[str], *, optional: bool = False) -> str:
        value = self.given.get(name)
        if value is None and optional:
            return ""
        if not isinstance(value, str) or value not in words:
            self.fault(name, "缺少字段" if name not in self.given else f"不认识“{value}”", "、".join(words))
            return ""
        return value

    def close(self) -> None:
        if self.faults:
            raise InputRefused(*self.faults)


def read_records(
    lines: Iterable[bytes],
    parse: Callable[[object, str], Record],
    loads: Callable[[bytes], object] = json.loads,
    file: str = "",
) -> Iterator[tuple[str, Record | InputRefused]]:
    """Each line that is not blank, with its place (file and line): a record, or all that is wrong with the line.

    loads: a parser of JSON bytes; what it raises on broken JSON must be a ValueError.
    """
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # some editors begin a file with a mark that says it is UTF-8
        if not line.strip():
            continue
        place = f"{file} 第{number}行 ".lstrip()
        try:
            given = loads(line)
        except (ValueError, RecursionError):
            yield place, InputRefused(InputFault(place.strip(), "不是完整的 JSON（UTF-8）", "一行一个 JSON 对象"))
            continue
        try:
            yield place, parse(given, place)
        except InputRefused as refused:
            yield place, refused
