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
    """A member of staff and the account to sign in with. Never an applicant.

    `initial_password`: an administrator set it, and nothing is done with the account before it is changed. `mailed`:
    reminders come by e-mail as well. `acts_for` is nothing that is stored: the names of those whom the person
    stood in for in the act that was authorised last; the journal says it.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    mailed = models.BooleanField(default=True)
    initial_password = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = is_superuser = False
    acts_for = ""
    objects = PersonManager()

    def __str__(self) -> str:
        return self.name

    @property
    def acting_name(self) -> str:
        """The name with which the person signs: 陆一鸣（代韩知远）."""
        return f"{self.name}（代{self.acts_for}）" if self.acts_for else self.name


class Post(models.Model):
    """岗位, with A/B 岗: the deputy acts when the holder is away."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="posts")
    name = models.CharField(max_length=80)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deputised_posts")


class Assignment(models.Model):
    """A role that a person holds for a body, or one section of it, from a day until a day (included).

    `acting_for`: whom the person stands in for (代岗). The role counts only while that colleague holds it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assignments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    role = models.CharField(max_length=32)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    acting_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deputies")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="orgs_assignment_period"
            )
        ]


class CalendarNotice(models.Model):
    """A day off or worked by a notice; for one body, or for all where body is empty.

    `completes_year`: the arrangement of the day's whole year has been entered, for all bodies; `day` is 1 January.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="calendar_notices")
    day = models.DateField()
    worked = models.BooleanField()
    completes_year = models.BooleanField(default=False)
    instrument = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["day"], name="orgs_notice_day")]


class SavedView(models.Model):
    """The filters of a list that somebody keeps under a name: `page` is the list's, `query` its address's."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="views")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page", "name"], name="orgs_view_name")]
