"""微信公众号: what a person takes to the platform's editor. Nothing is sent from here."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO
from typing import Final

from gongkai.documents.channels.item import ChannelItem, chinese_day, withdrawal_notice
from gongkai.documents.channels.markup import inline, page, paragraphs, pictures_of
from gongkai.documents.channels.texts import line, printable, shortened, summary_of

LONGEST_TITLE: Final = 64
LONGEST_SUMMARY: Final = 120
"""Characters of a title and of a summary that the editor takes; from memory, not verified at the platform."""
_BOM: Final = "\ufeff"
"""Without it Excel reads the list as GBK."""


def wechat_package(item: ChannelItem) -> bytes:
    """A zip of texts; equal items give equal bytes. Of a withdrawn item the words of the withdrawal, nothing else."""
    title, text, body = _withdrawal(item) if item.withdrawn else _article(item)
    told = shortened(text, LONGEST_SUMMARY) if item.withdrawn else summary_of(item.summary, item.text, LONGEST_SUMMARY)
    members = {
        "标题.txt": title + "\n",
        "摘要.txt": told + "\n",
        "正文.html": page(title, body),
        "正文.txt": text,
        "附件清单.csv": _BOM + _attachments(item),
        "说明.txt": _withdrawal_steps(item) if item.withdrawn else _steps(item, title),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            packed.writestr(member, content.encode())
    return buffer.getvalue()


def _article(item: ChannelItem) -> tuple[str, str, str]:
    foot = [
        f"发布机构：{line(item.body_name)}", f"索引号：{line(item.index_number)}",
        f"文号：{line(item.document_number)}" if item.document_number else "",
        f"公开日期：{chinese_day(item.published_on)}",
        f"附件{len(item.attachments)}个，请到网站下载。" if item.attachments else "", f"网址：{item.address}",
    ]  # fmt: skip
    said = "\n".join(filter(None, foot))
    text = f"{printable(item.text).strip()}\n\n{said}\n"
    return line(item.title), text, f"{inline(item) or paragraphs(item.text)}\n{paragraphs(said)}"


def _withdrawal(item: ChannelItem) -> tuple[str, str, str]:
    text = f"{withdrawal_notice(item)}\n网址：{item.address}\n"
    return f"{line(item.body_name)}关于撤回一件政府信息的说明", text, paragraphs(text)


def _attachments(item: ChannelItem) -> str:
    """A name that a sheet would read as a formula stands behind an apostrophe."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(("序号", "名称", "大小（字节）", "SHA-256", "网址"))
    for number, each in enumerate(() if item.withdrawn else item.attachments, 1):
        name = line(each.name)
        rows.writerow((number, f"'{name}" if name[:1] in "=+-@" else name, each.size, each.digest, each.address))
    return out.getvalue()


def _steps(item: ChannelItem, title: str) -> str:
    told = [
        "把“标题.txt”“摘要.txt”的文字填入公众号后台的标题、摘要。",
        "用浏览器打开“正文.html”，全选、复制，贴入正文；格式不对时改用“正文.txt”。",
        f"“原文链接”填：{item.address}",
    ]
    if len(title) > LONGEST_TITLE:
        told.append(f"标题有{len(title)}字，公众号标题一般不超过{LONGEST_TITLE}字，请缩短，不要改变原意。")
    pictures = pictures_of(item)
    if pictures:
        told.append(f"正文有{len(pictures)}幅图，位置上写着“（图）”，请从网站下载以后插入：{'；'.join(pictures)}。")
    if item.attachments:
        told.append("附件名称、大小、校验值和网址见“附件清单.csv”；公众号不能带附件，请读者到网站下载。")
    told.append("正文与网站公布的一致，请不要改动；推送以后登记推送的网址。")
    head = "更正：请先删除此前推送的同一篇，再推送本篇。\n\n" if item.corrected else ""
    return _numbered(f"{head}微信公众号推送说明（索引号{line(item.index_number)}）", told)


def _withdrawal_steps(item: ChannelItem) -> str:
    """For the office alone: here the title stands, so that the article is found."""
    told = [
        f"在公众号后台找到《{line(item.title)}》（{chinese_day(item.published_on)}公开），删除。",
        "转发到其他账号、群的，一并请对方删除。",
        "需要向读者说明的，用“标题.txt”“摘要.txt”“正文.html”的文字；说明不写被撤回信息的标题和内容。",
        "删除以后登记处理情况。",
    ]
    return _numbered(f"撤回说明（索引号{line(item.index_number)}，本文件只供经办人使用，不要推送）", told)


def _numbered(head: str, told: list[str]) -> str:
    return "\n".join([head, "", *(f"{number}. {each}" for number, each in enumerate(told, 1)), ""])
