"""The same in a process of its own with bounds on time and memory: nothing that a file holds reaches this process.

Orders and file go in by standard input, so that no list of processes shows the words to be hidden.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Final

import orjson

from gongkai.documents.limits import CONFINED_BYTES, refuse
from gongkai.documents.redaction.model import Applied, Box, Ground, Named, Redacted, Redaction, Words
from gongkai.documents.redaction.proposing import Proposal, propose
from gongkai.documents.redaction.redacting import redact
from gongkai.statute.primitives import InputFault, InputRefused

SECONDS: Final = 240
"""A file of three hundred pages takes some two minutes."""
_DONE, _REFUSED = 0, 3
_VALID = "内容正常的文件"
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


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
    command = [sys.executable, "-m", "gongkai.documents.redaction.confined", str(seconds), str(memory)]
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603  (our own module, no argument from outside)
            command, input=orjson.dumps(order) + b"\n" + data, capture_output=True, timeout=seconds + 5,
            env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refuse(name, f"处理了 {seconds} 秒还没有完成，已停止", _VALID) from None
    if ended.returncode not in (_DONE, _REFUSED):
        raise refuse(name, "文件过于复杂或者已损坏，处理时超出了时间或内存的限度", _VALID)
    head, _, rest = ended.stdout.partition(b"\n")
    if ended.returncode == _REFUSED:
        raise InputRefused(*(InputFault(*fault) for fault in orjson.loads(head)))
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
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order, _, data = sys.stdin.buffer.read().partition(b"\n")
    out = sys.stdout.buffer
    try:
        head, made = _answer(orjson.loads(order), data)
    except InputRefused as refused:
        out.write(orjson.dumps([_fault(fault) for fault in refused.faults]) + b"\n")
        return _REFUSED
    out.write(orjson.dumps(head) + b"\n" + made)
    return _DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
