"""Reading in a process of its own with bounds on time and memory: nothing that a file holds reaches this process."""

from __future__ import annotations

import sys
from typing import Any

import orjson

from gongkai.documents import bounded
from gongkai.documents.inspection.reading import LIGHT, kind_of, read
from gongkai.documents.limits import CONFINED_BYTES, CONFINED_SECONDS, LONGEST_HERE
from gongkai.statute.inspection.model import Inspected, Link, Notice, Passage, Stated
from gongkai.statute.primitives import InputRefused

_VALID = "内容正常的文件"


def read_safely(data: bytes, name: str) -> Inspected:
    """As `read`; formats with heavy libraries and long files in a confined process, short text here."""
    light = kind_of(data, name) in LIGHT and len(data) <= LONGEST_HERE
    return read(data, name) if light else read_confined(data, name)


def read_confined(data: bytes, name: str, seconds: int = CONFINED_SECONDS, memory: int = CONFINED_BYTES) -> Inspected:
    """In a process with at most that many seconds and bytes. Raises InputRefused also where they run out."""
    given = orjson.dumps(name.replace("\0", "")) + b"\n" + data
    made = bounded.run("gongkai.documents.inspection.confined", given, name, seconds, memory, valid=_VALID)
    return _unpacked(orjson.loads(made))


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
        bounded.bind(seconds, memory, office=kind_of(data, name) == "doc")
        packed = _packed(read(data, name))
    except InputRefused as refused:
        out.write(bounded.refused(refused))
        return bounded.REFUSED
    out.write(packed)
    return bounded.DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
