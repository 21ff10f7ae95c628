"""The same asked, the same answered: earlier replies of the whole county to requests that use the same words.

Looked for among a bounded number of the latest concluded requests (`LOOKED_THROUGH` within `YEARS_BACK` years), by the
pairs of neighbouring characters; never showing who asked.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from cryptography.exceptions import InvalidTag
from django.db.models import Q, QuerySet

from gongkai.bureau import clock
from gongkai.bureau.casework import identity
from gongkai.bureau.casework.models import NOT_CLOSED, Identity, Letter, Request, WantedItem
from gongkai.bureau.casework.unnamed import masking
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, held_roles, reach, require
from gongkai.statute.cases import letter_flow
from gongkai.statute.inspection.identifiers import find_identifiers

LOOKED_THROUGH = 3000
YEARS_BACK = 3
LIKE = 0.5
"""Share of the words looked for that a request must have."""
MOST_ROWS = 20
LONGEST_QUERY = 300
_LEFT_OUT = "〔略〕"
_PERSONAL = frozenset({"id_card", "phone", "bank_card", "email", "plate", "passport", "name"})
"""An address is not among them: a plot or a street is what was asked about."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What was decided on one wanted item."""

    outcome: str
    articles: str
    reason: str


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """An earlier reply. `likeness` in per cent; `open`: the person's roles reach the request itself."""

    id: int
    number: str
    body_name: str
    subject: str
    closed_on: date
    outcome: str
    late: bool
    likeness: int
    reply_number: str
    grounds: tuple[Ground, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Found:
    """`looked_through`: how many requests were compared; `all` where there were no more within the years."""

    rows: tuple[LibraryRow, ...]
    looked_through: int
    all: bool


def similar(person: Person, text: str, *, besides: int | None = None) -> Found:
    """Earlier replies of the county to requests alike, the most alike first; `besides` is the request at hand."""
    require(person, Act.SEE_LEDGERS)
    asked = _pairs(text.strip()[:LONGEST_QUERY])
    if not asked:
        return Found((), 0, True)
    since = clock.today() - timedelta(days=366 * YEARS_BACK)
    looked = list(
        Request.objects.filter(body__in=_county(person).values("pk"), closed_year__lt=NOT_CLOSED, closed_on__gte=since)
        .order_by("-closed_on", "-id")
        .values_list("id", "subject")[: LOOKED_THROUGH + 1]
    )
    compared = [(pk, len(asked & _pairs(subject)) / len(asked)) for pk, subject in looked[:LOOKED_THROUGH]]
    near = sorted(((pk, like) for pk, like in compared if like >= LIKE and pk != besides), key=lambda each: -each[1])
    shown = dict(near[:MOST_ROWS])
    return Found(_rows(person, shown), len(compared), len(looked) <= LOOKED_THROUGH)


def _county(person: Person) -> QuerySet[Body]:
    """All bodies of the counties that the person's own bodies belong to; without a county above, of the whole tree."""
    condition = Q(pk__in=[])
    above = {held.path: _prefixes(held.path) for held in held_roles(person)}
    paths = {path for prefixes in above.values() for path in prefixes}
    counties = set(Body.objects.filter(path__in=paths, level="county").values_list("path", flat=True))
    for prefixes in above.values():
        top = next((path for path in reversed(prefixes) if path in counties), prefixes[0])
        condition |= Q(path__startswith=top)
    return Body.objects.filter(condition)


def _prefixes(path: str) -> list[str]:
    """a/b/ → a/, a/b/."""
    parts = path.strip("/").split("/")
    return ["/".join(parts[: number + 1]) + "/" for number in range(len(parts))]


def _rows(person: Person, shown: dict[int, float]) -> tuple[LibraryRow, ...]:
    found = Request.objects.select_related("body", "identity").filter(pk__in=list(shown))
    grounds: dict[int, list[Ground]] = {}
    for item in WantedItem.objects.filter(request__in=list(shown)).exclude(outcome="").order_by("request", "position"):
        grounds.setdefault(item.request_id, []).append(Ground(item.outcome, item.articles, item.reason))
    delivered = Letter.objects.filter(request__in=list(shown), state=letter_flow.DELIVERED, event__isnull=False)
    replies = dict(delivered.order_by("id").values_list("request", "number"))
    within = set(Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values_list("pk", flat=True))
    rows = [
        LibraryRow(
            each.pk, each.number, each.body.name, _unnamed(each), each.closed_on, each.outcome, each.late,
            int(100 * shown[each.pk]), replies.get(each.pk, ""),
            tuple(Ground(one.outcome, one.articles, _struck(each, one.reason)) for one in grounds.get(each.pk, ())),
            each.body_id in within,
        )
        for each in found
        if each.closed_on is not None
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda each: (-each.likeness, -each.closed_on.toordinal(), -each.id)))


def _unnamed(found: Request) -> str:
    return _struck(found, found.subject)


def _struck(found: Request, text: str) -> str:
    """A text without the applicant's own name, number and contact, and without anybody's numbers."""
    sealed: Identity | None = getattr(found, "identity", None)
    try:
        names = identity.unseal(bytes(sealed.sealed)) if sealed else identity.NOBODY
    except InvalidTag:
        names = identity.NOBODY
    told = masking(names)(text)
    for found_at in reversed(find_identifiers(told)):
        if found_at.kind in _PERSONAL:
            told = told[: found_at.start] + _LEFT_OUT + told[found_at.end :]
    return told


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[int]:
    letters = [each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum()]
    return frozenset(hash(pair) for pair in pairwise(letters)) or frozenset(map(hash, letters))
