"""Requests and their events. State columns are projections of the events; `gongkai verify` replays and compares."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person

NOT_CLOSED = 9999
"""`closed_year` of a request that no event has closed yet: it sorts after every year."""

CLOSED_PHASES = ("closed", "closed_late")
"""Phases of the clock in which nothing is awaited any more."""

LONGEST_NUMBER = 64

TOLD_KINDS = ("correction_requested", "extended", "fee_notified", "fee_paid")
"""Events that the report's narrative counts."""


class Request(models.Model):
    """政府信息公开申请. Everything from `submitted_on` on is a projection of the events.

    `received_year` is 0 while it was never received. `closed_on` and `outcome` are those of the first conclusion,
    the outcome as reclassified last (`reclassified_on`); `late` where the reply came after the due day. `head` is the
    digest of the last event. `identity_mark` is a keyed digest of all that is known of the applicant, for telling an
    equal record from another without opening it. `due_on` and `phase` are what the clock said when it was last read
    (at each event, each night, each calendar notice; no due day once closed): lists go by them, a page of the case
    reads the clock anew.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="requests")
    number = models.CharField(max_length=LONGEST_NUMBER)
    applicant_kind = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    subject = models.TextField()
    identity_mark = models.CharField(max_length=64, blank=True)
    submitted_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    received_year = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True)
    closed_year = models.PositiveSmallIntegerField(default=NOT_CLOSED)
    outcome = models.CharField(max_length=40, blank=True)
    reclassified_on = models.DateField(null=True)
    late = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    phase = models.CharField(max_length=20, db_default="")
    last_event_on = models.DateField()
    length = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="casework_number")]
        indexes = [
            # One range of this index answers a year's report without touching the table.
            models.Index(
                fields=["body", "closed_year", "received_year", "outcome", "applicant_kind"], name="casework_tally"
            ),
            # The others answer the first page of any cell, however rare what it counts: all columns, then one.
            models.Index(fields=["body", "outcome", "closed_on", "id"], name="casework_by_outcome"),
            models.Index(fields=["body", "outcome", "applicant_kind", "closed_on", "id"], name="casework_outcome_kind"),
            models.Index(fields=["body", "received_on", "id", "closed_on"], name="casework_by_receipt"),
            models.Index(
                fields=["body", "applicant_kind", "received_on", "id", "closed_on"], name="casework_receipt_kind"
            ),
            models.Index(fields=["body", "closed_on", "id"], name="casework_by_closing"),
            models.Index(fields=["body", "applicant_kind", "closed_on", "id"], name="casework_closing_kind"),
            # Those alone that were open over the end of a year.
            models.Index(
                fields=["body", "received_on", "id", "closed_year", "applicant_kind"],
                name="casework_over_years",
                condition=models.Q(received_year__gt=0, closed_year__gt=models.F("received_year")),
            ),
            models.Index(fields=["body", "-last_event_on", "-id"], name="casework_by_event"),
            models.Index(
                fields=["body", "due_on", "id"], name="casework_by_due", condition=models.Q(due_on__isnull=False)
            ),
            models.Index(
                fields=["body", "phase", "id"], name="casework_by_phase", condition=~models.Q(phase__in=CLOSED_PHASES)
            ),
            models.Index(
                fields=["body", "reclassified_on"],
                name="casework_reclassified",
                condition=models.Q(reclassified_on__isnull=False),
            ),
            models.Index(
                fields=["body", "submitted_on"], name="casework_unreceived", condition=models.Q(received_year=0)
            ),
        ]


class Identity(models.Model):
    """Who asked: name, number of the identity document, contact; sealed with the installation's identity key."""

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="identity", primary_key=True)
    sealed = models.BinaryField()


class IdentityMark(models.Model):
    """Keyed digests of name, identity number and contact: an applicant is found by an exact match, never by a part."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=12)
    mark = models.CharField(max_length=64, db_index=True)


class ImportBatch(models.Model):
    """Events that one import wrote together; `digest` covers theirs in order and stands in the journal."""

    file_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    requests = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    at = models.DateTimeField()


class RequestEvent(models.Model):
    """One event. `fields` as exchanged, canonical JSON with kind and on; `digest` follows the one before it.

    `evidence` says where the paper lies; `batch` is the import that wrote it, None for one entered by a person.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=32)
    on = models.DateField()
    fields = models.TextField()
    evidence = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "position"], name="casework_event_position")]
        indexes = [
            models.Index(fields=["kind", "on"], name="casework_told", condition=models.Q(kind__in=TOLD_KINDS)),
        ]
