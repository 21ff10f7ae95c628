"""Pages of the desk that take a number: those of one body's rows open nothing for another body's officer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse
from following_ground import filed

from gongkai.bureau import clock
from gongkai.bureau.annual import demo as annual_demo
from gongkai.bureau.annual import queries, services
from gongkai.bureau.annual.models import AnnualReport, FindingWaiver, KeptCheck
from gongkai.bureau.casework import consulting, following, letter_delivery
from gongkai.bureau.casework import demo as casework_demo
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import (
    ApplicantMessage,
    Assignment,
    CaseFile,
    Consultation,
    Letter,
    Request,
    WantedItem,
)
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Body, CalendarNotice, Person
from gongkai.bureau.publishing import draft_steps, drafting, site_tables, uploads
from gongkai.bureau.publishing.models import (
    Channel,
    Column,
    Draft,
    Evaluation,
    EvaluationEntry,
    Gazette,
    Item,
    Sending,
    SentTable,
)
from gongkai.bureau.remedies.models import Remedy

NUMBERS: dict[str, type[Model]] = {
    "check": KeptCheck,
    "report": AnnualReport,
    "waiver": FindingWaiver,
    "notice": CalendarNotice,
    "request": Request,
    "remedy": Remedy,
    "item": Item,
    "assignment": Assignment,
    "file": CaseFile,
    "letter": Letter,
    "message": ApplicantMessage,
    "consultation": Consultation,
    "position": WantedItem,
    "place": Column,
    "draft": Draft,
    "issue": Gazette,
    "evaluation": Evaluation,
    "entry": EvaluationEntry,
    "sending": Sending,
    "sent_table": SentTable,
}
PARTS = {
    "table": "requests", "row": "granted", "column": "total", "part": "problems", "act": "submit",
    "year": 2025, "code": "licences", "which": "document", "count": "made",
    "before": 1, "after": 2, "digest": hashlib.sha256("申报条件".encode()).hexdigest(),
}  # fmt: skip
OPEN = {"calendar-year", "due-day", "statistics-cell", "statistics-cases", "keep-view", "channel-send"}
"""Pages with a number that is no row of a body; what they show is of the reader's own bodies."""


def patterns() -> list[URLPattern]:
    from gongkai.screens.desk.urls import urlpatterns

    return [each for each in urlpatterns if each.pattern.converters and each.name not in OPEN]


@pytest.fixture(scope="module")
def county(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, int]]:
    """The demo, all of whose ledgers are one bureau's; made once for the module and rolled back after it."""
    from django.conf import settings
    from django.db import transaction

    files, hashers = settings.FILES, settings.PASSWORD_HASHERS
    settings.FILES = tmp_path_factory.mktemp("files")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            demo.fill(bodies=19, seed=1)
            annual_demo.fill(items=200)
            casework_demo.fill()
            _waive()
            _said()
            _drafted()
            _sent()
            own = {name: model.objects.filter(**_of_the_bureau(model)).first() for name, model in NUMBERS.items()}  # type: ignore[attr-defined]
            # the demo's one notice is the county's: not the other bureau's either
            rows = {name: row or NUMBERS[name].objects.get() for name, row in own.items()}  # type: ignore[attr-defined]
            yield {name: row.pk for name, row in rows.items()} | _related(rows)
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
    settings.FILES, settings.PASSWORD_HASHERS = files, hashers


def _waive() -> None:
    officer = Person.objects.get(username="zhuanyuan")
    check = KeptCheck.objects.get(year=2025, body__code=demo.BUREAU)
    found = queries.check(officer, check.pk)
    assert found is not None
    services.waive(officer, check.pk, found.findings[0].mark, because="原文如此", until=None)


def _said() -> None:
    """What an applicant sent with a file, and what a third party answered with one."""
    page = Sent("说明.pdf", b"%PDF-1.4\n%%EOF\n")
    mine = filed(Person.objects.get(username="zhuanyuan"), number="KJJ-2026-9001")
    following.say(mine.given, "complaint", following.Said("迟迟没有答复", "a-form-of-its-own-0001", files=(page,)))
    asked = Letter.objects.get(kind="third_party_consultation")
    token = letter_delivery.open_consultation(Person.objects.get(username="zhuanyuan"), asked.pk)
    consulting.answer(token, consulting.Answer(consents=False, grounds="含有商业秘密", files=(page,)))


def _drafted() -> None:
    """A piece of information under review, in two versions, with a file."""
    place = Column.objects.get(body__code=demo.BUREAU, code="notices")
    writer, head = (Person.objects.get(username=each) for each in ("chengban", "kezhang"))
    made = drafting.begin(writer, place.pk)
    elements = {"title": "关于申报的通知", "genre": "通知", "topic": "科技、教育", "formed_on": "2026-03-02"}
    drafting.write(writer, made, drafting.Written(elements, "<p>全文</p>"), seen=0)
    drafting.attach(writer, made, uploads.Sent("说明.txt", "申报条件".encode()))
    draft_steps.take_step(writer, made, "submit")
    draft_steps.take_step(head, made, "return_", {"reasons": "写清楚"})
    draft_steps.take_step(writer, made, "submit")
    drafting.begin(writer, place.pk, {"title": "关于征求意见的公告"})  # the last one is still being written


