"""Every kind of reply document (文书): what it must say, on which articles, what it does to the case. Data in `forms/`.

No national model is public: titles, number words and wording are the house's own after local models, and an office
may replace them. What must be said is the regulation's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from gongkai.statute.primitives import InputFault, InputRefused

ValueKind = Literal["text", "day", "money", "count", "choice", "list"]
Addressee = Literal["applicant", "third_party", "agency"]
Remedies = Literal["none", "decision", "disclosure"]

ADDRESSEES: Mapping[Addressee, str] = {"applicant": "申请人", "third_party": "第三方", "agency": "有关机关"}
SIGNERS: Mapping[str, str] = {"disclosure_officer": "公开专员", "section_head": "工作机构负责人", "leader": "分管领导"}

_FOLDER = Path(__file__).parent
_FILES = ("procedure", "consultation", "replies", "not_processed")
_COMMON = ("number", "body_name", "addressee")
_OF_A_REQUEST = ("received_on", "subject")


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a letter says. `choices`: code to Chinese words.

    `required` is false for what is said only where it can be (条例第36条第5项: 能够确定的). `when`: needed only where
    another element of the letter has one of these values. A day lies to the letter's own as `past` (not after it),
    `elapsed` (before it), `running` (not before it) or `future` (after it) say.
    `quoted`: the entries of a list are words to quote (检索的关键词).
    """

    code: str
    label: str
    article: str
    value: ValueKind
    choices: Mapping[str, str] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required: bool = True
    past: bool = False
    elapsed: bool = False
    running: bool = False
    future: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter. `name`: what the office calls it; many replies bear one title and differ in what they say.

    `word` follows the body's own word in the number (青科 + 公复). `outcomes`: rows of table three it may carry, ()
    for a letter on the way. `event`: the act of the table of steps it makes, or None. `defaults`: words that an element
    starts with. `remedies`: none, decision, or disclosure (a decision that gives, to which articles 14 to 16 are no
    refusal). `signed_by`: the role that signs; reviews and signature are the house's rules.
    """

    code: str
    name: str
    title: str
    word: str
    to: Addressee
    articles: tuple[str, ...]
    outcomes: tuple[str, ...]
    event: str | None
    elements: tuple[Element, ...]
    paragraphs: tuple[str, ...]
    defaults: Mapping[str, str]
    remedies: Remedies
    legal_review: bool
    secrecy_review: bool
    signed_by: str

    @property
    def short_name(self) -> str:
        """What the letter calls itself: 答复书, 告知书, 通知书."""
        return self.title[-3:]

    def element(self, code: str) -> Element | None:
        """The element of that code, None where the letter has none."""
        return next((each for each in self.elements if each.code == code), None)

    def needs(self, element: Element, given: Mapping[str, object]) -> bool:
        """Whether the letter has to say this, in view of the other elements given. An open choice asks for nothing."""
        return element.required and all(
            self.element(name) is None or given.get(name) in values for name, values in element.when.items()
        )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _element(code: str, data: Mapping[str, Any], *, required: bool) -> Element:
    return Element(
        code=code,
        label=data["label"],
        article=data["article"],
        value=data["value"],
        choices=MappingProxyType(data.get("choices", {})),
        when=MappingProxyType({name: tuple(values) for name, values in data.get("when", {}).items()}),
        required=required,
        past=data.get("past", False),
        elapsed=data.get("elapsed", False),
        running=data.get("running", False),
        future=data.get("future", False),
        quoted=data.get("quoted", False),
    )


def _kind(code: str, data: Mapping[str, Any], known: Mapping[str, Any], openings: Mapping[str, Any]) -> LetterKind:
    remedies: Remedies = data.get("remedies", "none")
    about_a_request = data["to"] == "applicant"
    required = [*_COMMON, *(_OF_A_REQUEST if about_a_request else ()), *data["elements"]]
    if remedies != "none":
        required.append("remedies")
    optional = [*(("applicant_kind",) if about_a_request else ()), *data.get("optional", ())]
    opening = openings[data["opening"]] if "opening" in data else []
    return LetterKind(
        code=code,
        name=data["name"],
        title=data["title"],
        word=data["word"],
        to=data["to"],
        articles=tuple(data["articles"]),
        outcomes=tuple(data.get("outcomes", ())),
        event=data.get("event"),
        elements=(
            *(_element(name, known[name], required=True) for name in required),
            *(_element(name, known[name], required=False) for name in optional),
        ),
        paragraphs=(*opening, *data["paragraphs"]),
        defaults=MappingProxyType(data.get("defaults", {})),
        remedies=remedies,
        legal_review=data.get("legal_review", False),
        secrecy_review=data.get("secrecy_review", False),
        signed_by=data["signed_by"],
    )


@cache
def load() -> Mapping[str, LetterKind]:
    """Every kind by its code, in the order of a request's way."""
    known, openings = _read("elements"), _read("forms/openings")
    return MappingProxyType(
        {code: _kind(code, data, known, openings) for name in _FILES for code, data in _read(f"forms/{name}").items()}
    )


def kind_of(code: str) -> LetterKind:
    """The kind of that code; an unknown one raises InputRefused."""
    found = load().get(code)
    if found is None:
        raise InputRefused(InputFault("文书种类", f"没有“{code}”这一种", "、".join(load())))
    return found


def kinds_for(outcome: str) -> tuple[LetterKind, ...]:
    """The kinds of letter that may carry an outcome row; the 2019 form's `other` is carried by what ends a request."""
    return tuple(
        kind
        for kind in load().values()
        if outcome in kind.outcomes or (outcome == "other" and any(each.startswith("other.") for each in kind.outcomes))
    )
