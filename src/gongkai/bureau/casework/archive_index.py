"""目录: the list of a package in Chinese, as a page and as plain text, and how to check it without the platform."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from gongkai.bureau.casework.archive_files import Item

WITHHELD = "未放入（显示身份或者未经遮盖）"
README = """\
政府信息公开申请案卷归档包
==========================

本包按 BagIt 1.0（RFC 8493）打成。内容在 data/ 之下，目录见 data/index.html 或 data/index.txt。

一、核对文件有没有改动（任何有 sha256sum 的系统，进入本目录执行）：

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

每行应显示 OK 或“成功”。Windows 可用 certutil -hashfile 文件名 SHA256，逐个与清单比对。
清单本身也可能被换掉，所以还要核对第二、三项。

二、核对日志：data/journal.jsonl 一行一条。每条的 digest 是下列 JSON 数组（UTF-8，无空格）的 SHA-256：

    [previous, stream, sequence, at, actor, actor_name, body, kind, facts]

第一条的 previous 为空文字，此后每条的 previous 等于上一条的 digest。
data/events.jsonl 的办理经过同样前后相接，末个事件的摘要记在日志里（facts 中的 head）。

三、核对签名：data/checkpoint.json（有的话）是签名检查点。heads 写明各条日志流末条的摘要，
本案的那一条应在 data/journal.jsonl 里。签名是 Ed25519，所签的是下列 JSON（键按字母排序，无空格）：

    {"day":…,"heads":…,"last_entry":…}

公钥应从机关公开的渠道取得，不以包内写明的为准。

四、装有本系统的，一条命令完成以上全部核对，不需要数据库：gongkai archive check 本包.zip

期限怎么算的，见 data/deadlines.txt：每一天为什么计入、为什么不计，依据哪一条。
"""


def index_text(title: str, told: Sequence[tuple[str, str]], items: Sequence[Item]) -> bytes:
    lines = [title, "", *(f"{label}：{value}" for label, value in told), ""]
    for number, each in enumerate(items, 1):
        name = f"（原名：{each.name}）" if each.name else ""
        state = f"，{WITHHELD}" if each.withheld else ""
        lines += [f"{number}. {each.what}{name}{state}", f"   {each.path}  {each.size}字节  {each.digest}"]
    return ("\n".join(lines) + "\n").encode()


def index_page(title: str, told: Sequence[tuple[str, str]], items: Sequence[Item]) -> bytes:
    """A page that needs nothing but a browser: no script, no style, no address outside the package."""
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>\n" for label, value in told)
    rows = "".join(_row(number, each) for number, each in enumerate(items, 1))
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f"<body>\n<h1>{escape(title)}</h1>\n<dl>\n{facts}</dl>\n"
        '<table border="1" cellpadding="4"><caption>目录</caption>\n<thead><tr><th scope="col">序号</th>'
        '<th scope="col">内容</th><th scope="col">文件</th><th scope="col">字节</th>'
        '<th scope="col">SHA-256</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table>\n</body></html>\n"
    ).encode()


def _row(number: int, item: Item) -> str:
    what = escape(item.what) + (f"<br>{escape(item.name)}" if item.name else "")
    path = WITHHELD if item.withheld else f'<a href="{escape(item.path)}">{escape(item.path)}</a>'
    return f"<tr><td>{number}</td><td>{what}</td><td>{path}</td><td>{item.size}</td><td>{item.digest}</td></tr>\n"


def day_in_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "没有"
