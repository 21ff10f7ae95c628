"""The elements of a piece of information: the core of the catalogue rules and what the regulation adds (facts 8).

条例第10条 (制作、共同制作、获取), 第11条 (协商), 第12条 (目录要素), 第13条 (公开属性及理由), 第20条.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.statute.primitives import InputFault

GENRES = (
    "命令", "决定", "决议", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "函", "议案",
    "纪要", "规章", "规范性文件", "公示", "方案", "预案", "解读", "回应", "其他",
)  # fmt: skip
"""[未核] 公文种类十五种（《党政机关公文处理工作条例》第8条）, and what disclosure adds."""
TOPICS = (
    "国务院组织机构", "综合政务", "国民经济管理、国有资产监管", "财政、金融、审计", "国土资源、能源",
    "农业、林业、水利", "工业、交通", "商贸、海关、旅游", "市场监管、安全生产监管", "城乡建设、环境保护", "科技、教育",
    "文化、广电、新闻出版", "卫生、体育", "人口与计划生育、妇女儿童工作", "劳动、人事、监察", "公安、安全、司法",
    "民政、扶贫、救灾", "民族、宗教", "对外事务", "港澳台侨工作", "国防", "其他",
)  # fmt: skip
"""主题分类, 22 classes as gov.cn uses them."""
KINDS: Mapping[str, str] = {
    "information": "一般信息",
    "document": "规章、规范性文件",
    "interpretation": "政策解读",
    "response": "回应关切、澄清",
}
FORMS: Mapping[str, str] = {
    "text": "文字", "picture": "图解", "video": "视频", "questions": "问答", "press": "新闻发布会",
}  # fmt: skip
"""Forms of an interpretation."""
VALIDITIES = ("有效", "已修改", "废止", "失效")
SOURCES: Mapping[str, str] = {
    "made": "本机关制作",
    "joint": "共同制作，本机关牵头",
    "persons": "从公民、法人和其他组织获取，本机关保存",
    "agency": "从其他行政机关获取",
}
"""Who is to disclose it (条例第10条)."""


@dataclass(frozen=True, slots=True)
class Element:
    code: str
    label: str
    value: str
    longest: int
    article: str
    hint: str = ""


_ALL = (
    Element("title", "标题", "text", 500, "条例第12条"),
    Element("kind", "种类", "choice", 20, "条例第20条"),
    Element("source", "来源", "choice", 20, "条例第10条"),
    Element("producer", "制作机关", "text", 200, "条例第10条", "不是本机关制作的，写制作机关"),
    Element("joint_with", "共同制作机关", "text", 400, "条例第10条", "几个机关用顿号隔开"),
    Element("consulted", "协商情况", "text", 1000, "条例第11条", "涉及其他机关的，写同谁协商、意见是否一致"),
    Element("document_number", "发文字号", "text", 120, "条例第12条", "如 青政发〔2026〕12号"),
    Element("topic", "主题分类", "text", 120, "条例第12条"),
    Element("genre", "体裁", "text", 60, "条例第12条"),
    Element("formed_on", "形成或变更日期", "day", 10, "条例第12条、第26条"),
    Element("keywords", "关键词", "text", 200, "条例第12条", "几个词用空格或顿号隔开"),
    Element("summary", "内容概述", "text", 4000, "条例第12条"),
    Element("effective_on", "施行日期", "day", 10, "条例第20条第1项"),
    Element("expires_on", "有效期截止", "day", 10, "条例第20条第1项", "有效期的最后一天"),
    Element("registration_number", "规范性文件登记号", "text", 120, "国办发〔2018〕37号"),
    Element("repeals", "废止的文件", "text", 1000, "条例第20条第1项", "本机关文件的发文字号，几件用顿号隔开"),
    Element("interprets", "解读的文件", "text", 120, "国办发〔2016〕80号", "索引号或者发文字号"),
    Element("form", "解读形式", "choice", 20, "国办发〔2016〕80号"),
    Element("no_reading", "不解读的理由", "text", 200, "国办发〔2016〕80号", "规章、规范性文件空着就是要解读"),
    Element("related", "相关信息", "text", 400, "条例第12条", "索引号，几个用空格隔开"),
)
ELEMENTS: Mapping[str, Element] = {each.code: each for each in _ALL}
CHOICES: Mapping[str, Mapping[str, str]] = {"kind": KINDS, "source": SOURCES, "form": FORMS}
NUMBER_REQUIRED = frozenset({"规章", "规范性文件"})


def is_document(elements: Mapping[str, str]) -> bool:
    """Whether it is a rule or normative document, which needs review of its lawfulness."""
    return elements.get("kind") == "document" or elements.get("genre") in NUMBER_REQUIRED


def clean(given: Mapping[str, str]) -> tuple[dict[str, str], list[InputFault]]:
    """What can be kept, and what cannot be understood; empty elements are left out. A draft may be incomplete."""
    kept: dict[str, str] = {}
    faults: list[InputFault] = []
    for code, element in ELEMENTS.items():
        text = " ".join(given.get(code, "").split()) if element.longest <= 500 else given.get(code, "").strip()
        if not text:
            continue
        if len(text) > element.longest:
            faults.append(InputFault(element.label, f"有{len(text)}个字", f"不超过{element.longest}个字"))
        elif element.value == "choice" and text not in CHOICES[code]:
            faults.append(InputFault(element.label, f"没有“{text[:20]}”", "、".join(CHOICES[code].values())))
        elif element.value == "day" and day(text) is None:
            faults.append(InputFault(element.label, f"“{text[:20]}”不是日期", "日期，如 2026-11-23"))
        else:
            kept[code] = text
    return kept, faults


def lacking(elements: Mapping[str, str], way: str, ground: str, has_content: bool, today: date) -> list[InputFault]:
    """Why it cannot go to review: what is missing or cannot be (条例第12、13、26条)."""
    faults = [
        InputFault(ELEMENTS[code].label, "没有填写", _wanted(code)) for code in _required(elements)
        if not elements.get(code)
    ]  # fmt: skip
    if not has_content:
        faults.append(InputFault("正文", "没有正文，也没有附件", "正文或者附件"))
    if way not in ("proactive", "on_request", "withheld"):
        faults.append(InputFault("公开属性", "没有选择", "主动公开、依申请公开或者不予公开（条例第13条）"))
    elif way != "proactive" and not ground.strip():
        faults.append(InputFault("属性的理由", "没有填写", "条例第14条、第15条、第16条的哪一项，为什么"))
    return [*faults, *_impossible(elements, today)]


def _required(elements: Mapping[str, str]) -> Sequence[str]:
    codes = ["title", "formed_on", "genre", "topic"]
    if is_document(elements):
        codes += ["document_number", "effective_on"]
    if elements.get("kind") == "interpretation":
        codes += ["interprets", "form"]
    if elements.get("source") == "joint":
        codes.append("joint_with")
    if elements.get("source") in ("agency", "persons"):
        codes.append("producer")
    if elements.get("source") == "agency":  # whoever made it discloses it, unless agreed otherwise (条例第10、11条)
        codes.append("consulted")
    return codes


def _impossible(elements: Mapping[str, str], today: date) -> list[InputFault]:
    days = {code: day(elements.get(code, "")) for code in ("formed_on", "effective_on", "expires_on")}
    faults = []
    if (formed := days["formed_on"]) and formed > today:
        faults.append(InputFault("形成或变更日期", "还没有到", "今天或以前的日子"))
    if days["effective_on"] and days["expires_on"] and days["expires_on"] < days["effective_on"]:
        faults.append(InputFault("有效期截止", "早于施行日期", "施行日期以后的日子"))
    return faults


def _wanted(code: str) -> str:
    return ELEMENTS[code].hint or {"day": "日期", "choice": "所列的一项"}.get(ELEMENTS[code].value, "写明")


def day(text: str) -> date | None:
    """The day of an element; None where it is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
