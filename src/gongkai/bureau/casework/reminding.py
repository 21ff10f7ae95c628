"""提醒: each working day the requests that are near their day or past it are brought to those who can still act.

In the product and, for whoever has an address and wants it, by e-mail: one a day. What is late goes to the section's
head, what is about to be late to the leader; the journal keeps when a request was first brought to them.
"""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework.models import Reminder, ReminderMail
from gongkai.bureau.casework.queries.reminders import ESCALATED, KINDS, Due, due_today
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.registry import Outcome, Progress, daily, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.working_days import in_force
from gongkai.documents.digest import Digest, DigestLine, digest

JOB, MAIL_JOB = "casework.remind", "casework.mail"
MAIL_TITLE = "发送今日提醒邮件"
WAITS = tuple(timedelta(minutes=each) for each in (10, 30, 60, 120, 240))
"""How long a mail that the server did not take waits for the next try; after the last the day is over."""

daily(JOB, "提醒临近和超过期限的申请")


@job(JOB)
def remind(*, progress: Progress) -> Outcome:
    """Today's reminders. Run twice, the second time finds them all there."""
    today = clock.today()
    if not in_force().works(today.toordinal()):
        return Outcome("今天不上班，不提醒")
    found = due_today()
    told = {person for each in found for person in each.people}
    return Outcome(
        f"提醒{len(found)}件，{len(told)}人", {"requests": len(found), "people": len(told)},
        lambda: _write(found, today),
    )  # fmt: skip


def _write(found: tuple[Due, ...], today: date) -> None:
    """The reminders, the journal of what was brought up, and the mails that are to go: recorded before any is sent."""
    ids = [each.request.pk for each in found]
    before = set(
        Reminder.objects.filter(request__in=ids, kind__in=ESCALATED).values_list("request_id", "person_id", "kind")
    )
    Reminder.objects.bulk_create(
        [
            Reminder(request=each.request, person=person, kind=kind, on=today)
            for each in found
            for person, kind in each.people.items()
        ],
        ignore_conflicts=True,
    )
    for each in found:
        for kind in ESCALATED:
            to = [person for person, told in each.people.items() if told == kind]
            new = [person for person in to if (each.request.pk, person.pk, kind) not in before]
            if new:
                _journal(each, kind, new)
    wanted = {person for each in found for person in each.people if person.email and person.mailed}
    ReminderMail.objects.bulk_create(
        [ReminderMail(person=person, on=today) for person in sorted(wanted, key=lambda each: each.pk)],
        ignore_conflicts=True,
    )
    if wanted:
        _enqueue(today, 0)


def _journal(each: Due, kind: str, people: list[Person]) -> None:
    facts = {
        "reminder": KINDS[kind],
        "due_on": each.day.isoformat(),
        "to": sorted(person.username for person in people),
    }
    ledger.append(
        f"request:{each.request.pk}", "request.escalated", actor=ledger.SYSTEM, body=each.request.body.code, facts=facts
    )


def _enqueue(on: date, turn: int) -> None:
    after = WAITS[turn - 1] if turn else timedelta()
    key = f"{MAIL_JOB}:{on.isoformat()}:{turn}"
    jobs.enqueue(MAIL_JOB, MAIL_TITLE, key=key, after=after, on=on.isoformat(), turn=turn)


@job(MAIL_JOB)
def send_mails(*, progress: Progress, on: str, turn: int) -> Outcome:
    """Hand today's mails to the server, each once. What it does not take is tried again later (`WAITS`).

    Each mail is marked as taken, in a transaction of its own, before it is sent: a worker that is killed leaves at
    most one mail unsent, and none is sent twice. The reminder stands in the product all the same.
    """
    day = date.fromisoformat(on)
    if day != clock.today():
        return Outcome("过了那一天，不再发")
    waiting = list(ReminderMail.objects.filter(on=day, taken_at__isnull=True).select_related("person").order_by("id"))
    if not waiting:
        return Outcome("没有要发的邮件")
    left = _send_all(waiting, _texts(day, waiting), progress)
    again = left > 0 and turn < len(WAITS)
    told = f"发出{len(waiting) - left}封" + (f"，{left}封没有发出" if left else "") + ("，稍后再试" if again else "")
    return Outcome(
        told, {"sent": len(waiting) - left, "left": left}, (lambda: _enqueue(day, turn + 1)) if again else None
    )


def _texts(on: date, mails: list[ReminderMail]) -> dict[int, Digest]:
    """What each person is told, in one look."""
    lines: dict[int, list[DigestLine]] = {each.person_id: [] for each in mails}
    rows = Reminder.objects.filter(on=on, person__in=list(lines)).order_by("request__due_on", "id")
    for person, number, kind, due in rows.values_list("person", "request__number", "kind", "request__due_on"):
        lines[person].append(DigestLine(number, KINDS[kind], due))
    return {person: digest(told, on) for person, told in lines.items()}


def _send_all(waiting: list[ReminderMail], texts: dict[int, Digest], progress: Progress) -> int:
    """How many were not taken by the server. A server that does not answer is asked once, not once for each mail."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as wrong:
        for each in waiting:
            _put_back(each, wrong)
        return len(waiting)
    left = 0
    try:
        for done, each in enumerate(waiting, 1):
            if not _take(each):
                continue
            told = texts[each.person_id]
            try:
                EmailMessage(told.subject, told.text, to=[each.person.email], connection=connection).send()
            except (OSError, SMTPException) as wrong:
                _put_back(each, wrong)
                left += 1
            else:
                ReminderMail.objects.filter(pk=each.pk).update(sent_at=clock.now(), error="")
            progress(done, len(waiting), f"已发{done - left}封")
    finally:
        connection.close()
    return left


def _take(mail: ReminderMail) -> bool:
    """Whether this attempt is the one that sends it."""
    return bool(ReminderMail.objects.filter(pk=mail.pk, taken_at__isnull=True).update(taken_at=clock.now()))


def _put_back(mail: ReminderMail, wrong: Exception) -> None:
    """The server did not take it; what it said may name the address, so only what kind of trouble it was is kept."""
    told = {SMTPRecipientsRefused: "收件地址被发信服务器拒绝", SMTPAuthenticationError: "发信服务器不认账号和口令"}
    said = told.get(type(wrong), "发信服务器出错" if isinstance(wrong, SMTPException) else "连不上发信服务器")
    ReminderMail.objects.filter(pk=mail.pk).update(taken_at=None, attempts=mail.attempts + 1, error=said)


@transaction.atomic
def put_away(actor: Person) -> int:
    """The person has seen today's reminders; returns how many were put away. They stay on the pages of the cases."""
    unread = Reminder.objects.filter(person=actor, on__lte=clock.today(), read_at__isnull=True)
    return unread.update(read_at=clock.now())
