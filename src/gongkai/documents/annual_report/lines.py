"""Rows of a table from bare lines: one cell a line, or cells apart by spaces; labels may be broken over lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.documents.annual_report.cell_values import looks_like_value
from gongkai.documents.annual_report.labels import column_of, is_group, row_of

_WIDE_GAP = re.compile(r"\t+|[ \u3000\xa0]{2,}")
_LONGEST_LINE = 300
_MOST_PIECES = 4


def rows_of_lines(kind: str, lines: Iterable[str]) -> list[list[str]]:
    """Each row: the labels met since the last figures, then the figures; a blank line among figures is a blank cell."""
    rows: list[list[str]] = []
    labels: list[str] = []
    values: list[str] = []
    for token in _tokens(kind, lines):
        if token == "":
            if values:
                values.append("")
        elif looks_like_value(token):
            values.append(token)
        else:
            if values:
                rows.append(_joined(kind, labels) + values)
                labels, values = [], []
            labels.append(token)
    rows.append(_joined(kind, labels) + values)
    return [_trimmed(kind, row) for row in rows if row]


def _trimmed(kind: str, row: list[str]) -> list[str]:
    """Blank lines after the last figure part rows; they are blank cells only where the figures are too few."""
    whole = {"requests": 7, "remedies": 15}.get(kind)
    figures = sum(1 for text in row if text and looks_like_value(text))
    if whole is not None and figures < whole:
        return row
    while row and row[-1] == "":
        row = row[:-1]
    return row


def _tokens(kind: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        text = line.strip()
        if len(text) > _LONGEST_LINE:
            continue
        for piece in _WIDE_GAP.split(text) if text else [""]:
            yield from _apart(kind, piece)


def _apart(kind: str, piece: str) -> Iterator[str]:
    """Cells apart by single spaces: labels and figures (行政许可 0 0 0), or several labels that are each known."""
    words = piece.split(" ")
    if len(words) == 1 or (piece.startswith(("[", "<")) and looks_like_value(piece)):
        yield piece
        return
    first = len(words)
    while first and looks_like_value(words[first - 1]):
        first -= 1
    labels = words[:first]
    if all(_known(kind, word) for word in labels):
        yield from labels
    else:
        yield " ".join(labels)
    yield from words[first:]


def _known(kind: str, text: str) -> bool:
    return bool(row_of(kind, text) or column_of(kind, text)) or is_group(text)


def _joined(kind: str, pieces: list[str]) -> list[str]:
    """Labels made whole: pieces that mean nothing alone are tried together with those that follow."""
    out: list[str] = []
    place = 0
    while place < len(pieces):
        for count in range(1, _MOST_PIECES + 1):
            text = "".join(pieces[place : place + count])
            if _known(kind, text):
                out.append(text)
                place += count
                break
        else:
            place += 1
    return out
