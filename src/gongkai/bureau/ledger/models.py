"""The journal: streams of entries, each chained to the one before it; checkpoints that sign the heads.

Triggers (migration 0002) refuse UPDATE and DELETE of entries and checkpoints in both databases.
"""

from __future__ import annotations

from django.db import models


class Stream(models.Model):
    """The head of one stream: the last sequence number and digest. A projection; `verify` recomputes it."""

    name = models.CharField(max_length=120, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """One thing that happened. `digest` covers every other field and the digest before it."""

    stream = models.CharField(max_length=120)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    actor_name = models.CharField(max_length=80)
    body = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=64)
    facts = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="ledger_no_fork")]
        indexes = [
            models.Index(fields=["body", "-id"], name="ledger_by_body"),
            models.Index(fields=["kind", "-id"], name="ledger_by_kind"),
            models.Index(fields=["actor", "-id"], name="ledger_by_actor"),
            models.Index(fields=["at"], name="ledger_by_moment"),
        ]


class Checkpoint(models.Model):
    """The heads of all streams at one moment, signed with the installation's Ed25519 key."""

    at = models.DateTimeField()
    day = models.DateField(unique=True)
    last_entry = models.BigIntegerField()
    heads = models.TextField()
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
