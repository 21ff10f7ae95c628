"""The form of a redaction: proposals accepted, kinds, words, boxes in hundredths of the page, each on a ground."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from gongkai.bureau.casework.redacting import Chosen
from gongkai.documents.redaction import GROUNDS, Box, Ground, Named, Redaction, Words
from gongkai.screens.desk import forms
from gongkai.statute.cases.citing import place_of
from gongkai.statute.inspection.identifiers import KINDS
from gongkai.statute.primitives import InputFault, InputRefused

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 4, 8, 100
SIDES = ("x0", "y0", "x1", "y1")
SIDE_WORDS = {"x0": "左", "y0": "上", "x1": "右", "y1": "下"}
PRIVACY = "15"


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One box as entered: `sides` are (name, word, value), in hundredths of the page."""

    number: int
    page: str
    sides: tuple[tuple[str, str, str], ...] = field(repr=False)

    @property
    def is_blank(self) -> bool:
        return not any(value for _, _, value in self.sides)


def grounds() -> tuple[tuple[str, str], ...]:
    return tuple((code, f"{place_of(code)}　{word}") for code, word in GROUNDS.items())


def kinds() -> tuple[tuple[str, str], ...]:
    return tuple(KINDS.items())


def box_rows(given: QueryDict) -> tuple[BoxRow, ...]:
    """The rows as entered, and blank ones to fill."""
    count = given.get("rows", "")
    wanted = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else FIRST_ROWS
    if "more" in given:
        wanted += MORE_ROWS
    return tuple(
        BoxRow(
            number,
            given.get(f"page-{number}", "").strip(),
            tuple((each, SIDE_WORDS[each], given.get(f"{each}-{number}", "").strip()) for each in SIDES),
        )
        for number in range(1, min(wanted, MOST_ROWS) + 1)
    )


def boxes(rows: tuple[BoxRow, ...]) -> tuple[Box, ...]:
    """The boxes entered; InputRefused with every row that is none."""
    found: list[Box] = []
    faults: list[InputFault] = []
    for row in rows:
        if row.is_blank:
            continue
        try:
            x0, y0, x1, y1 = (float(value) / 100 for _, _, value in row.sides)
            found.append(Box(int(row.page or "1"), x0, y0, x1, y1))
        except (ValueError, InputRefused):
            valid = "页码从1起；0至100之间，左小于右，上小于下"
            faults.append(InputFault(f"第{row.number}个方框", "位置不对", valid))
    if faults:
        raise InputRefused(*faults)
    return tuple(found)


def drawn(found: tuple[Box, ...], page: int) -> list[str]:
    """The boxes of a page as its picture's address carries them."""
    return [
        ",".join(f"{100 * side:.2f}" for side in (box.x0, box.y0, box.x1, box.y1)) for box in found if box.page == page
    ][:MOST_ROWS]


def undrawn(given: list[str], page: int) -> tuple[Box, ...]:
    """As `drawn`, back; what is no box is left out."""
    found = []
    for text in given[:MOST_ROWS]:
        try:
            x0, y0, x1, y1 = (float(each) / 100 for each in text.split(","))
            found.append(Box(page, x0, y0, x1, y1))
        except (ValueError, InputRefused):
            continue
    return tuple(found)


def chosen(request: HttpRequest) -> Chosen:
    """Everything that was chosen. InputRefused with all that cannot be."""
    faults: list[InputFault] = []
    more: list[Redaction] = []
    ground = _ground(request, "ground", faults)
    own = _ground(request, "own-ground", faults)
    try:
        found = boxes(box_rows(request.POST))
    except InputRefused as refused:
        faults += refused.faults
        found = ()
    if own is not None:
        more += [Redaction(Named(kind), own) for kind in request.POST.getlist("kinds") if kind in KINDS]
        more += [Redaction(each, own) for each in _words(request, faults)]
        more += [Redaction(each, own) for each in found]
    if faults or ground is None:
        raise InputRefused(*faults)
    return Chosen(tuple(numbers(request.POST)), ground, tuple(more), bool(request.POST.get("label")))


def numbers(given: QueryDict) -> list[int]:
    """The proposals that were accepted, by number."""
    return [int(each) for each in given.getlist("proposals") if each.isascii() and each.isdecimal() and len(each) < 6]


def _words(request: HttpRequest, faults: list[InputFault]) -> list[Words]:
    found = []
    for number, line in enumerate(request.POST.get("words", "").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(Words(line.strip()))
        except InputRefused as refused:
            faults += [InputFault(f"遮盖的文字第{number}行", each.wrong, each.valid) for each in refused.faults]
    return found


def _ground(request: HttpRequest, name: str, faults: list[InputFault]) -> Ground | None:
    try:
        return Ground(forms.text(request, name), forms.text(request, f"{name}-reason"))
    except InputRefused as refused:
        faults += refused.faults
        return None
