"""Pasted HTML: what is kept, what Word and WPS leave behind, and what an attacker would put there."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from writing_samples import VECTORS, WORD

from gongkai.documents.writing import clean_html, text_of

KEPT = {
    "h2": set(), "h3": set(), "h4": set(), "p": set(), "ul": set(), "ol": {"start"}, "li": set(), "table": set(),
    "caption": set(), "thead": set(), "tbody": set(), "tr": set(), "th": {"rowspan", "colspan", "scope"},
    "td": {"rowspan", "colspan"}, "strong": set(), "em": set(), "s": set(), "u": set(), "sub": set(), "sup": set(),
    "a": {"href"}, "img": {"src", "alt"}, "br": set(), "blockquote": set(), "figure": set(), "figcaption": set(),
}  # fmt: skip
DIGEST = "ab" * 32


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<h1>一</h1><h2>二</h2><h3>三</h3><h6>六</h6>", "<h2>一</h2><h3>二</h3><h4>三</h4><h4>六</h4>"),
        ("<h2>二</h2><h3>三</h3><h5>五</h5>", "<h2>二</h2><h3>三</h3><h4>五</h4>"),
        ("<h2><b>粗</b>体标题</h2>", "<h2>粗体标题</h2>"),
        ("没有段落", "<p>没有段落</p>"),
        ("一<br><br>二<br>三", "<p>一</p><p>二<br>三</p>"),
        ("<div>一<div>二</div>三</div>", "<p>一</p><p>二</p><p>三</p>"),
        ("<p>一</p><p>&nbsp;</p><p><br></p><p></p>", "<p>一</p>"),
        ("<p>&nbsp;&nbsp;　　首行缩进</p>", "<p>首行缩进</p>"),
        ("<p>姓　名</p>", "<p>姓　名</p>"),
        ("<p>政府\n信息\r\n公开，GDP\nper capita</p>", "<p>政府信息公开，GDP per capita</p>"),
        ("<b>甲</b><strong>乙</strong><i>丙</i>", "<p><strong>甲乙</strong><em>丙</em></p>"),
        ("<b><p>甲</b>乙</p>", "<p><strong>甲</strong>乙</p>"),
        ("<b>甲<i>乙</b>丙</i>", "<p><strong>甲<em>乙</em></strong><em>丙</em></p>"),
        ("H<sub>2</sub>O m<sup>2</sup> <u>线</u> <s>废</s>", "<p>H<sub>2</sub>O m<sup>2</sup> <u>线</u> <s>废</s></p>"),
        ("<p>甲<del>删去的</del><ins>乙</ins></p>", "<p>甲乙</p>"),
        ("<pre>第一行\n第二行</pre>", "<p>第一行<br>第二行</p>"),
        ("<p align=right>右</p><center>中</center>", '<p class="right">右</p><p class="center">中</p>'),
        ('<p style="text-align: CENTER">中</p>', '<p class="center">中</p>'),
        ('<p class="right big">右</p><p class="red">左</p>', '<p class="right">右</p><p>左</p>'),
        ("<blockquote>引<p>文</p></blockquote>", "<blockquote><p>引</p><p>文</p></blockquote>"),
        ("<ul><li>一<li>二<ol><li>甲</ol></ul>", "<ul><li>一</li><li>二<ol><li>甲</li></ol></li></ul>"),
        ("<ul><li>一</li><ul><li>甲</li></ul></ul>", "<ul><li>一<ul><li>甲</li></ul></li></ul>"),
        ('<ol start="3"><li>三</li></ol>', '<ol start="3"><li>三</li></ol>'),
        ("<ul><li><p>一</p></li></ul>", "<ul><li>一</li></ul>"),
        ("<ul><li><p>一</p><p>二</p></li></ul>", "<ul><li><p>一</p><p>二</p></li></ul>"),
        ('<a href="https://www.gov.cn/a b">国</a>', '<p><a href="https://www.gov.cn/a%20b">国</a></p>'),
        ('<a href="mailto:a@b.cn">信</a>', '<p><a href="mailto:a@b.cn">信</a></p>'),
        ('<a href="/info/1/?t=10:30#三">内</a>', '<p><a href="/info/1/?t=10:30#三">内</a></p>'),
        ('<a href="//www.gov.cn/">国</a>', '<p><a href="https://www.gov.cn/">国</a></p>'),
        ('<a href="#_ftn1">[1]</a>', "<p>[1]</p>"),
        ('<a href="file:///C:/a.doc">文</a>', "<p>文</p>"),
        ('<u><a href="/a">链接不另划线</a></u>', '<p><a href="/a">链接不另划线</a></p>'),
        (f'<img src="attachment:{DIGEST}" alt="图" width=9>', f'<p><img src="attachment:{DIGEST}" alt="图"></p>'),
        ('<img src="/files/1.png">', '<p><img src="/files/1.png" alt=""></p>'),
        ('<img src="file:///C:/1.png"><img src="http://a/1.png"><img src="data:image/png;base64,AA">', ""),
        ('<img src="attachment:1"><img src="//a/1.png"><img src="/\\a/1.png">', ""),
        ('<figure><img src="/1.png"><figcaption>图1</figcaption></figure>',
         '<figure><img src="/1.png" alt=""><figcaption>图1</figcaption></figure>'),
        ("<dl><dt>名</dt><dd>值</dd></dl>", "<p>名</p><p>值</p>"),
        ("<p>a &lt;b&gt; &amp;amp; \"c\"</p>", "<p>a &lt;b&gt; &amp;amp; \"c\"</p>"),
        ("5<6 且 7>6", "<p>5&lt;6 且 7&gt;6</p>"),
        ("未完的标签 <p 后面的字", "<p>未完的标签 &lt;p 后面的字</p>"),
        ("未完的注释 <!-- 后面的字", "<p>未完的注释 后面的字</p>"),
        ("未完的<object>后面的字", "<p>未完的后面的字</p>"),
        ('<p hidden>藏</p><span style="display:none">藏</span><p>见</p>', "<p>见</p>"),
        ("<p style='display:none'>藏<p>见", "<p>见</p>"),
        ("零\u200b宽\ufeff和\u202e反\x00向", "<p>零宽和反向</p>"),
    ],
)  # fmt: skip
def test_what_is_kept(pasted: str, kept: str) -> None:
    assert clean_html(pasted) == kept
    assert clean_html(kept) == kept


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<table><tr><td>一<td>二<tr><td colspan=2>三</table>",
         '<table><tbody><tr><td>一</td><td>二</td></tr><tr><td colspan="2">三</td></tr></tbody></table>'),
        ("<table><caption>表一</caption><thead><tr><th scope=col><b>项</b></th><th scope=x>数</th></tr></thead>"
         "<tfoot><tr><td>计<td>2</tr></tfoot><tbody><tr><th scope=row>甲</th><td align=right>2</tbody></table>",
         '<table><caption>表一</caption><thead><tr><th scope="col">项</th><th>数</th></tr></thead>'
         '<tbody><tr><th scope="row">甲</th><td class="right">2</td></tr>'
         "<tr><td>计</td><td>2</td></tr></tbody></table>"),
        ("<table><tr><td rowspan=2>甲<td rowspan=2>乙<tr><tr><td>丙<td></table>",
         '<table><tbody><tr><td rowspan="2">甲</td><td rowspan="2">乙</td></tr><tr></tr>'
         "<tr><td>丙</td><td></td></tr></tbody></table>"),
        ("<table><tr><td>甲<td>乙<tr></tr><tr><td rowspan=9>丙<td>丁</table>",
         "<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></tbody></table>"),
        ("<table><tr><td><p align=center>中<td><p>一</p><p align=right>二</p></table>",
         '<table><tbody><tr><td class="center">中</td><td><p>一</p><p class="right">二</p></td></tr></tbody></table>'),
        ("<table><tr><td><h3>格里的标题</h3><td>乙</table>",
         "<table><tbody><tr><td><strong>格里的标题</strong></td><td>乙</td></tr></tbody></table>"),
        ("<table><tr><td><h2>只有一格</h2><p>是个框</p></table>", "<h2>只有一格</h2><p>是个框</p>"),
        ("<table><tr><td> <td>&nbsp;</table>", ""),
        ("<table>散落的字<tr><td>甲<td>乙</table>",
         "<p>散落的字</p><table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>"),
        ("<table><tr><td><b>粗<td>不粗</table>",
         "<table><tbody><tr><td><strong>粗</strong></td><td>不粗</td></tr></tbody></table>"),
        ("<div align=center><table><tr><td>甲<td>乙</table></div>",
         "<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_tables_keep_their_shape(pasted: str, kept: str) -> None:
    assert clean_html(pasted) == kept
    assert clean_html(kept) == kept


def test_word_leaves_its_structure_and_takes_its_junk_along() -> None:
    assert clean_html(WORD) == (
        '<h2 class="center">关于印发办法的通知</h2>'
        "<p><strong>第一条</strong>　为规范政府信息公开，2026年起施行。</p>"
        "<ul><li>甲项</li><li>乙项</li></ul>"
        "<p>（一）编号照写</p><p>1. 编号照写</p><h3>一、按大纲级别</h3>"
        '<table><tbody><tr><td rowspan="2">合并</td><td class="center" colspan="2">两列</td></tr>'
        "<tr><td>三</td><td></td></tr></tbody></table>"
        '<p class="right">青澜县人民政府</p>'
    )


def test_wps_says_bold_by_style_and_by_element() -> None:
    pasted = (
        '<p class="MsoNormal" style="text-indent:32pt;"><b><span style="mso-spacerun:\'yes\';font-family:黑体;'
        "mso-bidi-font-family:'Times New Roman';font-weight:bold;font-size:16pt;\">"
        '<font face="黑体">一、范围</font></span></b>'
        '<span style="font-weight:bold">粗</span><b style="font-weight:normal">不粗</b>'
        '<span style="text-decoration:underline;font-style:italic">线</span>'
        '<span style="vertical-align:super">2</span><o:p></o:p></p>'
    )
    assert clean_html(pasted) == ("<p><strong>一、范围粗</strong>不粗<em><u>线</u></em><sup>2</sup></p>")


def refuse_all_but_what_is_kept(cleaned: str) -> None:
    """By a parser of its own that reads as browsers do."""
    parsed = html5lib.parseFragment(cleaned, treebuilder="etree", namespaceHTMLElements=False)
    for element in parsed.iter():
        if element is parsed:
            continue
        assert element.tag in KEPT, element.tag
        for name, value in element.attrib.items():
            if name == "class":
                assert value in ("right", "center") and element.tag in ("p", "h2", "h3", "h4", "td", "th")
                continue
            assert name in KEPT[element.tag], name
            if name == "href":
                assert re.match(r"https?://[^/]|mailto:|[^:]*$|[^:/?#]*[/?#]", value, re.IGNORECASE)
                assert not re.match(r"[\s\x00-\x20]*(javascript|vbscript|data|file)", value, re.IGNORECASE)
            if name == "src":
                assert re.fullmatch(r"attachment:[0-9a-f]{64}|/(?![/\\])[^\s\\]*", value)


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("around", ["{}", "<table><tr><td>{}</td><td>x</td></tr></table>", "<p><b>{}", "<svg><p>{}"])
def test_hostile_markup_is_harmless(vector: str, around: str) -> None:
    cleaned = clean_html(around.format(vector))
    refuse_all_but_what_is_kept(cleaned)
    assert clean_html(cleaned) == cleaned


_TAGS = [
    *KEPT,
    "h1",
    "h5",
    "div",
    "span",
    "b",
    "i",
    "font",
    "center",
    "script",
    "style",
    "svg",
    "math",
    "template",
    "pre",
    "o:p",
    "del",
    "ins",
    "object",
    "tfoot",
    "dl",
    "dt",
    "dd",
    "hr",
    "body",
    "textarea",
    "noscript",
    "select",
]
_ATTRIBUTES = [
    "",
    " align=center",
    " class='right x'",
    " style='text-align:right;font-weight:bold'",
    " rowspan=2",
    " colspan='3'",
    " href='/a?b=1'",
    " href=javascript:x",
    " src='/a.png' alt=\"甲'\"",
    " hidden",
    " scope=row",
    " style='mso-list:l0 level1 lfo1'",
    " style='mso-list:Ignore'",
    " style='display:none'",
    " onclick=x",
    " style='mso-outline-level:1'",
    " start=4",
    " href='http://[' ",
    " title='>'",
    " style='font-weight:normal'",
]
_PIECES = st.one_of(
    st.tuples(st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)).map(lambda each: f"<{each[0]}{each[1]}>"),
    st.sampled_from(_TAGS).map(lambda name: f"</{name}>"),
    st.sampled_from(["政府信息", "公开\n", "GDP ", "&nbsp;", "　", "<br>", "\n", "1.", "·", "<!--", "-->", "<![if x]>",
                     "<", ">", "&", "&lt;", '"', "'", "/", "<p", "<a href=\""]),
    st.text(max_size=4),
)  # fmt: skip
SOUP = st.lists(_PIECES, max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_cleaning_twice_is_cleaning_once_and_harmless(html: str) -> None:
    cleaned = clean_html(html)
    assert clean_html(cleaned) == cleaned
    refuse_all_but_what_is_kept(cleaned)
    assert text_of(cleaned) == text_of(html)


@settings(max_examples=120, deadline=None)
@given(SOUP)
def test_a_browser_reads_the_clean_form_as_it_is_written(html: str) -> None:
    """Parsed by the standard's rules and written again, it is the same: nothing in it is moved or closed."""
    cleaned = clean_html(html)
    parsed = html5lib.parseFragment(cleaned, treebuilder="etree")
    again = html5lib.serialize(
        parsed, tree="etree", omit_optional_tags=False, quote_attr_values="always", alphabetical_attributes=False,
        escape_lt_in_attrs=True, resolve_entities=False,
    )  # fmt: skip
    assert clean_html(again) == cleaned
    assert re.findall(r"</?\w+", again) == re.findall(r"</?\w+", cleaned)


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 20_000,
        "<ul><li>" * 20_000,
        "<table><tr><td>" * 20_000,
        "<" * 100_000,
        "<!--" * 50_000,
        '<a href="' * 50_000,
        "".join(f"<font color={i}>" for i in range(5_000)) + "<p>x" * 20_000,
        "<a " + " ".join(f"x{i}=1" for i in range(40_000)),
        "".join(f"<b i={i}><object></b></object>" for i in range(5_000)) + "<p>x" * 20_000,
        "<svg><del>" * 20_000,
        "字 " * 100_000,
        "&" * 50_000,
        "<p style='" + "x:" * 100_000 + "'>x",
        "</b>" * 50_000,
    ],
)
def test_no_text_takes_more_time_than_its_length(hostile: str) -> None:
    began = time.process_time()
    clean_html(hostile)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<h2>一</h2><p>甲<br>乙</p><ul><li>丙<ul><li>丁</li></ul></li></ul>", "一\n甲\n乙\n丙\n丁"),
        ("<table><caption>表</caption><tr><th>项<th>数<tr><td><p>甲</p><p>乙</p><td>3</table>", "表\n项\t数\n甲 乙\t3"),
        ("<table><tr><td rowspan=2>甲<td rowspan=2>乙<tr></table>", "甲\t乙"),
        ("<figure><img src='/a' alt='图'><figcaption>图一</figcaption></figure>", "图一"),
        ("<p>甲&nbsp;&amp;<script>x</script><b>乙</b></p>", "甲 &乙"),
    ],
)
def test_text_of(html: str, text: str) -> None:
    assert text_of(html) == text
