"""A proof of work against robots, by the ALTCHA protocol: no third party, no cookie, nothing for a person to solve.

A challenge holds for one form alone (its token is part of the salt, under the signature), and a form makes one request:
so a solution is of no use a second time, on whatever server.
"""

from __future__ import annotations

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from django.utils.crypto import salted_hmac

HARDEST = 60_000
"""Digests to try at most: about a second of a browser's work, some five of an old telephone's."""
VALID = timedelta(hours=6)
LONGEST = 2000
_FIELDS = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}


def challenge(token: str) -> str:
    """What the page carries for the browser to solve, as JSON."""
    made = create_challenge(
        ChallengeOptions(
            algorithm="SHA-256",
            max_number=HARDEST,
            hmac_key=_key(),
            expires=datetime.now(UTC) + VALID,  # of the machine, whatever day the installation lives in
            params={"form": _form(token)},
        )
    )
    told = {"algorithm": "SHA-256", "challenge": made.challenge, "maxnumber": HARDEST, "salt": made.salt}
    return json.dumps({**told, "signature": made.signature})


def is_solved(payload: str, token: str) -> bool:
    """Whether the payload solves a challenge that was made for this form and still holds."""
    if len(payload) > LONGEST:
        return False
    try:
        given = json.loads(base64.b64decode(payload, validate=True))
    except ValueError:
        return False
    if not isinstance(given, dict) or any(type(given.get(name)) is not kind for name, kind in _FIELDS.items()):
        return False
    right, _ = verify_solution(payload, _key(), True)
    made_for = parse_qs(given["salt"].partition("?")[2]).get("form", [""])
    return right and hmac.compare_digest(made_for[0].encode(), _form(token).encode())


def _key() -> str:
    return salted_hmac("gongkai.proof_of_work.key", "", algorithm="sha256").hexdigest()


def _form(token: str) -> str:
    return salted_hmac("gongkai.proof_of_work.form", token, algorithm="sha256").hexdigest()[:32]
