"""Looking for words in bytes: in every encoding that a file may hold them in, and in text with all spaces left out.

The proof shares no code with the redaction: what one overlooks the other is to find.
"""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from collections.abc import Iterable

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "utf-32-le")
_SURE = 6
"""Bytes: a shorter needle is found by chance in pixels and packed data."""
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb"=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Needles:
    """The forbidden words, told by their number from 1, never by themselves."""

    def __init__(self, forbidden: Iterable[str]) -> None:
        self._words = [(number, _bare(word)) for number, word in enumerate(forbidden, 1) if _bare(word)]
        written = {(number, each) for number, word in enumerate(forbidden, 1) for each in (word.strip(), _bare(word))}
        self._plain = {
            (number, word.encode(encoding, "replace"))
            for number, word in written if word for encoding in _ENCODINGS
        }  # fmt: skip
        self._spelled = {(number, each) for number, plain in self._plain for each in _derived(plain)}
        self._spelled |= {(number, each) for number, word in written if word for each in _escaped(word)}

    def in_bytes(self, data: bytes, *, textual: bool = False) -> set[int]:
        """The numbers of the words that stand in the bytes; in text also as digits, in base 64 and escaped."""
        if textual:
            return {number for number, needle in self._plain | self._spelled if needle in data}
        return {number for number, needle in self._plain if len(needle) >= _SURE and needle in data}

    def in_text(self, text: str) -> set[int]:
        """The numbers of the words that stand in the text, spaces and width of letters apart."""
        bare = _bare(text)
        return {number for number, word in self._words if word in bare}

    def in_markup(self, data: bytes) -> set[int]:
        """In XML: in its bytes, in its text however it is cut up by tags, and in each of its attributes."""
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        plain = data.decode(encoding, "replace").encode()
        text = html.unescape(_TAG.sub(b"", plain).decode("utf-8", "replace"))
        values = (html.unescape((one or other).decode("utf-8", "replace")) for one, other in _VALUE.findall(plain))
        found = self.in_bytes(data, textual=True) | self.in_text(text)
        return found.union(*(self.in_text(value) for value in values))


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in folded if not sign.isspace() and unicodedata.category(sign) != "Cf")


def _derived(plain: bytes) -> set[bytes]:
    """As hexadecimal digits, and in base 64 at each of the three offsets."""
    out = {plain.hex().encode(), plain.hex().upper().encode()}
    for shift in range(3):
        # the letters of base 64 that depend on this word alone
        letters = base64.b64encode(b"\0" * shift + plain)
        kept = letters[-(-shift * 8 // 6) : (shift + len(plain)) * 8 // 6]
        if len(kept) > _SURE:
            out.add(kept)
    return out


def _escaped(word: str) -> set[bytes]:
    """Percent-encoded, and as the escapes of JSON and XML."""
    if word.isascii():
        return set()
    return {
        "".join(f"%{byte:02X}" for byte in word.encode()).encode(),
        "".join(f"\\u{ord(sign):04x}" for sign in word).encode(),
        "".join(f"&#{ord(sign)};" for sign in word).encode(),
    }
