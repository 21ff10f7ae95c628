"""How much of a file is read at most. Beyond a limit the file is refused with a clear message, never cut silently."""

from __future__ import annotations

from gongkai.statute.primitives import InputFault, InputRefused

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
LARGEST_UNPACKED = 120 * MEGABYTE
"""All members of a zip container together; a report of a hundred pages unpacks to a few megabytes."""
LARGEST_RATIO = 200
"""Unpacked to packed, of members larger than a megabyte; XML of real reports stays below 40."""
LARGEST_MARKUP = 60 * MEGABYTE
"""One XML part or one page of HTML; a tree takes some ten times its text."""
MOST_ENTRIES = 5000
MOST_BLOCKS = 60_000
MOST_CELLS = 400_000
MOST_CHARACTERS = 20_000_000
MOST_PAGES = 300
WIDEST_ROW = 64
"""No statutory table is wider than 15; the rest of a wider row is no figure of the report."""
LONGEST_SPAN = 400
MOST_MERGES = 10_000
DEEPEST_NESTING = 200
LONGEST_HERE = 2 * MEGABYTE
"""A longer file of any format is read in a confined process."""
CONFINED_SECONDS = 60
CONFINED_BYTES = 1536 * MEGABYTE


def refuse(name: str, wrong: str, valid: str = "") -> InputRefused:
    """The refusal of a file as a whole."""
    return InputRefused(InputFault(name, wrong, valid))


def too_deep(name: str) -> InputRefused:
    """The refusal of a file whose parts stand in each other without end."""
    return refuse(name, f"内容嵌套超过 {DEEPEST_NESTING} 层", "一份年度报告的文件")


class Budget:
    """Counts what a reader has taken and refuses beyond the limits."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks = self.cells = self.characters = 0

    def block(self, characters: int = 0) -> None:
        self.blocks += 1
        self.characters += characters
        if self.blocks > MOST_BLOCKS:
            raise refuse(self.name, f"段落和表格超过 {MOST_BLOCKS} 个", "一份年度报告的文件")
        self._characters()

    def cell(self, characters: int = 0) -> None:
        self.cells += 1
        self.characters += characters
        if self.cells > MOST_CELLS:
            raise refuse(self.name, f"单元格超过 {MOST_CELLS} 个", "一份年度报告的文件")
        self._characters()

    def _characters(self) -> None:
        if self.characters > MOST_CHARACTERS:
            raise refuse(self.name, f"文字超过 {MOST_CHARACTERS // 10000} 万字", "一份年度报告的文件")
