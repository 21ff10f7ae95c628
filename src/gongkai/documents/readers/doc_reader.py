"""Old Word and WPS documents (.doc, .wps, .rtf, .odt): LibreOffice makes a docx of them, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath

from gongkai.documents.blocks import Document
from gongkai.documents.limits import LARGEST_FILE, refuse
from gongkai.documents.readers.docx_reader import read_docx

SECONDS = 50
_SUFFIXES = (".doc", ".wps", ".rtf", ".odt", ".wpt", ".dot")


def read_doc(data: bytes, name: str) -> Document:
    """A .doc, .wps, .rtf or .odt file, by way of docx. Raises InputRefused where LibreOffice is not installed."""
    return read_docx(as_docx(data, name), name)


def as_docx(data: bytes, name: str) -> bytes:
    """The docx that LibreOffice makes of it. Raises InputRefused where it is not installed."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise refuse(name, "读取旧式 Word、WPS 文件需要安装 LibreOffice，本机没有", "另存为 docx 的文件")
    with tempfile.TemporaryDirectory(prefix="gongkai-doc-") as folder:
        return _converted(office, data, name, Path(folder))


def _converted(office: str, data: bytes, name: str, folder: Path) -> bytes:
    """The docx; in a private profile, so that several may run at once and no macro or template is found."""
    suffix = PurePath(name).suffix.lower()
    source = folder / f"in{suffix if suffix in _SUFFIXES else '.doc'}"
    source.write_bytes(data)
    command = [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=folder)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise refuse(name, f"转换了 {SECONDS} 秒还没有完成，已停止", "另存为 docx 的文件") from None
    made = folder / "in.docx"
    if not made.exists() or made.stat().st_size > LARGEST_FILE:
        raise refuse(name, "文件已损坏或者设了密码，不能转换", "另存为 docx 的文件")
    return made.read_bytes()
