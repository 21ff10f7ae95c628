"""Writing the journal: append an entry, sign the day's heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.db import IntegrityError, transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger import chain
from gongkai.bureau.ledger.models import Checkpoint, Entry, Stream
from gongkai.bureau.ledger.proof import CHECKPOINTS
from gongkai.settings import keys


class Actor(Protocol):
    """Who acts: a person of `orgs`, or the system itself."""

    @property
    def username(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def acts_for(self) -> str:
        """The names of those whom the person stands in for in this act (代岗), "" where for nobody."""


@dataclass(frozen=True, slots=True)
class System:
    """The platform acting by itself: a schedule, an installation."""

    username: str = "system"
    name: str = "系统"
    acts_for: str = ""


LONGEST_NAME = 80
"""Characters of a name in the journal."""
SYSTEM = System()
APPLICANT = System("applicant", "申请人")
"""Who has no account: known by number and query code; the journal never says who it is."""
CONSULTED = System("consulted", "被征求意见方")
"""Who answers by a private link."""


@transaction.atomic
def append(stream: str, kind: str, *, actor: Actor, body: str = "", facts: Mapping[str, object]) -> int:
    """Append one entry to a stream, in the caller's transaction; returns its sequence number, from 1.

    The stream's row is locked for the rest of the transaction, so that no two writers can follow the same head.
    """
    head = _locked(stream)
    at = clock.now()
    entry = Entry(
        stream=stream,
        sequence=head.length + 1,
        at=at,
        actor=actor.username,
        actor_name=f"{actor.name}（代{actor.acts_for}）"[:LONGEST_NAME] if actor.acts_for else actor.name,
        body=body,
        kind=kind,
        facts=chain.canonical(facts),
        previous=head.head,
    )
    entry.digest = chain.digest(
        stream=stream,
        sequence=entry.sequence,
        at=at,
        actor=entry.actor,
        actor_name=entry.actor_name,
        body=body,
        kind=kind,
        facts=entry.facts,
        previous=entry.previous,
    )
    entry.save(force_insert=True)
    head.length, head.head = entry.sequence, entry.digest
    head.save(update_fields=["length", "head"])
    return entry.sequence


def _locked(stream: str) -> Stream:
    found = Stream.objects.select_for_update().filter(name=stream).first()
    if found is None:
        # Two writers may open a stream at once: one inserts, the other finds it.
        try:
            with transaction.atomic():
                Stream.objects.create(name=stream)
        except IntegrityError:
            pass
        found = Stream.objects.select_for_update().get(name=stream)
    return found


@transaction.atomic
def sign_checkpoint() -> bool:
    """Sign the heads of all streams once a day; False if today's is there already."""
    day = clock.today()
    if Checkpoint.objects.filter(day=day).exists():
        return False
    heads = dict(Stream.objects.select_for_update().order_by("name").values_list("name", "head"))
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    at = clock.now()
    key = _signing_key()
    text = chain.canonical(heads)
    signed = chain.canonical({"day": day.isoformat(), "heads": text, "last_entry": last})
    signature = key.sign(signed.encode()).hex()
    Checkpoint.objects.create(
        at=at,
        day=day,
        last_entry=last,
        heads=text,
        public_key=key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
        signature=signature,
    )
    # The signing is an entry as well: the next checkpoint signs over it, and a checkpoint taken away is missed.
    append(CHECKPOINTS, "checkpoint.signed", actor=SYSTEM, facts={"day": day.isoformat(), "signature": signature})
    return True


def _signing_key() -> Ed25519PrivateKey:
    keys.make(settings.HOME)
    key = load_pem_private_key((settings.HOME / "keys" / keys.SIGNING).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("签名密钥不是 Ed25519")
    return key
