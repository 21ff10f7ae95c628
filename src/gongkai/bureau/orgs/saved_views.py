"""我的视图: the filters of a list under a name of one's own. Nobody else sees them; they grant nothing."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from gongkai.bureau.orgs.models import Person, SavedView
from gongkai.statute.primitives import InputFault, InputRefused

MOST = 20
LONGEST_NAME, LONGEST_QUERY = 40, 1000
PASSING = frozenset({"after", "as"})
"""What belongs to one look at a list and not to a view of it: the page turned to, the format."""


def views_of(person: Person, page: str) -> tuple[tuple[str, str], ...]:
    """(name, query) of a person's views of one list, by name."""
    found = SavedView.objects.filter(person=person, page=page).order_by("name")
    return tuple(found.values_list("name", "query"))


@transaction.atomic
def save(person: Person, page: str, name: str, query: str, known: Iterable[str]) -> None:
    """Keep the filters of an address under a name; the same name again replaces what stood under it.

    known: the list's own filters; whatever else the address held is left out.
    """
    wanted = frozenset(known) - PASSING
    kept = urlencode([(each, value) for each, value in parse_qsl(query) if each in wanted])
    word = name.strip()
    faults = []
    if not word:
        faults.append(InputFault("视图名称", "没有填写", "如“本月到期”"))
    elif len(word) > LONGEST_NAME:
        faults.append(InputFault("视图名称", f"有{len(word)}个字", f"不超过{LONGEST_NAME}个字"))
    if not kept:
        faults.append(InputFault("视图", "没有任何筛选条件", "先筛选，再保存"))
    elif len(kept) > LONGEST_QUERY:
        faults.append(InputFault("视图", "筛选条件太长", "少几个条件"))
    mine = SavedView.objects.select_for_update().filter(person=person, page=page)
    if not faults and mine.exclude(name=word).count() >= MOST:
        faults.append(InputFault("视图", f"已有{MOST}个", "删去不用的再保存"))
    if faults:
        raise InputRefused(*faults)
    SavedView.objects.update_or_create(person=person, page=page, name=word, defaults={"query": kept})


def drop(person: Person, page: str, name: str) -> None:
    SavedView.objects.filter(person=person, page=page, name=name).delete()
