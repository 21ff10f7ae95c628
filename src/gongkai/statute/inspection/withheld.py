"""What must not go out at all: marks of secrecy, “此件不公开”, and documents of others that are not public.

A superior's document that is not public may not be quoted by title and number (facts, section 9); who knows which are
public is asked by a resolver.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from gongkai.statute.inspection.document_numbers import WORD
from gongkai.statute.inspection.model import Inspected, Passage, Stated, found_at
from gongkai.statute.primitives import Finding

CITE = "《中华人民共和国保守国家秘密法》第三十五条；《中华人民共和国政府信息公开条例》第十条、第十四条、第十七条"

IsPublished = Callable[[str], bool | None]
"""Whether the document of a number is public; None where that is not known."""

_MARKS = re.compile(
    r"(?:绝\s?密|机\s?密|秘\s?密)\s?★|★\s?(?:绝密|机密|秘密)|内部(?:资料|文件|刊物)[，,、：:\s]{0,3}(?:注意保存|不得外传|严禁外传|请勿外传)|"
    r"此件(?:不予公开|不公开|依申请公开|不得公开)|公开(?:属性|方式|类别|选项)\s?[：:]\s?(?:不予公开|不公开|依申请公开)"
)
_MARK_LINE = re.compile(
    r"\s*(?:绝密|机密|秘密|内部使用|工作秘密|仅供内部参阅)(?:\s?[\d一二三四五六七八九十]{1,3}年)?\s*"
)
_NUMBER = re.compile(rf"(?P<word>{WORD}{{1,15}})(?P<rest>〔(?:19|20)\d{{2}}〕[1-9]\d{{0,4}}号)", re.ASCII)


def check_marks(document: Inspected) -> list[Finding]:
    """`facts`: `found`."""
    out = []
    for passage in document.shown:
        spans = [match.span() for match in _MARKS.finditer(passage.text)]
        if _MARK_LINE.fullmatch(passage.text):
            spans.append((0, len(passage.text)))
        for span in spans:
            facts = {"found": passage.text[slice(*span)].strip()}
            out.append(found_at("text.secrecy_mark", "error", passage, span, facts, CITE))
    return out


def check_unpublished(
    document: Inspected, elements: Mapping[str, Stated], is_published: IsPublished | None
) -> list[Finding]:
    """Each number of another document that is known not to be public; nothing without a resolver."""
    if is_published is None:
        return []
    own = elements["number"].text if "number" in elements else ""
    return [each for passage in document.shown for each in _quoted(passage, own, is_published)]


def _quoted(passage: Passage, own: str, is_published: IsPublished) -> Iterable[Finding]:
    for match in _NUMBER.finditer(passage.text):
        word, rest = match["word"], match["rest"]
        # the words before the number run into it (根据国办发〔…〕): the longest tail that is known counts
        for skip in range(len(word)):
            number = word[skip:] + rest
            answer = None if number == own else is_published(number)
            if answer is False:
                span = (match.start() + skip, match.end())
                yield found_at("text.unpublished_document", "error", passage, span, {"number": number}, CITE)
            if answer is not None or number == own:
                break
