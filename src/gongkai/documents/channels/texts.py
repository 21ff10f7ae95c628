"""What a text of a channel may hold, and how long it may be."""

from __future__ import annotations

import re

from gongkai.statute.primitives import InputFault, InputRefused

ELLIPSIS = "……"
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not admit (§2.2), with delete and the controls of Latin-1."""
_CLOSING = "，、；：,;:（《〔“‘( "
"""What no shortened text ends with."""


def printable(text: str) -> str:
    """Without control characters, line ends as \\n."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """In one line: a title or a name never breaks a head of a mail, a file's name or a row."""
    return " ".join(printable(text).split())


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, …… among them where something was left out; whole sentences where one fits."""
    text = line(text)
    if len(text) <= longest:
        return text
    cut = text[: longest - len(ELLIPSIS)]
    sentence = max(cut.rfind(stop) for stop in "。！？") + 1
    kept = cut[:sentence] if sentence >= longest // 2 else cut.rstrip(_CLOSING)
    return kept + ELLIPSIS


def summary_of(summary: str, text: str, longest: int) -> str:
    """The summary, or where none was written the beginning of the text."""
    return shortened(summary if summary.strip() else text, longest)


def none_given(place: str) -> InputRefused:
    """Refuses an empty list: an empty bulletin or issue is nobody's wish."""
    return InputRefused(InputFault(place, "没有要发送的信息", "至少一件公开、更正或者撤回的信息"))
