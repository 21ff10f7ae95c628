"""Who has work in hand and who could take it over, in the bodies that a person assigns for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from gongkai.bureau import clock
from gongkai.bureau.casework.models import Assignment
from gongkai.bureau.casework.rights import HANDLING
from gongkai.bureau.orgs.models import Assignment as Role
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, require


@dataclass(frozen=True, slots=True)
class Holder:
    username: str
    name: str
    in_hand: int


@dataclass(frozen=True, slots=True)
class Hands:
    """`holders` have something in hand, also those who have left; `takers` hold a role today: (username, name)."""

    holders: tuple[Holder, ...]
    takers: tuple[tuple[str, str], ...]


def hands(person: Person) -> Hands:
    require(person, Act.ASSIGN_REQUESTS)
    today = clock.today()
    bodies = Body.objects.filter(reach(person, Act.ASSIGN_REQUESTS))
    counted = (
        Assignment.objects.filter(ended_at__isnull=True, person__isnull=False, request__body__in=bodies)
        .values("person__username", "person__name")
        .annotate(in_hand=Count("id"))
        .order_by("person__username")
    )
    serving = Role.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), body__in=bodies, since__lte=today, role__in=HANDLING,
        person__is_active=True,
    )  # fmt: skip
    takers = serving.order_by("person__username").values_list("person__username", "person__name").distinct()
    return Hands(
        tuple(Holder(each["person__username"], each["person__name"], each["in_hand"]) for each in counted),
        tuple(takers),
    )
