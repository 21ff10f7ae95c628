"""What the prose states: numbers with their meaning, each with its place.

A statement is read only where its meaning is plain. Numbers of another year, comparisons, approximations, parts of a
whole (一种渠道的、本级的) and other subjects (建议提案、信访、许可) are left aside: few false alarms matter more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.statute.report.prose.numerals import ARABIC, CHINESE, half_width, value_of


@dataclass(frozen=True, slots=True)
class Statement:
    """`meanings`: what the number counts, several where one number is given for their sum; `stated` the number.

    `start` and `end` bound the words and the number in the part's text. `subject`: requests, reconsideration,
    litigation, both (reconsideration and litigation together) or proactive.
    """

    part: str
    start: int
    end: int
    subject: str
    meanings: tuple[str, ...]
    stated: int


# words of outcome and act, the longer before what they contain
_REQUEST_WORDS: tuple[tuple[str, str], ...] = (
    (r"结转(?:至|到|入)?(?:下一?年度?|次年|来年)(?:度)?\s*(?:继续)?(?:办理)?", "carried_out"),
    (r"(?:上一?年度?|去年)(?:度)?\s*结转(?:继续|待)?(?:办理)?", "carried_in"),
    (r"结转(?:继续|待)?(?:办理)?", "carried"),
    (r"不予公开", "refused"),
    (r"部分公开", "partial"),
    (r"予以公开", "granted"),
    (r"无法提供", "unavailable"),
    (r"不予处理", "not_processed"),
    (r"其他处理", "other"),
    (r"新收", "new"),
    (r"收办", "handled"),
    (r"收到|接收|接到|收悉", "received"),
    (r"受理", "accepted"),
    (r"办结|办理完毕|答复|回复", "concluded"),
    (r"办理|处理", "handled"),
)
_OUTCOMES = ("granted", "partial", "refused", "unavailable", "not_processed", "other")
_HEADING = re.compile(r"(?:行政)?复议|(?:行政)?诉讼|起诉|应诉")
_REMEDY_WORDS: tuple[tuple[str, str], ...] = (
    (r"结果维持|维持", "upheld"),
    (r"结果纠正|纠正|纠错", "corrected"),
    (r"其他结果", "other"),
    (r"尚未审结|未审结", "pending"),
    (r"未经复议直接起诉|直接起诉", "direct"),
    (r"复议后起诉|经复议后?(?:再)?起诉", "after"),
)


def _alternation(words: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<g{index}>{pattern})" for index, (pattern, _) in enumerate(words)))


_REQUEST = _alternation(_REQUEST_WORDS)
_REMEDY = _alternation(_REMEDY_WORDS)
_COUNTED = re.compile(
    rf"(?<![\d.\-~—第至])({ARABIC}|(?<![一-鿿]){CHINESE}|(?<=[了共有计为到开理结复供持正请转案讼议收]){CHINESE})"
    r"\s*(件|宗|份|起|例|条|项|个|次)(?!工作日|百分点|月|小时|方面|以上|以下|多|余)"
)
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"(?:[^,，:：()（）]|(?<=\d),(?=\d{3}(?!\d)))+")
_PROACTIVE = re.compile(
    r"主动公开(?:各类|各项|的)?(?:政府|政务)?(?:信息)?(?:共计|总计|合计|共|达|数为?|量为?)?\s*"
    rf"({ARABIC}|{CHINESE})\s*(?:余|多)?条"
)

_REQUEST_TOPIC = re.compile(r"依申请|信息公开申请|公开申请|申请公开|公开信息申请")
_OTHER_TOPIC = re.compile(
    r"建议|提案|信访|来信|来访|来电|留言|咨询|投诉|举报|热线|工单|许可|审批|专利|项目|培训|会议|解读|稿件|新闻|微博|微信"
    r"|检查|处罚|执法|登记|公告|信箱|问政|问答|回应|奖励|补贴|合同|文件|邮件回|网民|调解|仲裁|认定"
)
_OTHER_YEAR = re.compile(r"上一?年|去年|前年|往年|历年|近年|累计|以来|年来|上半年|下半年|季度|月份|计划|预计|目标")
_THIS_YEAR = re.compile(r"今年|本年|当年|全年")
_COMPARED = re.compile(r"较|比|增加|增长|减少|下降|上升|提高|降低|翻")
_PART_OF = re.compile(
    r"网络|网上|互联网|信函|邮寄|当面|现场|传真|邮件|在线|信件|书面|口头|窗口|渠道|本级|各镇|各乡|各街道|各部门|部门|镇街|乡镇"
    r"|办公室|办公厅|政府办|所属|下属|直属|分别|各\d|均为|涉及|关于|有关|类|自然人|法人|企业|公民|机构|组织|个人|律师|同一|重复|延期|逾期|撤回|补正|征求|上报|(?<!结)转办|指导|协助"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_NONE = re.compile(
    r"(?:(?:未|没有|无|尚未)(?:收到|接到|受理)过?|没有|无)(?:任何|公民、?法人(?:和|或)其他组织|的)*(?:要求)?"
    r"(?:依申请公开|政府信息公开|信息公开|公开)(?:政府信息|信息)?的?(?:申请|事项)件?(?=$|的?情况)"
    r"|(?:未|没有|尚未)(?:收到|接到|受理)过?(?:政府信息)?依申请公开(?=$)"
)
_FILL = (
    r"(?:因|涉及|关于|有关|由|我局|本机关|本年度|政府信息公开|信息公开|政府信息|依申请公开|工作|申请|引起|引发|提起|产生|而|的|发生"
    r"|收到|出现|相关)*"
)
_NO_REMEDY = re.compile(
    rf"(?:未|没有|无){_FILL}(?P<r>行政复议)?(?:案件|申请)?(?:、|和|及|或|与|以及)?(?P<l>行政诉讼)?(?:案件|申请|情况|事项|的)*(?=$)"
)
_ABOUT_DISCLOSURE = re.compile(r"信息公开|依申请公开|政务公开")
_NOT_RESPONDENT = re.compile(
    r"备案|审理|新增|新收|新发|代理|复议机关|复议机构|出庭|败诉|上年|结转|一审|二审|再审|规范性文件"
)


def statements(part: str, text: str, year: int | None) -> Iterator[Statement]:
    """Every plain statement of one part of the prose, in order. `year`: the report's; None: no year is told apart."""
    plain = half_width(text)
    topic = "requests" if part == "overview.on_request" else None
    for found in _PROACTIVE.finditer(plain):
        number = value_of(found[1])
        if number is not None and "余" not in found[0] and "多" not in found[0]:
            yield Statement(part, found.start(), found.end(), "proactive", ("items",), number)
    if not ("申请" in plain or "复议" in plain or "诉讼" in plain or topic):
        return
    for sentence in _SENTENCE.finditer(plain):
        yield from _sentence(part, sentence[0], sentence.start(), year, topic)


