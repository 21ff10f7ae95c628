"""What the applicant handed in and what they said since; the files of a request; the series of numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.bureau.casework.models.requests import Request
from gongkai.bureau.orgs.models import Body, Person


class NumberSeries(models.Model):
    """The last number given in a series of a body and a year: requests ("request"), letters (the word, 如 公复).

    Its row is locked while a number is given, in the transaction that uses it: no gaps, no doubles.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "series", "year"], name="casework_series")]


class Application(models.Model):
    """申请表: what came beyond the request itself (条例第29条第3项), however it came.

    `code_mark` is a keyed digest of number and query code, `token` of the form that was sent (a form sent twice is one
    request). `sealed`: agent, postal and electronic address, telephone, help that a disabled applicant asks for
    (条例第43条), as JSON under the identity key.
    """

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="application", primary_key=True)
    code_mark = models.CharField(max_length=64, unique=True, null=True)
    token = models.CharField(max_length=64, unique=True, null=True)
    form = models.CharField(max_length=16, blank=True)
    way = models.CharField(max_length=16, blank=True)
    by_agent = models.BooleanField(default=False)
    joint = models.PositiveSmallIntegerField(default=1)
    sealed = models.BinaryField()
    filed_at = models.DateTimeField()


class WantedItem(models.Model):
    """One of the wanted items, and what was decided on it. `articles` as cited, separated by commas."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="wanted")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    outcome = models.CharField(max_length=40, blank=True)
    articles = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "position"], name="casework_wanted_position")]


class CaseFile(models.Model):
    """A file of a request, its bytes sealed under the identity key. `digest` is of the bytes as stored.

    `of` says what it is: application, identity, attachment, evidence, material, redacted, letter, scan, proof,
    opinion, archive. `name` is sealed too, for names of files tell who asked. `open_to_applicant` from the delivery on.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="files")
    of = models.CharField(max_length=16)
    sealed_name = models.BinaryField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    content_digest = models.CharField(max_length=64)
    open_to_applicant = models.BooleanField(default=False)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    made_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="made")
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class ApplicantMessage(models.Model):
    """What an applicant said after filing, without an account: the text sealed, for it may name anybody.

    `kind`: correction, reasons, withdrawal, rating, suggestion (条例第44条), record_correction (第41条),
    complaint (第47、51条).
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=20)
    sealed = models.BinaryField()
    score = models.PositiveSmallIntegerField(null=True)
    token = models.CharField(max_length=64, unique=True, null=True)
    at = models.DateTimeField()
    handled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "at"], name="casework_message_unread", condition=Q(handled_at__isnull=True))
        ]


class AnsweredBefore(models.Model):
    """“这条信息答复了我”: somebody found what they wanted before filing. Nothing of who they were."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    found = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["body", "on"], name="casework_answered_before")]
