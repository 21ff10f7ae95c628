"""Bulletin, WeChat package and Weibo text: what they say, how long they are, what of a withdrawn item stays unsaid."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from email.message import EmailMessage

import pytest
from channel_samples import CORRECTED, HOSTILE, MAP, NOTICE, SECRET_NAME, SITE, WITHDRAWN
from lxml import html as lxml_html

from gongkai.documents.channels import ChannelItem, bulletin_mail, wechat_package, weibo_text
from gongkai.statute.primitives import InputRefused

NAME, ON = "青澜县科学技术局政府信息公开", date(2026, 3, 12)


def unpacked(item: ChannelItem) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(wechat_package(item))) as packed:
        return {each: packed.read(each).decode() for each in packed.namelist()}


def fetched(html: str) -> list[str]:
    """All that a browser would fetch or run for a page."""
    page = lxml_html.document_fromstring(html)
    found = [value for each in page.iter() for name, value in each.items()
             if name in ("src", "srcset", "background", "data", "poster") or name.startswith("on")]  # fmt: skip
    found += [each.tag for each in page.iter("script", "link", "style", "iframe", "img", "object")]
    return found + re.findall(r"url\([^)]*\)", html)


def weibo_counts(text: str) -> int:
    """An oracle of its own: UTF-16 units, those beyond Latin-1 twice (replace(/[^\\x00-\\xff]/g, 'aa')), halved up."""
    units = text.encode("utf-16-le")
    pairs = [int.from_bytes(units[place : place + 2], "little") for place in range(0, len(units), 2)]
    return (sum(2 if each > 0xFF else 1 for each in pairs) + 1) // 2


def test_the_bulletin_has_a_section_for_what_came_what_changed_what_went() -> None:
    made = bulletin_mail([NOTICE, WITHDRAWN, CORRECTED], name=NAME, on=ON)
    assert made.subject == "青澜县科学技术局政府信息公开简报（2026年3月12日，新公开1件，更正1件，撤回1件）"
    places = [made.text.index(each) for each in ("【新公开】", "/2026-00001/", "【更正】", "/2026-00003/", "【撤回】")]
    assert places == sorted(places)
    assert made.text.index("撤回原因：含有应当遮盖的个人信息。") > places[-1]
    for told in ("文号：青科〔2026〕12号", "公开日期：2026年3月10日", "附件：2个", NOTICE.summary, NOTICE.address):
        assert told in made.text
        assert told in made.html
    assert fetched(made.html) == []
    assert [each.get("href") for each in lxml_html.document_fromstring(made.html).iter("a")] == [
        NOTICE.address, CORRECTED.address, WITHDRAWN.address,
    ]  # fmt: skip


def test_a_bulletin_says_nothing_of_what_was_withdrawn() -> None:
    made = bulletin_mail([WITHDRAWN], name=NAME, on=ON)
    assert "新公开" not in made.subject + made.text
    for told in made:
        assert SECRET_NAME not in told
        assert "青科罚" not in told


def test_the_words_of_an_item_make_no_head_and_no_markup() -> None:
    made = bulletin_mail([HOSTILE], name="甲\r\nBcc: x@example.com", on=ON)
    mail = EmailMessage()
    mail["Subject"] = made.subject  # raises where a line ends in it
    assert "\n" not in made.subject
    assert fetched(made.html) == []
    assert "&lt;script&gt;" in made.html
    assert "\x00" not in made.text and "\x08" not in made.html


def test_without_anything_to_tell_there_is_no_bulletin() -> None:
    with pytest.raises(InputRefused, match="没有要发送的信息"):
        bulletin_mail([], name=NAME, on=ON)


def test_the_package_for_wechat_holds_an_article_that_stands_by_itself() -> None:
    held = unpacked(NOTICE)
    assert list(held) == ["标题.txt", "摘要.txt", "正文.html", "正文.txt", "附件清单.csv", "说明.txt"]
    assert held["标题.txt"] == "青澜县科学技术局关于开展2026年科技型企业认定的通知\n"
    assert held["摘要.txt"] == "在本县登记的企业可以自3月15日起申报科技型企业认定。\n"
    assert fetched(held["正文.html"]) == []
    page = lxml_html.document_fromstring(held["正文.html"])
    [table] = page.iter("table")
    assert [(each.get("rowspan"), each.get("colspan"), each.text) for each in table.iter("td")] == [
        ("2", None, "设备"), (None, None, "12.5"), (None, None, "14"), (None, "2", "合计26.5"),
    ]  # fmt: skip
    assert "border-collapse" in table.get("style", "")
    assert all("border:1px" in each.get("style", "") for each in table.iter("td", "th"))
    assert "text-align:right" in [*table.iter("td")][1].get("style", "")
    told = page.text_content()
    assert "（图：申报流程图）" in told
    assert f"办法（{SITE}/info/11330800002618146F/2025-00007/）" in told
    for each in (told, held["正文.txt"]):
        assert "索引号：11330800002618146F/2026-00001" in each
        assert NOTICE.address in each
    assert "科目\t金额（万元）" in held["正文.txt"]
    assert "1幅图" in held["说明.txt"] and "申报流程图" in held["说明.txt"]


def test_the_list_of_attachments_opens_in_a_sheet() -> None:
    assert unpacked(NOTICE)["附件清单.csv"].startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(unpacked(NOTICE)["附件清单.csv"].lstrip("\ufeff"))))
    assert rows[0] == ["序号", "名称", "大小（字节）", "SHA-256", "网址"]
    assert rows[1][:4] == ["1", "申报流程图.png", "20480", MAP]
    assert len(rows) == 3
    hostile = list(csv.reader(io.StringIO(unpacked(HOSTILE)["附件清单.csv"])))
    assert hostile[1][1] == "'=cmd|\" .docx"


@pytest.mark.parametrize(
    ("summary", "text", "told"),
    [
        ("短", "正文", "短"),
        ("  ", "正文第一段\n第二段", "正文第一段 第二段"),
        ("字" * 120, "", "字" * 120),
        ("字" * 121, "", "字" * 118 + "……"),
        ("字" * 79 + "。" + "尾" * 60, "", "字" * 79 + "。……"),
        ("字" * 116 + "，" + "尾" * 60, "", "字" * 116 + "，尾……"),
        ("字" * 117 + "，" + "尾" * 60, "", "字" * 117 + "……"),
    ],
)
def test_a_summary_is_at_most_120_characters(summary: str, text: str, told: str) -> None:
    made = unpacked(replace(NOTICE, summary=summary, text=text))["摘要.txt"].rstrip("\n")
    assert made == told
    assert len(made) <= 120


def test_a_withdrawn_item_is_a_notice_and_only_the_offices_own_sheet_names_it() -> None:
    held = unpacked(WITHDRAWN)
    assert WITHDRAWN.title in held.pop("说明.txt")
    for told in held.values():
        assert SECRET_NAME not in told
        assert "青科罚" not in told
    assert held["标题.txt"] == "青澜县科学技术局关于撤回一件政府信息的说明\n"
    assert "已于2026年3月12日撤回。撤回原因：含有应当遮盖的个人信息。" in held["正文.txt"]
    assert held["附件清单.csv"].count("\r\n") == 1


def test_an_item_without_marks_is_an_article_of_its_paragraphs() -> None:
    body = unpacked(replace(NOTICE, html="", text="第一段<b>\n第二段"))["正文.html"]
    assert ">第一段&lt;b&gt;</p>" in body and ">第二段</p>" in body


def test_hostile_words_do_nothing_in_a_package() -> None:
    held = unpacked(HOSTILE)
    assert fetched(held["正文.html"]) == []
    assert "evil.example" not in held["正文.html"]
    assert "\n" not in held["标题.txt"].rstrip("\n")


def test_equal_items_are_equal_bytes() -> None:
    assert wechat_package(NOTICE) == wechat_package(replace(NOTICE))


def test_a_correction_asks_for_the_earlier_post_to_go() -> None:
    assert "先删除此前推送的同一篇" in unpacked(CORRECTED)["说明.txt"]
    assert weibo_text(CORRECTED).startswith("【更正：青澜县科学技术局关于")


def test_a_post_is_title_summary_address() -> None:
    assert weibo_text(NOTICE) == (
        "【青澜县科学技术局关于开展2026年科技型企业认定的通知】在本县登记的企业可以自3月15日起申报科技型企业认定。"
        " https://www.qinglan.example/info/11330800002618146F/2026-00001/"
    )


@pytest.mark.parametrize("limit", [60, 140, 2000])
@pytest.mark.parametrize("sign", ["字", "a", "é", "𠮷", "，"])
@pytest.mark.parametrize("many", [(1, 0), (3, 200), (49, 49), (50, 51), (400, 400)])
def test_a_post_is_never_too_long_and_its_address_whole(limit: int, sign: str, many: tuple[int, int]) -> None:
    for item in (
        replace(NOTICE, title=sign * many[0], summary=sign * many[1]),
        replace(WITHDRAWN, withdrawn_reason=sign * many[1]),
    ):
        made = weibo_text(item, limit)
        assert weibo_counts(made) <= limit
        assert made.endswith(f" {item.address}")


def test_a_post_uses_the_room_that_there_is() -> None:
    made = weibo_text(replace(NOTICE, title="题", summary="字" * 300))
    assert weibo_counts(made) == 140
    assert made.startswith("【题】字字") and "…… https://" in made


def test_a_post_without_room_for_words_is_refused() -> None:
    with pytest.raises(InputRefused, match="网址太长"):
        weibo_text(replace(NOTICE, address=f"https://www.qinglan.example/{'a' * 300}"))


def test_a_withdrawal_post_gives_the_reason_and_not_the_title() -> None:
    made = weibo_text(WITHDRAWN)
    assert made.startswith("【撤回说明】青澜县科学技术局2026年3月10日公开的一件政府信息")
    assert "原因：含有应当遮盖的个人信息。" in made
    assert SECRET_NAME not in made
