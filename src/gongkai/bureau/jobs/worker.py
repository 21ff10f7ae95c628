"""The worker process: django-tasks' own worker, beside it the lease keeper, the daily checkpoint, the daily work."""

from __future__ import annotations

import logging
import os
import socket
import threading

from django.conf import settings
from django.db import DatabaseError, OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from gongkai.bureau.jobs import services
from gongkai.bureau.ledger import services as ledger

logger = logging.getLogger(__name__)


def run(*, batch: bool = False, interval: float = 0.5) -> None:
    """Work until told to stop (SIGTERM, SIGINT); with `batch` until the queue is empty.

    A database that does not answer for a while (a long import holds it, it restarts) is waited for, not given up.
    """
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(stop,), daemon=True)
    keeper.start()
    try:
        while True:
            worker = _worker(batch=batch, interval=interval)
            try:
                worker.run()
                return
            except OperationalError as away:
                if "no such" in str(away):  # not installed: waiting would not help
                    raise
                logger.exception("worker")
                close_old_connections()
                stop.wait(interval)
    finally:
        stop.set()


def _worker(*, batch: bool, interval: float) -> Worker:
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
        excluded_queue_names=[],
    )
    worker.configure_signals()
    return worker


def _keep(stop: threading.Event) -> None:
    """Every third of a lease: put back what dead workers left; once a day: sign the journal, queue the daily work."""
    while True:
        try:
            services.put_back()
            ledger.sign_checkpoint()
            services.enqueue_daily()
        except DatabaseError:
            # the database may be away for a while: the next turn tries again
            logger.exception("lease keeper")
        close_old_connections()
        if stop.wait(settings.JOB_LEASE_SECONDS / 3):
            return
