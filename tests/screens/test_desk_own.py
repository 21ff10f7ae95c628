"""提醒和代岗 at the desk: today's reminders on 我的工作 and on the case, the choice of mail, naming a deputy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from gongkai.bureau.casework import assigning, reminding
from gongkai.bureau.casework.models import Reminder, ReminderMail, Request
from gongkai.bureau.orgs import mail_choice
from gongkai.bureau.orgs.models import Assignment, Person

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from case_ground import enter, today

__all__ = ["cast"]
pytestmark = pytest.mark.database


def at(person: Person) -> Client:
    client = Client()
    Person.objects.filter(pk=person.pk).update(initial_password=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def late(cast: Cast) -> int:
    made = enter(cast, ago=60)
    Request.objects.filter(pk=made).update(due_on=today() - timedelta(days=3), phase="overdue")
    assigning.assign(cast.officer, made, person="handler")
    Reminder.objects.create(request_id=made, person=cast.handler, kind="late", on=today())
    Reminder.objects.create(request_id=made, person=cast.head, kind="head", on=today())
    return made


def test_todays_reminders_are_one_line_until_put_away(
    cast: Cast, inline_code: Callable[[str], list[str]], parse: Callable[[str], object]
) -> None:
    made = late(cast)
    client = at(cast.handler)
    shown = page(client, "/desk/")
    assert "今日提醒 1 件，其中 <strong>1</strong> 件" in shown
    assert f'<a href="/desk/requests/{made}/">KJJ-1</a>　已过答复期限' in shown
    assert "今日提醒" not in page(at(cast.officer), "/desk/")
    case = page(client, f"/desk/requests/{made}/")
    assert '期限已过，请督促办理　<span class="muted">head</span>' in case
    own = page(client, "/desk/own/")
    for text in (shown, case, own):
        assert inline_code(text) == []
        parse(text)
    assert client.post("/desk/reminders/seen/").url == "/desk/"  # type: ignore[attr-defined]
    assert "今日提醒" not in page(client, "/desk/")
    assert "今日提醒" in page(at(cast.head), "/desk/")


def test_mail_is_chosen_on_ones_own_page(cast: Cast) -> None:
    client = at(cast.officer)
    wrong = client.post("/desk/own/", {"act": "mail", "mailed": "1", "email": "shen#kjj"})
    assert wrong.status_code == 400
    assert "“shen#kjj”不是邮箱地址" in wrong.content.decode()
    assert 'value="shen#kjj"' in wrong.content.decode()
    client.post("/desk/own/", {"act": "mail", "email": "shen@kjj.example"})
    found = Person.objects.get(username="officer")
    assert mail_choice.of(found) == mail_choice.MailChoice(False, "shen@kjj.example")


def test_a_deputy_is_named_by_oneself_or_by_the_administrator(cast: Cast) -> None:
    late(cast)
    client = at(cast.handler)
    role = Assignment.objects.get(person=cast.handler).pk
    form = {"act": "deputy", "role": role, "deputy": "adviser", "since": today().isoformat(),
            "until": today().isoformat(), "reason": "年休假"}  # fmt: skip
    wrong = client.post("/desk/own/", {**form, "reason": ""})
    assert wrong.status_code == 400
    assert "事由" in wrong.content.decode()
    assert client.post("/desk/own/", form).status_code == 302
    assert "代岗中" in page(client, "/desk/own/")
    deputys = at(cast.adviser)
    assert '<span class="badge badge-note">代handler</span>' in page(deputys, "/desk/")
    assert "代handler　青澜县科学技术局承办人" in page(deputys, "/desk/own/")
    for bad in ({"act": "x"}, {"act": "end_deputy", "deputyship": "x"}):
        assert client.post("/desk/own/", bad).status_code in (400, 403)

    admin = at(cast.security)
    shown = page(admin, "/desk/people/handler/")
    assert "adviser" in shown
    assert "年休假" in shown
    assert admin.post("/desk/people/handler/", form).status_code == 400  # the same again
    made = Assignment.objects.get(acting_for=cast.handler).pk
    end = {"act": "end_deputy", "deputyship": made, "until": today().isoformat()}
    assert admin.post("/desk/people/handler/", end).status_code == 302
    system = at(cast.system)
    assert "代岗" in page(system, "/desk/people/handler/")
    assert system.post("/desk/people/handler/", {**form, "role": role}).status_code == 403


def test_the_tasks_page_tells_the_administrator_of_mails_that_did_not_leave(cast: Cast) -> None:
    ReminderMail.objects.create(person=cast.officer, on=today(), attempts=1, error="连不上发信服务器")
    assert "1封没有发出" in page(at(cast.system), "/desk/tasks/")
    assert "没有发出" not in page(at(cast.officer), "/desk/tasks/")
    assert reminding.WAITS[0] == timedelta(minutes=10)
