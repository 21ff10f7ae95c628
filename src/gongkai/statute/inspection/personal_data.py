"""Personal identifiers in a text: identity numbers, mobiles, bank cards (条例第十五条; 个人信息保护法第二十八条).

Telephones of offices (landlines, 12345, 400 numbers) and credit codes of legal persons are not personal data.
"""

from __future__ import annotations

import re

from gongkai.statute.primitives import Finding, ProsePlace
from gongkai.statute.primitives.check_digits import is_credit_code, is_luhn, is_resident_number

CITE = "《中华人民共和国政府信息公开条例》第十五条；《中华人民共和国个人信息保护法》第二十八条"

# \b fails beside Chinese characters: the neighbours are looked at instead
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z.])\d(?:[ -]?\d){9,18}(?:[ -]?[Xx])?(?![0-9A-Za-z])", re.ASCII)
_MOBILE = re.compile(r"(?:\+?86)?(1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8})", re.ASCII)
_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
# a document or index number, an account of the treasury or a credit code is introduced as such
_NOT_PERSONAL = re.compile(
    r"(?:信用代码|机构代码|许可证号|备案号|索引号|文号|编号|项目代码|流水号|执法证号|批准文号|标识码)[^，。；\n]{0,6}$"
)


def check_personal_data(text: str, part: str) -> list[Finding]:
    """A finding for each identifier; facts: `kind` in Chinese and the number `masked`, never the number itself."""
    plain = text.translate(_WIDTH)
    found = []
    for match in _CANDIDATE.finditer(plain):
        number = re.sub(r"[ -]", "", match[0]).upper()
        kind = _kind(number, match[0])
        if kind is None or is_credit_code(number):
            continue
        if kind != "居民身份证号码" and _NOT_PERSONAL.search(plain, max(0, match.start() - 24), match.start()):
            continue
        where = ProsePlace(part, match.start(), match.end())
        found.append(Finding("text.personal_data", "error", where, {"kind": kind, "masked": masked(number)}, CITE))
    return found


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
