"""What is exported with its attachments is what was imported: the same paths and bytes, known when it comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bureau_cast import Cast

from gongkai.bureau.publishing import exchange
from gongkai.bureau.publishing.models import Item
from gongkai.statute.primitives import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _imported(folder: Path, source_id: str, data: str) -> None:
    """An item with one attachment, always of the same name."""
    (folder / "附件").mkdir(parents=True)
    (folder / "附件/名单.txt").write_text(data, "utf-8")
    record: dict[str, Any] = {
        "source_id": source_id, "agency": "qinglan-kjj", "column": "公示", "title": "名单",
        "published_on": "2024-03-05",
        "attachments": ["附件/名单.txt"],
    }  # fmt: skip
    (folder / "items.jsonl").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    assert exchange.import_items(folder / "items.jsonl") == (1, 0)


def test_attachments_lie_where_the_lines_name_them(cast: Cast, tmp_path: Path) -> None:
    _imported(tmp_path / "a", "甲/1", "甲公司")
    _imported(tmp_path / "b", "乙/2", "乙公司")
    _imported(tmp_path / "c", "丙/3", "甲公司")
    out = tmp_path / "out"
    for _ in range(2):  # again into the same folder is the same
        lines = list(exchange.lines(out))
    named = [json.loads(each)["attachments"] for each in lines]
    assert [named[0], named[2]] == [["附件/名单.txt"], ["附件/名单.txt"]]
    assert named[1][0].startswith("qinglan-kjj/乙-2-")
    assert [(out / each[0]).read_text("utf-8") for each in named] == ["甲公司", "乙公司", "甲公司"]
    assert len([each for each in out.rglob("*") if each.is_file()]) == 2
    (out / "items.jsonl").write_text(f"{lines[0]}\n{lines[2]}\n", "utf-8")
    assert exchange.import_items(out / "items.jsonl") == (0, 2)


def test_an_attachment_that_is_gone_is_named(cast: Cast, tmp_path: Path) -> None:
    _imported(tmp_path / "a", "甲/1", "甲公司")
    exchange.stored(Item.objects.get().attachments[0]["digest"]).unlink()
    with pytest.raises(InputRefused, match="附件“附件/名单"):
        list(exchange.lines(tmp_path / "out"))