def _sent() -> None:
    """An item that waits for WeChat, and an issue of the gazette."""
    officer = Person.objects.get(username="zhuanyuan")
    body = Body.objects.get(code=demo.BUREAU)
    channel = Channel.objects.create(body=body, kind="wechat", name="微信公众号")
    item = Item.objects.filter(body=body).first()
    Sending.objects.create(channel=channel, item=item, what="published", revision=1, at=clock.now())
    batch = Evaluation.objects.create(body=body, until=clock.today(), by=officer, at=clock.now())
    EvaluationEntry.objects.create(evaluation=batch, draft=Draft.objects.filter(body=body).first(), was="内部事务")
    site_tables.send(officer, demo.BUREAU, "旧网站.csv", "标题,正文\n关于甲的通知,全文\n".encode())
    Gazette.objects.create(
        body=body, year=2026, number=1, issued_on=clock.today(), digest=uploads.store(b"%PDF-1.7"), by=officer,
        at=clock.now(),
    )  # fmt: skip


def _of_the_bureau(model: type[Model]) -> dict[str, object]:
    names = {each.name for each in model._meta.fields}
    if "body" in names:
        return {"body__code": demo.BUREAU}
    if model is Sending:
        return {"channel__body__code": demo.BUREAU}
    if model is EvaluationEntry:
        return {"evaluation__body__code": demo.BUREAU}
    found: dict[str, object] = {"request__body__code": demo.BUREAU} if "request" in names else {}
    if model is CaseFile:
        return found | {"of": "material"}
    return found | ({"document__isnull": False, "consultation__isnull": False} if model is Letter else {})


def _related(rows: dict[str, Any]) -> dict[str, Any]:
    """The rows that an address names beside its own, by `page.converter`."""
    writing = Draft.objects.filter(title="关于征求意见的公告").get().pk
    return {
        "case-assignment.number": rows["assignment"].request_id,
        "case-item.number": rows["position"].request_id,
        "case-item.position": rows["position"].position,
        "case-item-undo.number": rows["position"].request_id,
        "case-item-undo.position": rows["position"].position,
        "message-file.number": rows["message"].pk,
        "message-file.file": CaseFile.objects.get(facts__message=rows["message"].pk).pk,
        "consultation.letter": rows["consultation"].letter_id,
        "consultation-file.letter": rows["consultation"].letter_id,
        "consultation-file.file": CaseFile.objects.get(facts__consultation=rows["consultation"].pk).pk,
        "case-page.number": 1,
        "documents-behind.row": "normative",
        "column.number": rows["place"].pk,
        "item-table.number": rows["sent_table"].pk,
        **{f"draft-{page}.number": writing for page in ("write", "paste", "upload", "preview")},
    }


def address(pattern: URLPattern, county: dict[str, int]) -> str:
    """The page's address for a row of the bureau."""
    kind = str(pattern.pattern).partition("/")[0].rstrip("s").replace("remedie", "remedy")
    values: dict[str, object] = {}
    for name in pattern.pattern.converters:
        if f"{pattern.name}.{name}" in county:
            values[name] = county[f"{pattern.name}.{name}"]
        elif name == "number":
            values[name] = county[kind]
        elif name in county:
            values[name] = county[name]
        elif name == "body" or (name == "code" and kind == "bodie"):
            values[name] = demo.BUREAU
        elif name == "username":
            values[name] = "zhuanyuan"
        elif name == "to":
            values[name] = "docx" if "annual" in str(pattern.pattern) else "json"
        else:
            values[name] = PARTS[name]
    return reverse(f"desk:{pattern.name}", kwargs=values)


def browser(username: str) -> Client:
    client = Client()
    person = Person.objects.get(username=username)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("pattern", patterns(), ids=lambda each: str(each.name))
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_bureaus_officer_gets_nothing_by_its_number(
    method: str, pattern: URLPattern, county: dict[str, int], db: None
) -> None:
    path = address(pattern, county)
    status = getattr(browser("mzj-zhuanyuan"), method)(path).status_code
    assert status in {403, 404, 405}, path
    if method == "get" and status != 405:
        # the address is right: its own people, or an administrator, get their page with it
        served = [browser(each).get(path).status_code for each in ("zhuanyuan", "chengban", "xitong", "zhuguan")]
        assert 200 in served, path


def test_the_demo_has_a_row_of_the_bureau_to_try(county: dict[str, int], db: None) -> None:
    assert Body.objects.filter(code=demo.BUREAU).exists()
    for name in NUMBERS:
        assert NUMBERS[name].objects.filter(pk=county[name]).exists(), name  # type: ignore[attr-defined]
