"""From a table as printed to the texts of its statutory cells: by its labels, whatever its layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.documents.annual_report.cell_values import looks_like_value
from gongkai.documents.annual_report.labels import bare, column_of, is_group, is_part, row_of
from gongkai.documents.blocks import Table, spread
from gongkai.documents.limits import WIDEST_ROW
from gongkai.statute.report.form import load

TABLES = ("proactive", "requests", "remedies")
APPLICANT_COLUMNS = tuple(column.code for column in load("2021").tables["requests"].rows[0].columns)
RESULT_COLUMNS = tuple(column.code for column in load("2021").tables["remedies"].rows[0].columns)
GROUP_ROWS = tuple(row.code for row in load("2021").tables["remedies"].rows)
_CORPORATE = frozenset({"法人或其他组织", "法人或其它组织"})

Grid = Sequence[Sequence[str]]


@dataclass(slots=True)
class Found:
    """What one statutory table shows.

    cells: (row, column) → printed text; table two's columns carry their form (`2019:made`).
    unplaced: row → printed values that could not be told apart, because one of them is missing.
    seen: labels of rows and columns met. units: column → unit in its heading.
    """

    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    unplaced: dict[str, str] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    units: dict[str, str] = field(default_factory=dict)

    def put(self, row: str, column: str, text: str) -> None:
        """The first text stands; a repetition (a header's, a summary's) fills blanks only."""
        if not self.cells.get((row, column)):
            self.cells[row, column] = text

    def absorb(self, other: Found) -> None:
        for (row, column), text in other.cells.items():
            self.put(row, column, text)
        self.unplaced |= {row: text for row, text in other.unplaced.items() if row not in self.unplaced}
        self.rows |= other.rows
        self.columns |= other.columns
        self.units |= other.units

    def __len__(self) -> int:
        return len(self.cells)


def table_kind(grid: Grid) -> str | None:
    """Which statutory table a grid is, by its labels; None for any other table."""
    scores = dict.fromkeys(TABLES, 0)
    texts = {text for row in grid[:400] for text in row if text}
    for text in texts:
        for table in TABLES:
            if table != "remedies" and row_of(table, text) and bare(text)[0] not in ("总计", "其他", "合计", "其它"):
                scores[table] += 1
            elif column_of(table, text) and bare(text)[0] not in ("总计", "其他", "合计", "其它"):
                scores[table] += 2 if table == "remedies" else 1
            elif table == "proactive" and is_part(text):
                scores[table] += 1
    best = max(TABLES, key=lambda table: scores[table])
    return best if scores[best] >= 2 else None


def read_table(kind: str, table: Table, header: Grid = ()) -> Found:
    """The cells of a statutory table. `header`: rows of the page before, for a table that is continued."""
    grid = spread(table, WIDEST_ROW)
    plain = [[cell.text for cell in row[:WIDEST_ROW]] for row in table.rows]
    if kind == "remedies":
        return read_remedies(grid, plain)
    rectangular = len({len(row) for row in grid if row}) <= 1
    best = read_grid(kind, grid) if rectangular else Found()
    whole = sum(len(row.columns) for row in load("2021").tables[kind].rows)
    if len(best) < whole:
        full = [row for row in grid if row]
        turned = read_grid(kind, [list(column) for column in zip(*full, strict=True)]) if rectangular else Found()
        ragged = read_ragged(kind, plain)
        for other in (ragged, turned):
            if len(other) > len(best):
                best = other
    return best


def read_grid(kind: str, grid: Grid) -> Found:
    """Rows by their last label, columns by the headings above; merged cells spread over all that they cover."""
    found = Found()
    header: dict[int, str] = {}
    open_header = False
    for row in grid:
        columns = {place: code for place, text in enumerate(row) if text and (code := column_of(kind, text))}
        label = _last_row_label(kind, row)
        if len(set(columns.values())) >= 2 or (columns and label is None):
            header = header | columns if open_header else dict(columns)
            open_header = True
            found.columns |= set(columns.values())
            _note_units(found, columns, row)
            continue
        if label is None:
            # the rows between a header and its figures (法人或其他组织, 第二十条第（一）项) keep it as it is
            continue
        open_header = False
        found.rows.add(label[1])
        for place, code in header.items():
            if place > label[0] and place < len(row):
                found.put(label[1], code, row[place])
    return found


def _last_row_label(kind: str, row: Sequence[str]) -> tuple[int, str] | None:
    label = None
    for place, text in enumerate(row):
        if text and not looks_like_value(text) and (code := row_of(kind, text)):
            label = (place, code)
    return label


def _note_units(found: Found, columns: dict[int, str], row: Sequence[str]) -> None:
    for place, code in columns.items():
        if code.endswith(":amount"):
            words = bare(row[place])[0]
            unit = next((unit for unit in ("亿元", "万元", "千元", "元") if unit in words), "")
            found.units[code] = unit


def read_ragged(kind: str, rows: Grid) -> Found:
    """Rows whose merges are lost: labels first, then as many values as the row has columns, blanks kept."""
    found = Found()
    header: list[str] = []
    gathering = False
    for row in rows:
        labels, values = _split(kind, row)
        row_code: str | None = None
        for text in labels:
            column = column_of(kind, text)
            corporate = bare(text)[0] in _CORPORATE
            named = row_of(kind, text)
            as_column = column is not None and (named is None or (gathering and not bare(text)[1]))
            if as_column or corporate:
                if not gathering:
                    header, gathering = [], True
                _gather(header, column or "corporate")
                if column:
                    found.columns.add(column)
                    _note_units(found, {0: column}, [text])
            elif named:
                row_code = named
        if row_code is not None:
            gathering = False
            found.rows.add(row_code)
            _place(kind, found, row_code, header, values)
    return found


def _gather(header: list[str], column: str) -> None:
    """Columns in printed order; those under 法人或其他组织 come in its place, though printed a row later."""
    if column in header:
        return
    if column in APPLICANT_COLUMNS[1:6] and "corporate" in header:
        header.insert(header.index("corporate"), column)
    else:
        header.append(column)


def _split(kind: str, row: Sequence[str]) -> tuple[list[str], list[str]]:
    """(labels, values): values begin after the last label; blanks among the labels are merged header cells."""
    last = -1
    for place, text in enumerate(row):
        if text and not looks_like_value(text):
            known = row_of(kind, text) or column_of(kind, text) or is_group(text)
            if known or last == place - 1 or last < 0:
                last = place
    return [text for text in row[: last + 1] if text], list(row[last + 1 :])


def _place(kind: str, found: Found, row: str, header: list[str], values: list[str]) -> None:
    columns = [column for column in header if column != "corporate"]
    if kind == "requests" and set(columns) != set(APPLICANT_COLUMNS):
        columns = list(APPLICANT_COLUMNS)
    while len(values) > len(columns) and not values[-1]:
        values = values[:-1]
    full = [value for value in values if value]
    if len(full) == len(columns):
        values = full
    if len(values) == len(columns):
        for column, value in zip(columns, values, strict=True):
            found.put(row, column, value)
    elif full and columns:
        found.unplaced[row] = " ".join(full)


def read_remedies(grid: Grid, plain: Grid) -> Found:
    """Table four: groups and results may both stand above the figures, both beside them, or one each."""
    found = Found()
    groups: dict[int, str] = {}
    results: dict[int, str] = {}
    row_group: str | None = None
    for row in grid:
        mine = {place: code for place, text in enumerate(row) if text and (code := row_of("remedies", text))}
        theirs = {place: code for place, text in enumerate(row) if text and (code := column_of("remedies", text))}
        found.rows |= set(mine.values())
        found.columns |= set(theirs.values())
        figures = {
            place: text
            for place, text in enumerate(row)
            if place not in mine and place not in theirs and not is_group(text)
        }
        if len(set(mine.values())) > 1 or len(set(theirs.values())) > 1 or not _has_values(figures.values()):
            blank_row = not mine and not theirs and len(results) >= len(RESULT_COLUMNS) and row
            if not (blank_row and not any(row)):
                groups |= mine
                results |= theirs
                continue
        row_group = next(iter(mine.values()), row_group)
        row_result = next(iter(theirs.values()), None)
        for place, text in figures.items():
            group = groups.get(place) or row_group
            result = row_result or results.get(place)
            if group and result:
                found.put(group, result, text)
    if len(found) < len(GROUP_ROWS) * len(RESULT_COLUMNS):
        ragged = _ragged_remedies(plain)
        if len(ragged) > len(found):
            return ragged
    return found


def _has_values(texts: Iterable[str]) -> bool:
    return any(text and looks_like_value(text) for text in texts)


def _ragged_remedies(rows: Grid) -> Found:
    """Merges lost: fifteen results and fifteen values in one order, or each group followed by its five."""
    found = Found()
    order: list[str] = []
    group: str | None = None
    pending: list[str] = []
    for row in rows:
        labels, values = _split("remedies", row)
        for text in labels:
            result = column_of("remedies", text)
            named = row_of("remedies", text)
            if result:
                order.append(result)
                found.columns.add(result)
            elif named:
                group = named
                found.rows.add(named)
        if not _has_values(values):
            continue
        if labels and group and len(values) == len(RESULT_COLUMNS) and row_of("remedies", labels[-1]):
            five = order[-len(RESULT_COLUMNS) :]
            columns = five if set(five) == set(RESULT_COLUMNS) else list(RESULT_COLUMNS)
            for column, value in zip(columns, values, strict=True):
                found.put(group, column, value)
        else:
            pending += values
    _place_fifteen(found, order, pending)
    return found


def _place_fifteen(found: Found, order: list[str], values: list[str]) -> None:
    width, wanted = len(RESULT_COLUMNS), len(RESULT_COLUMNS) * len(GROUP_ROWS)
    full = [value for value in values if value]
    values = full if len(full) == wanted else values[:wanted]
    if not values:
        return
    if len(values) < wanted:
        found.unplaced |= dict.fromkeys(GROUP_ROWS, " ".join(full))
        return
    columns = order if len(order) == wanted else (order * 3 if len(order) == width else list(RESULT_COLUMNS) * 3)
    for index, (column, value) in enumerate(zip(columns, values, strict=True)):
        found.put(GROUP_ROWS[index // width], column, value)
