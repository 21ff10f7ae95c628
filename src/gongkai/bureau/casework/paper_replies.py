"""A reply made on paper and registered by hand: it passes none of the steps of a letter, so it owes their proof.

Somebody else signed it (see `rights`); what was not found was searched for; no letter of the same reply is on its way.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.bureau.casework.models import Letter, Request, SearchRecord
from gongkai.statute.cases import letter_flow
from gongkai.statute.letters import kind_of
from gongkai.statute.primitives import InputFault, InputRefused

NOT_HELD = "unavailable.not_held"


def refuse_unproven(found: Request, event: Mapping[str, object]) -> None:
    """InputRefused for a reply "not held" without a search, or one that a letter under way is about to make."""
    faults = []
    unfound = event.get("outcome") == NOT_HELD and not event.get("responsible_agency")
    if unfound and not SearchRecord.objects.filter(request=found).exists():
        valid = "先登记检索（条例第36条第4项）；不属于本机关负责的，填写负责机关（第36条第5项）"
        faults.append(InputFault("办理结果", "本机关不掌握，而没有检索记录", valid))
    under_way = Letter.objects.filter(request=found, state__in=(*letter_flow.UNDER_WAY, *letter_flow.NUMBERED))
    for letter in under_way.order_by("id"):
        if kind_of(letter.kind).event == "replied":
            now = letter_flow.STATES[letter.state]
            valid = "登记这件文书的送达，答复随之登记；改用纸质答复的，先退回或者作废"
            faults.append(InputFault("答复", f"{kind_of(letter.kind).title}{now}", valid))
    if faults:
        raise InputRefused(*faults)
