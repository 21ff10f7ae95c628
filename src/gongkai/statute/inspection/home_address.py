"""Addresses of homes. Those of offices, firms, sites and meeting places are public.

Found from their end (3单元502室, 5组18号) or from the words before them (家庭住址), so that every step is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_N = r"(?:[0-9０-９]{1,4}|[一二三四五六七八九十]{1,3})"
_UNIT = re.compile(
    rf"{_N}\s?单元\s?(?:{_N}(?:[A-Z])?(?:室|号|户)?)?|{_N}(?:号楼|栋|幢|座|号)\s?[0-9０-９]{{3,4}}(?:室|号|户)?(?![0-9年月日元件户])|"
    rf"(?:村|屯|庄|寨|社区|湾|坪|坝)(?:第)?{_N}(?:村民小)?组{_N}号|(?:村|屯|庄|寨|湾)(?:[\u4e00-\u9fff]{{1,6}})?{_N}号(?![楼线院路文令])|"
    rf"(?:社区|居委会|村)[\u4e00-\u9fff]{{1,6}}(?:巷|弄|里|胡同){_N}号(?![楼线院路])"
)
_LABEL = re.compile(
    r"(?:家庭住址|家庭地址|现住址|户籍地址|户籍所在地|户籍地|居住地址|居住地|经常居住地|常住地址|住址|家住|现住|住所地|(?<![\u4e00-\u9fff])住|"
    r"[，,；;、]住(?![所宅房院户建]))\s?[：:为是于在]?\s?"
)
_VALUE = re.compile(r"[\u4e00-\u9fff0-9０-９A-Za-z\-#（）()·]{4,60}")
_DETAIL = re.compile(
    r"[0-9０-９一二三四五六七八九十]{1,4}\s?(?:号|室|组|栋|幢|单元|户|楼|弄|巷|队)|村|屯|小区|社区|新村|花园|家园"
)
_HEAD_LABEL = re.compile(r"住址|家庭地址|户籍|居住地|现住|住所地")
_BACK = re.compile(r"[\u4e00-\u9fff0-9０-９A-Za-z\-#·]{0,36}$")
_LEAD = re.compile(r"^.{0,8}?(?:住址|住在|家住|现住|地址|坐落于|位于|坐落|址|的|住|于|在|系)(?=[\u4e00-\u9fff])")
_PUBLIC: Final = re.compile(
    r"办公|政府|机关|中心|大厅|窗口|公司|商行|经营部|门市|超市|药店|饭店|餐馆|厂(?!家)|银行|局|委员会|法院|检察|派出所|医院|卫生院|学校|幼儿园|会议室|招标|"
    r"开标|报名|投标|项目|工程|施工|大厦|广场|写字楼|市场|营业|经营场所|注册地址|邮寄|邮编|受理|收件|合作社|事务所|服务站|工作站|邮政"
)
_BEFORE: Final = 24


def home_addresses(text: str, context: str = "") -> list[tuple[int, int]]:
    """(start, end) of each address of a home. `context`: the head of the cell's column."""
    found = list(_after_labels(text)) + list(_by_their_ends(text))
    if not found and _HEAD_LABEL.search(context) and len(text.strip()) >= 6 and not _PUBLIC.search(text):
        found = [(0, len(text))] if _DETAIL.search(text) or re.search(r"[县市区镇乡]", text) else []
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def is_public(text: str) -> bool:
    """Whether the words are of an office, a firm or a site."""
    return _PUBLIC.search(text) is not None


def _after_labels(text: str) -> Iterable[tuple[int, int]]:
    for label in _LABEL.finditer(text):
        value = _VALUE.match(text, label.end())
        if value is None or not _DETAIL.search(value[0]) or _PUBLIC.search(value[0]):
            continue
        sentence = text[max(0, label.start() - _BEFORE) : label.start()]
        # 住所地 of a firm is entered in a public register
        if label[0].startswith("住所地") and re.search(r"公司|厂|店|合作社|企业|委员会|局|中心", sentence):
            continue
        yield value.span()


def _by_their_ends(text: str) -> Iterable[tuple[int, int]]:
    for tail in _UNIT.finditer(text):
        back = _BACK.search(text, max(0, tail.start() - 36), tail.start())
        start = back.start() if back else tail.start()
        lead = _LEAD.match(text[start : tail.start()])
        start += lead.end() if lead else 0
        around = text[max(0, start - _BEFORE) : min(len(text), tail.end() + 8)]
        if tail.end() - start >= 6 and not _PUBLIC.search(around):
            yield start, tail.end()
