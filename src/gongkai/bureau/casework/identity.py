"""Applicants' identities: sealed at rest with AES-256-GCM under the installation's identity key, found by a keyed mark.

The key lies under GONGKAI_HOME/keys and in no backup unless asked for (decision 0005).
"""

from __future__ import annotations

import hmac
import json
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from gongkai.settings import keys

Names = tuple[str | None, str | None, str | None]
"""name, id_number, contact."""
NOBODY: Names = (None, None, None)
_NONCE = 12


@lru_cache(maxsize=4)
def _key(home: Path) -> bytes:
    keys.make(home)
    return (home / "keys" / keys.IDENTITY).read_bytes()


def seal(names: Names) -> bytes:
    """Nonce and ciphertext; equal names give other bytes each time."""
    return seal_bytes(json.dumps(names, ensure_ascii=False).encode())


def unseal(sealed: bytes) -> Names:
    """Raises cryptography's InvalidTag where the bytes were changed or the key is another."""
    name, id_number, contact = json.loads(unseal_bytes(sealed))
    return name, id_number, contact


def mark(names: Names) -> str:
    """A keyed digest of all that is known of a person; "" where nothing is."""
    return _mark("identity-mark", [each or "" for each in names]) if any(names) else ""


def marks(names: Names) -> tuple[tuple[str, str], ...]:
    """(kind, keyed digest) of each thing known: what an exact search finds."""
    return tuple(
        (kind, _mark(f"search-{kind}", [value.strip().upper()]))
        for kind, value in zip(("name", "id_number", "contact"), names, strict=True)
        if value
    )


def keyed(purpose: str, *values: str) -> str:
    """A keyed digest for one purpose (query codes, links, forms sent); of no use without the key."""
    return _mark(purpose, list(values))


def seal_bytes(plain: bytes) -> bytes:
    """Nonce and ciphertext of any bytes: files, addresses, what applicants write."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(settings.HOME)).encrypt(nonce, plain, None)


def unseal_bytes(sealed: bytes) -> bytes:
    """Raises cryptography's InvalidTag where the bytes were changed or the key is another."""
    return AESGCM(_key(settings.HOME)).decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), None)


def seal_text(plain: str) -> bytes:
    return seal_bytes(plain.encode())


def unseal_text(sealed: bytes) -> str:
    return unseal_bytes(bytes(sealed)).decode()


def _mark(purpose: str, values: list[str]) -> str:
    told = json.dumps(values, ensure_ascii=False).encode()
    return hmac.new(_key(settings.HOME), f"{purpose}:".encode() + told, "sha256").hexdigest()
