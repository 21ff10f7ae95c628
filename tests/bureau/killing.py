"""The process in which an act is killed: for each moment a child, forked from one that has never acted itself.

It is not forked from the test runner: threads that this has used (the maker of PDF files has some) survive no fork.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from gongkai.bureau import clock
from gongkai.bureau.casework import intake, letters, services
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.intake import Enclosed
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.models import Job
from gongkai.bureau.jobs.registry import Outcome, Progress, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.statute.cases.application import Filing, Wanted, Who
from gongkai.statute.primitives import InputRefused

FILING = Filing(
    kind="natural_person",
    applicant=Who("林晓岚", "resident", "11010519491231002X"),
    telephone="13800138000",
    wanted=(Wanted("补助资金安排方案", ""),),
    form="electronic",
    way="electronic",
)
SCAN = Sent("附件.pdf", b"%PDF-1.7 scanned")
HOST = "import sys, django; django.setup(); sys.path.insert(0, sys.argv[1]); import killing; killing.serve(sys.argv[2])"


@job("test.once")
def once(*, progress: Progress) -> Outcome:
    progress(1, 2, "一半")
    return Outcome("做完", {}, _told)


def _told() -> None:
    ledger.append("test", "test.once", actor=ledger.SYSTEM, facts={})


def _apply() -> None:
    # the applicant's form is sent again after every death, also after the one between the commit and the answer
    intake.apply("qinglan-kjj", FILING, (Enclosed("attachment", SCAN),), token="form")


def _sign(letter: int, seen: int) -> None:
    _again("已经有人办了一步", lambda: letters.take_step(_leader(), letter, "sign", seen=seen))


def _extend(request: int) -> None:
    event = {"kind": "extended", "on": clock.today().isoformat(), "workdays": 10}
    told = "已经登记了新的一步"
    _again(told, lambda: services.append(_leader(), request, event, evidence="签报", seen=1))


def _work(made: int) -> None:
    # the next worker finds the lease of the dead one over
    Job.objects.filter(pk=made, state=Job.RUNNING).update(lease_until=clock.now() - timedelta(seconds=1), attempts=0)
    jobs.put_back()
    jobs.run_job.func(made)


ACTS: Mapping[str, Callable[..., None]] = {"apply": _apply, "sign": _sign, "extend": _extend, "work": _work}


def _leader() -> Person:
    return Person.objects.get(username="leader")


def _again(told: str, act: Callable[[], object]) -> None:
    """Done after all before the death, the form that is sent again is told so."""
    try:
        act()
    except InputRefused as refused:
        assert told in str(refused)


class Killer:
    """The parent of the children, driven by the test."""

    def __init__(self) -> None:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.settings"}
        name = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-c", HOST, str(Path(__file__).parent), name]
        self.host = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def kill(self, act: str, given: Mapping[str, int], moment: int) -> bool:
        """Whether a child that did the act was killed at that moment; False where it lived to the end."""
        told = {"act": act, "given": given, "moment": moment, "files": str(settings.FILES)}
        assert self.host.stdin is not None
        assert self.host.stdout is not None
        self.host.stdin.write(json.dumps(told) + "\n")
        self.host.stdin.flush()
        code = json.loads(self.host.stdout.readline())
        assert code in (0, -signal.SIGKILL), code
        return bool(code)

    def close(self) -> None:
        self.host.communicate()


def serve(name: str) -> None:
    """The host's whole life: a line for each child that is wanted, its exit code in answer."""
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(told)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run(told: Mapping[str, Any]) -> None:
    """A child's whole life."""
    code = 1
    settings.FILES = Path(told["files"])
    try:
        with _death_at(told["moment"]):
            ACTS[told["act"]](**told["given"])
        code = 0
    except BaseException as unforeseen:
        os.write(2, f"{unforeseen!r}\n".encode())
    finally:
        os._exit(code)


@contextmanager
def _death_at(moment: int) -> Iterator[None]:
    """Killed at that moment, counted from 1: before each statement, before and after each commit, after each file."""
    moments = count(1)

    def passes() -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_statement(execute: Any, *rest: Any) -> Any:
        passes()
        return execute(*rest)

    def around(act: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
        def taken(*given: Any, **named: Any) -> Any:
            if before:
                passes()
            done = act(*given, **named)
            passes()
            return done

        return taken

    wrapper: Any = BaseDatabaseWrapper
    wrapper._commit = around(wrapper._commit, before=True)
    Path.replace = around(Path.replace, before=False)  # type: ignore[method-assign]
    with connection.execute_wrapper(before_statement):
        yield
