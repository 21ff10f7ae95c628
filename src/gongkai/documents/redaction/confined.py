"""The same in a process of its own with bounds on time and memory: nothing that a file holds reaches this process.

Orders and file go in by standard input, so that no list of processes shows the words to be hidden.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

import orjson

from gongkai.documents import bounded
from gongkai.documents.limits import CONFINED_BYTES
from gongkai.documents.redaction.model import Applied, Box, Ground, Named, Redacted, Redaction, Words
from gongkai.documents.redaction.proposing import Proposal, propose
from gongkai.documents.redaction.redacting import redact
from gongkai.statute.primitives import InputFault, InputRefused

SECONDS: Final = 240
"""A file of three hundred pages takes some two minutes."""
_VALID = "内容正常的文件"


def redact_safely(
    data: bytes,
    name: str,
    redactions: Sequence[Redaction],
    *,
    label: bool = False,
    seconds: int = SECONDS,
    memory: int = CONFINED_BYTES,
) -> Redacted:
    """As `redact`. Raises InputRefused also where time or memory runs out."""
    orders = [_order(each) for each in redactions]
    head, made = _run({"name": name, "orders": orders, "label": label}, data, name, seconds, memory)
    applied = tuple(Applied(place, kind, redactions[number].ground, number) for place, kind, number in head["applied"])
    return Redacted(made, head["name"], applied, tuple(InputFault(*notice) for notice in head["notices"]))


def propose_safely(
    data: bytes, name: str, *, seconds: int = SECONDS, memory: int = CONFINED_BYTES
) -> tuple[Proposal, ...]:
    """As `propose`. Raises InputRefused also where time or memory runs out."""
    head, _ = _run({"name": name}, data, name, seconds, memory)
    return tuple(
        Proposal(number, kind, place, masked, text, tuple(Box(*box) for box in boxes))
        for number, kind, place, masked, text, boxes in head["proposals"]
    )


def _run(order: dict[str, Any], data: bytes, name: str, seconds: int, memory: int) -> tuple[dict[str, Any], bytes]:
    module, given = "gongkai.documents.redaction.confined", orjson.dumps(order) + b"\n" + data
    answer = bounded.run(module, given, name, seconds, memory, valid=_VALID, doing=bounded.WORKING)
    head, _, rest = answer.partition(b"\n")
    return orjson.loads(head), rest


def _order(redaction: Redaction) -> list[Any]:
    what = redaction.what
    if isinstance(what, Box):
        said: list[Any] = ["box", what.page, what.x0, what.y0, what.x1, what.y1, what.unit]
    else:
        said = ["words", what.text] if isinstance(what, Words) else ["named", what.kind]
    return [redaction.ground.article, redaction.ground.reason, *said]


def _redaction(order: list[Any]) -> Redaction:
    article, reason, kind, *rest = order
    makers: dict[str, type[Box | Words | Named]] = {"box": Box, "words": Words, "named": Named}
    return Redaction(makers[kind](*rest), Ground(article, reason))


def _answer(order: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    if "orders" not in order:
        found = [
            [one.number, one.kind, one.place, one.masked, one.text,
             [[box.page, box.x0, box.y0, box.x1, box.y1] for box in one.boxes]]
            for one in propose(data, order["name"])
        ]  # fmt: skip
        return {"proposals": found}, b""
    made = redact(data, order["name"], [_redaction(each) for each in order["orders"]], label=order["label"])
    head = {
        "name": made.name,
        "applied": [[each.place, each.kind, each.redaction] for each in made.applied],
        "notices": [_fault(each) for each in made.notices],
    }
    return head, made.data


def _fault(fault: InputFault) -> list[str]:
    return [fault.place, fault.wrong, fault.valid]


def main(arguments: list[str]) -> int:
    """Read an order and a file from standard input; write the answer and the new file, or the faults."""
    seconds, memory = int(arguments[0]), int(arguments[1])
    bounded.bind(seconds, memory)
    order, _, data = sys.stdin.buffer.read().partition(b"\n")
    out = sys.stdout.buffer
    try:
        head, made = _answer(orjson.loads(order), data)
    except InputRefused as refused:
        out.write(bounded.refused(refused))
        return bounded.REFUSED
    out.write(orjson.dumps(head) + b"\n" + made)
    return bounded.DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
