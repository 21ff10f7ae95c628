"""A piece of published information on its way through a channel, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ChannelFile:
    """An attachment: `size` in bytes, `digest` its SHA-256 in hexadecimal, `address` where the site gives it out."""

    name: str
    size: int
    digest: str
    address: str


@dataclass(frozen=True, slots=True)
class ChannelItem:
    """`html` is clean (`documents.writing`), `text` the same without marks, `address` absolute.

    Of a withdrawn item no channel says more than that it was, until when, and why it is no more. Its title may be the
    very reason of the withdrawal: only the papers of the office name it, so that the office finds what it sent.
    """

    index_number: str
    title: str
    body_name: str
    document_number: str
    topic: str
    genre: str
    formed_on: date | None
    published_on: date
    summary: str
    text: str
    html: str
    address: str
    attachments: tuple[ChannelFile, ...] = ()
    keywords: str = ""
    validity: str = ""
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""
    corrected: bool = False
    """What went out before is replaced by this."""
    updated_at: datetime | None = None
    """The moment of the last change, with its zone; None: the day of publication or withdrawal."""

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_on is not None


def chinese_day(day: date | None) -> str:
    """2026年3月10日; "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def withdrawal_notice(item: ChannelItem) -> str:
    """What any channel says of a withdrawn item, in one sentence or two."""
    known = f"（索引号：{item.index_number}）" if item.index_number else ""
    told = (
        f"{item.body_name}于{chinese_day(item.published_on)}公开的一件政府信息{known}"
        f"已于{chinese_day(item.withdrawn_on)}撤回。"
    )
    return f"{told}撤回原因：{reason_of(item)}"


def reason_of(item: ChannelItem) -> str:
    """The reason with its full stop; never nothing, for a withdrawal without a reason is one to ask about."""
    reason = " ".join(item.withdrawn_reason.split()).rstrip("。")
    return f"{reason or '未写明，可以向公开该信息的机关询问'}。"
