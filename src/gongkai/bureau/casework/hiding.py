"""Striking out who applied, where a slip of the office wrote it into what others or a screen will see."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag

from gongkai.bureau.casework import identity
from gongkai.bureau.casework.models import Identity, Request


def without(text: str, hidden: Iterable[str]) -> str:
    """The text with whatever would tell who applied struck out: a slip in a letter goes no further."""
    for each in hidden:
        text = text.replace(each, "＊＊＊")
    return text


def hidden_names(request: Request) -> tuple[str, ...]:
    """Whatever is known of the applicant, whole and in its parts, the longest first."""
    sealed = Identity.objects.filter(request=request).first()
    try:
        known = identity.unseal(bytes(sealed.sealed)) if sealed else identity.NOBODY
    except InvalidTag:
        return ()
    parts = {part for each in known if each for part in (each, *re.split(r"[、，,;；\s]+", each)) if len(part) > 1}
    return tuple(sorted(parts, key=len, reverse=True))
