"""定期评估 of what is not public (条例第18条): a batch, and the conclusion on each piece of information in it."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.publishing.models.drafts import Draft


class Evaluation(models.Model):
    """A batch: everything whose evaluation was due `until` a day. Closed when each has its conclusion."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="evaluations")
    until = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body"], name="publishing_evaluation_open", condition=models.Q(closed_at__isnull=True)
            )
        ]


class EvaluationEntry(models.Model):
    """One piece of information in a batch. `conclusion`: "" while open, `keep` or `open`.

    `was`: the ground on which it was kept before, so that the record stands by itself.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="entries")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="evaluations")
    was = models.TextField()
    conclusion = models.CharField(max_length=8, blank=True)
    ground = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "draft"], name="publishing_evaluated_once")]
