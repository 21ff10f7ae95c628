"""The process that an import runs in, with bounds on time and memory; started by `importing`."""

from __future__ import annotations

import base64
import resource
import sys

import orjson

from gongkai.documents.formats import detect
from gongkai.documents.writing.imported import Imported
from gongkai.documents.writing.importing import READ, REFUSED
from gongkai.documents.writing.reading import read
from gongkai.statute.primitives import InputRefused


def _packed(made: Imported) -> bytes:
    pictures = [[p.digest, p.name, p.media_type, base64.b64encode(p.data).decode("ascii")] for p in made.pictures]
    notes = [[note.kind, note.count] for note in made.notes]
    return orjson.dumps({"html": made.html, "pictures": pictures, "notes": notes})


def main(arguments: list[str]) -> int:
    """Read a name and a file from standard input; write what was imported, or the faults."""
    seconds, memory = int(arguments[0]), int(arguments[1])
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    name = orjson.loads(head)
    out = sys.stdout.buffer
    try:
        if detect(data, name) != "doc":
            # LibreOffice maps far more than it uses and has a deadline of its own
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        packed = _packed(read(data, name))
    except InputRefused as refused:
        out.write(orjson.dumps([[fault.place, fault.wrong, fault.valid] for fault in refused.faults]))
        return REFUSED
    out.write(packed)
    return READ


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
