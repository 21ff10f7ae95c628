"""What of a Word document must survive its cleaning and would not: where links lead, what pictures are called."""

from __future__ import annotations

import re
from typing import Any, Final

from gongkai.documents.redaction.ooxml import R, W, local

_FIELD: Final = re.compile(r'\s*HYPERLINK\s+"([^"\\]{1,2000})"')
_MARK: Final = "gklink"


class Links:
    """Marks the runs of links by a character style of their own, and later wraps them again."""

    def __init__(self, targets: dict[str, str], hidden: frozenset[str]) -> None:
        self._targets, self._hidden = targets, hidden
        self.addresses: list[str] = []

    def mark(self, root: Any) -> None:
        """Before the cleaning: links, and fields that lead somewhere."""
        for link in root.iter(f"{W}hyperlink", f"{W}fldSimple"):
            told = _FIELD.match(link.get(f"{W}instr", ""))
            address = self._targets.get(link.get(f"{R}id", ""), "") or (told[1] if told else "")
            if address:
                self._name(link.iter(f"{W}r"), address)
        self._mark_fields(root)

    def _mark_fields(self, root: Any) -> None:
        fields: list[tuple[list[str], list[Any]]] = []  # the command and the runs of each open field
        over: list[bool] = []
        for run in root.iter(f"{W}r"):
            for node in run:
                kind = node.get(f"{W}fldCharType") if local(node) == "fldChar" else None
                if kind == "begin":
                    fields.append(([], []))
                    over.append(False)
                elif kind == "separate" and fields:
                    over[-1] = True
                elif kind == "end" and fields:
                    command, runs = fields.pop()
                    over.pop()
                    told = _FIELD.match("".join(command))
                    if told:
                        self._name(runs, told[1])
                elif fields and local(node) == "instrText":
                    fields[-1][0].append(node.text or "")
                elif fields and over[-1]:
                    fields[-1][1].append(run)

    def _name(self, runs: Any, address: str) -> None:
        self.addresses.append(address)
        for run in runs:
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = run.makeelement(f"{W}rPr")
                run.insert(0, properties)
            style = properties.find(f"{W}rStyle")
            if style is None:
                style = properties.makeelement(f"{W}rStyle")
                properties.insert(0, style)
            if style.get(f"{W}val") not in self._hidden:
                style.set(f"{W}val", f"{_MARK}{len(self.addresses) - 1}")

    def wrap(self, root: Any) -> None:
        """After the cleaning: neighbours with one mark stand in one link."""
        for run in list(root.iter(f"{W}r")):
            style = run.find(f"{W}rPr/{W}rStyle")
            mark = style.get(f"{W}val", "") if style is not None else ""
            if not re.fullmatch(rf"{_MARK}\d+", mark):
                continue
            before = run.getprevious()
            name = f"link{mark.removeprefix(_MARK)}"
            if before is None or before.tag != f"{W}hyperlink" or before.get(f"{R}id") != name:
                link = run.makeelement(f"{W}hyperlink", {f"{R}id": name})
                run.addprevious(link)
                before = link
            before.append(run)


def descriptions(root: Any) -> list[tuple[Any, str]]:
    """The drawings that have a description, and it."""
    return [(node, text) for node in root.iter() if local(node) == "docPr" and (text := node.get("descr", "").strip())]
