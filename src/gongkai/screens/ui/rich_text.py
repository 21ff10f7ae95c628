"""Clean text of a piece of information as a page shows it: its pictures at addresses of this site."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.documents.writing import clean_html

_PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")attachment:([0-9a-f]{64})(")')


def shown_html(html: str, picture_url: Callable[[str], str]) -> str:
    """Cleaned once more, so that what an import or an older version kept harms nobody; safe to mark as such.

    `picture_url`: from the digest of a picture to its address.
    """
    return with_pictures(clean_html(html), picture_url)


def with_pictures(html: str, picture_url: Callable[[str], str]) -> str:
    """Text that is clean already, its pictures at their addresses."""
    return _PICTURE.sub(lambda part: f"{part[1]}{picture_url(part[2])}{part[3]}", html)
