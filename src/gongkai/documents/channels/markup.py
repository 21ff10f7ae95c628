"""The text of an item as HTML that stands by itself: no picture or style of elsewhere, addresses whole."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html

from gongkai.documents.channels.item import ChannelItem
from gongkai.documents.channels.texts import printable
from gongkai.documents.writing import clean_html

_BORDER: Final = "border:1px solid #333;padding:4px 8px;"
_STYLES: Final[Mapping[str, str]] = {
    "p": "margin:0 0 1em;line-height:1.75;",
    "h2": "margin:1.5em 0 .75em;font-size:18px;font-weight:bold;",
    "h3": "margin:1.25em 0 .75em;font-size:17px;font-weight:bold;",
    "h4": "margin:1em 0 .5em;font-size:16px;font-weight:bold;",
    "table": "border-collapse:collapse;width:100%;margin:0 0 1em;",
    "th": f"{_BORDER}font-weight:bold;text-align:center;",
    "td": _BORDER,
    "blockquote": "margin:0 0 1em 2em;",
}


def standalone(item: ChannelItem) -> str:
    """For feeds: pictures and links with whole addresses; a picture of elsewhere is told by its words."""
    root = _tree(item)
    files = {f"attachment:{each.digest}": each.address for each in item.attachments}
    for link in root.iter("a"):
        _lead(link, item.address)
    for picture in list(root.iter("img")):
        source = picture.get("src", "")
        address = files.get(source) or urljoin(item.address, source)
        if source in files or urlsplit(address)[:2] == urlsplit(item.address)[:2]:
            picture.set("src", address)
        else:
            _put(picture, _told(picture))
    return _written(root)


def inline(item: ChannelItem) -> str:
    """For editors of other platforms: no resource and no link, only text, tables and styles on each element.

    A picture is told by its words, for it is put in by hand; a link by its address, for platforms drop links.
    """
    root = _tree(item)
    for picture in list(root.iter("img")):
        _put(picture, _told(picture))
    for link in list(root.iter("a")):
        _lead(link, item.address)
        address = link.get("href", "")
        said = "".join(link.itertext()).strip()
        if address and address.removeprefix("mailto:") != said:
            _add(link, f"（{address.removeprefix('mailto:')}）")
        link.drop_tag()
    for element in root.iter():
        style = _STYLES.get(element.tag, "") if isinstance(element.tag, str) else ""
        if element.get("class"):
            style += f"text-align:{element.attrib.pop('class')};"
        if style:
            element.set("style", style)
    return _written(root)


def pictures_of(item: ChannelItem) -> tuple[str, ...]:
    """What each picture of the text is, by its words or its attachment's name."""
    names = {each.digest: each.name for each in item.attachments}
    return tuple(
        picture.get("alt", "").strip() or names.get(picture.get("src", "").removeprefix("attachment:"), "") or "未写明"
        for picture in _tree(item).iter("img")
    )


def page(title: str, body: str) -> str:
    """A whole page, so that a browser opened on the file reads it as UTF-8."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{entities.escape(printable(title))}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def paragraphs(text: str) -> str:
    """Plain text as paragraphs."""
    lines = (entities.escape(each.strip()) for each in printable(text).split("\n") if each.strip())
    return "\n".join(f'<p style="{_STYLES["p"]}">{each}</p>' for each in lines)


def _tree(item: ChannelItem) -> Any:
    """Cleaned again: what leaves the house does not rest on who wrote it."""
    clean = clean_html(printable(item.html))
    return lxml_html.fragment_fromstring(clean, create_parent="div")


def _lead(link: Any, base: str) -> None:
    """A whole address, or none where it leads to something within the house."""
    href = link.get("href", "")
    if not href or href.startswith("attachment:"):
        link.attrib.pop("href", None)
    else:
        link.set("href", urljoin(base, href))


def _told(picture: Any) -> str:
    said = picture.get("alt", "").strip()
    return f"（图：{said}）" if said else "（图）"


def _put(element: Any, text: str) -> None:
    """The text in the element's place."""
    element.tail = text + (element.tail or "")
    element.drop_tree()


def _add(element: Any, text: str) -> None:
    """The text at the element's end."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _written(root: Any) -> str:
    whole = lxml_html.tostring(root, encoding="unicode")
    return re.sub(r"^<div>|</div>\s*$", "", whole).strip()
