"""Who handles a request, what was said of it inside, where was searched, when its due day moved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.bureau.casework.models.requests import Request
from gongkai.bureau.orgs.models import Person, Section


class Assignment(models.Model):
    """交办: a section, or a person of it, handles or joins in handling a request, with an inner day."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="assignments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    joins = models.BooleanField(default=False)
    task = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "due_on"], name="casework_assigned", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["section", "due_on"], name="casework_of_section", condition=Q(ended_at__isnull=True)),
        ]


class Opinion(models.Model):
    """意见: of a section, the legal adviser, the secrecy reviewer or a consulted body, as a record.

    `conclusion`: agree, disagree, partly; `letter` is the draft that it speaks of, None where of the request itself.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="opinions")
    letter = models.ForeignKey("Letter", on_delete=models.PROTECT, null=True, related_name="opinions")
    kind = models.CharField(max_length=16)
    conclusion = models.CharField(max_length=16)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SearchRecord(models.Model):
    """检索记录: where, with what words, over which time, by whom, whether the archive was asked, with what result.

    A reply that the body does not hold something cannot leave without one (最高人民法院指导案例101号).
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="searches")
    places = models.TextField()
    terms = models.TextField()
    period = models.CharField(max_length=200)
    searchers = models.CharField(max_length=200)
    archive_asked = models.BooleanField()
    result = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class DueChange(models.Model):
    """A due day that a calendar notice moved: from where to where, and which notice."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="due_changes")
    before = models.DateField(null=True)
    after = models.DateField(null=True)
    because = models.CharField(max_length=300)
    at = models.DateTimeField()


class Reminder(models.Model):
    """A reminder: once for each request, person, kind (`reminders.KINDS`) and day. `read_at`: it was put away."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "person", "kind", "on"], name="casework_reminded_once")
        ]


class ReminderMail(models.Model):
    """今日提醒 by e-mail: one for each person and day, whatever it tells of.

    `taken_at` is written before it is handed to the mail server and taken back when the server refuses it: a worker
    that is killed in between leaves it taken and not sent, and it is not sent again.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "person"], name="casework_mailed_once")]
