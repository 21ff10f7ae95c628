"""Bodies, their sections and posts; people and the roles they hold for a time; local calendar notices."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Body(models.Model):
    """机关、机构. Codes never change; a reorganised body gets a new code and names its predecessors."""

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=32)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=600, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors", blank=True)
    address = models.CharField(max_length=200, blank=True)
    office_hours = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=60, blank=True)


class Section(models.Model):
    """科室."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sections")
    code = models.SlugField(max_length=64)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="orgs_section_code")]


class PersonManager(BaseUserManager["Person"]):
    """allauth and Django's own commands look accounts up through it."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """A member of staff and the account to sign in with. Never an applicant."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = is_superuser = False
    objects = PersonManager()

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """岗位, with A/B 岗: the deputy acts when the holder is away."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="posts")
    name = models.CharField(max_length=80)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deputised_posts")


class Assignment(models.Model):
    """A role that a person holds for a body, or one section of it, from a day until a day (included)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assignments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    role = models.CharField(max_length=32)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="orgs_assignment_period"
            )
        ]


class CalendarNotice(models.Model):
    """A day off or worked by a local notice; for one body, or for all where body is empty."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="calendar_notices")
    day = models.DateField()
    worked = models.BooleanField()
    instrument = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["day"], name="orgs_notice_day")]
