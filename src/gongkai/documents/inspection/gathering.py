"""What a reader gathers from a file, within the limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.documents.limits import MOST_CELLS, MOST_CHARACTERS, refuse
from gongkai.statute.inspection.model import Inspected, Layer, Link, Notice, NoticeKind, Passage, Stated

DEEPEST_EMBEDDED = 2
"""Files within files within the file; what lies deeper is told as unread."""


class Gathering:
    """Passages, links and notices in order. Refuses a file with too many; empty passages are left out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.elements: dict[str, Stated] = {}
        self.anchors: set[str] = set()
        self._passages: list[Passage] = []
        self._links: list[Link] = []
        self._notices: list[Notice] = []
        self._characters = 0
        self._prefix = ""
        self._hidden = False

    def passage(
        self,
        place: str,
        text: str,
        layer: Layer = "shown",
        row: str = "",
        context: str = "",
        level: int = 0,
        is_line: bool = False,
    ) -> None:
        """One passage; within an embedded file all that is shown counts as hidden."""
        if not text.strip():
            return
        if not text.isascii():
            text = text.encode("utf-8", "replace").decode()  # halves of characters, as damaged files have them
        self._characters += len(text)
        if len(self._passages) >= MOST_CELLS or self._characters > MOST_CHARACTERS:
            limit = f"超过 {MOST_CELLS} 段或者 {MOST_CHARACTERS // 10000} 万字"
            raise refuse(self.name, f"内容过多，{limit}", "拆成几份的文件")
        if self._hidden and layer == "shown":
            layer = "hidden"
        row = f"{self._prefix}{row}" if row else ""
        self._passages.append(Passage(f"{self._prefix}{place}", text, layer, row, context, level, is_line))

    def link(self, place: str, target: str, text: str = "") -> None:
        """A link, a picture, or an attachment of a page."""
        if not self._hidden and len(self._links) < MOST_CELLS:
            self._links.append(Link(f"{self._prefix}{place}", target[:2000], text[:200]))

    def notice(self, kind: NoticeKind, place: str, detail: str = "") -> None:
        """Something beside the text."""
        self._notices.append(Notice(kind, f"{self._prefix}{place}", detail))

    @contextmanager
    def within(self, place: str) -> Iterator[None]:
        """All that is added meanwhile stands in a file embedded there."""
        before = self._prefix, self._hidden
        self._prefix, self._hidden = f"{self._prefix}{place}·", True
        self.depth += 1
        try:
            yield
        finally:
            self._prefix, self._hidden = before
            self.depth -= 1

    def result(self) -> Inspected:
        return Inspected(
            tuple(self._passages), tuple(self._links), frozenset(self.anchors), tuple(self._notices), self.elements
        )
