"""The process that an import runs in, with bounds on time and memory; started by `importing`."""

from __future__ import annotations

import base64
import sys

import orjson

from gongkai.documents import bounded
from gongkai.documents.formats import detect
from gongkai.documents.writing.imported import Imported
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
        bounded.bind(seconds, memory, office=detect(data, name) == "doc")
        packed = _packed(read(data, name))
    except InputRefused as refused:
        out.write(bounded.refused(refused))
        return bounded.REFUSED
    out.write(packed)
    return bounded.DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
