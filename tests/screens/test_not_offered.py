"""What allauth brings and the house does not offer is not there: nobody signs up, no address opens an account."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "confirm-email/", "inactive/", "password/reset/", "password/reset/done/", "password/set/",
     "login/code/confirm/"],
)  # fmt: skip
def test_it_is_not_there(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}").status_code == 404
    assert client.post(f"/accounts/{address}", {"email": "x@example.invalid"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["login/", "logout/", "password/change/", "2fa/", "reauthenticate/"])
def test_what_is_offered_stays(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}").status_code in (200, 302)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/desk/requests/?search=%00", "/desk/annual/?body=a%00b"])
def test_a_zero_byte_in_a_filter_is_a_bad_request(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400
