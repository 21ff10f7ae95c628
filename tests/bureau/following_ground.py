"""A request that somebody filed and can follow: number, query code, and who they are, planted to be looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.bureau import clock
from gongkai.bureau.casework import following, identity, intake, services
from gongkai.bureau.casework.models import Application
from gongkai.bureau.casework.queries.following import Pass
from gongkai.bureau.orgs.models import Person

CODE = "H7KD29QWRT4M"
NAME, ID_NUMBER, CONTACT = "欧阳慕云", "11010519491231002X", "慕云收 13911112222"
PARTY = "青澜县云岭建材有限公司"


@dataclass(frozen=True)
class Filed:
    id: int
    number: str
    given: Pass


def filed(
    officer: Person, *events: dict[str, object], number: str = "KJJ-2026-0007", channel: str = "in_person"
) -> Filed:
    """A request with a submission today unless events are given."""
    taken = list(events) or [{"kind": "submitted", "on": clock.today().isoformat()}]
    made = services.register(
        officer, body="qinglan-kjj", number=number, applicant_kind="natural_person", names=(NAME, ID_NUMBER, CONTACT),
        subject="2025年科技特派员经费的分配结果", channel=channel, events=taken, evidence="申请书（内部流转单）",
    )  # fmt: skip
    Application.objects.create(
        request_id=made, code_mark=intake.code_mark(number, CODE), sealed=identity.seal_text("{}"), filed_at=clock.now()
    )
    given = following.opened(number, CODE)
    assert given is not None
    return Filed(made, number, given)


def on_day(kind: str, day: date | None = None, **fields: object) -> dict[str, object]:
    return {"kind": kind, "on": (day or clock.today()).isoformat(), **fields}
