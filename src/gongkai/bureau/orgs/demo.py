"""The fictional county 青澜县: its bodies, sections, people and accounts, made through the services."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.bureau import clock
from gongkai.bureau.orgs import exchange, founding, services
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.vocabulary import ROLES

PASSWORD = "qinglan-2026"  # noqa: S105  # printed by `make run`; production refuses demo accounts
COUNTY, OFFICE, BUREAU = "qinglan", "qinglan-zfb", "qinglan-kjj"

DEPARTMENTS = (
    ("qinglan-zfb", "青澜县人民政府办公室", "青澜县政府办"),
    ("qinglan-fgj", "青澜县发展和改革局", "青澜县发改局"),
    ("qinglan-jyj", "青澜县教育局", "青澜县教育局"),
    ("qinglan-kjj", "青澜县科学技术局", "青澜县科技局"),
    ("qinglan-gaj", "青澜县公安局", "青澜县公安局"),
    ("qinglan-mzj", "青澜县民政局", "青澜县民政局"),
    ("qinglan-czj", "青澜县财政局", "青澜县财政局"),
    ("qinglan-rsj", "青澜县人力资源和社会保障局", "青澜县人社局"),
    ("qinglan-zrj", "青澜县自然资源和规划局", "青澜县资规局"),
    ("qinglan-zjj", "青澜县住房和城乡建设局", "青澜县住建局"),
    ("qinglan-wjj", "青澜县卫生健康局", "青澜县卫健局"),
    ("qinglan-scj", "青澜县市场监督管理局", "青澜县市场监管局"),
)
TOWNSHIPS = ("云溪", "白鹭", "松坪", "石门")
SUBDISTRICTS = ("城东", "临江")

PEOPLE = (
    # username, name, role, body
    ("zhuanyuan", "沈若溪", "disclosure_officer", BUREAU),
    ("chengban", "陆一鸣", "handler", BUREAU),
    ("kezhang", "韩知远", "section_head", BUREAU),
    ("baomi", "顾清和", "secrecy_reviewer", BUREAU),
    ("falv", "温既明", "legal_adviser", BUREAU),
    ("lingdao", "程望舒", "leader", BUREAU),
    ("zhuguan", "许景行", "county_office", COUNTY),
    ("mzj-zhuanyuan", "叶知秋", "disclosure_officer", "qinglan-mzj"),
)
ADMINISTRATORS = (
    ("xitong", "方砚", "system_admin"),
    ("anquan", "苏牧", "security_admin"),
    ("shenji", "贺临", "auditor"),
)
SECTIONS = (("bgs", "办公室"), ("gxk", "高新技术科"), ("cgk", "成果转化科"))


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    name: str
    role_word: str


def accounts() -> tuple[Account, ...]:
    """What the console prints: every demo account with its role."""
    staff = [Account(username, name, ROLES[role]) for username, name, role, _ in PEOPLE]
    return (*staff, *(Account(username, name, ROLES[role]) for username, name, role in ADMINISTRATORS))


def _records(extra: int, seed: int) -> Iterable[dict[str, object]]:
    yield {"code": COUNTY, "name": "青澜县人民政府", "short_name": "青澜县政府", "level": "county", "parent": None}
    for code, name, short in DEPARTMENTS:
        yield {"code": code, "name": name, "short_name": short, "level": "county_department", "parent": COUNTY}
    for number, name in enumerate(TOWNSHIPS, 1):
        yield {
            "code": f"qinglan-t{number:02}",
            "name": f"青澜县{name}镇人民政府",
            "short_name": f"{name}镇",
            "level": "township",
            "parent": COUNTY,
        }
    for number, name in enumerate(SUBDISTRICTS, 1):
        yield {
            "code": f"qinglan-s{number:02}",
            "name": f"青澜县{name}街道办事处",
            "short_name": f"{name}街道",
            "level": "subdistrict",
            "parent": COUNTY,
        }
    chance = random.Random(seed)  # noqa: S311  # lifelike names, not secrets
    first, second = "青云白松石月星春秋岚竹柳河湖溪", "泉坪湾桥岭塘渡庄田林"
    for number in range(extra):
        name = chance.choice(first) + chance.choice(second)
        yield {
            "code": f"qinglan-x{number:04}",
            "name": f"青澜县{name}{number + 1}号服务中心",
            "short_name": f"{name}{number + 1}号中心",
            "level": "authorised_body",
            "parent": DEPARTMENTS[number % len(DEPARTMENTS)][0],
        }


def fill(*, bodies: int, seed: int) -> None:
    """Make the county with at least `bodies` bodies, its people, roles, sections, posts and one local notice."""
    own = len(DEPARTMENTS) + len(TOWNSHIPS) + len(SUBDISTRICTS) + 1
    lines = (json.dumps(each, ensure_ascii=False) for each in _records(max(0, bodies - own), seed))
    exchange.write("\n".join(lines))
    for username, name, role in ADMINISTRATORS:
        founding.appoint(username=username, name=name, role=role, body=COUNTY, password=PASSWORD)
    system = Person.objects.get(username="xitong")
    security = Person.objects.get(username="anquan")
    _offices(system)
    since = date(clock.today().year - 2, 1, 2)
    for code, name in SECTIONS:
        services.create_section(system, body=BUREAU, code=code, name=name)
    services.create_section(system, body=OFFICE, code="gkk", name="政务公开科")
    for username, name, role, body in PEOPLE:
        services.create_person(system, username=username, name=name, password=PASSWORD)
        section = {"handler": "gxk", "section_head": "gxk"}.get(role)
        services.grant_role(security, username=username, role=role, body=body, section=section, since=since, until=None)
    Person.objects.update(initial_password=False)  # the demo's password is printed, nobody has to change it
    services.create_post(
        system, body=BUREAU, section="bgs", name="政府信息公开岗", holder="zhuanyuan", deputy="chengban"
    )
    services.create_post(system, body=BUREAU, section="gxk", name="申请承办岗", holder="chengban", deputy="kezhang")
    services.enter_notice(
        system,
        days=[date(clock.today().year, 3, 16)],
        worked=False,
        instrument=f"青政办发〔{clock.today().year}〕6号",
        note="青澜县建县纪念日放假一天",
        body=COUNTY,
    )


def _offices(system: Person) -> None:
    for number, each in enumerate(Body.objects.exclude(level="authorised_body").order_by("id")):
        services.update_body(
            system,
            each.code,
            name=each.name,
            short_name=each.short_name,
            address=f"青澜县滨河路{100 + number}号",
            office_hours="工作日 8:30—12:00，14:00—17:30",
            telephone=f"0570-0000{100 + number}",
        )


def is_here() -> bool:
    """Whether this installation holds the demo accounts."""
    return Person.objects.filter(username=PEOPLE[0][0], name=PEOPLE[0][1]).exists()
