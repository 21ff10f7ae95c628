"""今日提醒 as an e-mail: what waits and until when. It leaves the house: nothing of who asked or for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One request by its number alone; `due` is the last day for the reply, None while the clock has none."""

    number: str
    what: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Digest:
    subject: str
    text: str


def digest(lines: Sequence[DigestLine], on: date) -> Digest:
    """The mail of one day, in the order of the lines."""
    told = "\n".join(f"{number}. {_line(each)}" for number, each in enumerate(lines, 1))
    return Digest(
        f"政府信息公开：今日提醒{len(lines)}件（{on.month}月{on.day}日）",
        f"{on.year}年{on.month}月{on.day}日，下列政府信息公开申请等您办理：\n\n{told}\n\n"
        "申请内容请登录工作台查看。不再需要邮件的，在工作台“提醒和代岗”关闭，工作台里的提醒照旧。\n",
    )


def _line(each: DigestLine) -> str:
    due = f"，答复期限{each.due.year}年{each.due.month}月{each.due.day}日" if each.due else ""
    return f"{each.number}：{each.what}{due}"
