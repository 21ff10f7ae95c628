"""`items`: pieces of published information, as other systems hand them over (条例第12、20条)."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from pathlib import PurePosixPath

from gongkai.statute.ledgers.fields import Fields

_TEXTS = {
    "document_number": 120, "topic": 120, "genre": 60, "repealed_by": 200, "registration_number": 120, "validity": 60,
    "summary": 4000, "index_number": 120,
}  # fmt: skip
_DAYS = ("formed_on", "published_on", "effective_on", "expires_on")
_FIELDS = ("source_id", "agency", "column", "title", *_TEXTS, *_DAYS, "body_html", "body_text", "attachments")
LONGEST_BODY = 5_000_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """`attachments` are paths beside the file; a body is HTML or plain text."""

    source_id: str
    agency: str
    column: str
    title: str
    published_on: date
    document_number: str = ""
    topic: str = ""
    genre: str = ""
    formed_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    repealed_by: str = ""
    registration_number: str = ""
    validity: str = ""
    summary: str = ""
    body_html: str = ""
    body_text: str = ""
    attachments: tuple[str, ...] = ()
    index_number: str = ""

    def as_json(self) -> dict[str, object]:
        """The object of the exchange contract; what is empty is left out."""
        given: dict[str, object] = {}
        for each in dataclass_fields(self):
            value = getattr(self, each.name)
            if isinstance(value, date):
                given[each.name] = value.isoformat()
            elif value:
                given[each.name] = list(value) if isinstance(value, tuple) else value
        return given


def parse_item(given: object, place: str = "") -> ItemRecord:
    """One exchanged object. Raises InputRefused with every fault; `place` begins each."""
    fields = Fields(given, _FIELDS, place)
    attachments = _attachments(fields)
    days = {name: fields.day(name) for name in _DAYS if name != "published_on"}
    texts = {name: fields.text(name, longest) for name, longest in _TEXTS.items()}
    record = ItemRecord(
        source_id=fields.needed("source_id"),
        agency=fields.needed("agency", 64),
        column=fields.needed("column", 200),
        title=fields.needed("title", 500),
        published_on=fields.needed_day("published_on"),
        document_number=texts["document_number"],
        topic=texts["topic"],
        genre=texts["genre"],
        formed_on=days["formed_on"],
        effective_on=days["effective_on"],
        expires_on=days["expires_on"],
        repealed_by=texts["repealed_by"],
        registration_number=texts["registration_number"],
        validity=texts["validity"],
        summary=texts["summary"],
        body_html=fields.text("body_html", LONGEST_BODY),
        body_text=fields.text("body_text", LONGEST_BODY),
        attachments=attachments,
        index_number=texts["index_number"],
    )
    if not (record.body_html or record.body_text or attachments or fields.faults):
        fields.fault("body_text", "没有正文，也没有附件", "body_html、body_text 或 attachments 之一")
    fields.close()
    return record


def _attachments(fields: Fields) -> tuple[str, ...]:
    given = fields.given.get("attachments")
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(each, str) and each.strip() for each in given):
        fields.fault("attachments", "不是路径的列表", '如 ["附件/办法.pdf"]')
        return ()
    for each in given:
        path = PurePosixPath(each)
        # an exchange file may name only what lies beside it
        if path.is_absolute() or ".." in path.parts or "\\" in each or "\0" in each:
            fields.fault("attachments", f"“{each}”不在文件所在的目录里", "相对路径，不含 ..")
    return tuple(given)
