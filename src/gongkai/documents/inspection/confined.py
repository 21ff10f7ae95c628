"""Reading in a process of its own with bounds on time and memory: nothing that a file holds reaches this process."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import Any, Final

import orjson

from gongkai.documents.inspection.reading import LIGHT, kind_of, read
from gongkai.documents.limits import CONFINED_BYTES, CONFINED_SECONDS, LONGEST_HERE, refuse
from gongkai.statute.inspection.model import Inspected, Link, Notice, Passage, Stated
from gongkai.statute.primitives import InputFault, InputRefused

_READ, _REFUSED = 0, 3
_VALID = "内容正常的文件"
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


def read_safely(data: bytes, name: str) -> Inspected:
    """As `read`; formats with heavy libraries and long files in a confined process, short text here."""
    light = kind_of(data, name) in LIGHT and len(data) <= LONGEST_HERE
    return read(data, name) if light else read_confined(data, name)


def read_confined(data: bytes, name: str, seconds: int = CONFINED_SECONDS, memory: int = CONFINED_BYTES) -> Inspected:
    """In a process with at most that many seconds and bytes. Raises InputRefused also where they run out."""
    order = [sys.executable, "-m", "gongkai.documents.inspection.confined", str(seconds), str(memory)]
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603  (our own module, no argument from outside)
            order, input=orjson.dumps(name.replace("\0", "")) + b"\n" + data, capture_output=True,
            timeout=seconds + 5, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refuse(name, f"读了 {seconds} 秒还没有读完，已停止", _VALID) from None
    if ended.returncode == _READ:
        return _unpacked(orjson.loads(ended.stdout))
    if ended.returncode == _REFUSED:
        raise InputRefused(*(InputFault(*fault) for fault in orjson.loads(ended.stdout)))
    raise refuse(name, "文件过于复杂或者已损坏，读取时超出了时间或内存的限度", _VALID)


def _packed(found: Inspected) -> bytes:
    return orjson.dumps(
        {
            "passages": [[p.place, p.text, p.layer, p.row, p.context, p.level, p.is_line] for p in found.passages],
            "links": [[link.place, link.target, link.text] for link in found.links],
            "anchors": sorted(found.anchors),
            "notices": [[notice.kind, notice.place, notice.detail] for notice in found.notices],
            "elements": {code: [stated.text, stated.place] for code, stated in found.elements.items()},
        },
        default=str,
    )


def _unpacked(value: dict[str, Any]) -> Inspected:
    return Inspected(
        tuple(Passage(*each) for each in value["passages"]),
        tuple(Link(*each) for each in value["links"]),
        frozenset(value["anchors"]),
        tuple(Notice(*each) for each in value["notices"]),
        {code: Stated(*each) for code, each in value["elements"].items()},
    )


def main(arguments: list[str]) -> int:
    """Read a name and a file from standard input; write what was gathered, or the faults."""
    seconds, memory = int(arguments[0]), int(arguments[1])
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    name = orjson.loads(head)
    out = sys.stdout.buffer
    try:
        if kind_of(data, name) != "doc":
            # LibreOffice maps far more than it uses and has a deadline of its own
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        packed = _packed(read(data, name))
    except InputRefused as refused:
        out.write(orjson.dumps([[fault.place, fault.wrong, fault.valid] for fault in refused.faults]))
        return _REFUSED
    out.write(packed)
    return _READ


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
