"""Two versions compared: what a reviewer sees, and that nothing of either text is lost."""

from __future__ import annotations

import random
import re
import time
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.comparison import (
    ComparedTable,
    ComparedText,
    Comparison,
    Piece,
    block_html,
    compare,
    compare_fields,
    to_html,
)
from gongkai.documents.comparison.matching import common
from gongkai.documents.writing import clean_html, text_of


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>自收到申请之日起15个工作日内</p>", "<p>自收到申请之日起20个工作日内</p>",
         '<p class="changed">自收到申请之日起<del>15</del><ins>20</ins>个工作日内</p>'),
        ("<p>予以公开</p>", "<p>不予公开</p>", '<p class="changed"><del>予以</del><ins>不予</ins>公开</p>'),
        ("<p>收费2.50元</p>", "<p>收费2.05元</p>", '<p class="changed">收费<del>2.50</del><ins>2.05</ins>元</p>'),
        ("<p>甲</p><p>乙</p>", "<p>甲</p><p>新的一段</p><p>乙</p>",
         '<p>甲</p><p class="inserted"><ins>新的一段</ins></p><p>乙</p>'),
        ("<p>甲</p><p>旧的一段</p>", "<p>甲</p>", '<p>甲</p><p class="deleted"><del>旧的一段</del></p>'),
        ("<p>一、适用范围和定义</p>", "<h2>一、适用范围和定义</h2>", '<h2 class="changed">一、适用范围和定义</h2>'),
        ("<p><b>粗</b>细</p>", "<p>粗<i>细</i></p>", "<p>粗细</p>"),
        ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>甲</li><li>丙丁</li></ul>",
         '<ul><li>甲</li><li class="deleted"><del>乙</del></li><li class="inserted"><ins>丙丁</ins></li></ul>'),
        ('<p>见<a href="/a">附件</a></p>', '<p>见<a href="/b">附件</a></p>',
         '<p class="changed">见<del>附件（/a）</del><ins>附件（/b）</ins></p>'),
        ('<p>图<img src="/a.png" alt="流程"></p>', "<p>图</p>", '<p class="changed">图<del>［图片：流程］</del></p>'),
        ("<p>甲<br>乙</p>", "<p>甲<br>乙丙</p>", '<p class="changed">甲<br>乙<ins>丙</ins></p>'),
        ("", "", ""),
        ("<p>a &lt;b&gt;</p>", "<p>a &lt;b&gt; &amp; c</p>", '<p class="changed">a &lt;b&gt;<ins> &amp; c</ins></p>'),
    ],
)  # fmt: skip
def test_what_a_reviewer_sees(old: str, new: str, shown: str) -> None:
    assert to_html(compare(old, new)) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<tr><td>甲<td>3<tr><td>乙<td>4", "<tr><td>甲<td>5<tr><td>乙<td>4",
         '<tr class="changed"><td>甲</td><td class="changed"><del>3</del><ins>5</ins></td></tr>'
         "<tr><td>乙</td><td>4</td></tr>"),
        ("<tr><td>甲<td>3<tr><td>乙<td>4", "<tr><td>甲<td>3<tr><td>丙<td>6<tr><td>乙<td>4",
         '<tr><td>甲</td><td>3</td></tr><tr class="inserted"><td class="inserted"><ins>丙</ins></td>'
         '<td class="inserted"><ins>6</ins></td></tr><tr><td>乙</td><td>4</td></tr>'),
        ("<tr><td rowspan=2>甲<td>3<tr><td>4", "<tr><td rowspan=2>甲<td>3<tr><td>5",
         '<tr><td rowspan="2">甲</td><td>3</td></tr><tr class="changed">'
         '<td class="changed"><del>4</del><ins>5</ins></td></tr>'),
        ("<tr><th>项<th>数<tr><td>甲<td>3", "<tr><th>项<th>单位<th>数<tr><td>甲<td>件<td>3",
         '<tr class="changed"><th>项</th><th class="inserted"><ins>单位</ins></th><th>数</th></tr>'
         '<tr class="changed"><td>甲</td><td class="inserted"><ins>件</ins></td><td>3</td></tr>'),
        ("<tr><td rowspan=2>甲<td>3<tr><td>4", "<tr><td>甲<td>3<tr><td>甲<td>4",
         '<tr><td>甲</td><td>3</td></tr><tr class="changed"><td class="inserted"><ins>甲</ins></td><td>4</td></tr>'),
        ("<tr><td>甲<td>乙", "<tr><td>乙<td>甲",
         '<tr class="changed"><td class="changed"><del>甲</del><ins>乙</ins></td>'
         '<td class="changed"><del>乙</del><ins>甲</ins></td></tr>'),
    ],
)  # fmt: skip
def test_tables_cell_by_cell(old: str, new: str, shown: str) -> None:
    found = to_html(compare(f"<table>{old}</table>", f"<table>{new}</table>"))
    assert found == f'<table class="changed"><tbody>{shown}</tbody></table>'


