"""Web pages: declared or detected encoding, merged cells, layout tables, page furniture left out."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from gongkai.documents.blocks import Block, Document, Paragraph, Picture, Table, TableCell
from gongkai.documents.limits import DEEPEST_NESTING, LARGEST_MARKUP, LONGEST_SPAN, MEGABYTE, Budget, refuse, too_deep
from gongkai.documents.readers.txt_reader import decode

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,80}encoding=["']([\w-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}
_SKIPPED = {"script", "style", "noscript", "template", "head", "nav", "select", "button", "iframe", "object", "svg"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "pre", "center", "form", "fieldset", "header", "footer", "aside", "figure", "figcaption", "tr", "td",
    "th", "tbody", "body", "html", "caption", "hr", "address", "table",
}  # fmt: skip
_LEAST_PICTURE = 120


def read_html(data: bytes, name: str) -> Document:
    """An .html file."""
    if len(data) > LARGEST_MARKUP:
        raise refuse(name, f"网页超过 {LARGEST_MARKUP // MEGABYTE} MB", "一份年度报告的网页")
    text = text_of(data, name)
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise refuse(name, "网页中没有内容", "完整的 html 文件") from None
    if any("depth" in fault.message for fault in parser.error_log):
        raise too_deep(name)
    reader = _Reader(name)
    reader.walk(root, 0)
    reader.end_line()
    return Document(tuple(reader.out))


def text_of(data: bytes, name: str) -> str:
    """The page as text that lxml takes: without XML declaration and null signs."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", _decoded(data, name)).replace("\0", "")


def _decoded(data: bytes, name: str) -> str:
    """By byte order mark, else by the declared character set where it fits, else by detection."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = _DECLARED.search(data[:4096])
        label = (declared[1] or declared[2]).decode("ascii", "ignore").lower() if declared else ""
        if label:
            try:
                return data.decode(_CHINESE.get(label, label))
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(data, name)


class _Reader:
    def __init__(self, name: str) -> None:
        self.budget = Budget(name)
        self.out: list[Block] = []
        self.line: list[str] = []
        self.level = 0

    def end_line(self) -> None:
        """What was gathered becomes a paragraph."""
        text = " ".join("".join(self.line).split())
        if text:
            self.budget.block(len(text))
            self.out.append(Paragraph(text, self.level))
        self.line.clear()

    def walk(self, node: Any, depth: int) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED or _is_hidden(node):
            return
        if depth > DEEPEST_NESTING:
            raise too_deep(self.budget.name)
        if tag == "table" and not _is_layout(node):
            self.end_line()
            self._table(node, depth)
            return
        if tag == "br":
            self.end_line()
        elif tag == "img" and _is_large(node):
            self.end_line()
            self.out.append(Picture())
        block = tag in _BLOCKS
        if block:
            self.end_line()
        if re.fullmatch(r"h[1-6]", tag):
            self.level = int(tag[1])
        self.line.append(node.text or "")
        for child in node:
            self.walk(child, depth + 1)
            self.line.append(child.tail or "")
        if block:
            self.end_line()
            self.level = 0

    def _table(self, table: Any, depth: int) -> None:
        rows: list[tuple[TableCell, ...]] = []
        for row in table.iter("tr"):
            if next(row.iterancestors("table"), None) is not table or _is_hidden(row):
                continue
            cells = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    text = _cell_text(cell)
                    self.budget.cell(len(text))
                    cells.append(TableCell(text, _span(cell, "colspan"), _span(cell, "rowspan")))
            rows.append(tuple(cells))
        self.budget.block()
        self.out.append(Table(tuple(rows)))
        if any(_is_large(image) for image in table.iter("img")):
            self.out.append(Picture())


def _cell_text(cell: Any) -> str:
    """The cell's text; blocks and <br> are line breaks."""
    pieces: list[str] = []
    stack: list[Any] = [cell]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        if not isinstance(node.tag, str) or node.tag in _SKIPPED or _is_hidden(node):
            continue
        broken = node.tag == "br" or (node.tag in _BLOCKS and node is not cell)
        stack.append("\n" if broken else "")
        for child in reversed(node):
            if child.tail:
                stack.append(" ".join(child.tail.split()) or " ")
            stack.append(child)
        if node.text:
            stack.append(" ".join(node.text.split()) or " ")
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_layout(table: Any) -> bool:
    """A table that arranges the page: it holds other tables, headings or long prose, or has one cell."""
    if next(table.iter("h1", "h2", "h3"), None) is not None:
        return True
    if any(inner is not table for inner in table.iter("table")):
        return True
    cells = list(table.iter("td", "th"))
    if len(cells) <= 1:
        return True
    return any(len("".join(cell.itertext())) > 400 for cell in cells[:400])


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value[:6]), LONGEST_SPAN)) if value.isascii() and value.isdigit() else 1


def _is_hidden(node: Any) -> bool:
    style = node.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def _is_large(image: Any) -> bool:
    """Whether a picture may be content: icons and lines state a small size."""
    sizes = [image.get(name, "").removesuffix("px") for name in ("width", "height")]
    return not any(size.isdigit() and int(size) < _LEAST_PICTURE for size in sizes)