def _sentence(part: str, sentence: str, offset: int, year: int | None, topic: str | None) -> Iterator[Statement]:
    foreign = of_a_part = False
    disclosure = part == "overview.on_request" or bool(_ABOUT_DISCLOSURE.search(sentence))
    for match in _CLAUSE.finditer(sentence):
        clause, start = match[0], offset + match.start()
        topic, clause_topic = _topic(clause, topic)
        plain, foreign = _year_context(clause, year, foreign)
        if foreign or _COMPARED.search(clause):
            continue
        if clause_topic == "remedies":
            if disclosure:
                yield from _remedies(part, clause, start, topic or "")
            continue
        if clause_topic != "requests":
            continue
        none = _NONE.search(clause)
        if none:
            yield Statement(part, start + none.start(), start + none.end(), "requests", ("received",), 0)
            continue
        if _PART_OF.search(clause):
            of_a_part = True
            continue
        if not of_a_part:
            yield from _requests(part, plain, start)


def _topic(clause: str, topic: str | None) -> tuple[str | None, str | None]:
    """(the topic from here on, the topic of this clause); remedies keep which of the two they are."""
    reconsideration, litigation = "复议" in clause, "诉讼" in clause or "起诉" in clause or "应诉" in clause
    if reconsideration or litigation:
        both = reconsideration and litigation and "复议后" not in clause and "经复议" not in clause
        kind = "both" if both else "litigation" if litigation else "reconsideration"
        return kind, "remedies"
    if _OTHER_TOPIC.search(clause):
        return None, None
    if _REQUEST_TOPIC.search(clause):
        return "requests", "requests"
    if topic in ("reconsideration", "litigation", "both"):
        return topic, "remedies"
    return topic, topic


