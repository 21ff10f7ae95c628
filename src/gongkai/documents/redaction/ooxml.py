"""What Word and Excel files share: names, XML read without entities, a package written anew with no date in it."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from gongkai.documents.limits import refuse, too_deep
from gongkai.documents.readers.zipped import member

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V: Final = "{urn:schemas-microsoft-com:vml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = R[1:-1]
_STRICT = b"http://purl.oclc.org/ooxml/"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def parsed(packed: zipfile.ZipFile, path: str, name: str, kind: str) -> Any:
    """The root of a part, without comments and processing instructions. Raises InputRefused."""
    xml = member(packed, path, name, kind)
    if _STRICT in xml:
        raise refuse(name, "是“严格 Open XML”格式，不能处理", f"另存为普通的 {kind} 文件")
    if b"<!DOCTYPE" in xml or "<!DOCTYPE".encode("utf-16-le") in xml or "<!DOCTYPE".encode("utf-16-be") in xml:
        raise refuse(name, "文件里有文档类型定义，疑为恶意文件", f"完整的 {kind} 文件")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        if any("depth" in fault.message for fault in parser.error_log):
            raise too_deep(name) from None
        raise refuse(name, "文件已损坏，读不出正文", f"完整的 {kind} 文件") from None
    return root


def relations(packed: zipfile.ZipFile, path: str, name: str, kind: str) -> dict[str, tuple[str, str]]:
    """Of a part, by id: the last word of the type and the path within the package; links to outside are left out."""
    folder, base = posixpath.split(path)
    beside = f"{folder}/_rels/{base}.rels".lstrip("/")
    if beside not in packed.namelist():
        return {}
    out = {}
    for each in parsed(packed, beside, name, kind):
        target = each.get("Target", "")
        if each.get("TargetMode") != "External" and each.get("Id"):
            whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            out[each.get("Id")] = (each.get("Type", "").rpartition("/")[2], whole)
    return out


def relations_part(targets: Mapping[str, tuple[str, str]]) -> bytes:
    """A part of relationships: by id the last word of the type and the target."""
    rows = "".join(
        f'<Relationship Id={quoteattr(name)} Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for name, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{rows}</Relationships>'.encode()


def packed_anew(parts: Mapping[str, bytes]) -> bytes:
    """A zip of those parts alone, all with the same date, without comments or extra fields."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in parts.items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()


def local(node: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def drop(node: Any) -> None:
    """Take an element out with all that is in it."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def unwrap(node: Any) -> None:
    """Put an element's children in its place."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    for offset, child in enumerate(list(node)):
        parent.insert(at + offset, child)
    parent.remove(node)
