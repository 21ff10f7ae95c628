"""政府信息公开申请应当包括的内容（条例第29条第2款）and what of it is wrong: every fault at once, each at its field.

The purpose of a request (用途) is no element and has no place here (国办公开办函〔2017〕19号 and article 29).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.statute.cases.steps import APPLICANT_KINDS
from gongkai.statute.primitives import InputFault
from gongkai.statute.primitives.check_digits import is_credit_code, is_resident_number

DOCUMENTS: Mapping[str, str] = {
    "resident": "居民身份证",
    "credit": "统一社会信用代码",
    "other": "其他证件",
}
"""身份证明: the first two prove themselves by a check digit (GB 11643, GB 32100)."""
FORMS: Mapping[str, str] = {"paper": "纸质", "electronic": "电子", "inspect": "查阅、抄录"}
WAYS_OF: Mapping[str, tuple[str, ...]] = {
    "paper": ("post", "in_person", "agent"),
    "electronic": ("electronic", "in_person"),
    "inspect": ("in_person", "agent"),
}
"""获取信息的方式、途径: the ways in which each form can be handed over."""
WAYS: Mapping[str, str] = {
    "post": "邮寄",
    "in_person": "当面领取",
    "agent": "代理人领取",
    "electronic": "网上或电子邮件",
}
MOST_WANTED = MOST_JOINT = 20
LONGEST: Mapping[str, int] = {
    "name": 200, "id_number": 60, "telephone": 40, "email": 200, "post": 300, "contact_person": 60, "help": 500,
    "number": 120, "description": 2000,
}  # fmt: skip
LABELS: Mapping[str, str] = {
    "kind": "申请人类别", "name": "姓名或名称", "document": "证件", "id_number": "证件号码", "telephone": "电话",
    "email": "电子邮箱", "post": "通信地址", "contact_person": "联系人", "help": "需要的帮助", "number": "文号",
    "description": "特征描述", "form": "获取形式", "way": "获取途径", "contact": "联系方式", "files": "附件",
    "power": "授权委托书", "proof": "身份证明",
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_TELEPHONE = re.compile(r"\+?[0-9()（） -]{5,24}(?:[转,]?[0-9-]{0,8})?")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody with an identity document: the applicant, one of joint applicants, an agent."""

    name: str = ""
    document: str = "resident"
    id_number: str = ""
    telephone: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.name or self.id_number or self.telephone)


@dataclass(frozen=True, slots=True)
class Wanted:
    """政府信息的名称、文号或者便于行政机关查询的其他特征性描述: one of them is enough."""

    name: str = ""
    number: str = ""
    description: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.name or self.number or self.description)

    def __str__(self) -> str:
        head = self.name + (f"（{self.number}）" if self.name and self.number else self.number)
        return "：".join(each for each in (head, self.description) if each)


