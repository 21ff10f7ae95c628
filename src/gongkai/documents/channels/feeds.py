"""Feeds: Atom 1.0 (RFC 4287) and RSS 2.0. An item keeps its id whatever becomes of it, so that readers follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from mimetypes import guess_type
from typing import Final
from uuid import UUID, uuid5

from lxml import etree

from gongkai.documents.channels.item import ChannelItem, reason_of, withdrawal_notice
from gongkai.documents.channels.markup import standalone
from gongkai.documents.channels.texts import line, printable, summary_of

BEIJING: Final = timezone(timedelta(hours=8))
"""China has one zone and no summer time; a day of the catalogue begins there."""
LONGEST_SUMMARY: Final = 300
_ATOM: Final = "http://www.w3.org/2005/Atom"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_NUMBERS: Final = UUID("5b1e2c53-6a0d-5b8f-9d0b-0d7c3c8e6f11")
"""The space of names in which an index number becomes an id; it never changes."""


def item_id(item: ChannelItem) -> str:
    """From the index number alone, which does not change when bodies or hosts do; what has none has its address."""
    return f"urn:uuid:{uuid5(_NUMBERS, item.index_number or item.address)}"


def atom_feed(items: Sequence[ChannelItem], title: str, address: str, self_address: str, updated: datetime) -> bytes:
    """`address` of the page that shows the same, `self_address` of the feed; `updated` with its zone."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # the stubs know no default
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    _atom(feed, "title", line(title))
    _atom(feed, "id", self_address)
    _atom(feed, "updated", _stamp(updated))
    _atom(feed, "link", rel="alternate", type="text/html", href=address)
    _atom(feed, "link", rel="self", type="application/atom+xml", href=self_address)
    for item in items:
        _entry(_atom(feed, "entry"), item)
    return _written(feed)


def _entry(entry: etree._Element, item: ChannelItem) -> None:
    """A withdrawn item says that it was and why it is no more: no title, no content (RFC 4287 §4.1.2: a summary)."""
    _atom(entry, "title", entry_title(item))
    _atom(entry, "id", item_id(item))
    _atom(entry, "updated", _stamp(changed_at(item)))
    _atom(entry, "published", _stamp(_beginning(item.published_on)))
    _atom(_atom(entry, "author"), "name", line(item.body_name))
    _atom(entry, "link", rel="alternate", type="text/html", href=item.address)
    if item.withdrawn:
        _atom(entry, "summary", withdrawal_notice(item))
        return
    for term in filter(None, map(line, (item.topic, item.genre))):
        _atom(entry, "category", term=term)
    for each in item.attachments:
        media = guess_type(each.name)[0] or "application/octet-stream"
        _atom(entry, "link", rel="enclosure", type=media, length=str(each.size), title=line(each.name),
              href=each.address)  # fmt: skip
    _atom(entry, "summary", summary_of(item.summary, item.text, LONGEST_SUMMARY))
    if item.html.strip():
        _atom(entry, "content", standalone(item), type="html")


def rss_feed(items: Sequence[ChannelItem], title: str, address: str, self_address: str, updated: datetime) -> bytes:
    """The same as RSS 2.0, for readers that know no Atom; only the first attachment has a place there."""
    rss = etree.Element("rss", nsmap={"atom": _ATOM, "dc": _DC}, version="2.0")
    channel = etree.SubElement(rss, "channel")
    _plain(channel, "title", line(title))
    _plain(channel, "link", address)
    _plain(channel, "description", line(title))
    _plain(channel, "language", "zh-cn")
    _plain(channel, "lastBuildDate", format_datetime(updated))
    _atom(channel, "link", rel="self", type="application/rss+xml", href=self_address)
    for item in items:
        _rss_item(_plain(channel, "item"), item)
    return _written(rss)


def _rss_item(entry: etree._Element, item: ChannelItem) -> None:
    _plain(entry, "title", entry_title(item))
    _plain(entry, "link", item.address)
    _plain(entry, "guid", item_id(item)).set("isPermaLink", "false")
    _plain(entry, "pubDate", format_datetime(changed_at(item)))
    etree.SubElement(entry, f"{{{_DC}}}creator").text = line(item.body_name)
    if item.withdrawn:
        _plain(entry, "description", withdrawal_notice(item))
        return
    for term in filter(None, map(line, (item.topic, item.genre))):
        _plain(entry, "category", term)
    _plain(entry, "description", standalone(item) or summary_of(item.summary, item.text, LONGEST_SUMMARY))
    for each in item.attachments[:1]:
        media = guess_type(each.name)[0] or "application/octet-stream"
        etree.SubElement(entry, "enclosure", url=each.address, length=str(each.size), type=media)


def entry_title(item: ChannelItem) -> str:
    if not item.withdrawn:
        return line(item.title)
    return line(f"已撤回：索引号{item.index_number}，{reason_of(item).rstrip('。')}")


def changed_at(item: ChannelItem) -> datetime:
    """A withdrawal of the day of publication itself is later than that, or readers would keep what they have."""
    if item.updated_at is not None:
        return item.updated_at
    if item.withdrawn_on is not None:
        return _beginning(item.withdrawn_on) + timedelta(seconds=1)
    return _beginning(item.published_on)


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _stamp(moment: datetime) -> str:
    """RFC 3339, whole seconds."""
    return moment.isoformat(timespec="seconds")


def _atom(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}", {key: line(value) for key, value in attributes.items()})
    if text:
        made.text = printable(text)
    return made


def _plain(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    made = etree.SubElement(parent, name)
    if text:
        made.text = printable(text)
    return made


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False)
