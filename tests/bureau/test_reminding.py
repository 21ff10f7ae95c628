"""提醒: whoever can still act is told in time, once a day; the mail that leaves the house says nothing of who asked."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from bureau_cast import Cast
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau import clock
from gongkai.bureau.casework import assigning, reminding, services
from gongkai.bureau.casework.models import Assignment, Reminder, ReminderMail, Request
from gongkai.bureau.casework.queries import reminders
from gongkai.bureau.jobs import queries as job_queries
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.models import Job
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import deputies, mail_choice
from gongkai.bureau.orgs.models import Assignment as Role
from gongkai.bureau.orgs.models import Person
from gongkai.statute.parameters import value
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database
TODAY = date(2026, 9, 10)
"""A Thursday."""
NAME, CONTACT, SUBJECT = "欧阳慕云", "13911112222", "云岭路拆迁补偿分配结果"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


class Sink:
    """A mail server of our own: what it took, and what it answers instead of taking it."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, str]] = []
        self.refuses: str = ""

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: object, session: object, envelope: object, address: str, options: object
    ) -> str:
        if address == self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802  # aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)  # type: ignore[attr-defined]
        self.taken.append(
            (str(message["To"]), str(message["Subject"]).strip(), message.get_content().replace("\r\n", "\n"))
        )
        return "250 OK"


@pytest.fixture
def sink(settings: object) -> Iterator[Sink]:
    found = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    yield found
    server.stop()


def due_in(cast: Cast, days: int, number: int, phase: str = "running") -> int:
    """A request of the bureau whose clock says that its day is so many days away."""
    made = services.register(
        cast.officer, body="qinglan-kjj", number=f"KJJ-2026-{number:04d}", applicant_kind="natural_person",
        names=(NAME, None, CONTACT), subject=SUBJECT, channel="in_person",
        events=[{"kind": "submitted", "on": "2026-09-01"}], evidence="申请书",
    )  # fmt: skip
    phase = "overdue" if days < 0 and phase == "running" else phase
    Request.objects.filter(pk=made).update(due_on=TODAY + timedelta(days=days), phase=phase)
    return made


def remind() -> str:
    done = reminding.remind(progress=lambda *told: None)
    if done.write:
        done.write()
    return done.message


def send(turn: int = 0) -> str:
    done = reminding.send_mails(progress=lambda *told: None, on=TODAY.isoformat(), turn=turn)
    if done.write:
        done.write()
    return done.message


def told(request: int) -> set[tuple[str, str]]:
    return set(Reminder.objects.filter(request=request).values_list("person__username", "kind"))


def addresses(*people: Person) -> None:
    for each in people:
        mail_choice.choose(each, mailed=True, email=f"{each.username}@kjj.example")


def test_who_is_told_on_which_day(cast: Cast) -> None:
    """Amber from 7 days before: handler and officer; the leader from 2 days before; the head when it is late."""
    assert value("request_light_soon_days", TODAY).number == 7
    assert value("request_escalation_days", TODAY).number == 2
    made = {days: due_in(cast, days, number) for number, days in enumerate((8, 7, 3, 2, 0, -1))}
    for request in made.values():
        assigning.assign(cast.officer, request, person="handler")
    waits = due_in(cast, 1, 7, "awaiting_correction")
    closed = due_in(cast, -5, 8, "closed_late")
    remind()
    both = {("officer", "soon"), ("handler", "soon")}
    assert {days: told(request) for days, request in made.items()} == {
        8: set(),
        7: both,
        3: both,
        2: {*both, ("leader", "leader")},
        0: {*both, ("leader", "leader")},
        -1: {("officer", "late"), ("handler", "late"), ("head", "head"), ("leader", "leader")},
    }
    assert told(waits) == told(closed) == set()


def test_a_missed_inner_day_comes_to_the_head_of_that_section(cast: Cast) -> None:
    made = due_in(cast, 12, 1)
    assigning.assign(cast.officer, made, person="handler", due_on=TODAY)
    remind()
    assert told(made) == set()
    Assignment.objects.update(due_on=TODAY - timedelta(days=1))
    remind()
    assert told(made) == {("officer", "inner"), ("handler", "inner"), ("head", "head")}
    entry = Entry.objects.get(kind="request.escalated")
    assert (entry.stream, entry.body, entry.actor) == (f"request:{made}", "qinglan-kjj", "system")
    assert '"to":["head"]' in entry.facts


def test_a_deputy_is_told_beside_the_head_and_who_has_left_is_not(cast: Cast) -> None:
    made = due_in(cast, -3, 1)
    assigning.assign(cast.officer, made, person="handler")
    role = Role.objects.get(person=cast.head).pk
    deputies.name(cast.head, role=role, deputy="adviser", since=TODAY, until=TODAY, reason="年休假")
    Person.objects.filter(username="handler").update(is_active=False)
    remind()
    assert {name for name, _ in told(made)} == {"officer", "head", "adviser", "leader"}


def test_once_a_day_and_the_journal_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses(cast.head)
    due_in(cast, -3, 1)
    assert [remind(), remind()] == ["提醒1件，3人"] * 2
    assert (Reminder.objects.count(), ReminderMail.objects.count()) == (3, 1)
    assert Job.objects.filter(name=reminding.MAIL_JOB).count() == 1
    assert Entry.objects.filter(kind="request.escalated").count() == 2  # to the head, to the leader
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(days=1))
    remind()
    assert (Reminder.objects.count(), Entry.objects.filter(kind="request.escalated").count()) == (6, 2)
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(days=2))  # Saturday
    assert remind() == "今天不上班，不提醒"


