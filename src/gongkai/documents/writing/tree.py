"""The blocks of an HTML text as a tree, with the runs of text in it; formatting is a property of runs, not a branch.

So badly nested formatting costs nothing and cannot multiply. Elements that stand too deep in each other are passed
over, their text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from gongkai.documents.writing.model import Break, Inline, Picture, Text
from gongkai.documents.writing.office import format_of, is_hidden
from gongkai.documents.writing.tokens import Tag, tokens

DEEPEST: Final = 100
MOST_OPEN: Final = 30
"""Formatting elements open at once."""
LIST_MARK: Final = "list mark"
"""Of runs that Word wrote out before a list item; no mark of the finished text."""
BLOCKS: Final = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "form", "body",
    "fieldset", "legend", "details", "summary", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "ul",
    "ol", "li", "menu", "dir", "blockquote", "figure", "figcaption", "table", "caption", "thead", "tbody", "tfoot",
    "tr", "td", "th", "html",
})  # fmt: skip
_DROPPED: Final = frozenset({
    "svg", "math", "xml", "object", "applet", "select", "template", "canvas", "audio", "video", "rt", "rp", "del",
})  # fmt: skip
"""With all that they hold: no text of the document, or text that was deleted."""
_FORMATS: Final = frozenset({
    "b", "strong", "i", "em", "u", "s", "strike", "sub", "sup", "span", "font", "a", "ins", "small", "big", "label",
    "mark", "code", "cite", "q", "dfn", "var", "abbr", "tt", "samp", "kbd", "bdo", "bdi", "time",
})  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPH: Final = frozenset({"p"})
_SCOPES: Final = frozenset({"td", "th", "caption", "table"})
_GRID: Final = frozenset({"td", "th", "caption", "tr", "thead", "tbody", "tfoot"})
_CLOSES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th", "caption"}), frozenset({"table"})),
    "th": (frozenset({"td", "th", "caption"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    **{part: (frozenset({"thead", "tbody", "tfoot", "caption"}), frozenset({"table"}))
       for part in ("thead", "tbody", "tfoot", "caption")},
}  # fmt: skip
"""What a start tag ends, and where the search for it ends."""
_LINK: Final = re.compile(
    r"(?:https?://[^/?#]|mailto:)[^\s\\]+|/(?![/\\])[^\s\\]*|[^\s:\\/?#][^\s:\\/?#]*(?:[/?#][^\s\\]*)?|\?[^\s\\]*",
    re.IGNORECASE,
)
"""Of the web, of mail, or relative; a place within the page that it came from is none."""
_PICTURE: Final = re.compile(r"attachment:[0-9a-f]{64}|/(?![/\\])[^\s\\]*")
_LONGEST_ADDRESS: Final = 2000


@dataclass(slots=True)
class Node:
    """A block element with its runs and the blocks in it, in order."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node | Inline] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """The properties of the runs to come."""

    marks: frozenset[str] = frozenset()
    href: str = ""
    hidden: bool = False


@dataclass(slots=True)
class _Open:
    """A formatting element whose end has not come; `depth`: of the blocks when it began; `state`: within it."""

    name: str
    attributes: Mapping[str, str]
    depth: int
    state: _State


def tree(html: str) -> Node:
    """The root holds the blocks and the runs outside of any block."""
    dropped = _DROPPED
    while True:
        builder = _Builder(dropped)
        for token in tokens(html):
            if isinstance(token, str):
                builder.text(token)
            elif token.closing:
                builder.end(token.name)
            else:
                builder.start(token)
        if not builder.unseen:
            return builder.stack[0]
        # it never ended: what follows it is text of the document all the same
        dropped -= {builder.unseen[0]}


class _Builder:
    def __init__(self, dropped: frozenset[str]) -> None:
        self.dropped = dropped
        self.stack = [Node("root")]
        self.open: list[_Open] = []
        self.unseen: list[str] = []  # the open element of which nothing is kept, once for each of its name in it
        self.state = _State()
        self.lines = False  # within pre

    def text(self, text: str) -> None:
        if self.unseen or self.state.hidden or not text:
            return
        here = self.stack[-1].children
        for number, line in enumerate(text.split("\n") if self.lines else [text]):
            if number:
                here.append(Break())
            here.append(Text(line, self.state.marks, self.state.href))

    def start(self, tag: Tag) -> None:
        name = tag.name
        if self.unseen:
            if name == self.unseen[0]:
                self.unseen.append(name)
        elif name in self.dropped:
            self.unseen.append(name)
        elif name in BLOCKS:
            self._start_block(tag)
        elif name in _FORMATS:
            if len(self.open) < MOST_OPEN:
                made = _Open(name, tag.attributes, len(self.stack), self.state)
                made.state = self.state = _within(self.state, made)
                self.open.append(made)
        elif not self.state.hidden:
            self._void(tag)

    def _void(self, tag: Tag) -> None:
        here = self.stack[-1].children
        if tag.name == "br":
            here.append(Break())
        elif tag.name == "hr":
            self._close(_PARAGRAPH, _SCOPES)
            self.stack[-1].children.append(Node("div"))
        elif tag.name == "img":
            src = tag.attributes.get("src", "").strip()
            if len(src) <= _LONGEST_ADDRESS and _PICTURE.fullmatch(src) and not is_hidden(tag.attributes):
                here.append(Picture(src, " ".join(tag.attributes.get("alt", "").split()), self.state.href))

    def _start_block(self, tag: Tag) -> None:
        name = tag.name
        if name in _CLOSES:
            self._close(*_CLOSES[name])
        if name not in _GRID:
            self._close(_PARAGRAPH, _SCOPES)
        if name in _HEADINGS:
            self._close(_HEADINGS, _SCOPES)
        if len(self.stack) >= DEEPEST:
            self.stack[-1].children.append(Node("div"))
            return
        node = Node(name, tag.attributes)
        self.stack[-1].children.append(node)
        self.stack.append(node)
        self.lines = self.lines or name == "pre"

    def _close(self, names: frozenset[str], until: frozenset[str]) -> None:
        for depth in range(len(self.stack) - 1, 0, -1):
            name = self.stack[depth].name
            if name in names:
                self._pop(depth)
                return
            if name in until:
                return

    def _pop(self, depth: int) -> None:
        """The block at that depth ends with all in it; formatting does not leave a cell."""
        ended = {node.name for node in self.stack[depth:]}
        del self.stack[depth:]
        if "pre" in ended:
            self.lines = any(node.name == "pre" for node in self.stack)
        if not ended.isdisjoint(_SCOPES):
            self.open = [each for each in self.open if each.depth <= depth]
            self._restate(0)

    def end(self, name: str) -> None:
        if self.unseen:
            if name == self.unseen[0]:
                self.unseen.pop()
        elif name in BLOCKS:
            self._close(frozenset({name}), frozenset({"table"}) if name in _GRID else _SCOPES - {name})
        elif name == "br":
            self._void(Tag("br", False, {}))
        else:
            for place in range(len(self.open) - 1, -1, -1):
                if self.open[place].name == name:
                    del self.open[place]
                    self._restate(place)
                    return

    def _restate(self, place: int) -> None:
        """The states of the open elements from that place on, after others ended."""
        self.state = self.open[place - 1].state if place else _State()
        for each in self.open[place:]:
            each.state = self.state = _within(self.state, each)


def _within(state: _State, element: _Open) -> _State:
    told = format_of(element.name, element.attributes)
    href = (_address(element.attributes.get("href", "")) if element.name == "a" else "") or state.href
    marks = (state.marks - told.drops) | told.adds | ({LIST_MARK} if told.list_mark else frozenset())
    # a link is underlined by the page that shows it
    return _State(marks - {"u"} if href else marks, href, state.hidden or told.hidden)


def _address(href: str) -> str:
    """Empty where it leads nowhere that a reader may go."""
    whole = re.sub(r"[\t\n\r\f]", "", href.strip()).replace(" ", "%20")
    if whole.startswith("//"):
        whole = f"https:{whole}"
    return whole if len(whole) <= _LONGEST_ADDRESS and _LINK.fullmatch(whole) else ""
