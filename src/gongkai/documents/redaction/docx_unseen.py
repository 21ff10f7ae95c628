"""What stands in a Word document and is seen by nobody: hidden, white, covered in black, merged away, on no page."""

from __future__ import annotations

import re
from typing import Any, Final

from gongkai.documents.redaction.ooxml import W, drop, local

OFF: Final = ("0", "false", "off")
_WHITE = re.compile("[fF][0-9A-Fa-f]" * 3)
_BLACK = re.compile("[0-2][0-9A-Fa-f]" * 3)
_NOTES: Final = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}


def on(properties: Any, name: str) -> bool:
    mark = properties.find(f"{W}{name}")
    return mark is not None and mark.get(f"{W}val") not in OFF


def hidden_styles(styles: Any) -> frozenset[str]:
    """The ids of the styles whose text is hidden, by themselves or by the style they rest on."""
    own: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        mark = style.find(f"{W}rPr/{W}vanish")
        if mark is not None:
            own[name] = mark.get(f"{W}val") not in OFF
        parent = style.find(f"{W}basedOn")
        if parent is not None:
            based[name] = parent.get(f"{W}val", "")
    out = set()
    for name in {*own, *based}:
        at, seen = name, set()
        while at not in own and at in based and at not in seen:
            seen.add(at)
            at = based[at]
        if own.get(at):
            out.add(name)
    # paragraphs that name no style have this one
    usual = next((each for each in styles.iter(f"{W}style") if each.get(f"{W}default") in ("1", "true", "on")
                  and each.get(f"{W}type") == "paragraph"), None)  # fmt: skip
    if usual is not None and usual.get(f"{W}styleId") in out:
        out.add("")
    return frozenset(out)


def faint(properties: Any, run: Any) -> bool:
    """White letters on no colour, and letters of two points and less: nobody has seen them."""
    size = properties.find(f"{W}sz")
    if size is not None and size.get(f"{W}val", "99").isdigit() and int(size.get(f"{W}val")) <= 4:
        return True
    colour = properties.find(f"{W}color")
    if colour is None or not _WHITE.fullmatch(colour.get(f"{W}val", "")):
        return False
    for above in (run, *run.iterancestors()):
        if local(above) == "txbxContent":
            return False
        grounds = [above.find(f"{W}{kind}/{W}shd") for kind in ("rPr", "pPr", "tcPr", "tblPr")]
        if any(ground is not None and _coloured(ground.get(f"{W}fill", "auto")) for ground in grounds):
            return False
        if above.find(f"{W}rPr/{W}highlight") is not None or above.find(f"{W}tblPr/{W}tblStyle") is not None:
            return False
    return True


def covered(properties: Any) -> bool:
    """Black letters marked or shaded in black: somebody hid them by hand, and they can be copied all the same."""
    colour = properties.find(f"{W}color")
    letters = colour.get(f"{W}val", "auto") if colour is not None else "auto"
    highlight, shade = properties.find(f"{W}highlight"), properties.find(f"{W}shd")
    if highlight is not None and highlight.get(f"{W}val") == "black":
        return letters == "auto" or bool(_BLACK.fullmatch(letters))
    # letters of automatic colour turn white on black shading, and are read
    return shade is not None and bool(_BLACK.fullmatch(shade.get(f"{W}fill", "")) and _BLACK.fullmatch(letters))


def empty_merged_cells(root: Any) -> None:
    """A cell that another one covers, or that was deleted, shows nothing of what it holds."""
    for cell in list(root.iter(f"{W}tc")):
        properties = cell.find(f"{W}tcPr")
        if properties is None:
            continue
        merges = [properties.find(f"{W}{name}") for name in ("vMerge", "hMerge")]
        gone = any(each is not None and each.get(f"{W}val") != "restart" for each in merges)
        if gone or properties.find(f"{W}cellDel") is not None:
            for child in list(cell):
                if child is not properties:
                    drop(child)
            cell.append(cell.makeelement(f"{W}p"))


def drop_unused_headers(root: Any, settings: Any | None) -> None:
    """Headers of first and of even pages, where no section and no setting has such pages."""
    used = {"default"}
    if any(each.get(f"{W}val") not in OFF for each in root.iter(f"{W}titlePg")):
        used.add("first")
    if settings is not None and on(settings, "evenAndOddHeaders"):
        used.add("even")
    for each in list(root.iter(f"{W}headerReference", f"{W}footerReference")):
        if each.get(f"{W}type", "default") not in used:
            drop(each)


def drop_orphan_notes(kind: str, notes: Any, stories: list[Any]) -> None:
    """Notes that no text refers to any more; the lines that part notes from text are none."""
    used = {each.get(f"{W}id") for story in stories for each in story.iter(f"{W}{_NOTES[kind]}")}
    for note in list(notes):
        if note.get(f"{W}id") not in used and note.get(f"{W}type", "normal") == "normal":
            drop(note)


def _coloured(fill: str) -> bool:
    return fill.lower() != "auto" and not _WHITE.fullmatch(fill)