def test_two_sentences_that_share_only_characters_are_replaced_whole() -> None:
    found = compare("<p>本办法由县科技局负责解释。</p>", "<p>本通知自印发之日起施行。</p>")
    pieces = [piece for piece in found.pieces() if piece.change == "equal"]
    assert all(len(piece.text) > 1 or piece.text == "。" for piece in pieces)


def test_one_side_at_a_time() -> None:
    found = compare("<p>甲乙丙</p><p>旧段</p>", "<p>甲丁丙</p><p>全新</p>")
    assert to_html(found, "old") == '<p class="changed">甲<del>乙</del>丙</p><p class="deleted"><del>旧段</del></p>'
    assert to_html(found, "new") == '<p class="changed">甲<ins>丁</ins>丙</p><p class="inserted"><ins>全新</ins></p>'
    assert [block_html(block, "old") for block in found.blocks if block.change == "inserted"] == [""]


def test_counts_and_sameness() -> None:
    assert compare("<p>甲</p>", "<p>甲 </p>").is_same
    assert not compare("<p>甲</p>", "<h2>甲</h2>").is_same
    found = compare("<p>十五个工作日</p>", "<p>二十个工作日内</p>")
    assert (found.deleted, found.inserted) == (2, 3)
    (block,) = found.blocks
    assert isinstance(block, ComparedText) and block.change == "changed" and block.was == ""


def test_elements_by_name() -> None:
    old = {"title": "关于甲的通知", "keywords": ["科技", "项目"], "dropped": "旧", "same": 1}
    new = {"title": "关于乙的通知", "keywords": ["科技"], "same": 1, "urgent": True, "none": None}
    found = {each.name: each for each in compare_fields(old, new)}
    assert list(found) == ["title", "keywords", "same", "urgent", "none", "dropped"]
    assert found["title"].pieces == (
        Piece("equal", "关于"), Piece("deleted", "甲"), Piece("inserted", "乙"), Piece("equal", "的通知"),
    )  # fmt: skip
    assert found["keywords"].pieces == (Piece("equal", "科技"), Piece("deleted", "、项目"))
    assert {name: each.change for name, each in found.items()} == {
        "title": "changed", "keywords": "changed", "same": "equal", "urgent": "inserted", "none": "equal",
        "dropped": "deleted",
    }  # fmt: skip
    assert found["urgent"].pieces == (Piece("inserted", "是"),)


_TEXT = st.text(alphabet="政府信息公开不予 12.a<&\n", max_size=12).map(lambda text: text.replace("<", "&lt;"))
_SPAN = st.sampled_from(["", " rowspan=2", " colspan=2", " rowspan=2 colspan=2"])
_CELL = st.tuples(_SPAN, _TEXT).map(lambda each: f"<td{each[0]}>{each[1]}</td>")
_TABLE = st.lists(st.lists(_CELL, min_size=1, max_size=3).map(lambda row: f"<tr>{''.join(row)}</tr>"), max_size=4).map(
    lambda rows: f"<table><caption>表</caption>{''.join(rows)}</table>"
)
_BLOCK = st.one_of(
    st.tuples(st.sampled_from(["p", "h2", "h3", "blockquote"]), _TEXT).map(
        lambda each: f"<{each[0]}>{each[1]}</{each[0]}>"
    ),
    st.lists(_TEXT, max_size=3).map(lambda items: f"<ul>{''.join(f'<li>{item}' for item in items)}</ul>"),
    _TABLE,
    st.sampled_from(['<img src="/a.png" alt="图">', '<p><a href="/a">政府</a></p>', '<p>公开<br>信息</p>',
                     '<figure><img src="/b.png"><figcaption>图一</figcaption></figure>']),
)  # fmt: skip
HTML = st.lists(_BLOCK, max_size=6).map("".join)