def test_the_looks_do_not_grow_with_the_requests(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2):
        assigning.assign(cast.officer, due_in(cast, -1, number), person="handler")
    for number in range(2, 8):
        due_in(cast, -1, number)
    with django_assert_max_num_queries(3):
        assert len(reminders.due_today()) == 8
    remind()
    with django_assert_max_num_queries(1):
        assert len(reminders.of_today(cast.officer)) == 8
    first = Request.objects.order_by("id")[0].pk
    with django_assert_max_num_queries(1):
        assert len(reminders.of_request(first)) == 4
    addresses(cast.officer, cast.head)
    remind()
    with django_assert_max_num_queries(2):
        reminding._texts(TODAY, list(ReminderMail.objects.select_related("person")))


def test_one_mail_a_person_and_nothing_of_the_applicant_in_it(cast: Cast, sink: Sink) -> None:
    addresses(cast.officer, cast.handler, cast.leader)
    mail_choice.choose(cast.handler, mailed=False, email="handler@kjj.example")
    for number, days in enumerate((3, -2)):
        assigning.assign(cast.officer, due_in(cast, days, number), person="handler")
    remind()
    assert send() == "发出2封"
    assert sorted(to for to, _, _ in sink.taken) == ["leader@kjj.example", "officer@kjj.example"]
    subject, text = next((subject, text) for to, subject, text in sink.taken if to.startswith("officer"))
    assert subject == "政府信息公开：今日提醒2件（9月10日）"
    assert (
        "1. KJJ-2026-0001：已过答复期限，答复期限2026年9月8日\n2. KJJ-2026-0000：临近答复期限，答复期限2026年9月13日"
        in text
    )
    for _, subject, text in sink.taken:
        assert not any(each in subject + text for each in (NAME, NAME[:2], CONTACT, SUBJECT, SUBJECT[:4]))
    assert [each.number for each in reminders.of_today(cast.handler)] == ["KJJ-2026-0001", "KJJ-2026-0000"]
    send()
    assert len(sink.taken) == 2


def test_a_mail_taken_by_a_worker_that_died_is_not_sent_again(cast: Cast, sink: Sink) -> None:
    addresses(cast.officer, cast.leader)
    due_in(cast, -2, 1)
    remind()
    ReminderMail.objects.filter(person=cast.leader).update(taken_at=timezone.now())
    send()
    assert [to for to, _, _ in sink.taken] == ["officer@kjj.example"]
    state = reminders.mails_today()
    assert state is not None
    assert (state.sent, state.waiting, state.unanswered) == (1, 0, 1)


def test_one_address_that_is_refused_keeps_no_other_from_its_mail(cast: Cast, sink: Sink) -> None:
    addresses(cast.officer, cast.leader)
    due_in(cast, -2, 1)
    remind()
    sink.refuses = "leader@kjj.example"
    assert send() == "发出1封，1封没有发出，稍后再试"
    state = reminders.mails_today()
    assert state is not None
    assert (state.sent, state.waiting, state.error) == (1, 1, "收件地址被发信服务器拒绝")
    sink.refuses = ""
    assert send(1) == "发出1封"
    assert len(sink.taken) == 2


def test_a_dead_server_is_tried_again_and_the_day_goes_on(cast: Cast, sink: Sink, settings: object) -> None:
    addresses(cast.officer, cast.leader)
    due_in(cast, -2, 1)
    remind()
    alive, settings.EMAIL_PORT = settings.EMAIL_PORT, 1  # type: ignore[attr-defined]
    job = Job.objects.get(name=reminding.MAIL_JOB)
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (Job.DONE, "发出0封，2封没有发出，稍后再试")
    state = reminders.mails_today()
    assert state is not None
    assert (state.sent, state.waiting, state.error) == (0, 2, "连不上发信服务器")
    again = Job.objects.get(name=reminding.MAIL_JOB, state=Job.QUEUED)
    assert again.arguments == {"on": "2026-09-10", "turn": 1}
    settings.EMAIL_PORT = alive  # type: ignore[attr-defined]
    jobs.run_job.func(again.pk)
    assert sorted(to for to, _, _ in sink.taken) == ["leader@kjj.example", "officer@kjj.example"]
    assert send(len(reminding.WAITS)) == "没有要发的邮件"
    assert job_queries.stuck() == 0


def test_without_a_server_mails_are_files(cast: Cast, settings: object, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_FILE_PATH = tmp_path / "mail"  # type: ignore[attr-defined]
    addresses(cast.officer)
    due_in(cast, -2, 1)
    remind()
    assert send() == "发出1封"
    [file] = (tmp_path / "mail").iterdir()
    assert "officer@kjj.example" in file.read_text()


def test_the_choice_of_mail_is_checked_and_the_journal_has_no_address(cast: Cast) -> None:
    for address in ("", "没有", "a@b", "a b@c.cn"):
        with pytest.raises(InputRefused, match="电子邮箱"):
            mail_choice.choose(cast.officer, mailed=True, email=address)
    mail_choice.choose(cast.officer, mailed=True, email=" shen@kjj.example ")
    mail_choice.choose(cast.officer, mailed=False, email="")
    assert mail_choice.of(Person.objects.get(username="officer")) == mail_choice.MailChoice(False, "")
    facts = Entry.objects.filter(kind="person.mail_chosen").values_list("facts", flat=True)
    assert len(facts) == 2
    assert not any("example" in each for each in facts)


def test_what_was_put_away_stays_on_the_case(cast: Cast) -> None:
    made = due_in(cast, -2, 1)
    remind()
    assert reminding.put_away(cast.officer) == 1
    assert reminders.of_today(cast.officer) == ()
    assert len(reminders.of_today(cast.leader)) == 1
    assert {each.person for each in reminders.of_request(made)} == {"officer", "head", "leader"}
