"""A .docx file as HTML: cleaned as for redaction, prepared, converted by mammoth."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import mammoth
from lxml import etree

from gongkai.documents.limits import Budget, refuse, too_deep
from gongkai.documents.readers.zipped import member, open_zip
from gongkai.documents.redaction.docx_cleaning import Cleaner
from gongkai.documents.redaction.docx_pictures import Pictures
from gongkai.documents.redaction.docx_unseen import hidden_styles
from gongkai.documents.redaction.ooxml import HEAD, PACKAGE, R, W, local, packed_anew, parsed, relations
from gongkai.documents.writing.imported import ImportedPicture
from gongkai.documents.writing.word import preparing
from gongkai.documents.writing.word.links import Links, descriptions
from gongkai.documents.writing.word.numbers import Numbers
from gongkai.documents.writing.word.styles import Styles

_KIND: Final = "docx"
_CHANGES: Final = (f"{W}ins", f"{W}del", f"{W}moveFrom")
_PAGE_ONLY: Final = re.compile(r"[\s\d\-–—－·第页共/]*")
_OFFICE: Final = R[1:-1]
_MAP: Final = "\n".join(
    ["u => u"]
    + [
        f"p.{preparing.STYLE}{kind}{align} => {kind}{'.' if align else ''}{align}:fresh"
        for kind in ("p", "h1", "h2", "h3", "h4", "h5", "h6")
        for align in ("", "center", "right")
    ]
    + [
        f"p.{preparing.STYLE}li{depth}{align} => {' > '.join(['ul > li'] * depth)}:fresh"
        for depth in range(1, preparing.DEEPEST_LIST + 1)
        for align in ("", "center", "right")
    ]
)


class Converted:
    """HTML that is not yet clean, the pictures that it names, and counts by kind of what did not come along."""

    def __init__(self) -> None:
        self.html = ""
        self.pictures: dict[str, ImportedPicture] = {}
        self.counts: Counter[str] = Counter()


def convert(data: bytes, name: str) -> Converted:
    """A .docx file. Raises InputRefused."""
    with open_zip(data, name, _KIND) as packed:
        beside = relations(packed, "", name, _KIND)
        main = next((path for kind, path in beside.values() if kind == "officeDocument"), "word/document.xml")
        if main not in packed.namelist():
            raise refuse(name, "文件已损坏，缺少正文", "完整的 docx 文件")
        return _Conversion(packed, name, main).made()


class _Conversion:
    def __init__(self, packed: zipfile.ZipFile, name: str, main: str) -> None:
        self.packed, self.name, self.main = packed, name, main
        self.beside = relations(packed, main, name, _KIND)
        self.out = Converted()
        self.pictures = Pictures(lambda path: member(packed, path, name, _KIND), frozenset(packed.namelist()))

    def made(self) -> Converted:
        root = self._body()
        styles_part = self._part("styles")
        hidden = hidden_styles(styles_part) if styles_part is not None else frozenset()
        styles = Styles(styles_part)
        counts = self.out.counts
        counts["changes"] = sum(local(each.getparent()) not in ("rPr", "trPr") for each in root.iter(*_CHANGES))
        comments = self._part("comments")
        counts["comments"] = len(list(comments.iter(f"{W}comment"))) if comments is not None else 0
        counts["headers"] = int(any(self._is_told(kind) for kind in ("header", "footer")))
        links, described = Links(self._addresses(), hidden), descriptions(root)
        links.mark(root)
        self._clean(root, hidden)
        targets: dict[str, tuple[str, str]] = {}
        counts["boxes"] = preparing.bring_out_boxes(root)
        self.pictures.settle(root, targets, self.beside)
        preparing.simplify_pictures(root, described)
        counts["formulas"] = preparing.write_out_formulas(root)
        preparing.straighten_tables(root)
        counts["contents"] = preparing.write_out_styles(root, styles, Numbers(self._part("numbering"), styles))
        counts["notes"] = preparing.append_notes(root, self._notes(hidden), styles)
        counts["pictures"] = self.pictures.lost
        links.wrap(root)
        self._convert(_package(root, targets, links.addresses, self.pictures.media))
        return self.out

    def _body(self) -> Any:
        root = parsed(self.packed, self.main, self.name, _KIND)
        if root.tag != f"{W}document" or root.find(f"{W}body") is None:
            raise refuse(self.name, "文件已损坏，读不出正文", "完整的 docx 文件")
        budget = Budget(self.name)
        for node in root.iter(f"{W}p", f"{W}tc", f"{W}t"):
            if node.tag == f"{W}tc":
                budget.cell()
            else:
                budget.block() if node.tag == f"{W}p" else budget.cell(len(node.text or ""))
        return root

    def _clean(self, root: Any, hidden: frozenset[str]) -> None:
        runs = sum(1 for _ in root.iter(f"{W}vanish"))
        cleaner = Cleaner(hidden)
        cleaner.clean(root)
        self.out.counts["hidden"] += cleaner.faint + runs
        self.out.counts["objects"] += cleaner.objects

    def _part(self, kind: str) -> Any | None:
        path = next((path for each, path in self.beside.values() if each == kind), "")
        return parsed(self.packed, path, self.name, _KIND) if path in self.packed.namelist() else None

    def _is_told(self, kind: str) -> bool:
        """Whether a header or footer says more than the page."""
        for each, path in self.beside.values():
            if each == kind and path in self.packed.namelist():
                root = parsed(self.packed, path, self.name, _KIND)
                if not _PAGE_ONLY.fullmatch("".join(node.text or "" for node in root.iter(f"{W}t"))):
                    return True
        return False

    def _addresses(self) -> dict[str, str]:
        """Of links to outside, by the id of the relation."""
        folder, base = posixpath.split(self.main)
        path = f"{folder}/_rels/{base}.rels".lstrip("/")
        if path not in self.packed.namelist():
            return {}
        return {each.get("Id", ""): each.get("Target", "") for each in parsed(self.packed, path, self.name, _KIND)
                if each.get("TargetMode") == "External" and each.get("Type", "").endswith("/hyperlink")}  # fmt: skip

    def _notes(self, hidden: frozenset[str]) -> dict[tuple[str, str], Any]:
        out: dict[tuple[str, str], Any] = {}
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s")
            if root is not None:
                self._clean(root, hidden)
                out |= {(f"{kind}Reference", each.get(f"{W}id", "")): each for each in root.iter(f"{W}{kind}")}
        return out

    def _convert(self, package: bytes) -> None:
        try:
            self.out.html = mammoth.convert_to_html(
                BytesIO(package), style_map=_MAP, include_default_style_map=False, include_embedded_style_map=False,
                convert_image=mammoth.images.img_element(self._kept), external_file_access=False,
            ).value  # fmt: skip
        except RecursionError:
            raise too_deep(self.name) from None

    def _kept(self, image: Any) -> dict[str, str]:
        with image.open() as opened:
            content = opened.read()
        digest = hashlib.sha256(content).hexdigest()
        suffix = "jpg" if image.content_type == "image/jpeg" else "png"
        if digest not in self.out.pictures:
            name = f"图{len(self.out.pictures) + 1}.{suffix}"
            self.out.pictures[digest] = ImportedPicture(digest, name, image.content_type, content)
        return {"src": f"attachment:{digest}"}


def _package(root: Any, targets: dict[str, tuple[str, str]], links: list[str], media: dict[str, bytes]) -> bytes:
    """The least that is a Word document."""
    document = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    rows = [f'<Relationship Id={quoteattr(name)} Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
            for name, (kind, target) in targets.items()]  # fmt: skip
    rows += [f'<Relationship Id="link{number}" Type="{_OFFICE}/hyperlink" Target={quoteattr(address)} '
             'TargetMode="External"/>' for number, address in enumerate(links)]  # fmt: skip
    whole = f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">'
    types = "".join(
        f'<Default Extension="{suffix}" ContentType="{kind}"/>'
        for suffix, kind in (("png", "image/png"), ("jpeg", "image/jpeg"), ("xml", "application/xml"))
    )
    start = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    return packed_anew({
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}content-types">{types}</Types>'.encode(),
        "_rels/.rels": f"{whole}{start}</Relationships>".encode(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f"{whole}{''.join(rows)}</Relationships>".encode(),
        **media,
    })  # fmt: skip
