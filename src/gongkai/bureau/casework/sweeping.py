"""Sealed files that no row knows, swept each night: what a process left that was killed between the file and the row.

A file is put in its place before the transaction that enters it ends. Killed in between, the process leaves a file
that nobody can open and no retention rule reaches; it may hold an identity, so it does not stay (个人信息保护法第19条).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework.files import stored
from gongkai.bureau.casework.models import CaseFile
from gongkai.bureau.jobs.registry import Outcome, Progress, daily, job
from gongkai.bureau.ledger import services as ledger

JOB = "casework.sweep"
OLD_ENOUGH = 24 * 60 * 60
"""Seconds: no transaction that may still enter its file is as old."""
_CHUNK = 500

daily(JOB, "清理没有登记的密封文件")


@job(JOB)
def sweep(*, progress: Progress) -> Outcome:
    """Each sealed file older than a day that no request has, and each half-written one, is removed and journalled."""
    orphans = [each for chunk in _chunks(_old_files()) for each in _unknown(chunk)]

    def write() -> None:
        # once more: a row entered since then keeps its file
        gone = _unknown(orphans)
        if gone:
            facts = {"count": len(gone), "names": sorted(each.name for each in gone)}
            ledger.append("files", "files.swept", actor=ledger.SYSTEM, facts=facts)
        # after the journal: nothing is removed that it does not tell; what is left by a kill here goes the next night
        transaction.on_commit(lambda: _remove(gone))

    return Outcome(f"清理了{len(orphans)}个没有登记的文件" if orphans else "没有要清理的文件", {}, write)


def _remove(files: list[Path]) -> None:
    for each in files:
        each.unlink(missing_ok=True)


def _home() -> Path:
    return stored("00").parent.parent


def _old_files() -> Iterator[Path]:
    before = clock.now().timestamp() - OLD_ENOUGH
    for folder in sorted(_home().glob("*")):
        for each in folder.iterdir():
            if each.is_file() and each.stat().st_mtime < before:
                yield each


def _chunks(files: Iterator[Path]) -> Iterator[list[Path]]:
    while chunk := list(islice(files, _CHUNK)):
        yield chunk


def _unknown(files: list[Path]) -> list[Path]:
    known = set(CaseFile.objects.filter(digest__in=[each.name for each in files]).values_list("digest", flat=True))
    return [each for each in files if each.name not in known]
