"""How much memory reading takes at most: the largest file accepted of each format, each in a process of its own.

    python benchmarks/report_memory.py

The peak is the process's own, libraries included; `baseline` is the same process reading one short line. It is VmHWM of
/proc and not ru_maxrss, which a process takes over from the one that started it.
Old Word goes through LibreOffice, whose peak stands beside that of the reading. Only formats that can be made here are
measured.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from gongkai.documents.limits import LARGEST_FILE, MEGABYTE, MOST_BLOCKS, MOST_CELLS, MOST_CHARACTERS, MOST_PAGES

LINE = "青澜县水利局主动公开政府信息，依法答复申请，规范信息的审核、发布和更新，按期完成。"
CHILD = """
import resource, sys
from gongkai.documents.annual_report import read
from gongkai.statute.primitives import InputRefused
data = sys.stdin.buffer.read()
try:
    read(data, sys.argv[1])
    ended = "read"
except InputRefused as refused:
    ended = str(refused)
status = open("/proc/self/status").read()
own = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, ended)
"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lines() -> Iterator[str]:
    """As many paragraphs as are accepted, of all the characters that are accepted."""
    most = MOST_BLOCKS - 100
    length = MOST_CHARACTERS // most - 1
    text = (LINE * (length // len(LINE) + 1))[:length]
    return (text for _ in range(most))


def txt() -> bytes:
    """All characters and paragraphs accepted, cut to the largest file."""
    return "\n".join(lines()).encode()[: LARGEST_FILE - 2].decode(errors="ignore").encode()


def html() -> bytes:
    """As text, in marked-up paragraphs, with a table of half of the cells accepted."""
    rows = "<tr>" + "<td>1</td>" * 10 + "</tr>"
    table = f"<table>{rows * (MOST_CELLS // 20)}</table>"
    head = f"<html><head><meta charset=utf-8></head><body>{table}"
    prose = "".join(f"<p><span>{text}</span></p>" for text in lines()).encode()
    return head.encode() + prose[: LARGEST_FILE - len(head.encode())].decode(errors="ignore").encode()


def docx() -> bytes:
    """Paragraphs of several runs, as much XML as one part may hold, with a table of 1,000 rows."""
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl>{f'<w:tr>{cell * 10}</w:tr>' * 1000}</w:tbl>"
    paragraphs = (
        f"<w:p><w:r><w:t>{number}{LINE}</w:t></w:r><w:r><w:t>{LINE * 5}</w:t></w:r></w:p>" for number in range(45_000)
    )
    return _packed("word/document.xml", f"<w:document {W}><w:body>{table}{''.join(paragraphs)}</w:body></w:document>")


def docx_of_marks() -> bytes:
    """Nearly nothing but elements, as many as one part may hold."""
    runs = "".join(f"<w:r><w:t>{number % 10}</w:t></w:r>" for number in range(100))
    paragraphs = "".join(f"<w:p><w:r><w:t>{number}</w:t></w:r>{runs}</w:p>" for number in range(20_000))
    return _packed("word/document.xml", f"<w:document {W}><w:body>{paragraphs}</w:body></w:document>")


def html_of_marks() -> bytes:
    """Nearly nothing but elements, as many as the largest file holds."""
    return b"<html><body>" + b"<b></b>" * (LARGEST_FILE // 7 - 10)


def doc() -> bytes:
    """A Word document of 3,000 paragraphs turned into the old format."""
    body = "".join(f"<w:p><w:r><w:t>{number}{LINE}</w:t></w:r></w:p>" for number in range(3000))
    small = _packed("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>", office=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        source.write_bytes(small)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
        )
        return (Path(folder) / "a.doc").read_bytes()


def xlsx() -> bytes:
    """All cells accepted, each another number."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(MOST_CELLS // 10):
        sheet.append([number * 10 + column for column in range(10)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def pdf() -> bytes:
    """All pages accepted, each of 35 lines and a ruled table."""
    import typst

    source = f"""
#set page(paper: "a4")
#for page in range({MOST_PAGES}) {{
  for line in range(25) [{LINE} \\ ]
  table(columns: 10, ..range(60).map(n => str(page * 60 + n)))
  if page < {MOST_PAGES - 1} {{ pagebreak() }}
}}"""
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def json() -> bytes:
    """A report whose prose fills the largest file."""
    head, tail = '{"form": "2021", "narrative": {"problems": "', '"}}'
    room = (LARGEST_FILE - len(head) - len(tail)) // len(LINE.encode())
    return (head + LINE * room + tail).encode()


def _packed(path: str, xml: str, *, office: bool = False) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        if office:
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            packed.writestr(
                "[Content_Types].xml",
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/{path}" ContentType="{kind}"/></Types>',
            )
            packed.writestr(
                "_rels/.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="r1" Target="{path}" Type="http://schemas.openxmlformats.org/'
                'officeDocument/2006/relationships/officeDocument"/></Relationships>',
            )
        packed.writestr(path, xml)
    return out.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "baseline": lambda: LINE.encode(),
    "txt": txt,
    "md": txt,
    "html": html,
    "html of nothing but marks": html_of_marks,
    "docx": docx,
    "docx of nothing but marks": docx_of_marks,
    "doc": doc,
    "xlsx": xlsx,
    "pdf": pdf,
    "json": json,
}


def measure(kind: str, data: bytes) -> tuple[int, int, str]:
    """(peak of the reading process, of its children, how it ended), in MB."""
    name = f"a.{'txt' if kind == 'baseline' else kind.split()[0]}"
    ended = subprocess.run([sys.executable, "-c", CHILD, name], input=data, capture_output=True, check=True)
    own, children, words = ended.stdout.decode().strip().split(" ", 2)
    return int(own), int(children), words


def main() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{os.cpu_count()} cores, {memory:.0f} GB")
    print(f"{'format':26} {'file MB':>8} {'peak MB':>8}  ended")
    for kind, make in MAKERS.items():
        if kind == "doc" and shutil.which("soffice") is None:
            print(f"{kind:26} {'':>8} {'':>8}  LibreOffice is not installed")
            continue
        data = make()
        own, children, ended = measure(kind, data)
        more = f" (LibreOffice {children} MB)" if kind == "doc" else ""
        print(f"{kind:26} {len(data) / MEGABYTE:8.1f} {own:8}  {ended}{more}", flush=True)


if __name__ == "__main__":
    main()