@settings(max_examples=200, deadline=None)
@given(HTML, HTML)
def test_neither_text_loses_a_word(old: str, new: str) -> None:
    found = compare(old, new)
    assert found.old_text() == text_of(old)
    assert found.new_text() == text_of(new)
    shown = html5lib.parseFragment(to_html(found), treebuilder="etree", namespaceHTMLElements=False)
    tags = {each.tag for each in shown.iter()} - {"DOCUMENT_FRAGMENT"}
    assert tags <= {"p", "h2", "h3", "h4", "ul", "li", "table", "tbody", "tr", "td", "th", "ins", "del", "br"}


@settings(max_examples=100, deadline=None)
@given(HTML)
def test_a_text_is_the_same_as_itself(html: str) -> None:
    assert compare(html, clean_html(html)).is_same


@settings(max_examples=150, deadline=None)
@given(st.text("甲乙丙丁", max_size=30), st.text("甲乙丙丁", max_size=30))
def test_what_is_common_is_the_longest_by_the_plain_method(old: str, new: str) -> None:
    found = common(old, new)
    assert all(old[i] == new[j] for i, j in found)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, each in enumerate(old):
        for j, other in enumerate(new):
            table[i + 1][j + 1] = table[i][j] + 1 if each == other else max(table[i][j + 1], table[i + 1][j])
    assert len(found) == table[-1][-1]


def test_sequences_too_long_for_the_exact_way_are_parted_where_they_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.documents.comparison.matching.MOST_BITS", 2_000)
    old = "".join(chr(0x4E00 + place) for place in range(300))
    new = old[:100] + "插入" + old[120:250] + "改" + old[251:]
    found = common(old, new)
    assert len(found) == 100 + 130 + 49
    assert all(old[i] == new[j] for i, j in found)


def _pages(paragraphs: list[str]) -> str:
    return "".join(f"<p>{each}</p>" for each in paragraphs)


_random = random.Random(711)
_LONG = "".join(
    _random.choice("根据中华人民共和国政府信息公开条例的规定现予公开请遵照执行，。2025") for _ in range(33_000)
)
_PARTS = [_LONG[at : at + 100] for at in range(0, len(_LONG), 100)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_pages(_PARTS), _pages([part[::-1] for part in _PARTS])),
        (_pages([_LONG]), _pages([_LONG[::-1]])),
        (_pages(["政府" * 16_000]), _pages(["府政" * 16_000])),
        (_pages(["政府"] * 5_000), _pages(["政府"] * 4_000)),
        (_pages([f"第{i}条" for i in range(4_000)]), _pages([f"第{i}款" for i in range(4_000)])),
        ("<table>" + "<tr><td>甲<td>乙<td>1" * 1_500, "<table>" + "<tr><td>甲<td>丙<td>1" * 1_500),
    ],
    ids=["other paragraphs", "one paragraph", "alternating", "repeated", "alike", "table"],
)
def test_a_hundred_kilobytes_take_seconds_whatever_they_hold(old: str, new: str) -> None:
    began = time.process_time()
    found = compare(old, new)
    to_html(found)
    assert time.process_time() - began < 5
    assert found.old_text() == text_of(old)


def test_what_is_shown_is_escaped() -> None:
    hostile = '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p><a href="https://x/&quot;&gt;&lt;img">甲</a></p>'
    shown = to_html(compare("<p>甲</p>", hostile))
    assert "<script" not in shown and "<img" not in shown
    assert re.findall(r"<(?!/?(?:p|ins|del)\b)", shown) == []
    assert isinstance(compare("", hostile), Comparison)


def test_a_table_against_a_paragraph() -> None:
    found = compare("<p>甲 乙</p>", "<table><tr><td>甲<td>乙</table>")
    assert [(type(block), block.change) for block in found.blocks] == [
        (ComparedText, "deleted"), (ComparedTable, "inserted"),
    ]  # fmt: skip
