"""Word documents: the parts that a reader sees, cleaned, in a package that is written anew.

Nothing is carried over that is not named here: no properties, comments, custom XML, embedded files, fonts, macros,
settings of the session, thumbnails.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from gongkai.documents.limits import refuse
from gongkai.documents.readers.zipped import member, open_zip
from gongkai.documents.redaction.docx_cleaning import Cleaner, clean_definitions
from gongkai.documents.redaction.docx_pictures import Pictures
from gongkai.documents.redaction.docx_unseen import drop_orphan_notes, drop_unused_headers, hidden_styles
from gongkai.documents.redaction.docx_words import hide, hide_in_values, passages
from gongkai.documents.redaction.model import Applied, Box, Redaction
from gongkai.documents.redaction.ooxml import PACKAGE, R, W, drop, packed_anew, parsed, relations, relations_part
from gongkai.statute.primitives import InputFault, InputRefused

_STORIES: Final = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_DEFINITIONS: Final = ("styles", "numbering", "theme", "settings")
_SETTINGS: Final = frozenset(
    {"evenAndOddHeaders", "mirrorMargins", "defaultTabStop", "characterSpacingControl", "footnotePr", "endnotePr",
     "compat", "autoHyphenation", "themeFontLang", "clrSchemeMapping", "gutterAtTop", "noLineBreaksAfter",
     "noLineBreaksBefore", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing"}
)  # fmt: skip
_TYPE = "application/vnd.openxmlformats-officedocument."
_MEDIA: Final = {"png": "image/png", "jpeg": "image/jpeg"}


@dataclass
class Part:
    """A part that stays: its kind as relations name it, its tree, and its own relations by id."""

    kind: str
    path: str
    root: Any
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Cleaned:
    """A Word document without anything hidden, before words are taken out of it."""

    parts: list[Part]
    media: dict[str, bytes]
    notices: list[InputFault]

    def stories(self) -> list[tuple[str, Part]]:
        """The parts with running text and their names; the body's is empty."""
        named = _STORIES | {"officeDocument": ""}
        return [(named[part.kind], part) for part in self.parts if part.kind in named]


def redact_docx(
    data: bytes, name: str, redactions: Sequence[Redaction], label: bool
) -> tuple[bytes, list[Applied], list[InputFault]]:
    """The new file, what was hidden, what to look at. Boxes have no place in flowing text: refused."""
    faults = [
        InputFault(f"{name} 第{number}项", "Word 文件没有固定的版面，不能用方框", "遮盖的文字，或者先转成 PDF 再画方框")
        for number, each in enumerate(redactions, 1)
        if isinstance(each.what, Box)
    ]
    if faults:
        raise InputRefused(*faults)
    cleaned = clean_docx(data, name)
    applied: list[Applied] = []
    for story, part in cleaned.stories():
        for passage in list(passages(part.root, story)):
            applied += hide(passage, redactions, label)
    for part in cleaned.parts:
        applied += hide_in_values(part.root, redactions, _STORIES.get(part.kind, "正文"))
    return written(cleaned), applied, cleaned.notices


def clean_docx(data: bytes, name: str) -> Cleaned:
    """The document's visible parts. Raises InputRefused."""
    with open_zip(data, name, "docx") as packed:
        main = next(
            (path for kind, path in relations(packed, "", name, "docx").values() if kind == "officeDocument"), ""
        )
        if main not in packed.namelist():
            raise refuse(name, "文件已损坏，缺少正文", "完整的 docx 文件")
        return _Cleaning(packed, name).whole(main)


