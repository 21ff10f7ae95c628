"""Background work: once to the eye, whatever happens to the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.bureau.jobs import queries, registry, services
from gongkai.bureau.jobs.models import Job
from gongkai.bureau.jobs.registry import Outcome, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.ledger.models import Entry
from gongkai.statute.primitives import InputFault, InputRefused


@job("test.note")
def note(*, progress: registry.Progress, text: str) -> Outcome:
    progress(1, 2, "一半")

    def write() -> None:
        ledger.append("test", "test.noted", actor=ledger.SYSTEM, facts={"text": text})

    return Outcome("记下了", {"text": text}, write)


@job("test.refuse")
def refuse(*, progress: registry.Progress) -> Outcome:
    raise InputRefused(InputFault("文件", "读不了", "docx"))


@job("test.break")
def break_down(*, progress: registry.Progress) -> Outcome:
    raise ZeroDivisionError("secret detail")


def run(job_id: int) -> Job:
    services.run_job.func(job_id)
    return Job.objects.get(pk=job_id)


@pytest.mark.django_db
def test_a_job_is_done_once_and_tells_how_far_it_is() -> None:
    made = services.enqueue("test.note", "记一笔", text="甲")
    assert run(made).state == Job.DONE
    services.run_job.func(made)
    assert Entry.objects.filter(kind="test.noted").count() == 1
    row = queries.job(made)
    assert row is not None
    assert (row.state_word, row.message, row.percent, row.attempts) == ("完成", "记下了", 100, 1)


@pytest.mark.django_db
def test_the_same_key_is_the_same_job() -> None:
    first = services.enqueue("test.note", "记一笔", key="once", text="甲")
    assert services.enqueue("test.note", "记一笔", key="once", text="乙") == first


@pytest.mark.django_db
def test_unusable_input_is_told_and_a_breakdown_keeps_its_details() -> None:
    assert run(services.enqueue("test.refuse", "读")).message == "文件：读不了；应为docx"
    broken = services.enqueue("test.break", "除")
    with pytest.raises(ZeroDivisionError):
        services.run_job.func(broken)
    found = Job.objects.get(pk=broken)
    assert (found.state, found.message) == (Job.FAILED, "程序内部出错（ZeroDivisionError）")


@pytest.mark.django_db
def test_a_lapsed_lease_puts_the_job_back_and_the_late_attempt_writes_nothing() -> None:
    made = services.enqueue("test.note", "记一笔", text="甲")
    claimed = services._claim(made, "first")
    assert claimed is not None
    assert services.put_back() == 0
    Job.objects.filter(pk=made).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert services.put_back() == 1
    assert run(made).attempts == 2
    with pytest.raises(services.LeaseLost):
        services._finish(made, "first", note(progress=lambda *_: None, text="迟到"))
    assert [each.facts for each in Entry.objects.filter(kind="test.noted")] == ['{"text":"甲"}']


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up() -> None:
    made = services.enqueue("test.note", "记一笔", text="甲")
    Job.objects.filter(pk=made).update(
        state=Job.RUNNING, attempts=5, token="x", lease_until=timezone.now() - timedelta(seconds=1)
    )
    services.put_back()
    found = Job.objects.get(pk=made)
    assert (found.state, found.message) == (Job.FAILED, "试了5次，每次任务进程都中断，不再重试")


WORKER = """
import sys, time
import django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = sys.argv[1]
from gongkai.bureau.jobs import worker
from gongkai.bureau.jobs.registry import Outcome, job
from gongkai.bureau.ledger import services as ledger

@job("test.slow")
def slow(*, progress, marker):
    progress(1, 10, "开始")
    open(marker, "a").write("x")
    time.sleep(float(sys.argv[2]))
    return Outcome("慢慢做完", {}, lambda: ledger.append("test", "test.slow", actor=ledger.SYSTEM, facts={}))

worker.run(batch=sys.argv[3] == "batch", interval=0.1)
"""


@job("test.slow")
def slow_here(*, progress: registry.Progress, marker: str) -> Outcome:
    raise AssertionError("runs in the worker's process only")


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_with_9_loses_nothing_and_repeats_nothing_visible(tmp_path: object) -> None:
    name = connection.settings_dict["NAME"]
    marker = f"{tmp_path}/marker"
    made = services.enqueue("test.slow", "慢活", marker=marker)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.settings", "GONGKAI_JOB_LEASE_SECONDS": "2"}

    def start(seconds: str, mode: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", WORKER, str(name), seconds, mode], env=environment)

    first = start("60", "stay")
    _until(lambda: Job.objects.get(pk=made).state == Job.RUNNING and Path(marker).exists())
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert Job.objects.get(pk=made).state == Job.RUNNING
    second = start("0", "stay")
    try:
        _until(lambda: Job.objects.get(pk=made).state == Job.DONE)
    finally:
        second.terminate()
        second.wait()
    found = Job.objects.get(pk=made)
    assert (found.attempts, found.message) == (2, "慢慢做完")
    assert Entry.objects.filter(kind="test.slow").count() == 1


def _until(condition: object, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError("did not come about in time")
