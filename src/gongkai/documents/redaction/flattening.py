"""A Word or Excel file as a PDF of what is seen, for those who want to draw boxes; by LibreOffice, where installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath

from gongkai.documents.formats import detect
from gongkai.documents.limits import LARGEST_FILE, refuse
from gongkai.documents.redaction.docx_package import clean_docx
from gongkai.documents.redaction.docx_package import written as docx_written
from gongkai.documents.redaction.xlsx_sheets import clean_xlsx
from gongkai.documents.redaction.xlsx_sheets import written as xlsx_written

SECONDS = 60
_OLD = (".doc", ".wps", ".rtf", ".odt", ".wpt", ".dot")
_TO_DOCX, _TO_PDF = "docx:MS Word 2007 XML", "pdf"


def as_pdf(data: bytes, name: str) -> tuple[bytes, str]:
    """The PDF and its name. Hidden text, comments and changes are taken out before, so that none is printed.

    The PDF still has to be redacted. Raises InputRefused where LibreOffice is not installed.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise refuse(name, "转成 PDF 需要安装 LibreOffice，本机没有", "自行转成 PDF 的文件")
    kind = detect(data, name)
    if kind == "doc":
        suffix = PurePath(name).suffix.lower()
        data = _converted(office, data, name, suffix if suffix in _OLD else ".doc", _TO_DOCX)
        kind = "docx"
    if kind == "docx":
        clean, suffix = docx_written(clean_docx(data, name)), ".docx"
    elif kind == "xlsx":
        clean, suffix = xlsx_written(clean_xlsx(data, name)[0]), ".xlsx"
    else:
        raise refuse(name, "不是 Word 或者 Excel 文件", "doc、wps、docx 或 xlsx 文件")
    return _converted(office, clean, name, suffix, _TO_PDF), f"{PurePath(name).stem}.pdf"


def _converted(office: str, data: bytes, name: str, suffix: str, to: str) -> bytes:
    """In a private profile, so that several may run at once and no macro or template is found."""
    with tempfile.TemporaryDirectory(prefix="gongkai-redaction-") as place:
        folder = Path(place)
        source = folder / f"in{suffix}"
        source.write_bytes(data)
        command = [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", to, "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=folder)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise refuse(name, f"转换了 {SECONDS} 秒还没有完成，已停止", "自行转成 PDF 的文件") from None
        made = folder / "out" / f"in.{to.partition(':')[0]}"
        if not made.exists() or made.stat().st_size > LARGEST_FILE:
            raise refuse(name, "文件已损坏或者设了密码，不能转换", "自行转成 PDF 的文件")
        return made.read_bytes()
