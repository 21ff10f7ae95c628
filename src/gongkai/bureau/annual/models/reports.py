"""The body's own annual report: a version for each publication, its steps, and the records behind frozen cells."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.bureau.orgs.models import Body, Person


class AnnualReport(models.Model):
    """One version of the report of a body on a year (条例第49、50条).

    `passages`: the narrative by part, with the links of its numbers. `tables` are None until frozen, then the
    figures as of `as_of`, whose records are the `FrozenMember`s. `note` is public: what a later version changed and
    why. `files`: format → digest of the published file. `state` is a state of `statute.report.lifecycle`.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    form = models.CharField(max_length=4)
    state = models.CharField(max_length=16)
    passages = models.JSONField(default=dict)
    extra_rows = models.JSONField(default=dict)
    tables = models.JSONField(null=True)
    as_of = models.DateField(null=True)
    note = models.TextField(blank=True)
    files = models.JSONField(default=dict)
    scan = models.CharField(max_length=64, blank=True)
    paper_approver = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "version"], name="annual_version"),
            models.UniqueConstraint(
                fields=["body", "year"],
                condition=Q(published_at__isnull=False, superseded_at__isnull=True),
                name="annual_one_published",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-year", "-version"], name="annual_by_body"),
            # the public lists, without reading the tables and the narrative beside them
            models.Index(
                fields=["year", "body", "published_at", "version"],
                condition=Q(published_at__isnull=False, superseded_at__isnull=True),
                name="annual_published_by_year",
            ),
            models.Index(
                fields=["published_at", "id"],
                condition=Q(published_at__isnull=False, superseded_at__isnull=True),
                name="annual_published_last",
            ),
        ]


class ReportStep(models.Model):
    """One act on a report: who, when, from which state to which, with the reasons given."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=32)
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reasons = models.TextField(blank=True)
    facts = models.JSONField(default=dict)


class FrozenMember(models.Model):
    """One record behind the figures of a frozen report.

    A request stands once: `came` new or carried_in, `row` its outcome or carried_out, `column` its applicant; its
    cells of 总计 follow. A remedy has its group as `row` and its result as `column`; statements, lines and documents
    of table two have the cell. `value` is what a statement said.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="members")
    ledger = models.CharField(max_length=10)
    record = models.BigIntegerField()
    number = models.CharField(max_length=120)
    came = models.CharField(max_length=12, blank=True)
    row = models.CharField(max_length=64)
    column = models.CharField(max_length=64)
    value = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["report", "ledger", "row", "column", "id"], name="annual_members_by_row"),
            models.Index(fields=["report", "ledger", "came", "column", "id"], name="annual_members_by_came"),
            models.Index(fields=["report", "ledger", "record"], name="annual_members_by_record"),
        ]


class Certificate(models.Model):
    """What is carried out on 31 December: each request, its phase, its due day; sealed and chained over the years.

    `lines` is canonical JSON; `digest` covers it and `previous`, the digest of the year before.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField()
    lines = models.TextField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"], condition=Q(replaced_at__isnull=True), name="annual_one_certificate"
            )
        ]


class ProfileChoice(models.Model):
    """A local profile that an office has switched on for a body and those beneath it; off unless chosen."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    profile = models.CharField(max_length=40)
    since_year = models.PositiveSmallIntegerField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class ReportRound(models.Model):
    """A round of reports that an office calls for its bodies, with a day earlier than the statute's (条例第49条)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    instrument = models.CharField(max_length=120)
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"], condition=Q(withdrawn_at__isnull=True), name="annual_one_round"
            )
        ]
