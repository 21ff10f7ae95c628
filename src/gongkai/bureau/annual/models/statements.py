"""What no ledger of records gives: cells of table two as stated, their lines, and the year's work for the narrative."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.bureau.orgs.models import Body, Person


class Statement(models.Model):
    """One cell of table two, stated with its evidence. A correction is a new statement; the old one stays, replaced.

    `value` is JSON: a count, a decimal string in 万元, or "n/a".
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="statements")
    year = models.PositiveSmallIntegerField()
    row = models.CharField(max_length=64)
    column = models.CharField(max_length=64)
    value = models.JSONField()
    evidence = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "row", "column"],
                condition=Q(replaced_at__isnull=True),
                name="annual_one_statement",
            )
        ]


class StatementLine(models.Model):
    """One item behind a row of table two: a licence item, a fee, a purchase; changes are signed.

    `prior` 1 where the item was there last year, `change` +1 added, -1 abolished; `decisions` handled in the year;
    `amount` a decimal string in 万元.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="statement_lines")
    year = models.PositiveSmallIntegerField()
    row = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, blank=True)
    prior = models.IntegerField(null=True)
    change = models.IntegerField(null=True)
    decisions = models.IntegerField(null=True)
    amount = models.CharField(max_length=24, blank=True)
    evidence = models.CharField(max_length=500)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "year", "row"], name="annual_lines")]


class WorkRecord(models.Model):
    """Work of the year that the narrative counts: training, checks, assessment (条例第46至48条), with its evidence."""

    TRAINING, CHECK, ASSESSMENT, APPRAISAL, ACCOUNTABILITY, PROBLEM = (
        "training",
        "check",
        "assessment",
        "appraisal",
        "accountability",
        "problem",
    )

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="work_records")
    kind = models.CharField(max_length=16)
    on = models.DateField()
    title = models.CharField(max_length=300)
    people = models.PositiveIntegerField(null=True)
    found = models.PositiveIntegerField(null=True)
    rectified = models.PositiveIntegerField(null=True)
    result = models.CharField(max_length=1000, blank=True)
    evidence = models.CharField(max_length=500)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "on"], name="annual_work")]
