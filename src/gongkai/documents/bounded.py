"""A process of its own with bounds on time and memory: nothing that a file holds reaches this process.

What goes in goes by standard input, so that no list of processes shows it; what was made comes back by standard
output. A process that runs out of time or memory, or that dies, is a refusal of the file with a clear message.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import orjson

from gongkai.documents.limits import refuse
from gongkai.statute.primitives import InputFault, InputRefused

DONE, REFUSED = 0, 3
"""What the process says by its end."""
READING: Final = ("读了 {} 秒还没有读完", "读取")
WORKING: Final = ("处理了 {} 秒还没有完成", "处理")
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


def run(
    module: str, given: bytes, name: str, seconds: int, memory: int, *, valid: str,
    doing: tuple[str, str] = READING, arguments: Sequence[str] = (),
) -> bytes:  # fmt: skip
    """What the module's process wrote with at most that many seconds and bytes. Raises InputRefused.

    `name`, `valid` and `doing` are for the refusal.
    """
    command = [sys.executable, "-m", module, str(seconds), str(memory), *arguments]
    try:
        ended = subprocess.run(  # noqa: S603  (our own module; a name is an argument, never a shell's)
            command, input=given, capture_output=True, timeout=seconds + 5, env=environment(), check=False
        )
    except subprocess.TimeoutExpired:
        raise refuse(name, f"{doing[0].format(seconds)}，已停止", valid) from None
    if ended.returncode == REFUSED:
        raise InputRefused(*(InputFault(*fault) for fault in orjson.loads(ended.stdout)))
    if ended.returncode != DONE:
        raise refuse(name, f"文件过于复杂或者已损坏，{doing[1]}时超出了时间或内存的限度", valid)
    return ended.stdout


def environment() -> dict[str, str]:
    """No more of this process's environment than the other needs: no keys, no addresses of databases."""
    return {key: os.environ[key] for key in _PASSED_ON if key in os.environ} | {"PYTHONIOENCODING": "utf-8"}


def bind(seconds: int, memory: int, *, office: bool = False) -> None:
    """Bounds on this process. `office`: LibreOffice maps far more than it uses and has a deadline of its own."""
    if not office:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refused(fault: InputRefused) -> bytes:
    """The faults as `run` reads them."""
    return orjson.dumps([[each.place, each.wrong, each.valid] for each in fault.faults])
