"""发文字号: the body's word, the year in hexagonal brackets, the running number — 青科公复〔2026〕1号.

The form is that of 《党政机关公文处理工作条例》 and GB/T 9704—2012; neither was read in the source.
"""

from __future__ import annotations

import re

from gongkai.statute.primitives import DocumentPlace, Finding, InputFault, InputRefused

CITE = "《党政机关公文处理工作条例》、GB/T 9704—2012（发文字号，未核对原文）"
EXAMPLE = "青科公复〔2026〕1号"

_WORD = re.compile(r"[\u4e00-\u9fa5]{1,15}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SEQUENCE = re.compile(r"[1-9][0-9]*")
_NUMBER = re.compile(r"[\u4e00-\u9fa5]{1,15}〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号")
_OPENING, _CLOSING = "〔[［【(（<〈{", "〕]］】)）>〉}"
# word, opening bracket, year, closing bracket, the rest; each part may be absent or wrong
_PARTS = re.compile(
    rf"(?P<word>[^0-9０-９{re.escape(_OPENING)}]*)(?P<open>[{re.escape(_OPENING)}]?)(?P<year>[0-9０-９]*)"
    rf"(?P<close>[{re.escape(_CLOSING)}]?)(?P<rest>.*)",
    re.DOTALL,
)
_LONGEST_SHOWN = 40


def document_number(word: str, year: int, sequence: int) -> str:
    """The number of a document. Raises InputRefused for a word that is not Chinese, or a year or sequence out of range.

    `word` is the body's own word with that of the kind of letter (青科 + 公复).
    """
    faults: list[InputFault] = []
    if _WORD.fullmatch(word) is None:
        faults.append(InputFault("机关代字", f"“{word[:_LONGEST_SHOWN]}”不能用作机关代字", "1至15个汉字"))
    if not 1900 <= year <= 2099:
        faults.append(InputFault("发文年份", f"“{year}”不是年份", "四位数的公历年份"))
    if sequence < 1:
        faults.append(InputFault("发文序号", f"“{sequence}”不是序号", "从1起的整数"))
    if faults:
        raise InputRefused(*faults)
    return f"{word}〔{year}〕{sequence}号"


def check_document_number(text: str) -> tuple[Finding, ...]:
    """Every fault of a document number, each named in `facts["fault"]`; none where the form is right.

    Faults: space, word, brackets, year, ordinal (第), padding (001), sequence, ending.
    """
    if _NUMBER.fullmatch(text):
        return ()
    return tuple(
        Finding(
            "letter.number_form",
            "error",
            DocumentPlace("number"),
            {"fault": fault, "text": text.strip()[:_LONGEST_SHOWN], "example": EXAMPLE},
            CITE,
        )
        for fault in _faults(text)
    )


def year_of(text: str) -> int | None:
    """The year of a number of the right form, else None."""
    return int(text[text.index("〔") + 1 : text.index("〕")]) if _NUMBER.fullmatch(text) else None


def _faults(text: str) -> tuple[str, ...]:
    found: list[str] = []
    bare = "".join(text.split())
    if bare != text:
        found.append("space")
    parts = _PARTS.fullmatch(bare)
    if parts is None:  # the pattern takes any text; kept so that no text can raise
        return ("sequence",)
    if _WORD.fullmatch(parts["word"]) is None:
        found.append("word")
    if (parts["open"], parts["close"]) != ("〔", "〕"):
        found.append("brackets")
    if _YEAR.fullmatch(parts["year"]) is None:
        found.append("year")
    rest = parts["rest"]
    if rest.startswith("第"):
        found.append("ordinal")
        rest = rest[1:]
    if rest.endswith("号"):
        rest = rest[:-1]
    else:
        found.append("ending")
    if re.fullmatch(r"0+[1-9][0-9]*", rest):
        found.append("padding")
    elif _SEQUENCE.fullmatch(rest) is None:
        found.append("sequence")
    return tuple(found)
