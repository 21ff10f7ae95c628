"""Plain text and Markdown: encodings, pipe tables, tab-separated tables, and tables with one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.documents.blocks import Block, Document, Paragraph, Table, table_of_texts
from gongkai.documents.limits import Budget, refuse

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_EXPECTED = re.compile("[\t\n\r -~\xa0·—-…①-⑳─-╿\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]")
"""The characters of Chinese office texts; bytes that are no text make any others."""
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^[\s|:+=\-—─┼┬┴├┤┌┐└┘]+$")
_PIPE = re.compile(r"[|｜│┃]")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_LONGEST_CELL = 60


def decode(data: bytes, name: str) -> str:
    """The text, by its mark, else UTF-8, UTF-16 without a mark, GB18030. Refuses what is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data:
        return _decode_utf16(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        if text.count("\ufffd") * 50 > len(text):
            raise refuse(name, "文字编码不能识别", "UTF-8 或 GB18030 编码的文本") from None
        return text


def _decode_utf16(data: bytes, name: str) -> str:
    """UTF-16 without a mark: every ASCII character, and so every line break, has a zero byte on one side."""
    encoding = "utf-16-le" if data.count(b"\n\0") >= data.count(b"\0\n") else "utf-16-be"
    text = data.decode(encoding, errors="replace")
    strange = sum(text.count(mark) for mark in ("\0", "\ufffd"))
    sample = text[:20_000]
    if strange * 50 > len(text) or len(_EXPECTED.findall(sample)) * 4 < len(sample) * 3:
        raise refuse(name, "不是文本，也不是能识别的格式", "docx、doc、html、pdf、txt、md、xlsx 或 json 文件")
    return text


def read_txt(data: bytes, name: str) -> Document:
    """A text file."""
    return _document(decode(data, name), name, markdown=False)


def read_markdown(data: bytes, name: str) -> Document:
    """A Markdown file: headings by #, pipe tables, emphasis marks taken off."""
    return _document(decode(data, name), name, markdown=True)


def _document(text: str, name: str, *, markdown: bool) -> Document:
    budget = Budget(name)
    lines = text.replace("\0", "").splitlines()
    blocks: list[Block] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        end = _run(lines, place)
        table = _table(lines[place:end]) if end > place else None
        if table is not None:
            for row in table.rows:
                for cell in row:
                    budget.cell(len(cell.text))
            budget.block()
            blocks.append(table)
            place = end
            continue
        budget.block(len(line))
        blocks.append(_paragraph(line, markdown=markdown))
        place += 1
    return Document(tuple(blocks))


def _paragraph(line: str, *, markdown: bool) -> Paragraph:
    text = line.strip()
    if not markdown:
        return Paragraph(text)
    heading = _HEADING.match(text)
    if heading:
        return Paragraph(_plain(heading[2]), len(heading[1]))
    return Paragraph(_plain(text))


def _plain(text: str) -> str:
    """Markdown's emphasis and escapes taken off."""
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~])", r"\1", text) if "\\" in text else text


def _run(lines: Sequence[str], start: int) -> int:
    """The end of the run of lines from `start` that could be one table; `start` itself where there is none."""
    first = lines[start]
    if len(_PIPE.findall(first)) >= 2 or first.lstrip().startswith("|"):
        end = start
        while end < len(lines) and (_PIPE.search(lines[end]) or (lines[end].strip() and _RULE.match(lines[end]))):
            end += 1
        return end
    if not first.startswith("\t") and "\t" not in first.strip():
        return start
    if first.startswith("\t") and "\t" not in first.strip():
        return _cell_run(lines, start)
    end = start
    while end < len(lines) and "\t" in lines[end].rstrip("\n") and lines[end].strip() != "":
        end += 1
    return end


def _cell_run(lines: Sequence[str], start: int) -> int:
    """One cell a line, each led by a tab, rows apart by an empty line; a line without tab continues a cell."""
    end = start
    while end < len(lines):
        line = lines[end]
        row_gap = line == "" and end + 1 < len(lines) and lines[end + 1].startswith("\t")
        continued = bool(line.strip()) and end > start and bool(lines[end - 1].strip())
        if not (line.startswith("\t") or row_gap or continued):
            break
        end += 1
    return end


def _table(lines: Sequence[str]) -> Table | None:
    if _PIPE.search(lines[0]):
        rows = [_pipe_cells(line) for line in lines if not _RULE.match(line) or not _has_dashes(line)]
    elif lines[0].startswith("\t") and "\t" not in lines[0].strip():
        rows = _cell_rows(lines)
    else:
        rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    if not rows or max(map(len, rows)) < 2 or not _short(rows):
        return None
    return table_of_texts(rows)


def _has_dashes(line: str) -> bool:
    """A rule between rows; a row of cells that hold only `—` or `-` has spaces and bars between single marks."""
    return bool(re.search(r"[-=─]{2,}|:-|-:|[┼┬┴]", line)) or not re.search(r"[-—]", line)


def _pipe_cells(line: str) -> list[str]:
    text = re.sub(r"(?<!\\)[｜│┃]", "|", line.strip())
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    cells = re.split(r"(?<!\\)\|", text)
    return [_plain(re.sub(r"<br\s*/?>", "\n", cell.strip())) for cell in cells]


def _cell_rows(lines: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for line in lines:
        if line == "":
            rows.append([])
        elif line.startswith("\t"):
            rows[-1].append(line.strip())
        elif rows[-1]:
            rows[-1][-1] += "\n" + line.strip()
    return [row for row in rows if row]


def _short(rows: Sequence[Sequence[str]]) -> bool:
    """Cells of a table are short; indented prose is not."""
    lengths = [len(cell) for row in rows for cell in row]
    return sum(length > _LONGEST_CELL for length in lengths) * 10 <= len(lengths)
