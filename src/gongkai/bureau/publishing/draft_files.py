"""Files of a draft for those who may see it, and what the inspection finds in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing.draft_inspection import DraftFinding, findings_of
from gongkai.bureau.publishing.models import Draft, Upload
from gongkai.bureau.publishing.uploads import bytes_of

PictureUrl = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class FileOut:
    name: str
    media_type: str
    data: bytes


def file_of(person: Person, draft: int, digest: str) -> FileOut | None:
    """A file that was sent for the draft; None where there is none of that digest."""
    found = Upload.objects.select_related("draft__body").filter(draft=draft, digest=digest).order_by("-id").first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.draft.body)
    return FileOut(found.name, found.media_type, bytes_of(digest))


def findings(person: Person, draft: int) -> tuple[DraftFinding, ...]:
    """What the inspection finds now, for those who may see the draft."""
    found = Draft.objects.select_related("body").get(pk=draft)
    require(person, Act.SEE_LEDGERS, found.body)
    return findings_of(found)
