"""Feeds against RFC 4287 and the RSS 2.0 specification, read by a parser that knows nothing of how they were made."""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from channel_samples import CORRECTED, HOSTILE, MAP, NOTICE, SECRET_NAME, SITE, WITHDRAWN

from gongkai.documents.channels import ChannelItem, atom_feed, rss_feed

ATOM = "{http://www.w3.org/2005/Atom}"
UPDATED = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
PAGE, SELF = f"{SITE}/bodies/kjj/", f"{SITE}/bodies/kjj/feed.atom"


def atom(*items: ChannelItem) -> ElementTree.Element:
    return ElementTree.fromstring(atom_feed(items, "青澜县科学技术局政府信息公开", PAGE, SELF, UPDATED))


def rss(*items: ChannelItem) -> ElementTree.Element:
    return ElementTree.fromstring(rss_feed(items, "青澜县科学技术局政府信息公开", PAGE, SELF, UPDATED))


def test_the_feed_has_what_rfc_4287_requires() -> None:
    """§4.1.1: exactly one id, title, updated, a self link; §4.1.2: the same of entries, an author in each entry."""
    feed = atom(NOTICE, WITHDRAWN, CORRECTED, HOSTILE)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 4
    for holder in (feed, *entries):
        for name in ("id", "title", "updated"):
            [one] = holder.findall(f"{ATOM}{name}")
            assert one.text and one.text.strip()
        updated = holder.findtext(f"{ATOM}updated") or ""
        assert RFC3339.fullmatch(updated)
        alternate = [each for each in holder.findall(f"{ATOM}link") if each.get("rel") == "alternate"]
        assert len({(each.get("type"), each.get("hreflang")) for each in alternate}) == len(alternate) == 1
    assert [each.get("href") for each in feed.findall(f"{ATOM}link") if each.get("rel") == "self"] == [SELF]
    assert all(each.findtext(f"{ATOM}author/{ATOM}name") == "青澜县科学技术局" for each in entries)
    assert len({each.findtext(f"{ATOM}id") for each in entries}) == 4


def test_an_entry_tells_the_item() -> None:
    [entry] = atom(NOTICE).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "青澜县科学技术局关于开展2026年科技型企业认定的通知"
    assert entry.findtext(f"{ATOM}published") == "2026-03-10T00:00:00+08:00"
    assert [each.get("term") for each in entry.findall(f"{ATOM}category")] == ["科技、教育", "通知"]
    enclosed = [each for each in entry.findall(f"{ATOM}link") if each.get("rel") == "enclosure"]
    assert [(each.get("type"), each.get("length"), each.get("title")) for each in enclosed] == [
        ("image/png", "20480", "申报流程图.png"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "11264", "申报表.docx"),
    ]
    content = entry.find(f"{ATOM}content")
    assert content is not None and content.get("type") == "html" and content.text
    assert f'src="{SITE}/info/11330800002618146F/2026-00001/files/{MAP}/1.png"' in content.text
    assert f'href="{SITE}/info/11330800002618146F/2025-00007/"' in content.text
    assert "attachment:" not in content.text
    assert 'rowspan="2"' in content.text


def test_the_id_is_of_the_index_number_and_of_nothing_else() -> None:
    def id_of(item: ChannelItem) -> str:
        return atom(item).findtext(f"{ATOM}entry/{ATOM}id") or ""

    told = id_of(NOTICE)
    assert uuid.UUID(told.removeprefix("urn:uuid:")).version == 5
    moved = replace(NOTICE, title="改名", address="https://new.example/info/1/", body_name="青澜县科技和数据局")
    assert id_of(moved) == told
    assert id_of(replace(moved, withdrawn_on=date(2026, 4, 1), withdrawn_reason="重复")) == told
    # the id that readers have stored: a change of it shows them every item anew
    assert told == "urn:uuid:b3f80330-ba82-54fa-ba94-2d5e1bcef554"
    bare = replace(NOTICE, index_number="")
    assert id_of(bare) != id_of(replace(bare, address=f"{SITE}/other/")) != told


def test_a_withdrawn_item_is_known_by_its_number_and_reason_alone() -> None:
    for whole in (
        atom_feed([WITHDRAWN], "甲", PAGE, SELF, UPDATED).decode(),
        rss_feed([WITHDRAWN], "甲", PAGE, SELF, UPDATED).decode(),
    ):
        assert "已撤回：索引号11330800002618146F/2026-00002，含有应当遮盖的个人信息" in whole
        assert SECRET_NAME not in whole
        assert "青科罚" not in whole
        assert WITHDRAWN.address in whole
    [entry] = atom(WITHDRAWN).findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}content") is None
    assert not [each for each in entry.findall(f"{ATOM}link") if each.get("rel") == "enclosure"]


def test_a_withdrawal_on_the_day_of_publication_is_later_than_it() -> None:
    same = replace(WITHDRAWN, withdrawn_on=WITHDRAWN.published_on)
    changed, published = (atom(same).findtext(f"{ATOM}entry/{ATOM}{name}") or "" for name in ("updated", "published"))
    assert changed > published == "2026-03-10T00:00:00+08:00"


def test_the_moment_of_the_last_change_is_told_where_it_is_known() -> None:
    moment = datetime(2026, 3, 11, 16, 5, 9, 123456, tzinfo=timezone(timedelta(hours=8)))
    assert atom(replace(NOTICE, updated_at=moment)).findtext(f"{ATOM}entry/{ATOM}updated") == (
        "2026-03-11T16:05:09+08:00"
    )


def test_rss_has_what_its_specification_requires() -> None:
    """Title, link and description of the channel; days of RFC 822; one enclosure at most; a guid that is no address."""
    feed = rss(NOTICE, WITHDRAWN)
    assert (feed.tag, feed.get("version")) == ("rss", "2.0")
    channel = feed.find("channel")
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    assert parsedate_to_datetime(channel.findtext("lastBuildDate") or "") == UPDATED
    first, second = channel.findall("item")
    assert parsedate_to_datetime(first.findtext("pubDate") or "") == datetime(2026, 3, 9, 16, tzinfo=UTC)
    guid = first.find("guid")
    assert guid is not None and guid.get("isPermaLink") == "false"
    assert guid.text == atom(NOTICE).findtext(f"{ATOM}entry/{ATOM}id")
    assert [each.get("length") for each in first.findall("enclosure")] == ["20480"]
    assert second.findall("enclosure") == []
    assert "<table" in (first.findtext("description") or "")


def test_hostile_words_stay_words() -> None:
    for feed, content in ((atom(HOSTILE), f".//{ATOM}content"), (rss(HOSTILE), ".//item/description")):
        told = feed.findtext(content) or ""
        assert "<script" not in told and "onclick" not in told and "javascript:" not in told
        assert "evil.example" not in told
        titles = [each.text or "" for each in feed.iter() if each.tag.endswith("title")]
        assert any("甲<script>alert(1)</script> Bcc: y@example.com ]]>" in each for each in titles)


def test_an_empty_feed_is_a_feed() -> None:
    assert atom().findall(f"{ATOM}entry") == []
    assert rss().findall("channel/item") == []
