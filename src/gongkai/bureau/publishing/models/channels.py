"""Where what is public goes beside the site: a body's channels, and the record of each sending (条例第23至25条)."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.publishing.models.items import Item


class Channel(models.Model):
    """A channel that a body uses, by its kind of `publishing.channels`. `addresses`: of the e-mail bulletin."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    addresses = models.JSONField(default=list)
    used = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "kind"], name="publishing_channel_kind")]


class Gazette(models.Model):
    """One issue of a body's gazette: what stands in it is the sendings that name it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="gazettes")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    issued_on = models.DateField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year", "number"], name="publishing_gazette_issue")]


class Sending(models.Model):
    """One item on its way through one channel: published, corrected or withdrawn, of which version.

    `done_at` is None while it waits. `digest` is of what was sent, `note` what the office says of it.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="sendings")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sendings")
    what = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=300, blank=True)
    gazette = models.ForeignKey(Gazette, on_delete=models.PROTECT, null=True, related_name="sendings")

    class Meta:
        indexes = [
            models.Index(fields=["channel", "-id"], name="publishing_by_channel"),
            models.Index(fields=["item", "-id"], name="publishing_sent_item"),
            models.Index(fields=["channel", "id"], name="publishing_waiting", condition=models.Q(done_at__isnull=True)),
        ]
