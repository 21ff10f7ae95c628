"""Pictures: where and with what they were taken, who owns the camera, comments. What they show is not read."""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from typing import Final

from PIL import ExifTags, Image

from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.limits import refuse
from gongkai.statute.inspection.model import Stated

SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp")
_LABELS: Final = {
    "Artist": "作者", "XPAuthor": "作者", "CameraOwnerName": "相机所有人", "Copyright": "版权人",
    "Make": "相机", "Model": "相机",
    "BodySerialNumber": "相机序列号", "DateTimeOriginal": "拍摄时间", "DateTime": "修改时间", "Software": "软件",
    "HostComputer": "设备", "ImageDescription": "说明", "XPTitle": "说明", "XPComment": "注释", "UserComment": "注释",
    "XPKeywords": "关键词", "XPSubject": "说明",
}  # fmt: skip
_XMP_GPS = re.compile(rb"exif:GPSL(?:at|ong)itude")


def gather_picture(data: bytes, name: str, gathering: Gathering) -> None:
    """A picture alone. Raises InputRefused where it cannot be opened."""
    if not beside_pixels(data, "图片", gathering):
        raise refuse(name, "图片已损坏，打不开", "完整的 JPG、PNG 等图片")
    gathering.elements["title"] = Stated(name.replace("\\", "/").rpartition("/")[2], "文件名")
    gathering.notice("unread", "图片", "画面中的文字、人像和号牌")


def beside_pixels(data: bytes, place: str, gathering: Gathering) -> bool:
    """Notices and passages of one picture; False where it cannot be opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(data))
            exif = picture.getexif()
            tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
            located = bool(exif.get_ifd(ExifTags.IFD.GPSInfo)) or _XMP_GPS.search(data) is not None
            said = {key: value for key, value in picture.info.items() if isinstance(value, str | bytes)}
    except Exception:  # Pillow raises whatever it meets in a damaged file
        return False
    labels: dict[str, None] = {}
    for number, value in tags.items():
        label = _LABELS.get(ExifTags.TAGS.get(number, ""))
        if label and (text := _text(value)):
            labels[label] = None
            gathering.passage(f"{place}的{label}", text, "metadata")
    for key, value in said.items():
        if key in ("comment", "Comment", "Author", "Description", "Title", "Copyright") and (text := _text(value)):
            labels["注释"] = None
            gathering.passage(f"{place}的注释", text, "metadata")
    if located:
        gathering.notice("location", place)
    if labels:
        gathering.notice("camera", place, "、".join(labels))
    return True


def _text(value: object) -> str:
    """A tag's text: ASCII, UTF-8, UTF-16 of the XP tags, or what stands after the eight bytes of a comment's code."""
    if isinstance(value, bytes):
        value = value[8:] if value[:8] in (b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8) else value
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            if encoding == "utf-8" and b"\0" in value.rstrip(b"\0"):
                continue
            try:
                return value.decode(encoding).strip("\0 \r\n")[:1000]
            except UnicodeDecodeError:
                continue
        return ""
    return str(value).strip("\0 \r\n")[:1000] if isinstance(value, str) else ""
