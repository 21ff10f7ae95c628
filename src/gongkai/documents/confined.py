"""Reading in a process of its own with bounds on time and memory: nothing that a file holds reaches this process.

The file goes in by standard input, the reading comes back as JSON. A process that runs out of time or memory, or that
dies, is a refusal of the file with a clear message.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from gongkai.documents.annual_report import read
from gongkai.documents.formats import HEAVY, detect
from gongkai.documents.limits import CONFINED_BYTES, CONFINED_SECONDS, LONGEST_HERE, refuse
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.json_format import from_json, to_json
from gongkai.statute.report.model import Reading, Source

_READ, _REFUSED = 0, 3
_VALID = "一份内容正常的年度报告文件"
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


def read_safely(data: bytes, name: str) -> Reading:
    """The reading; formats with heavy libraries and long files are read in a confined process, short text here."""
    heavy = detect(data, name) in HEAVY or len(data) > LONGEST_HERE
    return read_confined(data, name) if heavy else read(data, name)


def read_confined(data: bytes, name: str, seconds: int = CONFINED_SECONDS, memory: int = CONFINED_BYTES) -> Reading:
    """The reading, made in a process with at most that many seconds and bytes. Raises InputRefused."""
    command = [sys.executable, "-m", "gongkai.documents.confined", str(seconds), str(memory), name.replace("\0", "")]
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ} | {"PYTHONIOENCODING": "utf-8"}
    try:
        ended = subprocess.run(  # noqa: S603  (our own module; the name is an argument, never a shell's)
            command, input=data, capture_output=True, timeout=seconds + 5, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise refuse(name, f"读了 {seconds} 秒还没有读完，已停止", _VALID) from None
    if ended.returncode == _READ:
        return _unpacked(orjson.loads(ended.stdout))
    if ended.returncode == _REFUSED:
        raise InputRefused(*(InputFault(*fault) for fault in orjson.loads(ended.stdout)))
    raise refuse(name, "文件过于复杂或者已损坏，读取时超出了时间或内存的限度", _VALID)


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


def _bound(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Read standard input; write the reading, or the faults, to standard output."""
    seconds, memory, name = int(arguments[0]), int(arguments[1]), arguments[2]
    if detect(data := sys.stdin.buffer.read(), name) != "doc":
        # LibreOffice maps far more than it uses and has a deadline of its own
        _bound(seconds, memory)
    answer = sys.stdout.buffer
    try:
        packed = _packed(read(data, name))
    except InputRefused as refused:
        answer.write(orjson.dumps([[fault.place, fault.wrong, fault.valid] for fault in refused.faults]))
        return _REFUSED
    answer.write(packed)
    return _READ


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
