"""The form of a piece of information: its elements in groups, the text with and without JavaScript, what was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape

from django.http import HttpRequest

from gongkai.bureau.publishing.catalogue import ColumnRow
from gongkai.bureau.publishing.draft_queries import DraftDetail
from gongkai.bureau.publishing.drafting import LONGEST_GROUND, Written
from gongkai.screens.desk import forms
from gongkai.statute.catalogue import HOLDING
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import CHOICES, ELEMENTS, GENRES, TOPICS

Options = tuple[tuple[str, str, bool], ...]
"""(code, word, whether it may be chosen)."""

GROUPS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("名称和文号", "条例第12条", ("document_number", "registration_number", "keywords", "summary")),
    ("分类", "条例第12条、第20条", ("column", "kind", "genre", "topic")),
    ("日期和效力", "条例第20条、第26条", ("formed_on", "effective_on", "expires_on", "repeals")),
    ("来源和协商", "条例第10条、第11条", ("source", "producer", "joint_with", "consulted", "section")),
    ("公开属性和理由", "条例第13条至第16条", ("way", "way_ground", "urgent", "urgent_because")),
    ("相关信息", "条例第12条", ("interprets", "form", "no_reading", "related")),
)
"""The elements beside the title, which stands over the text: name of the group, its articles, its fields."""
REQUIRED = frozenset({"formed_on", "genre", "topic", "column", "kind", "source", "way"})
SOMETIMES: Mapping[str, str] = {
    "document_number": "规章、规范性文件必填，如 青政发〔2026〕12号",
    "effective_on": "规章、规范性文件必填",
    "producer": "获取的信息必填；空着就是本机关",
    "joint_with": "共同制作的必填，几个机关用顿号隔开",
    "consulted": "从其他行政机关获取的必填：同谁协商、意见是否一致",
    "interprets": "政策解读必填：所解读文件的索引号或者发文字号",
    "form": "政策解读必填",
    "way_ground": "不主动公开的必填：条例第14条、第15条、第16条的哪一项，为什么",
    "urgent_because": "紧急办理的必填：为什么来不及先初审、合法性审查",
}
"""Fields that are required by another's value, with the hint that says when."""
LABELS: Mapping[str, str] = {
    **{code: element.label for code, element in ELEMENTS.items()},
    "column": "栏目", "section": "责任科室", "way": "公开属性", "way_ground": "属性的理由",
    "urgent": "紧急办理：先复审、签发，初审和合法性审查事后补", "urgent_because": "紧急的理由", "body_html": "正文",
}  # fmt: skip
PLACES: Mapping[str, tuple[str, str]] = {label: (code, label) for code, label in LABELS.items()}
"""The place that a fault names → the input's name and its label."""
SEAM = "【以下是另一份稿子，请合并后删去这一行】"
_PLAIN = re.compile(r"(?:<p>[^<]*</p>)*")
_BLOCK_END = re.compile(
    r"(</(?:p|h[2-4]|[uo]l|li|table|thead|tbody|tr|t[dh]|caption|blockquote|figure|figcaption)>)(?=<)"
)


@dataclass(frozen=True, slots=True)
class Field:
    """One input: `look` is text, area, day, choice or check."""

    name: str
    label: str
    look: str
    value: str
    hint: str
    required: bool
    sometimes: bool
    longest: int
    error: str
    options: Options


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    article: str
    fields: tuple[Field, ...]


def groups(
    filled: Mapping[str, str], columns: Options, sections: Iterable[tuple[int, str]], errors: Mapping[str, str]
) -> tuple[Group, ...]:
    """The form with what is filled and what is wrong with it; `columns` and `sections` are the body's own."""
    options: dict[str, Options] = {
        "column": columns,
        "section": (("", "没有", True), *((str(number), name, True) for number, name in sections)),
        "way": _choices(flow.WAYS.items()),
        "genre": _with(GENRES, filled.get("genre", "")),
        "topic": _with(TOPICS, filled.get("topic", "")),
        **{code: _choices(words.items()) for code, words in CHOICES.items()},
    }
    options["form"] = (("", "不是解读", True), *options["form"])
    return tuple(
        Group(name, article, tuple(
            _field(code, filled.get(code, ""), options.get(code, ()), errors.get(code, "")) for code in codes
        ))
        for name, article, codes in GROUPS
    )  # fmt: skip


