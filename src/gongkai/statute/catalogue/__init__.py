"""政府信息公开目录: the columns that a body starts with by its level (条例第12、20、21条), and index numbers.

What a body makes of its columns afterwards is its own; the columns here carry the article that asks for them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.statute.catalogue.index_numbers import Scheme, scheme

__all__ = ["KINDS", "ColumnSeed", "Scheme", "column_seeds", "field_seeds", "scheme", "seed_of"]

KINDS: Mapping[str, str] = {
    "guide": "指南",
    "rules": "制度",
    "content": "主动公开内容",
    "documents": "规章和规范性文件",
    "annual": "年报",
    "apply": "依申请公开入口",
}
HOLDING = frozenset({"guide", "rules", "content", "documents"})
"""Kinds of columns that items stand in; the others lead to pages of their own."""


@dataclass(frozen=True, slots=True)
class ColumnSeed:
    """`days`: without a new item for so long, the column is behind; None where it follows `event`.

    `elements`: what the column must show to be complete; `levels` empty for all; `verified` whether the source was read
    in its own words.
    """

    code: str
    name: str
    kind: str
    article: str
    parent: str = ""
    levels: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    days: int | None = None
    event: str = ""
    verified: bool = True


@cache
def _all() -> tuple[ColumnSeed, ...]:
    data: dict[str, Any] = tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))
    return tuple(_seed(**each) for each in data["column"])


def _seed(*, levels: list[str] | None = None, elements: list[str] | None = None, **given: Any) -> ColumnSeed:
    return ColumnSeed(levels=tuple(levels or ()), elements=tuple(elements or ()), **given)


def column_seeds(level: str) -> tuple[ColumnSeed, ...]:
    """The columns that a body of this level starts with, each after its parent."""
    return tuple(each for each in _all() if not each.levels or level in each.levels)


@cache
def field_seeds() -> tuple[ColumnSeed, ...]:
    """The standard catalogue by field of work, its head first; a body takes those that its duties touch."""
    data: dict[str, Any] = tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))
    shared = {name: data[name] for name in ("article", "verified", "event")}
    first, *rest = data["field"]
    head = _seed(**first, **shared, kind="content", parent="content")
    return (head, *(_seed(**each, **shared, kind="content", elements=data["elements"]) for each in rest))


def seed_of(code: str) -> ColumnSeed | None:
    return next((each for each in (*_all(), *field_seeds()) if each.code == code), None)
