"""Deadlines of reconsiderations and lawsuits as pages show them: green, amber, red, each with its word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.bureau.remedies.deadline_queries import Stands
from gongkai.statute.clock.wording import day_in_words

_OWN = ("defence", "simple_defence", "court_defence")
_WORDS: Mapping[str, tuple[str, str]] = {
    "met": ("done", "按期"),
    "met_late": ("error", "逾期"),
    "overdue": ("error", "已过"),
    "soon": ("soon", "即将到期"),
    "running": ("note", "未到期"),
}


@dataclass(frozen=True, slots=True)
class RemedyLight:
    """`kind` colours the badge; `lines` say how the day came about; `assumed`: from the day of acceptance."""

    code: str
    what: str
    who: str
    kind: str
    word: str
    due: str
    left: str
    article: str
    verified: bool
    assumed: bool
    lines: tuple[str, ...]


def light_of(found: Stands) -> RemedyLight:
    deadline = found.deadline
    kind, word = _WORDS[found.standing]
    theirs = deadline.who == "申请人"
    if theirs:
        kind, word = ("done", "已过") if found.standing == "overdue" else ("note", "期限内")
    elif deadline.who == "行政复议机关" and found.standing == "overdue":
        kind, word = "soon", "已过，尚未审结"
    return RemedyLight(
        deadline.code, deadline.what, deadline.who, kind, word, day_in_words(deadline.on.toordinal()), _left(found),
        deadline.article, deadline.verified, found.assumed, deadline.lines,
    )  # fmt: skip


def own_light(found: Iterable[Stands]) -> RemedyLight | None:
    """The body's own deadline, which a list shows."""
    return next((light_of(each) for each in found if each.deadline.code in _OWN), None)


def _left(found: Stands) -> str:
    if found.done_on is not None:
        done = "提交" if found.deadline.code in _OWN else "审结"
        return f"{day_in_words(found.done_on.toordinal())}{done}"
    if found.left < 0:
        return f"已过 {-found.left} 天"
    return f"还剩 {found.left} 天" if found.left else "今日到期"
