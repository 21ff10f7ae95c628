"""The list of background work, page by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from gongkai.bureau.jobs.models import Job

PAGE = 50
STATES: Mapping[str, str] = {"queued": "等候", "running": "进行中", "done": "完成", "failed": "失败"}


@dataclass(frozen=True, slots=True)
class JobRow:
    """`percent` is None while the total is not known."""

    id: int
    title: str
    state: str
    state_word: str
    done: int
    total: int
    percent: int | None
    message: str
    result: Mapping[str, Any]
    attempts: int
    owner: str
    owner_name: str
    body: str
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobPage:
    rows: tuple[JobRow, ...]
    next_before: int | None


def list_jobs(*, owner: str, bodies: Iterable[str] = (), before: int | None = None, size: int = PAGE) -> JobPage:
    """A person's own jobs and those of the bodies given, newest first."""
    found = Job.objects.filter(Q(owner=owner) | Q(body__in=list(bodies))).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    rows = tuple(_row(each) for each in found[: size + 1])
    return JobPage(rows[:size], rows[size - 1].id if len(rows) > size else None)


def job(job_id: int) -> JobRow | None:
    found = Job.objects.filter(pk=job_id).first()
    return _row(found) if found else None


def stuck() -> int:
    """Jobs that nobody works on: failed ones are not counted."""
    return Job.objects.filter(state__in=[Job.QUEUED, Job.RUNNING]).count()


def _row(each: Job) -> JobRow:
    return JobRow(
        each.pk,
        each.title,
        each.state,
        STATES[each.state],
        each.done,
        each.total,
        100 * each.done // each.total if each.total else None,
        each.message,
        each.result,
        each.attempts,
        each.owner,
        each.owner_name,
        each.body,
        each.created_at,
        each.finished_at,
    )
