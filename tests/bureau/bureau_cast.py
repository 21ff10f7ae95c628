"""The cast: a county with two bureaus, an officer in each, the county office, and the three administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from gongkai.bureau.orgs import exchange, founding, services
from gongkai.bureau.orgs.models import Person

BODIES = """\
{"code": "qinglan", "name": "青澜县人民政府", "short_name": "青澜县政府", "level": "county", "parent": null}
{"code": "qinglan-kjj", "name": "青澜县科学技术局", "level": "county_department", "parent": "qinglan"}
{"code": "qinglan-mzj", "name": "青澜县民政局", "level": "county_department", "parent": "qinglan"}
"""
SINCE = date(2024, 1, 2)


@dataclass(frozen=True)
class Cast:
    """People by what they are; `stranger` has an account and no role."""

    system: Person
    security: Person
    auditor: Person
    officer: Person
    handler: Person
    head: Person
    reviewer: Person
    adviser: Person
    leader: Person
    office: Person
    elsewhere: Person
    stranger: Person


@pytest.fixture
def cast(db: None, settings: object, tmp_path: object) -> Cast:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.FILES = tmp_path  # type: ignore[attr-defined]
    exchange.write(BODIES)
    for username, role in (("xitong", "system_admin"), ("anquan", "security_admin"), ("shenji", "auditor")):
        founding.appoint(username=username, name=username, role=role, body="qinglan", password="x")

    def get(username: str) -> Person:
        return Person.objects.get(username=username)

    def staff(username: str, role: str | None, body: str = "qinglan-kjj") -> Person:
        services.create_person(get("xitong"), username=username, name=username, password="long-enough-9274")
        Person.objects.update(initial_password=False)  # they have chosen their own since
        if role:
            services.grant_role(get("anquan"), username=username, role=role, body=body, since=SINCE, until=None)
        return get(username)

    return Cast(
        system=get("xitong"),
        security=get("anquan"),
        auditor=get("shenji"),
        officer=staff("officer", "disclosure_officer"),
        handler=staff("handler", "handler"),
        head=staff("head", "section_head"),
        reviewer=staff("reviewer", "secrecy_reviewer"),
        adviser=staff("adviser", "legal_adviser"),
        leader=staff("leader", "leader"),
        office=staff("office", "county_office", "qinglan"),
        elsewhere=staff("elsewhere", "disclosure_officer", "qinglan-mzj"),
        stranger=staff("stranger", None),
    )
