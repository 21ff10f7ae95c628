"""电子邮件简报: what became public, was corrected or withdrawn since the last one, as plain text and as simple HTML."""

from __future__ import annotations

import html as entities
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from gongkai.documents.channels.item import ChannelItem, chinese_day, reason_of
from gongkai.documents.channels.markup import page
from gongkai.documents.channels.texts import line, none_given, summary_of

LONGEST_SUMMARY: Final = 200
_KINDS: Final = ("新公开", "更正", "撤回")
_SUBJECT: Final = 60
"""Characters of the name in the subject; a phone shows some thirty."""


class Bulletin(NamedTuple):
    subject: str
    text: str
    html: str


class _Entry(NamedTuple):
    """One item as it is told: its heading, its facts with their names, its address."""

    title: str
    facts: tuple[tuple[str, str], ...]
    address: str


def bulletin_mail(items: Sequence[ChannelItem], *, name: str, on: date) -> Bulletin:
    """`name` of the bulletin's sender, e.g. 青澜县科学技术局政府信息公开. Refuses where there is nothing to tell."""
    if not items:
        raise none_given("简报")
    sections = {kind: [_entry(each) for each in items if _kind(each) == kind] for kind in _KINDS}
    counts = "，".join(f"{kind}{len(told)}件" for kind, told in sections.items() if told)
    head = f"{line(name)[:_SUBJECT]}简报"
    return Bulletin(f"{head}（{chinese_day(on)}，{counts}）", _text(head, on, sections), _html(head, on, sections))


def _kind(item: ChannelItem) -> str:
    return "撤回" if item.withdrawn else "更正" if item.corrected else "新公开"


def _entry(item: ChannelItem) -> _Entry:
    known = ("索引号", line(item.index_number))
    if item.withdrawn:
        called_back = (known, ("公开日期", chinese_day(item.published_on)),
                       ("撤回日期", chinese_day(item.withdrawn_on)), ("撤回原因", reason_of(item)))  # fmt: skip
        return _Entry(f"{line(item.body_name)}撤回一件政府信息", called_back, item.address)
    facts = (
        ("发布机构", line(item.body_name)), known, ("文号", line(item.document_number)),
        ("公开日期", chinese_day(item.published_on)), ("有效性", line(item.validity)),
        ("内容概述", summary_of(item.summary, item.text, LONGEST_SUMMARY)),
        ("附件", f"{len(item.attachments)}个" if item.attachments else ""),
    )  # fmt: skip
    return _Entry(line(item.title), tuple(each for each in facts if each[1]), item.address)


_FOOT: Final = "以上信息以网站公布的为准。撤回的信息请不要继续引用、转载。"


def _text(head: str, on: date, sections: dict[str, list[_Entry]]) -> str:
    out = [head, chinese_day(on), ""]
    for kind, told in sections.items():
        if told:
            out += [f"【{kind}】", ""]
        for number, each in enumerate(told, 1):
            out += [f"{number}. {each.title}", *(f"   {name}：{fact}" for name, fact in each.facts)]
            out += [f"   网址：{each.address}", ""]
    return "\n".join([*out, _FOOT, ""])


def _html(head: str, on: date, sections: dict[str, list[_Entry]]) -> str:
    """Styles on the elements, no picture, no font and no script: nothing is fetched, nothing tells that it was read."""
    out = [f'<h1 style="font-size:20px;margin:0 0 4px">{entities.escape(head)}</h1>', f"<p>{chinese_day(on)}</p>"]
    for kind, told in sections.items():
        if told:
            out.append(f'<h2 style="font-size:17px;border-bottom:1px solid #999">{kind}</h2>\n<ol>')
            out += [_list_item(each) for each in told]
            out.append("</ol>")
    body = "\n".join([*out, f'<p style="color:#555">{_FOOT}</p>'])
    return page(head, f'<div style="max-width:42em;line-height:1.75;color:#1a1a1a">\n{body}\n</div>')


def _list_item(entry: _Entry) -> str:
    facts = "<br>\n".join(f"{name}：{entities.escape(fact)}" for name, fact in entry.facts)
    link = f'<a href="{entities.escape(entry.address)}">{entities.escape(entry.title)}</a>'
    return f'<li style="margin:0 0 16px"><strong>{link}</strong><br>\n{facts}</li>'
