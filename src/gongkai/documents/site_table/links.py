"""Links and pictures of an old page: to the files that came with it, or to where they stood on the old site."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from gongkai.statute.ledgers.site.addresses import host_of, normal, old_path

_TAG: Final = re.compile(r"<(?:a|img)\b[^<>]*>", re.IGNORECASE)
_LINK: Final = re.compile(r"""(\s)(href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(r"#|[a-z][a-z0-9+.-]*:(?!//)", re.IGNORECASE)
"""A place in the page, and what is no address of the web."""
_SAFE: Final = "/:@!$&'()*+,;=?~-._"
_PARTED: Final = re.compile(r"[\n;；|]+")
_COMMAS: Final = re.compile(r"[,，]+")
LONGEST: Final = 2000


class Links:
    """The files that one page names: `found` is name beneath the folder to path on the old site."""

    def __init__(self, address: str, files: Path | None) -> None:
        self.base = old_path(address).partition("?")[0] or "/"
        self.host = host_of(address)
        self.files = files
        self.found: dict[str, str] = {}

    def listed(self, text: str) -> list[str]:
        """The files of a cell are noted in `found`; returns those that are not there."""
        missing: list[str] = []
        for part in filter(None, map(str.strip, _PARTED.split(text))):
            if self._file(part):
                continue
            parts = [each for each in map(str.strip, _COMMAS.split(part)) if each]
            missing += [each for each in parts if not self._file(each)]
        return missing

    def moved(self, link: str, picture: bool) -> str:
        """The link as it is kept: a picture of the folder by its digest, other links of the old site from its root."""
        if len(link) > LONGEST or _ELSEWHERE.match(link):
            return link
        name = self._file(link)
        if name and picture and self.files is not None:
            return f"attachment:{_digest(self.files / name)}"
        path = self._path(link)
        rooted = link.startswith("/") or self.base != "/" or bool(name)
        return quote(path, safe=_SAFE) if path and rooted else link

    def _path(self, link: str) -> str:
        """On the old site; "" for another."""
        if (host := host_of(link)) and host != self.host:
            return ""
        try:
            parts = urlsplit(link)
            return normal(urljoin(self.base, parts.path), parts.query)
        except ValueError:
            return ""

    def _file(self, link: str) -> str:
        """The name beneath the folder, noted in `found`; "" where no such file is there."""
        path = self._path(link)
        if self.files is None or not path:
            return ""
        for candidate in (path, old_path(link)):
            name = candidate.partition("?")[0].lstrip("/")
            if name and _within(self.files, name):
                self.found.setdefault(name, path)
                return name
        return ""


def rebased(html: str, links: Links) -> str:
    """The text with its links moved. It is cleaned after this, so what a hostile one becomes here does no harm."""

    def link(found: re.Match[str]) -> str:
        given = unescape(found[3].strip("\"'")).strip()
        return f'{found[1]}{found[2]}="{escape(links.moved(given, found[2].lower() == "src"))}"'

    return _TAG.sub(lambda tag: _LINK.sub(link, tag[0]), html)


def _within(folder: Path, name: str) -> bool:
    """A file beneath the folder, whatever links lead out of it."""
    try:
        found = (folder / name).resolve()
        return found.is_relative_to(folder.resolve()) and found.is_file()
    except (OSError, ValueError, RuntimeError):
        return False


@lru_cache(maxsize=4096)
def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def names(found: Sequence[str]) -> str:
    """Some names for people."""
    return "、".join(f"“{each[:60]}”" for each in found[:5])
