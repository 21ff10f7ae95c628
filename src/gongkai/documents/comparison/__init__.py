"""Comparison: two versions of a text or of its elements, word by word, tables cell by cell."""

from gongkai.documents.comparison.comparing import compare, compare_fields
from gongkai.documents.comparison.markup import block_html, pieces_html, to_html
from gongkai.documents.comparison.model import (
    Change,
    ComparedCell,
    ComparedField,
    ComparedRow,
    ComparedTable,
    ComparedText,
    Comparison,
    Piece,
)

__all__ = [
    "Change", "ComparedCell", "ComparedField", "ComparedRow", "ComparedTable", "ComparedText", "Comparison", "Piece",
    "block_html", "compare", "compare_fields", "pieces_html", "to_html",
]  # fmt: skip