def _year_context(clause: str, year: int | None, foreign: bool) -> tuple[str, bool]:
    """The clause with 2019年结转 told as 上年结转, and whether it speaks of another year than the report's."""
    if year is not None:
        clause = _same_length(clause, rf"{year - 1}年度?结转", "上年结转")
        clause = _same_length(clause, rf"结转(?:至|到|入)?{year + 1}年度?", "结转下年")
        years = {int(found) for found in _YEAR.findall(clause)}
        if years:
            foreign = years != {year}
    if _THIS_YEAR.search(clause):
        foreign = False
    aside = re.sub(r"(?:上一?年度?|去年)(?:度)?结转|结转(?:至|到|入)?(?:下一?年|次年|来年)", "", clause)
    return clause, foreign or bool(_OTHER_YEAR.search(aside))


def _same_length(clause: str, pattern: str, words: str) -> str:
    """The words in place of the pattern, padded so that places stay what they are."""
    return re.sub(pattern, lambda found: words + " " * (len(found[0]) - len(words)), clause)


def _requests(part: str, clause: str, offset: int) -> Iterator[Statement]:
    """Each counted number with the words between it and the number before, or else those right after (3件予以公开)."""
    before = 0
    for counted in _COUNTED.finditer(clause):
        words = list(_REQUEST.finditer(clause, before, counted.start()))
        end = before = counted.end()
        after = None if words else _REQUEST.match(clause, counted.end())
        if after:
            words, end, before = [after], after.end(), after.end()
        number = value_of(counted[1])
        if number is None or not words or _approximate(clause, counted):
            continue
        meanings = [_REQUEST_WORDS[int(word.lastgroup[1:])][1] for word in words if word.lastgroup]
        kept = tuple(each for each in meanings if each in _OUTCOMES) if meanings[-1] in _OUTCOMES else (meanings[-1],)
        first = next(w.start() for w, m in zip(words, meanings, strict=True) if m in kept)
        yield Statement(part, offset + min(first, counted.start()), offset + end, "requests", kept, number)


def _remedies(part: str, clause: str, offset: int, subject: str) -> Iterator[Statement]:
    """As for requests; where one clause has both, the words before a number tell which of the two it counts."""
    none = _NO_REMEDY.search(clause)
    if none and (none["r"] or none["l"]):
        kind = "both" if none["r"] and none["l"] else "litigation" if none["l"] else "reconsideration"
        yield Statement(part, offset + none.start(), offset + none.end(), kind, ("total",), 0)
        return
    if _NOT_RESPONDENT.search(clause):
        return
    before = 0
    for counted in _COUNTED.finditer(clause):
        segment = clause[before : counted.start()]
        words = list(_REMEDY.finditer(clause, before, counted.start()))
        start, before = before, counted.end()
        heading = _HEADING.search(segment)
        if heading:
            subject = _topic(segment, None)[0] or subject
        number = value_of(counted[1])
        if number is None or _approximate(clause, counted) or (not words and not heading):
            continue
        meanings = tuple(_REMEDY_WORDS[int(word.lastgroup[1:])][1] for word in words if word.lastgroup)[-1:]
        first = words[-1].start() if words else start + (heading.start() if heading else 0)
        yield Statement(part, offset + first, offset + counted.end(), subject, meanings or ("total",), number)


def _approximate(clause: str, counted: re.Match[str]) -> bool:
    """近、约、超过、多达 before the number, 余、多、左右 after it: not a statement of the exact count."""
    return bool(
        re.search(r"(?:近|约|超|超过|逾|多达|不足|以上)$", clause[: counted.start()].rstrip())
        or re.match(r"余|多|左右|以上", clause[counted.end() :])
    )
