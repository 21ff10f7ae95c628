"""Web pages: what is shown, what is hidden (comments, scripts, fields), links, the tags of 国办发〔2017〕47号."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html

from gongkai.documents.blocks import Paragraph, Picture, Table
from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.readers.html_reader import read_html, text_of
from gongkai.statute.inspection.model import Stated

_TAGS: Final = {
    "articletitle": "title", "pubdate": "published_on", "contentsource": "body", "keywords": "keywords",
    "description": "summary",
}  # fmt: skip
_REQUIRED: Final = {"ArticleTitle": "title", "PubDate": "published_on", "ContentSource": "body"}
"""Where a page has one of the tags of an article, it must have the three."""
_FIELDS: Final = ("value", "title", "alt", "data-value", "content")


def gather_page(data: bytes, name: str, gathering: Gathering) -> None:
    """An .html file."""
    for number, block in enumerate(read_html(data, name).blocks, 1):
        if isinstance(block, Paragraph):
            gathering.passage(f"第{number}段", block.text, level=block.level)
        elif isinstance(block, Table):
            _table(block, number, gathering)
        elif isinstance(block, Picture):
            gathering.notice("unread", f"第{number}段的图片", "画面中的文字、人像和号牌")
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text_of(data, name), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    _beside(root, gathering)


def _table(table: Table, number: int, gathering: Gathering) -> None:
    heads: list[str] = []
    for at, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            context = heads[column] if at > 1 and column < len(heads) else ""
            place = f"第{number}段表格第{at}行第{column + 1}列"
            gathering.passage(place, cell.text, row=f"第{number}段第{at}行", context=context)
        if at == 1:
            heads = [cell.text[:40] for cell in row]


def _beside(root: Any, gathering: Gathering) -> None:
    """Everything that no reader of the page sees, and where its links lead."""
    hidden = 0
    for number, node in enumerate(root.iter(), 1):
        if node.tag is etree.Comment:
            gathering.passage(f"网页注释{number}", node.text or "", "hidden")
            continue
        if not isinstance(node.tag, str):
            continue
        gathering.anchors |= {value for value in (node.get("id"), node.get("name")) if value}
        if node.tag == "meta":
            _meta(node, gathering)
        elif node.tag == "script":
            gathering.passage(f"脚本{number}", node.text or "", "hidden")
        elif _is_hidden(node):
            text = " ".join("".join(node.itertext()).split())
            hidden += bool(text)
            gathering.passage(f"隐藏的内容{number}", text, "hidden")
        for key in _FIELDS if node.tag != "meta" else ():
            gathering.passage(f"属性{number}", node.get(key, ""), "hidden")
        _link(node, number, gathering)
    if hidden:
        gathering.notice("hidden_text", "网页", f"{hidden}处")
    if gathering.elements.keys() & set(_REQUIRED.values()):
        for tag, code in _REQUIRED.items():
            gathering.elements.setdefault(code, Stated("", f"网页标签“{tag}”"))


def _meta(node: Any, gathering: Gathering) -> None:
    code = _TAGS.get((node.get("name") or "").lower())
    content = (node.get("content") or "").strip()
    # keywords and description are any site's; of the others an empty one is a missing element
    if code and (content or code in ("title", "published_on", "body")):
        gathering.elements[code] = Stated(content, f"网页标签“{node.get('name')}”")


def _link(node: Any, number: int, gathering: Gathering) -> None:
    target = node.get("href") if node.tag in ("a", "area") else node.get("src") if node.tag in ("img", "iframe") else ""
    if target:
        gathering.link(f"链接{number}", target, " ".join("".join(node.itertext()).split()))


def _is_hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or node.get("hidden") is not None
