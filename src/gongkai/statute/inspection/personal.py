"""Personal data in any document: identifiers, home addresses, names beside them, also where no reader sees them.

条例第十五条; 个人信息保护法第二十八条. Recall comes before precision. What proves itself (check digit, label) is an
error, what only looks like it a warning. Not looked for: health, faith, finances in words; faces and voices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.statute.inspection.home_address import home_addresses, is_public
from gongkai.statute.inspection.model import Inspected, Passage
from gongkai.statute.inspection.names import NAME, is_name
from gongkai.statute.inspection.personal_data import CITE, check_personal_data
from gongkai.statute.inspection.personal_data import masked as masked_number
from gongkai.statute.primitives import Finding, PassagePlace, ProsePlace
from gongkai.statute.primitives.check_digits import is_credit_code, is_luhn

_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－（）", "0123456789Xx-()")
_BEFORE: Final = 14
_OTHER_CODE = re.compile(r"(?:编号|许可证|合同|项目|备案|流水|代码|批次|单号)[：:]?\s?[^，。；\s]{0,6}$")
_DOTTED = re.compile(r"(?<![0-9.])(?P<number>1[3-9]\d[.·]\d{4}[.·]\d{4})(?![0-9.])", re.ASCII)
_AFTER_LETTERS = re.compile(
    r"(?:wx|vx|weixin|tel|mobile|phone)[_-]?(?P<number>1[3-9]\d{9})(?!\d)", re.ASCII | re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"(?<![〇零一二三四五六七八九])(?P<number>[一幺][三四五六七八九][〇零○一二三四五六七八九幺]{9})(?![〇零一二三四五六七八九年])"
)

_ID_SHAPED = re.compile(
    r"(?<![0-9A-Za-z])[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])",
    re.ASCII,
)
_HALF_MASKED = re.compile(r"(?<![0-9])[1-8]\d{5}(?:19|20)\d{6}(?:[*＊×]{2,4}|[Xx]{3,4})(?![0-9*])", re.ASCII)
_TRAVEL = re.compile(r"(?<![0-9A-Za-z])(?:[A-Z]{1,2}\d{7,8}|[HMC]\d{8}(?:\d{2})?|\d{8})(?![0-9A-Za-z])", re.ASCII)
_TRAVEL_LABEL = re.compile(r"护照|通行证|回乡证|台胞证")
_CARD = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){11,18}(?![0-9A-Za-z])", re.ASCII)
_CARD_LABEL = re.compile(r"银行卡|卡号|一卡通|社保卡|存折|惠农卡|个人账[号户]|银行账[号户]")
_SOCIAL_CARD = re.compile(r"(?<![0-9A-Za-z])[A-Z]\d{8}(?![0-9A-Za-z])", re.ASCII)
_SOCIAL_LABEL = re.compile(r"社保卡|社会保障卡|医保卡")
_LANDLINE = re.compile(r"(?<![0-9-])(?:0\d{2,3}-?)?[2-8]\d{6,7}(?![0-9])", re.ASCII)
_LANDLINE_LABEL = re.compile(r"(?:住宅|家庭|宅)电(?:话)?")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
    r"[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学]"
    r"(?![0-9A-Za-z警])"
)
_PLATE_OFFICIAL = re.compile(r"公务|公车|执法|押运|校车|公交|救护|消防|环卫")
_BIRTH = re.compile(
    r"(?:出生(?:日期|年月日|年月|时间)?|生日|生于)[：:为是于]?\s?(?P<a>(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}))"
    r"|(?P<b>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)(?:出)?生(?![产活效成])",
    re.ASCII,
)
_FULL_DAY = re.compile(r"(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|([-./])\d{1,2}\1\d{1,2}|\d{4})(?: 00:00:00)?", re.ASCII)
_PARTY = (
    "姓名|当事人|被处罚人|被申请人|申请人|投诉人|举报人|信访人|反映人|患者|死者|伤者|学生|家长|户主|低保对象|救助对象|受助人|监护人|产权人|"
    "被征收人|持证人|车主|失主|所有人|家属|亲属|来访人|户主姓名|代发对象|发放对象|我叫|本人|配偶|受害人|被害人|报案人|违法行为人|承租人|权利人|特困人员"
)
_LABELLED_NAME = re.compile(
    rf"(?:{_PARTY})(?:姓名)?(?:[：:][ \t]{{0,3}}|[ \t]{{1,3}})?(?P<name>{NAME})"
    r"(?=[，,、；;。（(\s]|$|系|因|于|向|与|的|反映|男|女|身份)"
)
_SEXED_NAME = re.compile(rf"(?:^|[，,。；、：:\s（(])(?P<name>{NAME})[，,（(]\s?[男女][，,、）)]")
_OFFICERS = re.compile(r"拟任|任职|现任|局长|科长|主任|党员|书记|任前公示|考察对象|候选人")
_STANDING_NAME = re.compile(
    rf"(?:^|(?<=[，,。；;、：:\s（(据付与由给])|(?<=我是)|(?<=[村居]民)|(?<=业主)|(?<=司机))(?P<name>{NAME})"
    r"(?=[，,、：:\s（(）)]|身份证|证件|电话|手机|联系|住|账号|卡号|来信|来电|来访|反映|因|驾驶|的|$)"
)
_ADDRESSEE = re.compile(rf"^\s{{0,8}}(?P<name>{NAME})[：:](?=\s*$|经查|你|您|本[委局院机])")
_NEAR: Final = 60
_PLACE_HEAD = re.compile(r"地址|坐落|门牌")
_MOST_NAMES: Final = 200
"""Names of one document that are looked for again; a longer list is a table, where the row tells them."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """What was found in a passage; a strong one makes the names beside it personal."""

    kind: str
    start: int
    end: int
    masked: str
    sure: bool = True
    strong: bool = True


def check_personal(document: Inspected) -> list[Finding]:
    """Every layer of the document. `facts`: `kind`, `masked`, `suggestion`, `layer`; never the words themselves."""
    hits = [_without_names(passage) for passage in document.passages]
    rows = {passage.row for passage, found in zip(document.passages, hits, strict=True)
            if passage.row and any(hit.strong for hit in found)}  # fmt: skip
    hits = [_apart([*found, *_names_beside(passage, found, passage.row in rows)])
            for passage, found in zip(document.passages, hits, strict=True)]  # fmt: skip
    known = _known_names(document.passages, hits)
    return [
        _finding(passage, hit)
        for passage, found in zip(document.passages, hits, strict=True)
        for hit in _apart([*found, *_again(passage, known)])
    ]


def _known_names(passages: Sequence[Passage], hits: Sequence[Sequence[_Hit]]) -> re.Pattern[str] | None:
    """The names found so far as one pattern; those of two characters only where no word goes on after them."""
    names = {passage.text[hit.start : hit.end] for passage, found in zip(passages, hits, strict=True)
             for hit in found if hit.kind == "姓名"}  # fmt: skip
    listed = sorted(names, key=len, reverse=True)[:_MOST_NAMES]
    parts = [re.escape(name) + ("(?![\u4e00-\u9fff])" if len(name) < 3 else "") for name in listed]
    return re.compile("|".join(parts)) if parts else None


def _again(passage: Passage, known: re.Pattern[str] | None) -> Iterable[_Hit]:
    """A name that is personal at one place is so wherever the document repeats it."""
    if known is not None:
        for match in known.finditer(passage.text):
            yield _Hit("姓名", *match.span(), _masked_name(match[0]), sure=False, strong=False)


def _finding(passage: Passage, hit: _Hit) -> Finding:
    facts = {"kind": hit.kind, "masked": hit.masked, "suggestion": hit.masked.replace("*", "×"), "layer": passage.layer}
    where = PassagePlace(passage.place, hit.start, hit.end)
    if hit.sure:
        return Finding("text.personal_data", "error", where, facts, CITE)
    return Finding("text.personal_suspect", "warning", where, facts, CITE)


def _without_names(passage: Passage) -> list[_Hit]:
    text = passage.text.translate(_WIDTH)
    hits = []
    for each in check_personal_data(passage.text, passage.place):
        if isinstance(each.where, ProsePlace):
            hits.append(_Hit(str(each.facts["kind"]), each.where.start, each.where.end, str(each.facts["masked"])))
    hits += _unusual_numbers(text)
    hits += _labelled_numbers(passage, text)
    for start, end in home_addresses(passage.text, passage.context):
        hits.append(_Hit("住址", start, end, _masked_address(passage.text[start:end])))
    hits += _other_marks(passage, text)
    for match in (*_LABELLED_NAME.finditer(text), *_sexed(text), *_ADDRESSEE.finditer(text)):
        if is_name(match["name"]):
            hits.append(_name(match))
    return _apart(hits)


def _unusual_numbers(text: str) -> Iterable[_Hit]:
    """Identity numbers mistyped or masked too little; mobiles written to escape a search (130.0000.0025, 一三〇…)."""
    for match in _ID_SHAPED.finditer(text):
        other = _OTHER_CODE.search(text, max(0, match.start() - _BEFORE), match.start())
        if other is None and not is_credit_code(match[0].upper()):
            number = masked_number(match[0])
            yield _Hit("居民身份证号码（校验位不符）", *match.span(), number, sure=False)
    for pattern in (_DOTTED, _IN_WORDS, _AFTER_LETTERS):
        for match in pattern.finditer(text):
            yield _Hit("手机号码", *match.span("number"), masked_number(match["number"]))
    for match in _HALF_MASKED.finditer(text):
        yield _Hit("遮蔽不足的居民身份证号码", *match.span(), match[0][:6] + "*" * 12, sure=False)


def _labelled_numbers(passage: Passage, text: str) -> Iterable[_Hit]:
    """Numbers that only the words before them, or at the head of their column, tell."""

    def told(match: re.Match[str], label: re.Pattern[str]) -> bool:
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        return label.search(before) is not None or label.search(passage.context) is not None

    for match in _TRAVEL.finditer(text):
        if told(match, _TRAVEL_LABEL):
            yield _Hit("护照或者通行证号码", *match.span(), masked_number(match[0]))
    for match in _CARD.finditer(text):
        if told(match, _CARD_LABEL):
            number = re.sub(r"[ -]", "", match[0])
            sure = len(number) >= 16 and is_luhn(number)
            yield _Hit("银行卡号" if sure else "银行卡号（未能核验）", *match.span(), masked_number(number), sure=sure)
    for match in _SOCIAL_CARD.finditer(text):
        if told(match, _SOCIAL_LABEL):
            yield _Hit("社会保障卡号", *match.span(), masked_number(match[0]), sure=False)
    for match in _LANDLINE.finditer(text):
        if told(match, _LANDLINE_LABEL):
            yield _Hit("住宅电话", *match.span(), masked_number(match[0]), sure=False)


def _other_marks(passage: Passage, text: str) -> Iterable[_Hit]:
    """Number plates of private cars, days of birth."""
    for match in _PLATE.finditer(text):
        if not _PLATE_OFFICIAL.search(text, max(0, match.start() - 20), match.start()):
            yield _Hit("机动车号牌", *match.span(), match[0][:2] + "*" * (len(match[0]) - 2), sure=False)
    for match in _BIRTH.finditer(text):
        span = match.span("a") if match["a"] else match.span("b")
        yield _Hit("出生日期", *span, text[span[0] : span[0] + 4] + "****", sure=False, strong=False)
    if re.search(r"出生|生日", passage.context) and _FULL_DAY.fullmatch(text.strip()):
        yield _Hit("出生日期", 0, len(text), text.strip()[:4] + "****", sure=False, strong=False)


def _sexed(text: str) -> Iterable[re.Match[str]]:
    """王建国，男，…: of a list of officers that the statute makes public (第二十条第二项) nothing is said."""
    return () if _OFFICERS.search(text) else _SEXED_NAME.finditer(text)


def _names_beside(passage: Passage, found: Sequence[_Hit], in_row: bool) -> Iterable[_Hit]:
    """Names and addresses in the same row, and names in the words before a strong finding."""
    text = passage.text
    if in_row and not found and _PLACE_HEAD.search(passage.context) and re.search(r"\d", text) and not is_public(text):
        yield _Hit("住址", 0, len(text), _masked_address(text), sure=False)
    if in_row and is_name(text.strip()):
        start = text.index(text.strip())
        yield _Hit("姓名", start, start + len(text.strip()), _masked_name(text.strip()), sure=False)
        return
    for hit in found:
        if not hit.strong or hit.kind == "姓名":
            continue
        begin = max(0, hit.start - _NEAR)
        names = [match for match in _STANDING_NAME.finditer(text, begin, hit.start) if is_name(match["name"])]
        if names:
            yield _name(names[-1])


def _name(match: re.Match[str]) -> _Hit:
    return _Hit("姓名", *match.span("name"), _masked_name(match["name"]), sure=False, strong=False)


def _masked_name(name: str) -> str:
    return name[0] + "*" * (len(name) - 1)


def _masked_address(address: str) -> str:
    """Down to the county or town, no further."""
    kept = re.match(r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|州|县|区|旗)){1,3}", address)
    return (kept[0] if kept else address[:2]) + "***"


def _apart(hits: Iterable[_Hit]) -> list[_Hit]:
    """In order; of those that overlap the surer, then the longer."""
    kept: list[_Hit] = []
    last_end = -1
    for each in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if each.start >= last_end:
            kept.append(each)
        elif (each.sure, each.end - each.start) > (kept[-1].sure, kept[-1].end - kept[-1].start):
            kept[-1] = each
        last_end = kept[-1].end
    return kept
