"""文书: each letter, the steps that it took, how it was delivered; consultations by a private link."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.bureau.casework.models.applications import CaseFile
from gongkai.bureau.casework.models.requests import Request
from gongkai.bureau.orgs.models import Body, Person


class Letter(models.Model):
    """One letter. `kind` and `elements` as `statute.letters` names them; `state` of `statute.cases.letter_flow`.

    `paragraphs` is the text as the handler left it. `number` is given at signing; a number once given is never given
    again, a void letter keeps its. `document` is what was made of it when it was signed, `scan` the sealed paper, which
    then is the authoritative file. `event` is the position of the request's event that its delivery made.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    elements = models.JSONField(default=dict)
    paragraphs = models.TextField()
    addressee = models.BinaryField()
    word = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=80, blank=True)
    document = models.ForeignKey(CaseFile, on_delete=models.PROTECT, null=True, related_name="+")
    editable = models.ForeignKey(CaseFile, on_delete=models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey(CaseFile, on_delete=models.PROTECT, null=True, related_name="+")
    enclosures = models.ManyToManyField(CaseFile, related_name="+")
    event = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "request"], name="casework_letter_number", condition=~Q(number="")
            )
        ]
        indexes = [models.Index(fields=["state", "id"], name="casework_letter_state")]


class LetterStep(models.Model):
    """One step that a letter took: who, when, from which state to which, with what words."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=24)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Delivery(models.Model):
    """送达: way, tracking number, day and proof of one letter; a second attempt is a second row."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=16)
    tracking = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    arrived_on = models.DateField(null=True)
    proof = models.ForeignKey(CaseFile, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Consultation(models.Model):
    """A private link for a third party or another body: what is asked, until when, what was answered (第32、34条).

    `mark` is a keyed digest of the link; who is asked and what they say is sealed.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="consultations")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="consultation")
    family = models.CharField(max_length=16)
    party = models.CharField(max_length=200)
    mark = models.CharField(max_length=64, unique=True)
    until = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    consents = models.BooleanField(null=True)
    sealed_answer = models.BinaryField(null=True)


class LetterTemplate(models.Model):
    """An office's own Word template for a kind of letter; the last one entered is used, none deleted."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    data = models.BinaryField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
