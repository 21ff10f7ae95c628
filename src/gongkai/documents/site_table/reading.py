"""Which reader a table needs, by its name."""

from __future__ import annotations

from pathlib import Path

from gongkai.documents.limits import refuse
from gongkai.documents.site_table.csv_rows import csv_table
from gongkai.documents.site_table.jsonl_rows import jsonl_table
from gongkai.documents.site_table.model import SiteTable
from gongkai.documents.site_table.xlsx_rows import xlsx_table


def open_table(path: Path, work: Path, name: str = "") -> SiteTable:
    """The table of a file; `work` is a folder for what has to be unpacked, `name` the file's own where it was sent.

    Raises InputRefused for a file that is none of the formats, damaged, or beyond the limits.
    """
    name = name or path.name
    suffix = Path(name).suffix.lower()
    if suffix == ".xlsx":
        return xlsx_table(path, work, name)
    if suffix in (".csv", ".txt", ".tsv"):
        return csv_table(path, name)
    if suffix in (".jsonl", ".ndjson"):
        return jsonl_table(path, name)
    raise refuse(name, "不是能导入的表格", ".xlsx、.csv 或 .jsonl；.xls、.et 先另存为 .xlsx")
