"""Tables of an old site that people bring in at the desk, from the upload to the import."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person


class SentTable(models.Model):
    """`folder`: beneath the files of the installation, gone once the table is imported or given up. `map`: header to
    field; `fixed`: field to value. `result`: what the last check of this map found, empty before one.
    """

    SENT, IMPORTED, DISCARDED = "sent", "imported", "discarded"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    folder = models.CharField(max_length=64)
    map = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=SENT)
    job = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
