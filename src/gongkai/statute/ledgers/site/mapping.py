"""Which header of a table is which field: by the usual words, by an explicit map, or as chosen on a page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gongkai.statute.ledgers.site.headers import DAYS, FIELD_WORDS, field_of
from gongkai.statute.primitives import InputFault, InputRefused

FIELDS = (*FIELD_WORDS, "body_html", "body_text")
NOT_FIXED = frozenset({"source_id", "title", "body", "body_html", "body_text", "attachments", "address"})
"""What cannot be the same for every row."""
NEEDED = (("title",), ("published_on",), ("column",), ("agency",), ("source_id", "address", "index_number"),
          ("body", "body_html", "body_text", "attachments"))  # fmt: skip
"""Of each of these one must be there."""
_PARTS = ("columns", "fixed", "dates", "values")


@dataclass(frozen=True, slots=True)
class SiteMap:
    """`fields`: header to field, "" what is not imported. `fixed`: field to what it is in every row. `dates`: field to
    strptime's form. `values`: field to (what the table says, what it becomes)."""

    fields: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fix(self, name: str, value: str) -> SiteMap:
        """The same with one value for every row; a header that gave it is not imported any more."""
        fields = {header: "" if each == name else each for header, each in self.fields.items()}
        return replace(self, fields=fields, fixed={**self.fixed, name: value})

    def header_of(self, name: str) -> str:
        """The header that gives a field, or the field's word where none does (a fixed value)."""
        names = {name, "body"} if name in ("body_html", "body_text") else {name}
        return next((header for header, each in self.fields.items() if each in names), FIELD_WORDS.get(name, name))

    def missing(self) -> list[InputFault]:
        """What no header gives and no fixed value."""
        there = {*self.fields.values(), *self.fixed}
        return [
            InputFault(
                "表头", f"没有一列是{'、'.join(FIELD_WORDS[each] for each in one if each in FIELD_WORDS)}"
                + ("中的一项" if len(one) > 1 else ""),
                "对照文件（--map）里写明是哪一列" + ("" if set(one) & NOT_FIXED else "，或者给一个固定值"),
            )
            for one in NEEDED if not there & set(one)
        ]  # fmt: skip


def guessed(headers: Sequence[str]) -> SiteMap:
    """By the usual words; where two headers are the same field the first one is it."""
    fields: dict[str, str] = {}
    for header in headers:
        found = field_of(header)
        fields[header] = "" if found in fields.values() else found
    return SiteMap(fields)


def from_choices(headers: Sequence[str], chosen: Mapping[str, str], fixed: Mapping[str, str]) -> SiteMap:
    """As chosen, header by header. Raises InputRefused with every fault."""
    return _checked(SiteMap({each: chosen.get(each, "") for each in headers}, fixed), headers, "")


def from_toml(text: str, headers: Sequence[str], place: str) -> SiteMap:
    """An explicit map over the usual words: it decides on the headers that it names. Raises InputRefused."""
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        raise InputRefused(
            InputFault(place, f"不是完整的 TOML（{wrong}）", '如 [columns] 下一行 "标题" = "title"')
        ) from None
    faults = [InputFault(place, f"不认识“{name}”这一节", "、".join(_PARTS)) for name in given if name not in _PARTS]
    parts = {name: _texts(given.get(name, {}), f"{place} [{name}]", faults) for name in ("columns", "fixed", "dates")}
    given_values = given.get("values", {})
    values = {
        str(name): _texts(each, f"{place} [values.{name}]", faults)
        for name, each in (given_values.items() if isinstance(given_values, dict) else ())
    }
    if faults:
        raise InputRefused(*faults)
    named = set(parts["columns"].values())
    usual = {header: name for header, name in guessed(headers).fields.items() if name not in {*named, *parts["fixed"]}}
    fields = {header: parts["columns"].get(header, usual.get(header, "")) for header in headers}
    for header in parts["columns"]:
        if header not in headers:
            faults.append(InputFault(f"{place} [columns]", f"表里没有“{header}”这一列", "、".join(headers)))
    for name in parts["dates"]:
        if name not in DAYS:
            faults.append(InputFault(f"{place} [dates]", f"“{name}”不是日期字段", "、".join(sorted(DAYS))))
    for name in values:
        if name not in FIELDS:
            faults.append(InputFault(f"{place} [values]", f"没有“{name}”这个字段", "、".join(FIELDS)))
    made = SiteMap(fields, parts["fixed"], parts["dates"], values)
    return _checked(made, headers, place, faults)


def _texts(given: object, place: str, faults: list[InputFault]) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(each, str) for each in given.values()):
        faults.append(InputFault(place, "不是文字的对照", '如 "标题" = "title"'))
        return {}
    return {str(name): str(each) for name, each in given.items()}


def _checked(made: SiteMap, headers: Sequence[str], place: str, faults: Sequence[InputFault] = ()) -> SiteMap:
    found, first = list(faults), dict[str, str]()
    for header in headers:
        name = made.fields[header]
        where = f"{place} “{header}”列".strip()
        if name and name not in FIELDS:
            found.append(InputFault(where, f"没有“{name}”这个字段", "、".join(FIELDS)))
        elif name and name in first:
            found.append(
                InputFault(where, f"和“{first[name]}”列都对到{FIELD_WORDS.get(name, name)}", "一个字段只由一列给出")
            )
        first.setdefault(name, header)
    for name in made.fixed:
        if name not in FIELDS or name in NOT_FIXED:
            found.append(InputFault(f"{place} [fixed]".strip(), f"“{name}”不能给固定值",
                                    "、".join(each for each in FIELDS if each not in NOT_FIXED)))  # fmt: skip
    if found:
        raise InputRefused(*found)
    return made