@dataclass(frozen=True, slots=True)
class Filing:
    """An application as it was written, text as typed without space around it. Blank rows are no items."""

    kind: str = ""
    applicant: Who = Who()
    contact_person: str = ""
    telephone: str = ""
    email: str = ""
    post: str = ""
    joint: tuple[Who, ...] = ()
    agent: Who | None = None
    wanted: tuple[Wanted, ...] = ()
    form: str = ""
    way: str = ""
    help: str = ""

    @property
    def contact(self) -> str:
        """The first of the ways to reach the applicant: what an exact search finds."""
        return self.telephone or self.email or self.post

    @property
    def subject(self) -> str:
        return "；".join(str(each) for each in self.wanted if not each.is_blank)

    @property
    def names(self) -> str:
        """All who apply together: one request, one name."""
        return "、".join(each.name for each in (self.applicant, *self.joint) if each.name)


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A fault and the field that it stands at: `name`, `joint-2-name`, `agent-document`, `wanted-1-description`."""

    field: str
    fault: InputFault


def check_wanted(filing: Filing) -> tuple[FieldFault, ...]:
    """第二要素: what is asked for."""
    found: list[FieldFault] = []
    if all(each.is_blank for each in filing.wanted):
        found.append(_fault("wanted-1-description", "申请内容", "没有填写",
                            "所需信息的名称、文号或者特征描述，写一样就可以（条例第29条）"))  # fmt: skip
    if len(filing.wanted) > MOST_WANTED:
        found.append(_fault("wanted", "申请内容", f"有{len(filing.wanted)}项", f"一次不超过{MOST_WANTED}项"))
    for at, each in enumerate(filing.wanted, 1):
        where = f"第{at}项的"
        found += _too_long(f"wanted-{at}-", where, {"name": each.name, "number": each.number,
                                                    "description": each.description})  # fmt: skip
    return tuple(found)


def check_applicant(filing: Filing, *, proof: bool | None = None, power: bool | None = None) -> tuple[FieldFault, ...]:
    """第一要素: name, proof of identity, contact. proof, power: whether a copy was sent; None where it comes later."""
    found: list[FieldFault] = []
    if filing.kind not in APPLICANT_KINDS:
        found.append(_fault("kind", LABELS["kind"], "没有选择", "所列的一项"))
    found += _who("", filing.applicant, "", proof)
    if len(filing.joint) > MOST_JOINT:
        found.append(_fault("joint", "共同申请人", f"有{len(filing.joint)}人", f"不超过{MOST_JOINT}人"))
    for at, each in enumerate(filing.joint, 1):
        found += _who(f"joint-{at}-", each, f"第{at}位共同申请人的", proof)
    if filing.agent is not None:
        found += _who("agent-", filing.agent, "代理人的", proof)
        found += _too_long("agent-", "代理人的", {"telephone": filing.agent.telephone})
        if power is False:
            found.append(_fault("power", LABELS["power"], "没有上传", "申请人签名或者盖章的授权委托书"))
    found += _contact(filing)
    return tuple(found)


def check_delivery(filing: Filing) -> tuple[FieldFault, ...]:
    """第三要素: the form in which the information is wanted, and the way; they must fit each other."""
    found: list[FieldFault] = []
    if filing.form not in FORMS:
        found.append(_fault("form", LABELS["form"], "没有选择", "所列的一项"))
    if filing.way not in WAYS:
        found.append(_fault("way", LABELS["way"], "没有选择", "所列的一项"))
    elif filing.form in FORMS and filing.way not in WAYS_OF[filing.form]:
        lawful = "、".join(WAYS[each] for each in WAYS_OF[filing.form])
        found.append(_fault("way", LABELS["way"], f"“{FORMS[filing.form]}”不能“{WAYS[filing.way]}”", lawful))
    if filing.way == "post" and not filing.post:
        found.append(_fault("post", LABELS["post"], "没有填写", "邮寄需要的收件地址"))
    if filing.way == "agent" and filing.agent is None:
        found.append(_fault("way", LABELS["way"], "没有代理人", "先填写代理人，或者选别的途径"))
    found += _too_long("", "", {"help": filing.help})
    return tuple(found)


def check(filing: Filing, *, proof: bool, power: bool) -> tuple[FieldFault, ...]:
    """All three elements of an application that its applicant makes out."""
    found = (*check_wanted(filing), *check_applicant(filing, proof=proof, power=power), *check_delivery(filing))
    return tuple({(each.field, each.fault): each for each in found}.values())


def check_taken_in(filing: Filing) -> tuple[FieldFault, ...]:
    """What an office that takes paper or speech in must correct: slips of its own pen, not what the paper lacks.

    Counter and post are never refused; what is missing is asked for by a correction notice (条例第30条).
    """
    needed = {"kind", "wanted-1-description"}
    left = {each.field for each in _elements(filing)} - needed | {"way"}
    return tuple(each for each in check(filing, proof=True, power=True) if each.field not in left)


def missing(filing: Filing) -> tuple[str, ...]:
    """The elements of article 29 that an application lacks, in words: what a correction notice would ask for."""
    return tuple(dict.fromkeys(each.fault.place for each in _elements(filing)))


def _elements(filing: Filing) -> Iterator[FieldFault]:
    for each in (*check_wanted(filing), *check_applicant(filing, proof=True), *check_delivery(filing)):
        if each.fault.wrong in ("没有填写", "没有选择", "没有代理人"):
            yield each


def _who(prefix: str, who: Who, whose: str, proof: bool | None) -> Iterator[FieldFault]:
    if not who.name:
        yield _fault(f"{prefix}name", f"{whose}{LABELS['name']}", "没有填写", "身份证明上的姓名或名称")
    yield from _too_long(prefix, whose, {"name": who.name, "id_number": who.id_number})
    place, at = f"{whose}{LABELS['id_number']}", f"{prefix}id_number"
    if who.document not in DOCUMENTS:
        yield _fault(f"{prefix}document", f"{whose}{LABELS['document']}", "没有选择", "所列的一项")
    elif who.id_number and who.document in PROVED and not PROVED[who.document](who.id_number.upper()):
        # the fault never repeats the number
        wrong = f"与{DOCUMENTS[who.document]}的校验位不符"
        yield _fault(at, place, wrong, "18位，末位是校验位；其他证件另选")
    elif not who.id_number and proof is False:
        yield _fault("proof", place, "没有填写，也没有上传证件复印件", "填写号码，或者上传身份证明")


PROVED: Mapping[str, Callable[[str], bool]] = {"resident": is_resident_number, "credit": is_credit_code}


def _contact(filing: Filing) -> Iterator[FieldFault]:
    if not filing.contact:
        yield _fault("telephone", LABELS["contact"], "没有填写", "电话、电子邮箱、通信地址，至少一样")
    if filing.telephone and not _TELEPHONE.fullmatch(filing.telephone):
        yield _fault("telephone", LABELS["telephone"], "不像电话号码", "数字，座机带区号，如0574-12345678")
    if filing.email and not _EMAIL.fullmatch(filing.email):
        yield _fault("email", LABELS["email"], "不像电子邮箱", "如 name@example.cn")
    yield from _too_long("", "", {"telephone": filing.telephone, "email": filing.email, "post": filing.post,
                                  "contact_person": filing.contact_person})  # fmt: skip


def _too_long(prefix: str, whose: str, values: Mapping[str, str]) -> Sequence[FieldFault]:
    return [
        _fault(f"{prefix}{name}", f"{whose}{_word(prefix, name)}", f"有{len(text)}个字", f"不超过{LONGEST[name]}个字")
        for name, text in values.items()
        if len(text) > LONGEST[name]
    ]


def _word(prefix: str, name: str) -> str:
    return "名称" if prefix.startswith("wanted") and name == "name" else LABELS[name]


def _fault(field: str, place: str, wrong: str, valid: str) -> FieldFault:
    return FieldFault(field, InputFault(place, wrong, valid))
