"""The address of a page of an old site in one form, so that what a browser asks for is found again."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote_to_bytes, urlsplit

LONGEST = 500
"""Characters."""
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,8}(?:cn|com|net|org|中国|公益|政务)(?::\d{1,5})?(?=/)", re.IGNORECASE)
_STROKES = re.compile(r"[/\\]+")
_PASSES = 3


def old_path(address: str) -> str:
    """Path and query of an address with or without its host, decoded; "" for what is no address of a page."""
    address = address.strip()
    if len(address) > 4 * LONGEST:
        return ""
    if _HOST.match(address):
        address = f"//{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return normal(parts.path, parts.query) if parts.scheme.lower() in ("", "http", "https") else ""


def normal(path: str, query: str = "") -> str:
    """The same for a path and a query apart; "" for the home page, what is too long, and what no address has in it.

    Percent signs are resolved (in UTF-8, or in GB18030 as old servers wrote them), doubled strokes and the last one
    are taken off, the parameters stand in order.
    """
    if len(path) + len(query) > 12 * LONGEST:
        return ""
    plain = posixpath.normpath("/" + _STROKES.sub("/", _decoded(path)).strip("/"))
    asked = "&".join(sorted(filter(None, _decoded(query).split("&"))))
    found = unicodedata.normalize("NFC", f"{plain}?{asked}" if asked else plain)
    if found == "/" or len(found) > LONGEST or not found.isprintable():
        return ""
    return found


def host_of(address: str) -> str:
    """The host of an address, in small letters; "" where it has none."""
    try:
        found = _HOST.match(address.strip())
        return (found[0] if found else urlsplit(address.strip()).netloc).lower()
    except ValueError:
        return ""


def _decoded(text: str) -> str:
    for _ in range(_PASSES):
        try:
            raw = unquote_to_bytes(text)
        except UnicodeEncodeError:  # half a character, which no address has
            return "\0"
        for code in ("utf-8", "gb18030"):
            try:
                further = raw.decode(code)
            except UnicodeDecodeError:
                continue
            break
        else:
            return text
        if further == text:
            break
        text = further
    return text
