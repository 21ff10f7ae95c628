"""A PDF of pictures alone: no text, no font, no title, no date, no object that is not a page or its picture.

Written here and not by a library, so that nothing but these few objects can be in the file.
"""

from __future__ import annotations

import zlib
from io import BytesIO

from PIL import Image

_QUALITY = 88
_EDGES = 0.2
"""Of all pixels, those that may be neither black nor white on a printed page."""


class PicturePdf:
    """Takes pages one by one; `finished` gives the file. The same pictures give the same bytes."""

    def __init__(self) -> None:
        self._out = BytesIO()
        self._out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._offsets: dict[int, int] = {}
        self._pages: list[int] = []
        self._next = 3

    def add(self, picture: Image.Image, width: float, height: float) -> None:
        """A page of that size in points, filled by the picture."""
        colour, bits, filter_name, packed = _packed(picture)
        image, content, page = self._next, self._next + 1, self._next + 2
        self._next += 3
        self._object(
            image,
            f"<</Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/ColorSpace/{colour}"
            f"/BitsPerComponent {bits}/Filter/{filter_name}/Length {len(packed)}>>",
            packed,
        )
        drawing = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode()
        self._object(content, f"<</Length {len(drawing)}>>", drawing)
        self._object(
            page,
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents {content} 0 R"
            f"/Resources<</XObject<</P {image} 0 R>>>>>>",
        )
        self._pages.append(page)

    def finished(self) -> bytes:
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(1, "<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>")
        self._object(2, f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>")
        start = self._out.tell()
        rows = "".join(f"{self._offsets[number]:010d} 00000 n \n" for number in range(1, self._next))
        self._out.write(f"xref\n0 {self._next}\n0000000000 65535 f \n{rows}".encode())
        self._out.write(f"trailer\n<</Size {self._next}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
        return self._out.getvalue()

    def _object(self, number: int, head: str, stream: bytes | None = None) -> None:
        self._offsets[number] = self._out.tell()
        body = b"" if stream is None else b"\nstream\n" + stream + b"\nendstream"
        self._out.write(f"{number} 0 obj\n{head}".encode() + body + b"\nendobj\n")


def _packed(picture: Image.Image) -> tuple[str, int, str, bytes]:
    """Colour space, bits, filter and bytes: without loss where that is smaller, as it is for printed text."""
    if picture.mode != "L":
        picture = picture.convert("RGB")
        bands = picture.split()
        if bands[0].tobytes() == bands[1].tobytes() == bands[2].tobytes():
            picture = bands[0]
    if picture.mode == "L" and _is_print(picture):
        return "DeviceGray", 4, "FlateDecode", zlib.compress(_sixteen_greys(picture), 6)
    colour = "DeviceGray" if picture.mode == "L" else "DeviceRGB"
    whole = zlib.compress(picture.tobytes(), 6)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    if len(whole) <= out.tell():
        return colour, 8, "FlateDecode", whole
    return colour, 8, "DCTDecode", out.getvalue()


def _is_print(picture: Image.Image) -> bool:
    """Whether nearly all is black or white, as in printed text: sixteen greys are enough for its edges."""
    counts = picture.histogram()
    return sum(counts[16:240]) < _EDGES * sum(counts)


def _sixteen_greys(picture: Image.Image) -> bytes:
    """Two pixels to a byte, each row beginning with a new one."""
    even = Image.new("L", (picture.width + picture.width % 2, picture.height), 255)
    even.paste(picture)
    pixels = even.point([round(value / 17) for value in range(256)]).tobytes()
    # both halves as one long number each: Python joins them faster than byte by byte
    high = int.from_bytes(pixels[0::2], "big") << 4
    return (high | int.from_bytes(pixels[1::2], "big")).to_bytes(len(pixels) // 2, "big")
