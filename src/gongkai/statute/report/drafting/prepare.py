"""The first draft of the narrative: what the ledgers give as sentences, what they do not give as marked gaps.

Content as 条例第五十条 and the forms ask for it. The sentences are data, `sentences.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from gongkai.statute.report.drafting.figures import Figures, Value
from gongkai.statute.report.drafting.passages import PARTS, Link, Passage
from gongkai.statute.report.drafting.words import short_label
from gongkai.statute.report.form import load

GOVERNMENTS = frozenset({"province", "city", "county", "township"})
"""Levels whose report tells 工作考核、社会评议和责任追究结果 (条例第五十条第四项: 各级人民政府)."""

NOTES: Mapping[str, str] = {
    "contact": "联系方式（开头）",
    "proactive": "主动公开的做法",
    "on_request": "依申请公开的做法",
    "management": "政府信息管理的情况",
    "platform": "平台建设的情况",
    "supervision": "监督保障的情况",
    "problems": "本年度存在的主要问题",
    "improvements": "改进措施",
    "other": "其他需要报告的事项",
}
"""What an office may have recorded in its own words, by name."""

_SLOT = re.compile(r"\{([^{}]+)\}")
_LAST_YEAR = "上一年度报告所列问题的改进情况："
_NO_LAST_YEAR = "【请填写：上一年度报告所列问题的改进情况；没有的，写明没有】。"
_DONE = "【请填写：改进的做法和结果】。"
_PROBLEMS = "【请填写：本年度存在的主要问题】。"
_IMPROVEMENTS = "【请填写：改进措施】。"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One entry of `sentences.toml`, which explains the fields."""

    text: str = ""
    gap: str = ""
    tails: tuple[str, ...] = ()
    each: str = ""
    opening: str = ""
    item: str = ""
    separator: str = "，"
    note: str = ""
    form: str = ""
    governments: bool = False
    positive: str = ""
    zero: str = ""
    absent: str = ""
    paragraph: bool = False


class _Writer:
    """A passage as it grows."""

    def __init__(self, figures: Figures, words: Mapping[str, str]) -> None:
        self._figures, self._words = figures, words
        self._text = ""
        self._links: list[Link] = []

    def put(self, template: str, **more: str) -> None:
        """The template with its words and linked figures; `more` names further words (`label`, `note`)."""
        read = 0
        for slot in _SLOT.finditer(template):
            self._text += template[read : slot.start()]
            read = slot.end()
            if slot[1] in more:
                self._text += more[slot[1]]
            elif slot[1] in self._words:
                self._text += self._words[slot[1]]
            else:
                self.number(slot[1])
        self._text += template[read:]

    def item(self, template: str, key: str) -> None:
        """One item of a breakdown: its label and its linked number."""
        before, _, after = template.partition("{number}")
        self.put(before, label=short_label(key))
        self.number(key)
        self.put(after, label=short_label(key))

    def number(self, key: str) -> None:
        """The figure, linked; it must be given."""
        value = self._figures.values[key]
        start = len(self._text)
        self._text += str(value)
        self._links.append(Link(key, start, len(self._text), value))

    def close(self) -> None:
        """Ends the sentence, unless what was said last did."""
        if self._text and not self._text.endswith(("。", "\n", "！", "？", "；")):
            self._text += "。"

    def paragraph(self) -> None:
        if self._text and not self._text.endswith("\n"):
            self._text += "\n"

    def passage(self) -> Passage:
        return Passage(self._text, tuple(self._links))


def prepare(
    figures: Figures,
    *,
    agency_name: str,
    short_name: str,
    level: str,
    year: int,
    form_code: str,
    last_problems: Sequence[tuple[str, str]] = (),
    notes: Mapping[str, str] | None = None,
) -> dict[str, Passage]:
    """A passage for each of `PARTS`. `last_problems`: last year's problems, each with what was done about it or "".

    `notes`: the office's own words by the names of `NOTES`. An unknown form raises InputRefused.
    """
    form = load(form_code)
    words = {
        "agency": agency_name,
        "short": short_name or agency_name,
        "year": str(year),
        "instrument": form.instrument,
    }
    told = {name: text.strip() for name, text in (notes or {}).items() if text.strip()}
    passages: dict[str, Passage] = {}
    for part in PARTS:
        if part == "problems":
            passages[part] = _problems(last_problems, told)
            continue
        writer = _Writer(figures, words)
        for sentence in sentences()[part]:
            if _applies(sentence, figures, form_code, level):
                _say(writer, sentence, figures, told)
        passages[part] = writer.passage()
    return passages


@cache
def sentences() -> Mapping[str, tuple[Sentence, ...]]:
    """The sentences of each part but `problems`, whose shape is that of its lists."""
    data = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
    return {
        part: tuple(Sentence(**{**entry, "tails": tuple(entry.get("tails", ()))}) for entry in entries)
        for part, entries in data.items()
    }


def _applies(sentence: Sentence, figures: Figures, form_code: str, level: str) -> bool:
    values = figures.values
    return (
        sentence.form in ("", form_code)
        and (not sentence.governments or level in GOVERNMENTS)
        and (not sentence.positive or _above_zero(values.get(sentence.positive)))
        and (not sentence.zero or (sentence.zero in values and not _above_zero(values[sentence.zero])))
        and (not sentence.absent or sentence.absent not in values)
    )


def _say(writer: _Writer, sentence: Sentence, figures: Figures, notes: Mapping[str, str]) -> None:
    """The sentence, or its gap where a figure or the office's own words are not given."""
    keys = (
        [key for key in figures.breakdown(sentence.each) if _above_zero(figures.values[key])] if sentence.each else []
    )
    note = notes.get(sentence.note, "")
    sayable = bool(note or sentence.text or keys) and _given(sentence.text, figures)
    if not sayable and not sentence.gap:
        return
    if sentence.paragraph:
        writer.paragraph()
    if not sayable:
        writer.put(sentence.gap)
        return
    # an office's own words are no template
    writer.put("{note}", note=note) if note else writer.put(sentence.text)
    for tail in sentence.tails:
        if _given(tail, figures):
            writer.put(tail)
    for index, key in enumerate(keys):
        writer.put(sentence.separator if index else sentence.opening)
        writer.item(sentence.item, key)
    writer.close()


def _given(template: str, figures: Figures) -> bool:
    """Whether every figure of the template is given; plain words have no dot in their name."""
    return all(name in figures.values for name in _SLOT.findall(template) if "." in name)


def _above_zero(value: Value | None) -> bool:
    try:
        return value is not None and Decimal(str(value)) > 0
    except InvalidOperation:
        return False


def _problems(last: Sequence[tuple[str, str]], notes: Mapping[str, str]) -> Passage:
    """Part five: last year's problems with what was done, this year's problems, what will be done about them."""
    lines = [_LAST_YEAR if last else _NO_LAST_YEAR]
    for number, (problem, done) in enumerate(last, 1):
        lines.append(f"{number}.{_ended(problem)}改进情况：{_ended(done) or _DONE}")
    lines.append("本年度存在的主要问题：" + (_ended(notes.get("problems", "")) or _PROBLEMS))
    lines.append("改进措施：" + (_ended(notes.get("improvements", "")) or _IMPROVEMENTS))
    return Passage("\n".join(lines))


def _ended(text: str) -> str:
    """The text with one full stop at its end; "" for a blank one."""
    bare = text.strip().rstrip("。；，;, ")
    return f"{bare}。" if bare else ""
