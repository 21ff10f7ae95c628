"""微博: a text of one post, ending in the address."""

from __future__ import annotations

from typing import Final

from gongkai.documents.channels.item import ChannelItem, chinese_day, reason_of
from gongkai.documents.channels.texts import ELLIPSIS, line
from gongkai.statute.primitives import InputFault, InputRefused

LIMIT: Final = 140
"""Chinese characters of a post; from memory, not verified: the platform has raised it for some accounts."""
_LEAST: Final = 10
"""Characters that have to be left for what the post is about."""


def weibo_length(text: str) -> int:
    """As the platform counts, from memory: two signs of half width are one; a sign beyond Unicode's first plane two.

    The platform shortens addresses and counts less for them; counting them in full keeps on the safe side.
    """
    return -(-sum(1 if ord(each) < 0x100 else 2 if ord(each) < 0x10000 else 4 for each in text) // 2)


def weibo_text(item: ChannelItem, limit: int = LIMIT) -> str:
    """At most `limit` characters; what is too long is shortened, the address never."""
    if item.withdrawn:
        known = f"（索引号{line(item.index_number)}）" if item.index_number else ""
        told = (
            f"【撤回说明】{line(item.body_name)}{chinese_day(item.published_on)}公开的一件政府信息{known}"
            f"已于{chinese_day(item.withdrawn_on)}撤回，原因：{reason_of(item)}"
        )
        return _fitted(told, "", item.address, limit)
    head = f"【{'更正：' if item.corrected else ''}{line(item.title)}】"
    return _fitted(head, line(item.summary or item.text), item.address, limit)


def _fitted(head: str, told: str, address: str, limit: int) -> str:
    tail = f" {address}"
    room = limit - weibo_length(tail)
    if room < _LEAST:
        raise InputRefused(InputFault("微博", f"网址太长，{limit}字的微博里写不下内容", "较短的网址"))
    if weibo_length(head) > room:
        closing = "】" if head.endswith("】") else ""
        return _cut(head.removesuffix(closing), room - weibo_length(closing)) + closing + tail
    left = room - weibo_length(head)
    if weibo_length(told) > left:
        told = _cut(told, left) if left >= _LEAST else ""
    return head + told + tail


def _cut(text: str, longest: int) -> str:
    kept = ""
    for each in text:
        if weibo_length(kept + each + ELLIPSIS) > longest:
            break
        kept += each
    return kept + ELLIPSIS
