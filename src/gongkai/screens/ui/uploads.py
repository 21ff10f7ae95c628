"""Files sent without an account: held in memory for the one request, bounded, never written to disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
MOST_FILES = 20
LARGEST_REQUEST = 200 * MEGABYTE
"""All files of one request together: what one visitor may take of the server's memory."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as sent: its name as the visitor knows it, and its bytes, or why it was not taken."""

    name: str
    data: bytes
    refused: str = ""


class MemoryOnly(FileUploadHandler):
    """Keeps each file in memory up to the limits; a file beyond them loses its bytes and says why, the others stay."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = 0
        self.held = 0
        self.buffer = BytesIO()
        self.refused = ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        self.buffer = BytesIO()
        self.refused = f"一次至多{MOST_FILES}个文件，这一个没有核查" if self.files > MOST_FILES + 1 else ""
        if self.files > 3 * MOST_FILES:
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.refused:
            return
        if self.buffer.tell() + len(raw_data) > LARGEST_FILE:
            self._refuse(f"文件超过 {LARGEST_FILE // MEGABYTE} MB，没有核查")
        elif self.held + len(raw_data) > LARGEST_REQUEST:
            self._refuse(f"本次的文件合计超过 {LARGEST_REQUEST // MEGABYTE} MB，这一个没有核查；请分几次核查")
        else:
            self.buffer.write(raw_data)
            self.held += len(raw_data)

    def _refuse(self, why: str) -> None:
        self.held -= self.buffer.tell()
        self.buffer = BytesIO()
        self.refused = why

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        upload = InMemoryUploadedFile(
            self.buffer, self.field_name, str(self.file_name), self.content_type, self.buffer.tell(), self.charset
        )
        upload.refused = self.refused  # type: ignore[attr-defined]  # read back in `sent` alone
        self.buffer.seek(0)
        return upload


def too_much(request: HttpRequest, limit: int = (MOST_FILES + 1) * LARGEST_FILE + MEGABYTE) -> bool:
    """Whether the request announces more than could be lawful; its body is then not read at all."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > limit
    except ValueError:
        return False


def hold_in_memory(request: HttpRequest) -> None:
    """To be called before anything reads the request's body."""
    request.upload_handlers = [MemoryOnly(request)]


def takes_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a form with files and a token; the outermost decorator.

    Looking for the token reads the body; so the middleware leaves it to the view, after the files have their place.
    """
    checked = csrf_protect(view)

    @wraps(view)
    def taking(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            hold_in_memory(request)
        return checked(request, *args, **kwargs)

    return csrf_exempt(taking)


def sent(request: HttpRequest, field: str) -> Sequence[Sent]:
    """The files of that field, in the order sent."""
    return [of_upload(upload) for upload in request.FILES.getlist(field)]


def of_upload(upload: UploadedFile[bytes]) -> Sent:
    """A file that `MemoryOnly` took."""
    return Sent(upload.name or "未命名", upload.read(), getattr(upload, "refused", ""))
