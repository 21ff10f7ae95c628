"""The report as an archival, accessible PDF: typst sets it from data; no text is ever part of a program."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst

from gongkai.documents.annual_report.render.draft import OPINIONS, Block, Draft, Heading, Paragraph, Run, mark_sign
from gongkai.statute.primitives import InputFault, InputRefused

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
_UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
MADE = 946684800
"""2000-01-01 in seconds: stands for the time of making, so that the same report gives the same bytes."""


def to_pdf(draft: Draft) -> bytes:
    """PDF/A-3a and PDF/UA-1, its fonts embedded; nothing is fetched from a network."""
    template = resources.files(__package__).joinpath("report.typ").read_bytes()
    try:
        made = typst.compile(
            template,
            font_paths=fonts(),
            format="pdf",
            sys_inputs={"report": json.dumps(_data(draft), ensure_ascii=False)},
            pdf_standards=[*STANDARDS],
            timestamp=MADE,
        )
    except typst.TypstError as fault:
        raise without_font(fault) from None
    assert isinstance(made, bytes)  # noqa: S101  (one document, one file)
    return made


def without_font(fault: typst.TypstError) -> Exception:
    """A character that no font has may not stand in an archival file: the refusal names it."""
    found = unshown(fault)
    if not found:
        return fault
    signs = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in found)
    wrong = f"正文中的{signs}没有字体可以显示，不能写进存档的 PDF"
    return InputRefused(InputFault("PDF", wrong, "本机字体里有的字"))


def unshown(fault: typst.TypstError) -> tuple[str, ...]:
    """The characters that no font has, where that is the fault."""
    found = _UNSHOWN.search(str(fault))
    return tuple(sign for sign in dict.fromkeys(found[1]) if ord(sign) > 0x20) if found else ()


@cache
def fonts() -> typst.Fonts:
    """The fonts of the machine (仿宋, 楷体, 方正小标宋 where it has them) and Noto behind them; found once."""
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(folder)])


def _data(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "title_tail": draft.title_tail,
        "title_signs": _signs(draft.title_marks),
        "agency": draft.agency,
        "blocks": [_block(draft, block) for block in draft.blocks],
        "opinions_heading": OPINIONS,
        "opinions": [
            {
                "number": str(o.number),
                "sign": mark_sign(o.number),
                "severity": o.severity,
                "word": o.word,
                "sentence": o.sentence,
                "more": [
                    f"{name}：{text}"
                    for name, text in (("相差", o.difference), ("建议", o.advice), ("依据", o.cite))
                    if text
                ],
            }
            for o in draft.opinions
        ],
    }


def _signs(numbers: tuple[int, ...]) -> list[dict[str, str]]:
    return [{"number": str(number), "sign": mark_sign(number)} for number in numbers]


def _block(draft: Draft, block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {
            "kind": "heading",
            "level": block.level,
            "part": block.part,
            "text": block.text,
            "signs": _signs(block.marks),
        }
    if isinstance(block, Paragraph):
        return {"kind": "prose", "runs": [_run(draft, run) for run in block.runs]}
    rows: list[list[dict[str, Any]]] = [[] for _ in block.grid.rows]
    for down, across, cell in block.grid.placed():
        marks = block.marks.get((down, across), ())
        rows[down].append(
            {
                "text": cell.text,
                "role": cell.role,
                "colspan": cell.colspan,
                "rowspan": cell.rowspan,
                "severity": draft.gravity(marks) if marks else "",
                "signs": _signs(marks),
            }
        )
    return {
        "kind": "table",
        "code": block.grid.table,
        "title": block.grid.title,
        "widths": list(block.grid.widths),
        "header_rows": block.grid.header_rows,
        "rows": rows,
    }


def _run(draft: Draft, run: Run) -> dict[str, Any]:
    return {"text": run.text, "severity": draft.gravity(run.on) if run.on else "", "signs": _signs(run.ends)}
