"""Published items. Imported ones are legacy: counted as published then, not public here before a secrecy review."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person, Section


class Column(models.Model):
    """栏目: where items stand. `code` is its address and never changes, whatever becomes of name and place.

    `days`: without a new item for so long it is behind; `event`: what it follows instead. A closed column keeps its
    address, which leads to `merged_into`.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="columns")
    code = models.SlugField(max_length=60)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    article = models.CharField(max_length=120, blank=True)
    elements = models.JSONField(default=list)
    days = models.PositiveSmallIntegerField(null=True)
    event = models.CharField(max_length=200, blank=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="publishing_column_code")]


class Item(models.Model):
    """One piece of government information as published. `repealed_on` is the day its repeal took effect.

    `column` is the name as entered or imported, `place` the column that it stands in here, None where none has it.
    `legacy`: not public here. What was drafted here has `revision`, the number of its approved version, and `more`,
    the elements that the exchange format has not; `published_at` is when that version went public.
    Withdrawn, it leaves a page with the reason. `imported_by`: who imported its table and so does not review it.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="items")
    source_id = models.CharField(max_length=120)
    column = models.CharField(max_length=200)
    place = models.ForeignKey(Column, on_delete=models.PROTECT, null=True, related_name="items")
    title = models.CharField(max_length=500)
    document_number = models.CharField(max_length=120, blank=True)
    topic = models.CharField(max_length=120, blank=True)
    genre = models.CharField(max_length=60, blank=True)
    formed_on = models.DateField(null=True)
    published_on = models.DateField()
    effective_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    repealed_by = models.CharField(max_length=200, blank=True)
    repealed_on = models.DateField(null=True)
    repealed_item = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeals")
    interprets = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="interpretations")
    registration_number = models.CharField(max_length=120, blank=True)
    validity = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    index_number = models.CharField(max_length=120, blank=True)
    counted_as = models.CharField(max_length=12, blank=True)
    digest = models.CharField(max_length=64)
    legacy = models.BooleanField(default=True)
    more = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "source_id"], name="publishing_source")]
        indexes = [
            models.Index(fields=["body", "-published_on", "-id"], name="publishing_by_day"),
            models.Index(fields=["place", "-published_on", "-id"], name="publishing_in_column"),
            models.Index(fields=["index_number"], name="publishing_index", condition=~models.Q(index_number="")),
            models.Index(
                fields=["body", "counted_as", "formed_on"],
                name="publishing_documents",
                condition=~models.Q(counted_as=""),
            ),
        ]


class SecrecyReview(models.Model):
    """保密审查: one conclusion on one item, `public` or `withheld`, with its ground; the latest counts (条例第17条)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reviews")
    conclusion = models.CharField(max_length=12)
    ground = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
