"""Background work with a lease: who asked, how far it is, who holds it until when."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """`token` names the attempt that holds the lease; an attempt without it can write nothing."""

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"

    name = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    owner = models.CharField(max_length=64, blank=True)
    owner_name = models.CharField(max_length=40, blank=True)
    body = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, default=QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=400, blank=True)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "lease_until"], name="jobs_lapsed"),
            models.Index(fields=["owner", "-id"], name="jobs_by_owner"),
            models.Index(fields=["body", "-id"], name="jobs_by_body"),
        ]
