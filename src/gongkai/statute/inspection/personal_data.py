"""Personal identifiers in a text: identity numbers, mobiles, bank cards (条例第十五条; 个人信息保护法第二十八条).

Telephones of offices (landlines, 12345, 400 numbers) and credit codes of legal persons are not personal data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.statute.primitives import Finding, ProsePlace
from gongkai.statute.primitives.check_digits import is_credit_code, is_luhn, is_resident_number

CITE = "《中华人民共和国政府信息公开条例》第十五条；《中华人民共和国个人信息保护法》第二十八条"

# \b fails beside Chinese characters: the neighbours are looked at instead
# 1.13800138000 is an item of a list, 0.13800138000 and 123.45 are figures
_CANDIDATE = re.compile(
    r"(?<![0-9A-Za-z])(?<!0[.])(?<!\d{3}[.])\d(?:[ -]?\d){9,18}(?:[ -]?[Xx])?(?![0-9A-Za-z])", re.ASCII
)
_PART = re.compile(r"(?<![0-9-])\d{10,18}[\dXx](?![0-9-])", re.ASCII)
_MOBILE = re.compile(r"(?:\+?86)?(1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8})", re.ASCII)
_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
# a document or index number, an account of the treasury or a credit code is introduced as such
_NOT_PERSONAL = re.compile(
    r"(?:信用代码|机构代码|许可证号|备案号|索引号|文号|编号|项目代码|流水号|执法证号|批准文号|标识码)[：:]?\s?[^，。；\s]{0,6}$"
)


def check_personal_data(text: str, part: str) -> list[Finding]:
    """A finding for each identifier; facts: `kind` in Chinese and the number `masked`, never the number itself."""
    plain = text.translate(_WIDTH)
    found = []
    for start, end in _candidates(plain):
        number = re.sub(r"[ -]", "", plain[start:end]).upper()
        kind = _kind(number, plain[start:end])
        if kind is None:
            continue
        # one identity number in thirty-one is a well-formed credit code too: only the words before it tell
        is_code = is_credit_code(number)
        if (kind != "居民身份证号码" or is_code) and _NOT_PERSONAL.search(plain, max(0, start - 24), start):
            continue
        if kind != "居民身份证号码" and is_code:
            continue
        where = ProsePlace(part, start, end)
        found.append(Finding("text.personal_data", "error", where, {"kind": kind, "masked": masked(number)}, CITE))
    return found


def _candidates(plain: str) -> Iterator[tuple[int, int]]:
    """Runs of digits with spaces and hyphens; of a run that is no identifier, the parts between spaces."""
    for match in _CANDIDATE.finditer(plain):
        if _kind(re.sub(r"[ -]", "", match[0]).upper(), match[0]) is not None or " " not in match[0]:
            yield match.span()
        else:
            # a running number before a mobile in a line of a table: “12 13800138000”
            for part in _PART.finditer(plain, match.start(), match.end()):
                yield part.span()


def hidden(text: str) -> str:
    """The text with every identifier masked: for what a finding or a place repeats of a document."""
    for found in reversed(check_personal_data(text, "")):
        if isinstance(found.where, ProsePlace):
            text = text[: found.where.start] + str(found.facts["masked"]) + text[found.where.end :]
    return text


def masked(number: str) -> str:
    """The first three and the last two characters, the rest as asterisks."""
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def _kind(number: str, written: str) -> str | None:
    """What the number is, None if nothing personal. 15 digits in groups are a card or a code, no identity number."""
    if len(number) in (15, 18) and is_resident_number(number) and (len(number) == 18 or written.isdigit()):
        return "居民身份证号码"
    if _MOBILE.fullmatch(number):
        return "手机号码"
    # UnionPay cards begin with 62, other debit and credit cards with 4, 5 or 6
    if 16 <= len(number) <= 19 and re.match(r"62|4|5[1-5]", number) and is_luhn(number):
        return "银行卡号"
    return None
