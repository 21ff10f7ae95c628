"""Where imported items stood on the site that they came from."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.publishing.models.items import Item


class OldAddress(models.Model):
    """`path`: path and query in the form of `statute.ledgers.site.addresses`. `file`: the digest of the attachment
    that stood there, "" for the item's own page."""

    path = models.CharField(max_length=500, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="old_addresses")
    file = models.CharField(max_length=64, blank=True)
