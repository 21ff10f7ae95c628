"""Enqueue, run under a lease, put back what a dead worker left."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from django_tasks import task

from gongkai.bureau import clock
from gongkai.bureau.jobs.models import Job
from gongkai.bureau.jobs.registry import Outcome, daily_work, work
from gongkai.bureau.ledger.services import Actor
from gongkai.statute.primitives import InputRefused

MOST_ATTEMPTS = 5


class LeaseLost(Exception):
    """Another attempt holds the job now; this one stops and leaves nothing behind."""


@transaction.atomic
def enqueue(
    name: str,
    title: str,
    *,
    owner: Actor | None = None,
    body: str = "",
    key: str | None = None,
    after: timedelta = timedelta(),
    **arguments: Any,
) -> int:
    """Queue a job in the caller's transaction; returns its id. A second call with the same `key` is the first job.

    `after`: how long it waits before it is begun.
    """
    work(name)
    if key is not None:
        found = Job.objects.filter(key=key).first()
        if found is not None:
            return found.pk
    made = Job.objects.create(
        name=name,
        title=title,
        arguments=arguments,
        owner=owner.username if owner else "",
        owner_name=owner.name if owner else "系统",
        body=body,
        key=key,
    )
    begun = run_job.using(run_after=clock.now() + after) if after else run_job
    begun.enqueue(job_id=made.pk)
    return made.pk


@task()
def run_job(job_id: int) -> None:
    """One attempt. Returns quietly where another attempt has the job or had it done."""
    token = uuid.uuid4().hex
    claimed = _claim(job_id, token)
    if claimed is None:
        return
    stop = threading.Event()
    heart = threading.Thread(target=_renew, args=(job_id, token, stop), daemon=True)
    heart.start()
    try:
        outcome = work(claimed.name)(progress=_teller(job_id, token), **claimed.arguments)
        _finish(job_id, token, outcome)
    except LeaseLost:
        return
    except InputRefused as refused:
        _fail(job_id, token, str(refused))
    except Exception as unforeseen:
        _fail(job_id, token, f"程序内部出错（{type(unforeseen).__name__}）")
        raise
    finally:
        stop.set()
        heart.join(timeout=5)


@transaction.atomic
def _claim(job_id: int, token: str) -> Job | None:
    found = Job.objects.select_for_update().filter(pk=job_id, state=Job.QUEUED).first()
    if found is None:
        return None
    found.state, found.token, found.attempts = Job.RUNNING, token, found.attempts + 1
    found.lease_until = _lease()
    found.save(update_fields=["state", "token", "attempts", "lease_until"])
    return found


def _lease() -> Any:
    return clock.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _renew(job_id: int, token: str, stop: threading.Event) -> None:
    while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
        Job.objects.filter(pk=job_id, token=token, state=Job.RUNNING).update(lease_until=_lease())
        close_old_connections()
    close_old_connections()


def _teller(job_id: int, token: str) -> Any:
    def tell(done: int, total: int, message: str = "") -> None:
        held = Job.objects.filter(pk=job_id, token=token, state=Job.RUNNING)
        if not held.update(done=done, total=total, message=message[:400], lease_until=_lease()):
            raise LeaseLost

    return tell


@transaction.atomic
def _finish(job_id: int, token: str, outcome: Outcome) -> None:
    found = Job.objects.select_for_update().filter(pk=job_id, token=token, state=Job.RUNNING).first()
    if found is None:
        raise LeaseLost
    if outcome.write is not None:
        outcome.write()
    found.state, found.result, found.message = Job.DONE, dict(outcome.result), outcome.message[:400]
    found.done = found.total = found.total or 1
    found.lease_until, found.finished_at = None, clock.now()
    found.save()


def _fail(job_id: int, token: str, message: str) -> None:
    Job.objects.filter(pk=job_id, token=token, state=Job.RUNNING).update(
        state=Job.FAILED, message=message[:400], lease_until=None, finished_at=clock.now()
    )


def enqueue_daily() -> None:
    """Queue what is to be done once a day; a job that stands already for today is left as it is."""
    for name, title in daily_work().items():
        enqueue(name, title, key=f"{name}:{clock.today().isoformat()}")


@transaction.atomic
def put_back() -> int:
    """Queue again every job whose lease has ended: its worker is dead. Returns how many."""
    lapsed = Job.objects.select_for_update().filter(state=Job.RUNNING, lease_until__lt=clock.now())
    count = 0
    for found in lapsed:
        found.token, found.lease_until = "", None
        if found.attempts >= MOST_ATTEMPTS:
            found.state, found.finished_at = Job.FAILED, clock.now()
            found.message = f"试了{found.attempts}次，每次任务进程都中断，不再重试"
        else:
            found.state = Job.QUEUED
            run_job.enqueue(job_id=found.pk)
        found.save()
        count += 1
    return count
