"""Files in and out of the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja.files import UploadedFile

from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.intake import Enclosed
from gongkai.screens.ui.uploads import of_upload
from gongkai.statute.primitives import InputFault, InputRefused

ANY_FILE: dict[str, Any] = {
    "responses": {
        200: {
            "description": "文件的原样",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
"""How an answer that is a file is described; its own media type stands in its header."""
ANY_FILE_OR_JSON: dict[str, Any] = {
    "responses": {200: {"description": "文件的原样", "content": {"*/*": {"schema": {}}}}}
}
"""The same where the file may be JSON."""


def one_file(upload: UploadedFile | None, place: str) -> Sent | None:
    """The file that was sent; InputRefused where it was too large to be taken."""
    if upload is None:
        return None
    taken = of_upload(upload)
    if taken.refused:
        raise InputRefused(InputFault(place, taken.refused, "小一些的文件"))
    return Sent(taken.name, taken.data)


def needed_file(upload: UploadedFile | None, place: str) -> Sent:
    found = one_file(upload, place)
    if found is None:
        raise InputRefused(InputFault(place, "没有选择文件", "一个文件"))
    return found


def many_files(uploads: Sequence[UploadedFile], place: str) -> tuple[Sent, ...]:
    found = (one_file(each, place) for each in uploads)
    return tuple(each for each in found if each is not None)


def enclosed(
    *,
    proof: UploadedFile | None,
    power: UploadedFile | None,
    files: Sequence[UploadedFile],
    paper: UploadedFile | None = None,
    evidence: UploadedFile | None = None,
) -> list[Enclosed]:
    """What came with an application, each by what it is."""
    single = (("application", paper, "申请书"), ("identity", proof, "身份证明"), ("evidence", evidence, "凭证"))
    found = [Enclosed(of, sent) for of, upload, word in single if (sent := one_file(upload, word))]
    if told := one_file(power, "授权委托书"):
        found.append(Enclosed("identity", told, power=True))
    return found + [Enclosed("attachment", each) for each in many_files(files, "附件")]


def file_answer(name: str, media_type: str, data: bytes) -> HttpResponse:
    """A file for one reader, kept by nobody on the way."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
