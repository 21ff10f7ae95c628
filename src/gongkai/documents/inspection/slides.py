"""Slides: their text, hidden slides, the speaker's notes, comments."""

from __future__ import annotations

import re
from typing import Final

from gongkai.documents.inspection import package
from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.readers.zipped import open_zip
from gongkai.documents.redaction.ooxml import A, local, parsed
from gongkai.statute.inspection.model import Layer

_KIND: Final = "pptx"
_PART = re.compile(r"ppt/(slides|notesSlides)/[A-Za-z]+(\d+)\.xml")
_OTHERS: Final = ("ppt/comments/", "ppt/commentAuthors", "ppt/charts/", "ppt/diagrams/", "customXml/")


def gather_slides(data: bytes, name: str, gathering: Gathering) -> None:
    """A .pptx file."""
    with open_zip(data, name, _KIND) as packed:
        found = [(match, path) for path in packed.namelist() if (match := _PART.fullmatch(path))]
        notes = 0
        for match, path in sorted(found, key=lambda each: (each[0][1] == "notesSlides", int(each[0][2]))):
            root = parsed(packed, path, name, _KIND)
            is_note = match[1] == "notesSlides"
            unseen = not is_note and root.get("show") in ("0", "false")
            layer: Layer = "comment" if is_note else "hidden" if unseen else "shown"
            place = f"幻灯片{match[2]}{'的备注' if is_note else '（隐藏）' if unseen else ''}"
            paragraphs = ["".join(node.text or "" for node in each.iter(f"{A}t")) for each in root.iter(f"{A}p")]
            for number, text in enumerate(paragraphs, 1):
                # a page of notes without notes holds the number of the slide alone
                if not (is_note and text.strip().isdigit() and len(text.strip()) < 4):
                    gathering.passage(f"{place}第{number}段", text, layer)
                    notes += is_note and bool(text.strip())
            for row in (each for each in root.iter() if local(each) == "hlinkClick"):
                target = package.external_targets(packed, path, name, _KIND).get(_relation(row.attrib), "")
                gathering.link(place, target)
            if unseen:
                gathering.notice("hidden_slide", place)
        if notes:
            gathering.notice("comments", "演讲者备注", f"{notes}段")
        package.properties(packed, name, _KIND, gathering)
        package.pictures(packed, name, _KIND, gathering)
        package.embedded(packed, name, _KIND, gathering)
        package.other_parts(packed, name, _KIND, _OTHERS, gathering)


def _relation(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith("}id")), "")
