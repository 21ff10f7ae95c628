"""Killed with 9 at every moment of an act: the case is whole or untouched, and the act can be done again, once.

A moment is what comes before each statement to the database, before and after each commit, and after a file was put
in its place. The last process is the one that lives to the end, so every moment has had its turn.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from bureau_cast import Cast
from case_ground import enter
from django.conf import settings
from django.db import connections
from killing import Killer

from gongkai.bureau import clock
from gongkai.bureau.casework import letters, sweeping, tasks
from gongkai.bureau.casework.models import Application, CaseFile, Letter, LetterStep, Request, RequestEvent
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.models import Job
from gongkai.bureau.ledger import derived, queries
from gongkai.bureau.ledger.models import Entry

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

REFUSAL = {"outcome": "refused.process", "reasons": "属于讨论过程中的材料，尚未定稿", "articles": "16(2)"}
assert tasks  # registers the sweep


@pytest.fixture
def killer(cast: Cast) -> Iterator[Killer]:
    made = Killer()
    yield made
    made.close()


def killed_at_every_moment(killer: Killer, act: str, given: dict[str, int], whole: Callable[[], bool]) -> int:
    """Does the act until a process lives through it. After each: `whole` says what holds, and `gongkai verify` passes.

    `whole` raises where half an act is there, and returns True where the act is done: what comes after that moment
    is the same form sent again, which the act itself must bear. Returns how many processes were killed.
    """
    for moment in count(1):
        connections.close_all()  # SQLite: no lock of this process in the way
        killed = killer.kill(act, given, moment)
        done = whole()
        if not killed or moment % 5 == 1:
            _verified()
        if not killed:
            assert done
            return moment - 1
    raise AssertionError


def _verified() -> None:
    assert queries.verify(lambda fault: None).faults == ()
    assert [each for found in derived.run_all(lambda name, fault: None) for each in found.faults] == []


def _orphans() -> set[str]:
    kept = {each.name for each in (Path(settings.FILES) / "casework").rglob("*") if each.is_file()}
    return kept - set(CaseFile.objects.values_list("digest", flat=True))


def test_an_application_is_there_whole_or_not_at_all(cast: Cast, killer: Killer) -> None:
    def whole() -> bool:
        there = Request.objects.count()
        assert there in (0, 1)
        rows = (Application.objects.count(), RequestEvent.objects.count(), CaseFile.objects.count())
        assert rows == (there, there, there)
        # the journal knows of it exactly where it is
        assert Entry.objects.filter(stream__startswith="request:").exists() is bool(there)
        return bool(there)

    assert killed_at_every_moment(killer, "apply", {}, whole) > 20
    assert Request.objects.get().number == f"KJJ-{clock.today().year}-0001"
    assert _orphans(), "killed between the file and its row"
    _sweep_takes_the_orphans_only()


def _sweep_takes_the_orphans_only() -> None:
    """A day later: what has a row stays, what has none goes, and the journal tells; a second night finds nothing."""
    fresh = _orphans()
    jobs.run_job.func(jobs.enqueue(sweeping.JOB, "清理", key="the same day"))
    assert _orphans() == fresh, "younger than a day: it may belong to an act that is under way"
    long_ago = (clock.now() - timedelta(days=1, minutes=1)).timestamp()
    for each in (Path(settings.FILES) / "casework").rglob("*"):
        os.utime(each, (long_ago, long_ago))
    for night in ("first", "second"):
        jobs.run_job.func(jobs.enqueue(sweeping.JOB, "清理", key=night))
    assert _orphans() == set()
    told = Entry.objects.get(kind="files.swept")
    assert all(name in told.facts for name in fresh)
    _verified()


def test_a_signature_gives_one_number_and_loses_none(cast: Cast, killer: Killer) -> None:
    found = letters.draft(cast.handler, enter(cast), "refused")
    letters.write(cast.handler, found, elements=REFUSAL, paragraphs="", word="青科公复", seen=0, anew=True)
    letters.take_step(cast.handler, found, "submit")
    letters.take_step(cast.head, found, "pass_section")
    letters.take_step(cast.adviser, found, "pass_legal")
    letters.take_step(cast.reviewer, found, "pass_secrecy")
    steps = LetterStep.objects.count()
    number = f"青科公复〔{clock.today().year}〕1号"

    def whole() -> bool:
        letter = Letter.objects.get(pk=found)
        done = letter.state == "signed"
        assert (letter.number, letter.document is not None) == ((number, True) if done else ("", False))
        assert LetterStep.objects.count() == steps + done
        assert CaseFile.objects.count() == (2 if done else 0)
        return done

    assert killed_at_every_moment(killer, "sign", {"letter": found, "seen": steps}, whole) > 20


def test_a_step_and_its_journal_entry_are_one(cast: Cast, killer: Killer) -> None:
    request = enter(cast)

    def whole() -> bool:
        found = Request.objects.get(pk=request)
        told = Entry.objects.filter(stream=f"request:{request}", kind="request.event").count()
        assert (found.events.count(), told) == (found.length, found.length - 1)
        return found.length == 2

    assert killed_at_every_moment(killer, "extend", {"request": request}, whole) > 5


def test_a_job_writes_once_however_often_its_worker_dies(cast: Cast, killer: Killer) -> None:
    made = jobs.enqueue("test.once", "一次")

    def whole() -> bool:
        done = Job.objects.get(pk=made).state == Job.DONE
        assert Entry.objects.filter(kind="test.once").count() == int(done)
        return done

    assert killed_at_every_moment(killer, "work", {"made": made}, whole) > 10
