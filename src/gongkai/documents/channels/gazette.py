"""政府公报: an issue as an archival, accessible PDF (PDF/A-3a, PDF/UA-1), set by typst from data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst
from PIL import Image

from gongkai.documents.annual_report.render.pdf_format import MADE, STANDARDS, fonts, unshown, without_font
from gongkai.documents.channels.gazette_text import text_data
from gongkai.documents.channels.item import ChannelItem, chinese_day, withdrawal_notice
from gongkai.documents.channels.texts import line, none_given
from gongkai.documents.letters.letter import lines_of
from gongkai.statute.primitives import InputFault, InputRefused

TITLE_LINE: Final = 18
"""Characters of a line of a document's title; 22 points on 156 mm take twenty."""
NAME_LINE: Final = 11
"""Characters of a line of the gazette's name on the cover."""
_KINDS: Final[Mapping[str, str]] = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
_MODES: Final = frozenset({"1", "L", "P", "RGB", "RGBA"})
"""Others, such as those of print, have no place in PDF/A without a profile of their colours."""
_MOST_PIXELS: Final = 60_000_000
_WITHDRAWN: Final = "撤回的政府信息"


@dataclass(frozen=True, slots=True)
class GazetteIssue:
    """`pictures`: the bytes of the texts' pictures by their digests; a picture that is not there is told by words."""

    name: str
    body_name: str
    year: int
    number: int
    issued_on: date
    items: tuple[ChannelItem, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def gazette_pdf(issue: GazetteIssue) -> bytes:
    """Fonts embedded, nothing fetched; equal issues give equal bytes. A character without a font is refused."""
    if not issue.items:
        raise none_given("公报")
    with TemporaryDirectory() as folder:
        (Path(folder) / "gazette.typ").write_bytes(resources.files(__package__).joinpath("gazette.typ").read_bytes())
        data = _data(issue, _laid_out(issue.pictures, Path(folder)))
        try:
            made = typst.compile(
                str(Path(folder) / "gazette.typ"),
                root=folder,
                font_paths=fonts(),
                format="pdf",
                sys_inputs={"issue": json.dumps(data, ensure_ascii=False)},
                pdf_standards=[*STANDARDS],
                timestamp=MADE,
            )
        except typst.TypstError as fault:
            raise _refusal(issue, fault) from None
    assert isinstance(made, bytes)  # noqa: S101  (one document, one file)
    return made


def _refusal(issue: GazetteIssue, fault: typst.TypstError) -> Exception:
    """Names the items in which the character stands: of an issue, somebody has to find it."""
    signs = unshown(fault)
    faults = [
        InputFault(f"《{line(item.title)}》", f"有本机字体里没有的字“{sign}”（U+{ord(sign):04X}）", "有字体的字")
        for item in issue.items
        for sign in signs
        if sign in item.title + item.html + item.text + item.document_number
    ]
    return InputRefused(*faults) if faults else without_font(fault)


def _laid_out(pictures: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """The files that typst may show, by digest; what is no whole picture is left to its words."""
    out: dict[str, str] = {}
    for number, (digest, data) in enumerate(pictures.items(), 1):
        try:
            with Image.open(BytesIO(data)) as picture:
                kind = _KINDS.get(picture.format or "")
                if kind is None or picture.width * picture.height > _MOST_PIXELS:
                    continue
                picture.load()
                if picture.mode not in _MODES:
                    kind, buffer = "jpg", BytesIO()
                    picture.convert("RGB").save(buffer, "JPEG", quality=90)
                    data = buffer.getvalue()
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            continue
        out[digest] = f"{number}.{kind}"
        (folder / out[digest]).write_bytes(data)
    return out


def _data(issue: GazetteIssue, files: Mapping[str, str]) -> dict[str, Any]:
    name, body = line(issue.name), line(issue.body_name)
    shown = [each for each in issue.items if not each.withdrawn]
    return {
        "name": name,
        "name_lines": lines_of(name, NAME_LINE),
        "body": body,
        "year": str(issue.year),
        "number": str(issue.number),
        "day": chinese_day(issue.issued_on),
        "items": [_item(each, files) for each in shown],
        "withdrawn_title": _WITHDRAWN,
        "withdrawn": [f"{withdrawal_notice(each)}（{each.address}）" for each in issue.items if each.withdrawn],
    }


def _item(item: ChannelItem, files: Mapping[str, str]) -> dict[str, Any]:
    title = line(item.title) + ("（更正）" if item.corrected else "")
    return {
        "title": title,
        "title_lines": lines_of(title, TITLE_LINE, line(item.body_name)),
        "number": line(item.document_number),
        "facts": _facts(item),
        "blocks": text_data(item, files),
        "attachments": [line(each.name) for each in item.attachments if not _in_text(item, each.digest)],
        "address": item.address,
    }


def _facts(item: ChannelItem) -> list[tuple[str, str]]:
    told: Sequence[tuple[str, str]] = (
        ("索引号", line(item.index_number)), ("发布机构", line(item.body_name)),
        ("成文日期", chinese_day(item.formed_on)), ("公开日期", chinese_day(item.published_on)),
        ("有效性", line(item.validity)),
    )  # fmt: skip
    return [each for each in told if each[1]]


def _in_text(item: ChannelItem, digest: str) -> bool:
    return f"attachment:{digest}" in item.html
