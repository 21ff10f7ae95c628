"""One row of an old site's table becomes a record of the exchange format, and the old addresses that lead to it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.bureau.orgs.models import Body
from gongkai.documents.site_table import Links, SiteRow, rebased
from gongkai.documents.site_table.links import names
from gongkai.documents.writing import clean_html
from gongkai.statute.ledgers.items import ItemRecord, parse_item
from gongkai.statute.ledgers.site import SiteMap, day_of
from gongkai.statute.ledgers.site.addresses import old_path
from gongkai.statute.ledgers.site.headers import DAYS
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_ID = 120
_MARKUP = re.compile(
    r"</[a-z]|<(?:p|div|br|hr|span|table|a|img|font|strong|b|em|h[1-6]|ul|ol|section|center)\b[^<>]*>|&nbsp;",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RowFault:
    """`header` is "" for a fault of the whole row."""

    row: int
    header: str
    wrong: str
    valid: str = ""

    def as_input(self) -> InputFault:
        return InputFault(f"第{self.row}行" + (f"“{self.header}”列" if self.header else ""), self.wrong, self.valid)


@dataclass(frozen=True, slots=True)
class Taken:
    """`record` is None where there are faults. `paths`: old path to the name of the attachment there, "" the page."""

    record: ItemRecord | None
    paths: Mapping[str, str]
    faults: tuple[RowFault, ...]


@dataclass(slots=True)
class Rows:
    """How rows are taken: by which map, for which bodies, with which folder of attachments."""

    map: SiteMap
    files: Path | None = None
    bodies: Mapping[str, str] = field(default_factory=lambda: body_codes())

    def take(self, row: SiteRow) -> Taken:
        """The record, or every fault of the row by its header."""
        if row.wrong:
            return Taken(None, {}, (RowFault(row.number, "", row.wrong),))
        faults: list[InputFault] = []
        given = self._fields(row)
        links = Links(given.get("address", ""), self.files)
        told: dict[str, object] = {name: text for name, text in given.items() if name not in ("body", "address")}
        told |= self._body(given, links) | self._days(given, faults)
        told["agency"] = self._agency(given, faults)
        told["source_id"] = given.get("source_id") or self._own_id(given)
        if attachments := self._attachments(given, links, faults):
            told["attachments"] = attachments
        else:
            told.pop("attachments", None)
        paths = self._paths(given, links, faults)
        record = None
        try:
            record = parse_item(told)
        except InputRefused as refused:
            known = {each.place for each in faults}
            faults += [each for each in refused.faults if each.place not in known]
        if faults:
            return Taken(None, {}, tuple(self._told(row, each) for each in faults))
        return Taken(record, paths, ())

    def _fields(self, row: SiteRow) -> dict[str, str]:
        given = {name: row.cells.get(header, "") for header, name in self.map.fields.items() if name}
        for name, words in self.map.values.items():
            if name in given:
                given[name] = words.get(given[name], given[name])
        return {name: text for name, text in {**given, **self.map.fixed}.items() if text.strip()}

    def _body(self, given: Mapping[str, str], links: Links) -> dict[str, object]:
        told: dict[str, object] = {}
        text = given.get("body", "")
        html = given.get("body_html", "") or (text if _MARKUP.search(text) else "")
        if html and (clean := clean_html(rebased(html, links))):
            told["body_html"] = clean
        elif text and not html:
            told["body_text"] = text
        return told

    def _days(self, given: Mapping[str, str], faults: list[InputFault]) -> dict[str, object]:
        told: dict[str, object] = {}
        for name in DAYS & given.keys():
            form = self.map.dates.get(name, "")
            found = day_of(given[name], form)
            if found is None:
                shape = f"写成“{form}”的日期" if form else "日期，如 2020-09-25、2020年9月25日、20200925"
                faults.append(InputFault(name, f"“{given[name][:40]}”不是日期", shape))
            told[name] = found.isoformat() if found else None
        return told

    def _agency(self, given: Mapping[str, str], faults: list[InputFault]) -> str:
        named = given.get("agency", "")
        found = self.bodies.get(named, "")
        if named and not found:
            faults.append(InputFault("agency", f"没有叫“{named[:60]}”的机关", "已导入的机关的代码或者全称"))
        return found

    def _own_id(self, given: Mapping[str, str]) -> str:
        """Without a number of its own a page is known by where it stood."""
        path = old_path(given.get("address", ""))
        if len(path) > LONGEST_ID:
            return f"url:{hashlib.sha256(path.encode()).hexdigest()[:40]}"
        return path or given.get("index_number", "")

    def _attachments(self, given: Mapping[str, str], links: Links, faults: list[InputFault]) -> list[str]:
        listed = given.get("attachments", "")
        if listed and self.files is None:
            faults.append(
                InputFault("attachments", f"列了“{listed[:40]}”，没有说文件在哪里", "用 --attachments 指明附件的文件夹")
            )
        elif missing := links.listed(listed):
            faults.append(InputFault("attachments", f"附件文件夹里没有{names(missing)}", "相对于附件文件夹的路径"))
        return list(links.found)

    def _paths(self, given: Mapping[str, str], links: Links, faults: list[InputFault]) -> dict[str, str]:
        paths = {path: name for name, path in links.found.items() if path}
        if address := given.get("address", ""):
            own = old_path(address)
            if own:
                paths[own] = ""
            else:
                faults.append(
                    InputFault(
                        "address", f"“{address[:60]}”不是网页的地址", "如 /art/2019/3/5/art_1_2.html，或完整的网址"
                    )
                )
        return paths

    def _told(self, row: SiteRow, fault: InputFault) -> RowFault:
        wrong = "没有填写" if fault.wrong == "缺少字段" else fault.wrong
        valid = "正文或者附件" if fault.wrong.startswith("没有正文") else fault.valid
        return RowFault(row.number, self.map.header_of(fault.place.strip()), wrong, valid)


def body_codes() -> dict[str, str]:
    """Code, full name and short name of each body to its code; a name that two bodies bear is none of theirs."""
    bodies = list(Body.objects.values_list("code", "name", "short_name"))
    borne = Counter(name for _, *both in bodies for name in set(both) if name)
    named = {name: code for code, *both in bodies for name in both if name and borne[name] == 1}
    return {**named, **{code: code for code, *_ in bodies}}
