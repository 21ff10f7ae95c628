"""The installation's own keys, made once under GONGKAI_HOME/keys and readable by the owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

SESSION, SIGNING, IDENTITY = "session.key", "checkpoint-ed25519.pem", "identity.key"


def make(home: Path) -> None:
    """Make those keys that are not there yet; a key that exists is never replaced."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    _write_once(folder / SESSION, lambda: secrets.token_urlsafe(64).encode())
    _write_once(folder / IDENTITY, lambda: secrets.token_bytes(32))
    _write_once(
        folder / SIGNING,
        lambda: Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _write_once(path: Path, content: Callable[[], bytes]) -> None:
    try:
        # O_EXCL: of two processes that start at once, one makes the key and the other uses it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content())


def session_key(home: Path) -> str:
    make(home)
    return (home / "keys" / SESSION).read_text("ascii")
