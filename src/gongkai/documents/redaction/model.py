"""What is to be hidden and why, what was hidden, and the rows for the record (条例第三十七条 区分处理).

The hidden words themselves are in no `repr`, so that no log and no error page carries them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from gongkai.statute.inspection.identifiers import KINDS
from gongkai.statute.primitives import InputFault, InputRefused

GROUNDS: Final = {
    "14": "国家秘密、法律行政法规禁止公开、可能危及“三安全一稳定”的信息",
    "15": "商业秘密、个人隐私等公开会对第三方合法权益造成损害的信息",
    "16(1)": "内部事务信息",
    "16(2)": "过程性信息",
    "16(3)": "行政执法案卷信息",
    "37": "不属于政府信息的内容",
}
"""The grounds on which a part may be withheld, coded as the table of steps and the report code them."""
_SHORTEST = 2
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Ground:
    """The article, a code of `GROUNDS`, and in a few words why. The reason never repeats what is hidden."""

    article: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.article not in GROUNDS:
            raise InputRefused(InputFault("依据", f"“{self.article}”不是区分处理的依据", "、".join(GROUNDS)))
        if len(self.reason) > _LONGEST:
            raise InputRefused(InputFault("理由", f"超过 {_LONGEST} 字", "简短的理由"))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page counted from 1, from the top left corner of the page as a reader sees it.

    In fractions of the page's width and height, or in points (PDF) and pixels (pictures).
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    unit: Literal["fraction", "point"] = "fraction"

    def __post_init__(self) -> None:
        sides = (self.x0, self.y0, self.x1, self.y1)
        if self.page < 1 or not all(0 <= side < 1e5 for side in sides) or self.x0 >= self.x1 or self.y0 >= self.y1:
            raise InputRefused(InputFault("方框", "页码或者四边的位置不对", "页码从1起，左小于右，上小于下"))
        if self.unit == "fraction" and max(sides) > 1:
            raise InputRefused(InputFault("方框", "位置超出页面", "0 到 1 之间的比例"))


@dataclass(frozen=True, slots=True)
class Words:
    """Every place where these words stand; spaces, line ends and the width of letters make no difference."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if len("".join(self.text.split())) < _SHORTEST or len(self.text) > _LONGEST:
            raise InputRefused(InputFault("遮盖的文字", "太短或者太长", f"{_SHORTEST} 至 {_LONGEST} 个字"))


@dataclass(frozen=True, slots=True)
class Named:
    """Every identifier of one kind of `gongkai.statute.inspection.identifiers.KINDS`."""

    kind: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputRefused(InputFault("遮盖的种类", f"没有“{self.kind}”这一种", "、".join(KINDS)))


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is hidden, and its ground."""

    what: Box | Words | Named
    ground: Ground

    @property
    def kind(self) -> str:
        """In Chinese, for the record: never the words themselves."""
        if isinstance(self.what, Named):
            return KINDS[self.what.kind]
        return "框选部分" if isinstance(self.what, Box) else "指定文字"


@dataclass(frozen=True, slots=True)
class Applied:
    """One place that was hidden: where in Chinese, what kind, on what ground, and which redaction (from 0) did it."""

    place: str
    kind: str
    ground: Ground
    redaction: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """The file that leaves, its name, what was hidden in it, and what an officer must still look at himself."""

    data: bytes = field(repr=False)
    name: str
    applied: tuple[Applied, ...]
    notices: tuple[InputFault, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row for the record of a partial disclosure; fit to be shown to the applicant as the reasons of 第三十七条."""

    place: str
    kind: str
    article: str
    reason: str
    count: int


def ledger_of(applied: Iterable[Applied]) -> tuple[LedgerRow, ...]:
    """One row for each place, kind and ground, in the order of the document; never what was hidden."""
    counts: dict[tuple[str, str, str, str], int] = {}
    for each in applied:
        key = (each.place, each.kind, each.ground.article, each.ground.reason)
        counts[key] = counts.get(key, 0) + 1
    return tuple(LedgerRow(*key, count) for key, count in counts.items())
