"""Query codes as people read them aloud and write them down."""

from __future__ import annotations


def grouped(code: str) -> str:
    """In fours."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
