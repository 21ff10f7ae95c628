"""The form of an application as portal and desk post it: one flat set of fields, rows numbered from 1.

What was typed comes back in the same fields, blank rows left out, so that faults and rows carry the same numbers.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

from gongkai.bureau.casework.files import MOST_FILES, Sent, file_faults
from gongkai.bureau.casework.intake import Enclosed
from gongkai.screens.ui import uploads
from gongkai.statute.cases.application import MOST_JOINT, MOST_WANTED, FieldFault, Filing, Wanted, Who
from gongkai.statute.primitives import InputFault

WANTED = ("name", "number", "description")
PERSON = ("name", "document", "id_number")
AGENT = (*PERSON, "telephone")
PLAIN = ("kind", *PERSON, "contact_person", "telephone", "email", "post", "by_agent", "form", "way", "help")
TOKEN_AGE = 7 * 86400
"""Seconds for which a form may be sent."""
LONGEST_TYPED = 10_000
"""Characters of one field that are given back; more is no slip but an attack on the page."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What neither PostgreSQL nor a letter in Word can hold; nobody has it on a keyboard."""
_BY_HAND = re.compile(r"(.*-)?(id_number|telephone|email)")
"""Fields of plain letters and digits, which Chinese input methods write full-width."""
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_ROW = re.compile(r"(wanted|joint)-(\d{1,3})-(name|number|description|document|id_number)")


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed, by field; `rows` of wanted items and joint applicants that hold something."""

    values: Mapping[str, str]
    wanted: int
    joint: int

    @property
    def filing(self) -> Filing:
        value = self.values.get
        agent = Who(*(value(f"agent-{each}", "") for each in AGENT)) if value("by_agent") == "yes" else None
        return Filing(
            kind=value("kind", ""),
            applicant=Who(*(value(each, "") for each in PERSON)),
            contact_person=value("contact_person", ""),
            telephone=value("telephone", ""),
            email=value("email", ""),
            post=value("post", ""),
            joint=tuple(Who(*(value(f"joint-{at}-{each}", "") for each in PERSON)) for at in range(1, self.joint + 1)),
            agent=agent,
            wanted=tuple(
                Wanted(*(value(f"wanted-{at}-{each}", "") for each in WANTED)) for at in range(1, self.wanted + 1)
            ),
            form=value("form", ""),
            way=value("way", ""),
            help=value("help", ""),
        )


def entered(request: HttpRequest) -> Entered:
    """The fields as posted, without the space around them."""
    values = {name: _typed(request, name) for name in (*PLAIN, *(f"agent-{each}" for each in AGENT))}
    rows: dict[str, dict[int, dict[str, str]]] = {"wanted": {}, "joint": {}}
    for name in request.POST:
        if found := _ROW.fullmatch(name):
            rows[found[1]].setdefault(int(found[2]), {})[found[3]] = _typed(request, name)
    for kind, fields in (("wanted", WANTED), ("joint", PERSON)):
        # a document chosen by itself makes no row
        filled = [rows[kind][at] for at in sorted(rows[kind])
                  if any(text for name, text in rows[kind][at].items() if name != "document")]  # fmt: skip
        filled = filled[: (MOST_WANTED if kind == "wanted" else MOST_JOINT) + 1]
        rows[kind] = dict(enumerate(filled, 1))
        values |= {f"{kind}-{at}-{each}": row.get(each, "") for at, row in rows[kind].items() for each in fields}
    return Entered({name: text for name, text in values.items() if text}, len(rows["wanted"]), len(rows["joint"]))


def enclosed(request: HttpRequest, fields: Mapping[str, str]) -> tuple[list[Enclosed], list[FieldFault]]:
    """The files by the fields that they came in (field → what they are), and what is wrong with them."""
    found: list[Enclosed] = []
    faults: list[FieldFault] = []
    for field, of in fields.items():
        for each in uploads.sent(request, field):
            if each.refused:
                wrong = f"“{each.name[:60]}”太大，没有接收"
                faults.append(FieldFault(field, InputFault("文件", wrong, "小一些的文件")))
                continue
            taken = Enclosed(of, Sent(each.name, each.data), power=field == "power")
            found.append(taken)
            faults += [FieldFault(field, fault) for fault in file_faults(taken.sent, taken.word)]
    if len(found) > MOST_FILES:
        faults.append(FieldFault([*fields][-1], InputFault("文件", f"有{len(found)}个", f"不超过{MOST_FILES}个")))
    return found, faults


def new_token(purpose: str) -> str:
    """A signed word of its own for one form: sent twice, it is one application."""
    return signing.dumps(secrets.token_urlsafe(18), salt=purpose)


def word_of(token: str, purpose: str) -> str:
    """The word that a form's token carries; "" for a forged or old one."""
    try:
        return str(signing.loads(token, salt=purpose, max_age=TOKEN_AGE))
    except signing.BadSignature:
        return ""


def at_fields(faults: Sequence[FieldFault]) -> dict[str, str]:
    """field → all that is wrong with it, in a sentence."""
    told: dict[str, str] = {}
    for each in faults:
        text = f"{each.fault.wrong}，应为{each.fault.valid}" if each.fault.valid else each.fault.wrong
        told[each.field] = f"{told[each.field]}；{text}" if each.field in told else text
    return told


def _typed(request: HttpRequest, name: str) -> str:
    text = _CONTROL.sub("", request.POST.get(name, "")).strip()[:LONGEST_TYPED]
    found = _BY_HAND.fullmatch(name)
    if found is None:
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    # the gaps in which a number is read off a card are no part of it
    return "".join(plain.split()) if found[2] == "id_number" else plain.strip()
