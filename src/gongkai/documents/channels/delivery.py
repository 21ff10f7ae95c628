"""移送清单: what is handed to the places where the public looks things up (条例第25条), with the lines to sign on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai.documents.channels.item import ChannelItem, chinese_day, reason_of
from gongkai.documents.channels.texts import line, none_given
from gongkai.statute.primitives import InputFault, InputRefused

KINDS: Final[Mapping[str, str]] = {"archive": "国家档案馆", "library": "公共图书馆", "hall": "政务服务场所"}
"""The three places of article 25; a list for another one would have no ground."""
HEADS: Final = ("序号", "索引号", "标题", "文号", "形成日期", "公开日期", "载体/份数", "备注")
CENTRED: Final = frozenset({"序号", "形成日期", "公开日期", "载体/份数"})
SHARES: Final = (12, 56, 60, 34, 25, 25, 22, 33)
"""Millimetres of A4 across that each column takes, 267 together."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The list as it is written, whatever the file."""

    title: str
    opening: str
    rows: tuple[tuple[str, ...], ...]
    signatures: tuple[tuple[str, str], ...]
    """What the giving side signs, what the receiving side signs beside it."""
    author: str


def delivery(
    kind: str, items: Sequence[ChannelItem], *, receiver: str, on: date, body_name: str, carrier: str = ""
) -> Delivery:
    """`carrier`: what is handed over, e.g. 纸质1份; "" leaves the column to be filled in by hand."""
    if kind not in KINDS:
        raise InputRefused(InputFault("接收单位", f"没有“{line(kind)}”这一类", "、".join(KINDS.values())))
    if not items:
        raise none_given("移送清单")
    receiver, body_name = line(receiver) or KINDS[kind], line(body_name)
    given = sum(not each.withdrawn for each in items)
    opening = f"{receiver}：根据《中华人民共和国政府信息公开条例》第二十五条，"
    if given:
        opening += f"现将{body_name}主动公开的下列政府信息共{given}件送交你单位，供公众查阅。"
    if given < len(items):
        back = "其中备注为“撤回”的" if given else f"{body_name}此前送交的下列政府信息已经撤回"
        opening += f"{back}，请停止提供查阅，原送交的材料退回移送单位。"
    rows = tuple(_row(number, each, carrier) for number, each in enumerate(items, 1))
    signatures = (
        ("移送单位（盖章）：" + body_name, "接收单位（盖章）：" + receiver),
        ("移送人：", "接收人："),
        (f"移送日期：{chinese_day(on)}", "接收日期：　　　　年　　月　　日"),
    )
    return Delivery(f"政府信息移送清单（{KINDS[kind]}）", opening, rows, signatures, body_name)


def _row(number: int, item: ChannelItem, carrier: str) -> tuple[str, ...]:
    return (
        str(number), line(item.index_number), line(item.title), line(item.document_number), _short(item.formed_on),
        _short(item.published_on), "" if item.withdrawn else line(carrier), _remark(item),
    )  # fmt: skip


def _remark(item: ChannelItem) -> str:
    """Between offices, so the title stands in the list: the receiver has to find what it takes away."""
    if item.withdrawn:
        return f"撤回（{chinese_day(item.withdrawn_on)}）：{reason_of(item)}"
    told = ["更正，请替换原件" if item.corrected else "", f"附件{len(item.attachments)}个" if item.attachments else ""]
    return "；".join(filter(None, [*told, line(item.validity)]))


def _short(day: date | None) -> str:
    """2026-03-10: a column of days is read down, and is narrow."""
    return day.isoformat() if day else ""
