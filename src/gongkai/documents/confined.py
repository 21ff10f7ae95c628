"""Reading in a process of its own with bounds on time and memory: nothing that a file holds reaches this process.

The file goes in by standard input, the reading comes back as JSON. A process that runs out of time or memory, or that
dies, is a refusal of the file with a clear message.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from gongkai.documents import bounded
from gongkai.documents.annual_report import read
from gongkai.documents.formats import HEAVY, detect
from gongkai.documents.limits import CONFINED_BYTES, CONFINED_SECONDS, LONGEST_HERE
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.json_format import from_json, to_json
from gongkai.statute.report.model import Reading, Source

_VALID = "一份内容正常的年度报告文件"


def read_safely(data: bytes, name: str) -> Reading:
    """The reading; formats with heavy libraries and long files are read in a confined process, short text here."""
    heavy = detect(data, name) in HEAVY or len(data) > LONGEST_HERE
    return read_confined(data, name) if heavy else read(data, name)


def read_confined(data: bytes, name: str, seconds: int = CONFINED_SECONDS, memory: int = CONFINED_BYTES) -> Reading:
    """The reading, made in a process with at most that many seconds and bytes. Raises InputRefused."""
    module = "gongkai.documents.confined"
    made = bounded.run(module, data, name, seconds, memory, valid=_VALID, arguments=(name.replace("\0", ""),))
    return _unpacked(orjson.loads(made))


def _packed(reading: Reading) -> bytes:
    source = reading.source
    return orjson.dumps(
        {
            "report": to_json(reading.report),
            "title": source.title,
            "parts": sorted(source.parts),
            "marks": {form: list(words) for form, words in source.marks.items()},
            "periods": [[first.isoformat(), last.isoformat()] for first, last in source.periods],
            "pictures": list(source.pictures),
        }
    )


def _unpacked(value: Mapping[str, Any]) -> Reading:
    source = Source(
        title=value["title"],
        parts=frozenset(value["parts"]),
        marks={form: tuple(words) for form, words in value["marks"].items()},
        periods=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in value["periods"]),
        pictures=tuple(value["pictures"]),
    )
    return Reading(from_json(value["report"]), source)


def main(arguments: list[str]) -> int:
    """Read standard input; write the reading, or the faults, to standard output."""
    seconds, memory, name = int(arguments[0]), int(arguments[1]), arguments[2]
    data = sys.stdin.buffer.read()
    answer = sys.stdout.buffer
    try:
        bounded.bind(seconds, memory, office=detect(data, name) == "doc")
        packed = _packed(read(data, name))
    except InputRefused as refused:
        answer.write(bounded.refused(refused))
        return bounded.REFUSED
    answer.write(packed)
    return bounded.DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
