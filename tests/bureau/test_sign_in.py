"""Signing in as people do it: what the journal keeps of it, when an account locks, when it opens again."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from bureau_cast import Cast
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.utils import timezone

from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import accounts, locks, queries

PASSWORD = "long-enough-9274"
WRONG = "wrong-guess-5813"


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> None:
    cache.clear()


def sign_in(client: Client, password: str = PASSWORD, username: str = "officer") -> tuple[int, str]:
    answer = client.post("/accounts/login/", {"login": username, "password": password})
    return answer.status_code, answer.content.decode()


def told(username: str = "officer") -> list[tuple[str, str]]:
    """What the journal tells of a person since the account was made: kind and facts."""
    found = Entry.objects.filter(stream=f"person:{username}").order_by("sequence").values_list("kind", "facts")
    return [(kind, facts) for kind, facts in found if kind not in {"person.created", "role.granted"}]


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def with_second_factor(client: Client) -> str:
    """Sign in, set up the second factor on its page, and give its secret."""
    assert sign_in(client)[0] == 302
    assert client.get("/accounts/2fa/totp/activate/").headers["Location"].startswith("/accounts/reauthenticate/")
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r"\b[A-Z2-7]{32}\b", page)
    assert found, page
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code(found[0])})
    assert answer.status_code == 302
    return found[0]


def test_signing_in_and_out_is_journalled(cast: Cast) -> None:
    client = Client()
    assert sign_in(client)[0] == 302
    assert client.post("/accounts/logout/").status_code == 302
    assert told() == [("person.signed_in", "{}"), ("person.signed_out", "{}")]


def test_a_failed_sign_in_is_journalled_without_what_was_typed(cast: Cast) -> None:
    status, shown = sign_in(Client(), WRONG)
    assert status == 200
    assert WRONG not in shown
    assert told() == [("person.sign_in_failed", "{}")]


def test_a_password_typed_as_the_name_is_not_kept_in_the_journal(cast: Cast) -> None:
    before = Entry.objects.count()
    sign_in(Client(), "x", username=PASSWORD)
    assert Entry.objects.count() == before


def test_the_fifth_failure_locks_the_account_and_says_until_when(cast: Cast) -> None:
    client = Client()
    for _ in range(4):
        assert sign_in(client, WRONG)[0] == 200
    status, shown = sign_in(client, WRONG)
    assert status == 429
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=30))
    said = f"{until.month}月{until.day}日{until.hour}时{until.minute:02}分"
    assert f"口令连续输错5次，这个账号锁定到{said}" in shown
    assert sorted(told()) == [("person.locked_out", "{}")] + [("person.sign_in_failed", "{}")] * 5


def lock(client: Client) -> None:
    for _ in range(5):
        sign_in(client, WRONG)


def test_a_locked_account_stays_locked_with_the_right_password_until_the_time_it_was_told(cast: Cast) -> None:
    client = Client()
    lock(client)
    until = locks.locked_until("officer")
    for _ in range(3):
        status, shown = sign_in(Client(REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="another"))
        assert status == 429
        assert "口令正确也不能登录" in shown
    assert locks.locked_until("officer") == until
    assert "person.signed_in" not in [kind for kind, _ in told()]
    # half an hour goes by, but for one minute; then that too
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=29))
    assert sign_in(client)[0] == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))
    assert locks.locked_until("officer") is None
    assert sign_in(client)[0] == 302
    assert told()[-1] == ("person.signed_in", "{}")


def test_trying_on_while_locked_is_journalled_but_does_not_lengthen_the_lock(cast: Cast) -> None:
    client = Client()
    lock(client)
    until = locks.locked_until("officer")
    assert until is not None
    failed = len(told())
    sign_in(client, WRONG)
    assert locks.locked_until("officer") == until
    assert [kind for kind, _ in told()[failed:]] == ["person.sign_in_failed"]


def test_failures_from_several_places_count_together(cast: Cast) -> None:
    for number in range(5):
        status, _ = sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}", HTTP_USER_AGENT=f"browser {number}"), WRONG)
    assert status == 429
    found = queries.person("officer")
    assert found is not None
    assert found.locked


def test_other_accounts_are_not_locked_with_it_and_a_name_of_none_looks_the_same(cast: Cast) -> None:
    client = Client()
    lock(client)
    assert sign_in(client, username="handler")[0] == 302
    for _ in range(4):
        sign_in(Client(), WRONG, username="nobody")
    assert sign_in(Client(), WRONG, username="nobody")[0] == 429


def test_the_security_administrator_unlocks_and_the_person_is_in_at_once(cast: Cast) -> None:
    client = Client()
    lock(client)
    accounts.unlock(cast.security, "officer")
    found = queries.person("officer")
    assert found is not None
    assert not found.locked
    assert sign_in(client)[0] == 302
    assert [kind for kind, _ in told()][-2:] == ["person.unlocked", "person.signed_in"]


def test_a_stopped_account_does_not_get_in(cast: Cast) -> None:
    from gongkai.bureau.orgs import services

    services.set_active(cast.system, "officer", False)
    assert sign_in(Client())[0] == 200
    assert told()[-1] == ("person.sign_in_failed", "{}")


def test_setting_up_and_removing_the_second_factor_is_journalled_without_secret_or_code(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        secret = with_second_factor(client)
    kinds = [(kind, facts) for kind, facts in told() if kind.startswith("person.second_factor")]
    assert sorted(kinds) == [
        ("person.second_factor_added", '{"type":"recovery_codes"}'),
        ("person.second_factor_added", '{"type":"totp"}'),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/2fa/recovery-codes/generate/").status_code == 302
    assert told()[-1] == ("person.second_factor_renewed", '{"type":"recovery_codes"}')
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert sorted(told()[-2:]) == [
        ("person.second_factor_removed", '{"type":"recovery_codes"}'),
        ("person.second_factor_removed", '{"type":"totp"}'),
    ]
    whole = "".join(Entry.objects.values_list("facts", flat=True))
    assert secret not in whole


def test_with_a_second_factor_the_password_alone_is_no_sign_in(cast: Cast) -> None:
    secret = with_second_factor(Client())
    before = len(told())
    client = Client()
    assert sign_in(client)[0] == 302
    assert told()[before:] == []
    assert client.get("/desk/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert told()[before:] == [("person.second_factor_failed", "{}")]
    cache.clear()  # the code that set it up counts as used
    assert client.post("/accounts/2fa/authenticate/", {"code": code(secret)}).status_code == 302
    assert told()[-1] == ("person.signed_in", "{}")
    assert client.get("/desk/").status_code == 200


def test_codes_of_the_second_factor_cannot_be_tried_without_end(cast: Cast) -> None:
    secret = with_second_factor(Client())
    cache.clear()
    client = Client()
    sign_in(client)
    for number in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": f"00000{number}"})
    assert client.post("/accounts/2fa/authenticate/", {"code": code(secret)}).status_code == 200
    assert "person.signed_in" not in [kind for kind, _ in told()][3:]


def test_a_reset_second_factor_is_gone_and_journalled_with_who_did_it(cast: Cast) -> None:
    with_second_factor(Client())
    accounts.reset_second_factor(cast.security, "officer")
    assert not Authenticator.objects.exists()
    last = Entry.objects.filter(stream="person:officer").latest("sequence")
    assert (last.kind, last.actor, last.facts) == ("person.second_factor_reset", "anquan", "{}")
    assert sign_in(Client())[0] == 302


def test_no_password_is_in_the_journal_or_in_the_records_of_attempts(cast: Cast) -> None:
    client = Client()
    sign_in(client, WRONG)
    sign_in(client)
    sign_in(Client(), WRONG)
    kept = "".join(Entry.objects.values_list("facts", flat=True))
    kept += "".join(f"{each.get_data}{each.post_data}{each.path_info}" for each in AccessAttempt.objects.all())
    assert PASSWORD not in kept
    assert WRONG not in kept
    assert AccessAttempt.objects.exists()


def test_nobody_signs_himself_up(db: None) -> None:
    client = Client()
    form = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", form)
    assert queries.person("new") is None