class _Cleaning:
    def __init__(self, packed: zipfile.ZipFile, name: str) -> None:
        self.packed, self.name = packed, name
        self.pictures = Pictures(lambda path: member(packed, path, name, "docx"), frozenset(packed.namelist()))

    def whole(self, main: str) -> Cleaned:
        root = parsed(self.packed, main, self.name, "docx")
        body = root.find(f"{W}body")
        if root.tag != f"{W}document" or body is None:
            raise refuse(self.name, "文件已损坏，读不出正文", "完整的 docx 文件")
        beside = relations(self.packed, main, self.name, "docx")
        definitions = self._definitions(beside)
        styles, settings = (
            next((part.root for part in definitions if part.kind == kind), None) for kind in ("styles", "settings")
        )
        drop_unused_headers(root, settings)
        cleaner = Cleaner(hidden_styles(styles) if styles is not None else frozenset())
        for part in definitions:
            clean_definitions(part.root)
        document = Part("officeDocument", "word/document.xml", root)
        stories = [document, *self._stories(document, beside)]
        story_targets = self._story_targets(stories, beside)
        for part in stories:
            cleaner.clean(part.root)
        for part in stories:
            if part.kind in ("footnotes", "endnotes"):
                drop_orphan_notes(part.kind, part.root, [each.root for each in stories if each is not part])
        for part, targets in zip(stories, story_targets, strict=True):
            self.pictures.settle(part.root, part.targets, targets)
        for part in definitions:
            document.targets[f"rId{len(document.targets) + 1}"] = (part.kind, posixpath.relpath(part.path, "word"))
        return Cleaned([*stories, *definitions], self.pictures.media, self._notices(cleaner))

    def _definitions(self, beside: dict[str, tuple[str, str]]) -> list[Part]:
        out: list[Part] = []
        for kind, path in beside.values():
            known = kind in _DEFINITIONS and path in self.packed.namelist() and all(kind != part.kind for part in out)
            if not known:
                continue
            root = parsed(self.packed, path, self.name, "docx")
            if kind == "settings":
                for child in list(root):
                    if not (isinstance(child.tag, str) and child.tag.rpartition("}")[2] in _SETTINGS):
                        drop(child)
            # a theme may be filled with pictures, which would be relations of its own
            if kind != "theme" or not relations(self.packed, path, self.name, "docx"):
                out.append(Part(kind, f"word/{kind}1.xml", root))
        return out

    def _stories(self, document: Part, beside: dict[str, tuple[str, str]]) -> list[Part]:
        """Headers and footers that a section names, and the notes; their relations are those of the new package."""
        self._sources = {id(document): ""}
        out: list[Part] = []
        for number, (old, (kind, path)) in enumerate(beside.items(), 1):
            if kind not in _STORIES or path not in self.packed.namelist():
                continue
            part = Part(kind, f"word/{kind}{number}.xml", parsed(self.packed, path, self.name, "docx"))
            new = f"rId{len(document.targets) + 1}"
            named = document.root.xpath("//*[local-name()='headerReference' or local-name()='footerReference']")
            users = [each for each in named if each.get(f"{R}id") == old]
            if kind in ("header", "footer") and not users:
                continue
            for each in users:
                each.set(f"{R}id", f"new:{new}")
            document.targets[new] = (kind, posixpath.basename(part.path))
            self._sources[id(part)] = path
            out.append(part)
        for each in document.root.xpath("//*[local-name()='headerReference' or local-name()='footerReference']"):
            if not each.get(f"{R}id", "").startswith("new:"):
                drop(each)
            else:
                each.set(f"{R}id", each.get(f"{R}id")[4:])
        return out

    def _story_targets(
        self, stories: list[Part], beside: dict[str, tuple[str, str]]
    ) -> list[dict[str, tuple[str, str]]]:
        return [
            beside if part.kind == "officeDocument"
            else relations(self.packed, self._sources[id(part)], self.name, "docx")
            for part in stories
        ]  # fmt: skip

    def _notices(self, cleaner: Cleaner) -> list[InputFault]:
        out = []
        if self.pictures.media:
            count = len(self.pictures.media)
            out.append(
                InputFault(self.name, f"有图片 {count} 张，图片里的文字没有查找", "转成 PDF 后逐页看过，用方框遮盖")
            )
        if self.pictures.lost or cleaner.objects:
            count = self.pictures.lost + cleaner.objects
            out.append(
                InputFault(self.name, f"有图表、嵌入的对象或者打不开的图片 {count} 个，没有带出", "转成 PDF 后处理")
            )
        if cleaner.floating:
            count = cleaner.floating
            out.append(InputFault(self.name, f"有浮动的图形 {count} 个，盖在下面的文字还在", "转成 PDF 后处理"))
        if cleaner.faint:
            out.append(InputFault(self.name, f"有看不见的文字（白字、极小的字、涂黑的字）{cleaner.faint} 处，没有带出"))
        return out


def written(cleaned: Cleaned) -> bytes:
    """The package."""
    parts: dict[str, bytes] = {"[Content_Types].xml": _content_types(cleaned)}
    parts["_rels/.rels"] = relations_part({"rId1": ("officeDocument", "word/document.xml")})
    for part in cleaned.parts:
        etree.cleanup_namespaces(part.root)
        parts[part.path] = etree.tostring(part.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if part.targets:
            folder, base = posixpath.split(part.path)
            parts[f"{folder}/_rels/{base}.rels"] = relations_part(part.targets)
    return packed_anew(parts | cleaned.media)


def _content_types(cleaned: Cleaned) -> bytes:
    rows = [f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in _MEDIA.items()]
    rows.append('<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>')
    for part in cleaned.parts:
        kind = f"{_TYPE}wordprocessingml.{part.kind}+xml"
        if part.kind == "officeDocument":
            kind = f"{_TYPE}wordprocessingml.document.main+xml"
        elif part.kind == "theme":
            kind = f"{_TYPE}theme+xml"
        rows.append(f'<Override PartName="/{part.path}" ContentType="{kind}"/>')
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}content-types">{"".join(rows)}</Types>'.encode()
    )
