"""A piece of information before it is public: the draft, the versions that were reviewed, the steps that it took."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person, Section
from gongkai.bureau.publishing.models.items import Column, Item


class Draft(models.Model):
    """One matter under review. `state` of `statute.publishing.flow`, `elements` of `statute.publishing.elements`.

    What is being written; what was sent to review is a `Revision` that nothing changes. `version` counts savings.
    `waivers`: findings that somebody let pass, by their key, with the reason. `owed`: reviews that urgency put off.
    `item`: what the public sees of it, once it was published. `origin`: the request whose answer it is (条例第44条).
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="drafts")
    place = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="drafts")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20)
    title = models.CharField(max_length=500, blank=True)
    elements = models.JSONField(default=dict)
    body_html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    way = models.CharField(max_length=12, default="proactive")
    way_ground = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    urgent_because = models.TextField(blank=True)
    owed = models.JSONField(default=list)
    waivers = models.JSONField(default=dict)
    origin = models.JSONField(default=dict)
    item = models.OneToOneField(Item, on_delete=models.PROTECT, null=True, related_name="draft")
    publish_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    evaluate_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    state_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "state", "-id"], name="publishing_draft_state"),
            models.Index(
                fields=["state", "publish_on"], name="publishing_scheduled", condition=models.Q(state="approved")
            ),
        ]


class Revision(models.Model):
    """One version as it was sent to review. Append-only: what was approved is what is published.

    `column` is the column's name at that time; `attachments` name, digest, size and media type of each.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    column = models.CharField(max_length=200)
    elements = models.JSONField()
    body_html = models.TextField(blank=True)
    attachments = models.JSONField()
    way = models.CharField(max_length=12)
    way_ground = models.TextField(blank=True)
    waivers = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="publishing_revision_number")]


class DraftStep(models.Model):
    """One step that a draft took: who, for whom, when, on which version, from which state to which. Append-only."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="steps")
    revision = models.PositiveIntegerField(default=0)
    act = models.CharField(max_length=24)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    acting_for = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()


class Upload(models.Model):
    """A file sent for a draft, by digest: a picture of the text, an attachment or the scan of a signature.

    `findings` is what the inspection saw in it, as JSON, when it came; `text` what search and comparison read of it.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    findings = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["digest"], name="publishing_upload_digest")]


class IndexScheme(models.Model):
    """The form of a body's index numbers, as `statute.catalogue.index_numbers` reads it, and its code in them."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="index_scheme")
    pattern = models.CharField(max_length=100)
    org = models.CharField(max_length=40)


class IndexNumber(models.Model):
    """A number that was given, once, for ever (索引号一经生成不变). `serial` runs by body and year."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="index_numbers")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year", "serial"], name="publishing_serial")]
