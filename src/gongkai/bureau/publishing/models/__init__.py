"""Columns, published items, what leads to them (drafts, versions, steps, index numbers) and from them (channels)."""

from gongkai.bureau.publishing.models.channels import Channel, Gazette, Sending
from gongkai.bureau.publishing.models.drafts import Draft, DraftStep, IndexNumber, IndexScheme, Revision, Upload
from gongkai.bureau.publishing.models.evaluations import Evaluation, EvaluationEntry
from gongkai.bureau.publishing.models.items import Column, Item, SecrecyReview
from gongkai.bureau.publishing.models.old_addresses import OldAddress
from gongkai.bureau.publishing.models.sent_tables import SentTable

__all__ = [
    "Channel", "Column", "Draft", "DraftStep", "Evaluation", "EvaluationEntry", "Gazette", "IndexNumber",
    "IndexScheme", "Item", "OldAddress", "Revision", "SecrecyReview", "Sending", "SentTable", "Upload",
]  # fmt: skip
