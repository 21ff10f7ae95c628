"""索引号: given at the first publication, once, never reused, never changed (《政府信息公开目录系统实施指引》)."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing.models import IndexNumber, IndexScheme, Item
from gongkai.statute.catalogue.index_numbers import DEFAULT, scheme
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_ORG = 40
_ORG = re.compile(r"[0-9A-Za-z._-]+")


def give(body: Body, year: int, column: str) -> str:
    """The next number of the body in that year, in the caller's transaction, which holds the body's row.

    A number that an entered or imported item already bears, as its index number or its own, is left out.
    """
    chosen = IndexScheme.objects.filter(body=body).first()
    form = scheme(chosen.pattern if chosen else DEFAULT)
    org = chosen.org if chosen else body.code
    last = IndexNumber.objects.filter(body=body, year=year).aggregate(last=Max("serial"))["last"] or 0
    while True:
        last += 1
        number = form.number(org=org, year=year, serial=last, column=column)
        if Item.objects.filter(Q(index_number=number) | Q(body=body, source_id=number)).exists():
            continue
        try:
            with transaction.atomic():
                IndexNumber.objects.create(body=body, year=year, serial=last, number=number, at=clock.now())
        except IntegrityError:  # another body gave the same one: the scheme or the code is the same there
            continue
        return number


@transaction.atomic
def set_scheme(actor: Person, body: str, *, pattern: str, org: str) -> None:
    """The form for numbers from now on; those that were given stay as they are."""
    require(actor, Act.EDIT_COLUMNS, body)
    owner = Body.objects.select_for_update().get(code=body)
    chosen = scheme(pattern)
    org = org.strip()
    if not org or len(org) > LONGEST_ORG or not _ORG.fullmatch(org):
        raise InputRefused(
            InputFault("机关代码", f"“{org[:20]}”不能用", "组织机构代码或者统一社会信用代码，字母和数字")
        )
    taken = IndexScheme.objects.filter(pattern=chosen.pattern, org=org).exclude(body=owner).select_related("body")
    if other := taken.first():
        raise InputRefused(InputFault("机关代码", f"{other.body.name}已经在用", "本机关自己的代码"))
    IndexScheme.objects.update_or_create(body=owner, defaults={"pattern": chosen.pattern, "org": org})
    facts = {"pattern": chosen.pattern, "org": org}
    ledger.append(f"columns:{body}", "index_scheme.set", actor=actor, body=body, facts=facts)


def scheme_of(body: str) -> tuple[str, str]:
    """(form, code) in force for a body."""
    found = IndexScheme.objects.filter(body__code=body).first()
    return (found.pattern, found.org) if found else (DEFAULT, body)
