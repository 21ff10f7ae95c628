"""Published reports that a body keeps checked, and the findings that a person overruled."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person


class KeptCheck(models.Model):
    """One report as uploaded and read. `report` is the exchange JSON with its findings; None until it is read."""

    WAITING, READ, UNREADABLE = "waiting", "read", "unreadable"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="kept_checks")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=WAITING)
    faults = models.JSONField(default=list)
    agency = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    form = models.CharField(max_length=4, blank=True)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    report = models.JSONField(null=True)
    job = models.BigIntegerField(null=True)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "digest"], name="annual_kept_once")]
        indexes = [models.Index(fields=["body", "-id"], name="annual_kept_by_body")]


class FindingWaiver(models.Model):
    """A person overruled a finding: who, why, until when. Withdrawn, never deleted."""

    check_kept = models.ForeignKey(KeptCheck, on_delete=models.PROTECT, related_name="waivers")
    mark = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    because = models.TextField()
    until = models.DateField(null=True)
    waived_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_kept", "mark"], condition=models.Q(withdrawn_at__isnull=True), name="annual_one_waiver"
            )
        ]
