"""电子印章: an adapter for the seal system of the place. Without one the paper is sealed by hand and scanned.

The command of GONGKAI_SEAL_COMMAND reads the PDF from its input and writes the sealed PDF to its output; who seals what
is in its environment (GONGKAI_SEAL_BODY, GONGKAI_SEAL_NUMBER). What comes back must still be the letter.
"""

from __future__ import annotations

import os
import shlex
import subprocess

from django.conf import settings

from gongkai.documents.letters import missing_text
from gongkai.statute.primitives import InputFault, InputRefused

SECONDS = 60
_PLACE = "电子印章"


def available() -> bool:
    return bool(settings.SEAL_COMMAND)


def sealed(document: bytes, *, body: str, number: str) -> bytes:
    """The document with its electronic seal. InputRefused where the seal system fails or gives back something else."""
    environment = {**os.environ, "GONGKAI_SEAL_BODY": body, "GONGKAI_SEAL_NUMBER": number}
    try:
        done = subprocess.run(  # noqa: S603  (the command is the administrator's own setting)
            shlex.split(settings.SEAL_COMMAND), input=document, capture_output=True, timeout=SECONDS, env=environment,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise InputRefused(InputFault(_PLACE, "印章系统没有应答", "稍后再办，或者上传盖章扫描件")) from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise InputRefused(InputFault(_PLACE, "印章系统没有盖成", "稍后再办，或者上传盖章扫描件"))
    if not _is_the_letter(done.stdout, number):
        raise InputRefused(InputFault(_PLACE, f"印章系统交回的不是{number}", "上传盖章扫描件，并请管理员检查印章系统"))
    return done.stdout


def _is_the_letter(document: bytes, number: str) -> bool:
    try:
        return not missing_text(document, (number,))
    except InputRefused:  # no whole PDF
        return False
