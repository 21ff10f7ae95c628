"""行政复议、行政诉讼. What a person corrects is journalled with both values."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person

NOT_CLOSED = 9999
"""`closed_year` while it is pending: it sorts after every year."""


class Remedy(models.Model):
    """One reconsideration or lawsuit; `result` and `closed_on` are both there or both empty."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="remedies")
    number = models.CharField(max_length=64)
    request = models.ForeignKey("casework.Request", on_delete=models.PROTECT, null=True, related_name="remedies")
    kind = models.CharField(max_length=20)
    accepted_on = models.DateField()
    accepted_year = models.PositiveSmallIntegerField()
    closed_on = models.DateField(null=True)
    closed_year = models.PositiveSmallIntegerField(default=NOT_CLOSED)
    result = models.CharField(max_length=12, blank=True)
    decision = models.CharField(max_length=500, blank=True)
    instance = models.CharField(max_length=8, blank=True)
    role = models.CharField(max_length=20, blank=True)
    court_number = models.CharField(max_length=120, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="remedies_number")]
        indexes = [
            models.Index(fields=["body", "closed_year", "accepted_year", "kind", "result"], name="remedies_tally"),
            models.Index(fields=["body", "-accepted_on", "-id"], name="remedies_by_acceptance"),
            models.Index(fields=["request"], name="remedies_of_request"),
        ]
