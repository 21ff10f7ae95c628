"""Plain text, Markdown, CSV and JSON: a passage a line; lines with tabs are rows of a table."""

from __future__ import annotations

from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.readers.txt_reader import decode


def gather_text(data: bytes, name: str, gathering: Gathering) -> None:
    """A .txt, .md, .csv or .json file."""
    heads: list[str] = []
    separator = "," if name.lower().endswith(".csv") else "\t"
    for number, line in enumerate(decode(data, name).splitlines(), 1):
        cells = line.split(separator)
        if len(cells) == 1:
            level = len(line) - len(line.lstrip("#")) if line.startswith("#") else 0
            gathering.passage(f"第{number}行", line.lstrip("#").strip() if level else line, level=level)
            heads = []
            continue
        for column, cell in enumerate(cells):
            context = heads[column] if column < len(heads) else ""
            place = f"第{number}行第{column + 1}列"
            gathering.passage(place, cell.strip().strip('"'), row=f"第{number}行", context=context)
        heads = heads or cells
