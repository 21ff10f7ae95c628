"""A file of a case as a form sent it."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.bureau.casework.files import Sent
from gongkai.screens.ui import uploads
from gongkai.statute.primitives import InputFault, InputRefused


def sent_file(request: HttpRequest, field: str, place: str) -> Sent:
    """The file of that field; InputRefused where there is none."""
    found = sent_or_none(request, field, place)
    if found is None:
        raise InputRefused(InputFault(place, "没有选择文件", "一个文件"))
    return found


def sent_or_none(request: HttpRequest, field: str, place: str) -> Sent | None:
    """The file of that field, None where none was chosen; InputRefused where it was too large to be taken."""
    found = uploads.sent(request, field)
    if not found:
        return None
    if found[0].refused:
        raise InputRefused(InputFault(place, found[0].refused, "小一些的文件"))
    return Sent(found[0].name, found[0].data)