def _field(code: str, value: str, options: Options, error: str) -> Field:
    element = ELEMENTS.get(code)
    longest = element.longest if element else LONGEST_GROUND
    look = "choice" if options else "check" if code == "urgent" else "area" if longest > 500 else "text"
    if element and element.value == "day":
        look = "day"
    hint = SOMETIMES.get(code) or (element.hint if element else "")
    return Field(code, LABELS[code], look, value, hint, code in REQUIRED, code in SOMETIMES, longest, error, options)


def _with(words: Sequence[str], value: str) -> Options:
    """The words to choose from, and what an import or an older version wrote."""
    own = (value,) if value and value not in words else ()
    return (("", "请选择", True), *_choices((each, each) for each in (*own, *words)))


def _choices(words: Iterable[tuple[str, str]]) -> Options:
    return tuple((code, said, True) for code, said in words)


def column_options(rows: Iterable[ColumnRow]) -> Options:
    """The columns in the order of their tree, beneath each other; chosen are those that information stands in."""
    return tuple((str(each.id), "　" * each.depth + each.name, each.kind in HOLDING) for each in rows)


def stored(found: DraftDetail) -> dict[str, str]:
    """What the draft holds, as the form holds it."""
    text, form = shown_text(found.body_html)
    return {
        **found.elements,
        "column": str(found.place),
        "section": str(found.section_id or ""),
        "way": found.row.way,
        "way_ground": found.way_ground,
        "urgent": "1" if found.row.urgent else "",
        "urgent_because": found.urgent_because,
        "body_html": text,
        "text_form": form,
        "seen": str(found.version),
    }


def entered(request: HttpRequest) -> dict[str, str]:
    """What was posted, as it was entered."""
    names = {code for _, _, codes in GROUPS for code in codes} | {"title", "body_html", "text_form", "seen"}
    return {name: request.POST.get(name, "") for name in names}


def written(request: HttpRequest) -> Written:
    """What was posted, for the service. InputRefused where a number is none."""
    return Written(
        elements={code: request.POST.get(code, "") for code in ELEMENTS},
        body_html=html_of(request.POST.get("body_html", ""), request.POST.get("text_form", "")),
        way=forms.text(request, "way"),
        way_ground=forms.text(request, "way_ground"),
        urgent=forms.text(request, "urgent") == "1",
        urgent_because=forms.text(request, "urgent_because"),
        section=forms.count(request, "section", LABELS["section"]) or 0,  # 0: no section, where None would leave it
        column=forms.count(request, "column", LABELS["column"]),
    )


def shown_text(html: str) -> tuple[str, str]:
    """(what the text field holds, its form): a text of paragraphs alone reads as lines, any other as its HTML.

    Without JavaScript the lines are written as they are; with headings and tables the HTML is what loses nothing.
    """
    if _PLAIN.fullmatch(html):
        return "\n".join(unescape(each) for each in re.findall(r"<p>([^<]*)</p>", html)), "plain"
    return _BLOCK_END.sub("\\1\n", html), "html"


def html_of(text: str, form: str) -> str:
    """The HTML of what the text field held: each line of a plain text is a paragraph."""
    if form != "plain":
        return text
    return "".join(f"<p>{escape(each.strip(), quote=False)}</p>" for each in text.splitlines() if each.strip())


def as_it_is(found: DraftDetail, body_html: str) -> Written:
    """The draft as it is kept, with another text."""
    return Written(
        found.elements, body_html, found.row.way, found.way_ground, found.row.urgent, found.urgent_because,
        found.section_id or 0, found.place,
    )  # fmt: skip


def both(mine: Written, found: DraftDetail) -> Written:
    """Both of two who wrote at the same time: one text after the other; an element is mine where I filled it."""
    told = {code: mine.elements.get(code, "") or found.elements.get(code, "") for code in ELEMENTS}
    return replace(mine, elements=told, body_html=f"{mine.body_html}<p><strong>{SEAM}</strong></p>{found.body_html}")
