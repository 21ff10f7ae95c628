"""Title, agency, report year and statistics periods, from the head and the words of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from gongkai.documents.annual_report.labels import half_width

_CHINESE_DIGITS = {digit: str(value) for value, digits in enumerate(
    ("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for digit in digits}  # fmt: skip
_YEAR = r"(?:(?:19|20)\d{2}|[12][0oO]\d{2}|[一二][〇零○一二三四五六七八九]{3})"
_YEAR_IN_TITLE = re.compile(rf"\(?({_YEAR})(年度|年|度)?\)?")
_TITLE = re.compile(r"信息公开|政务公开")
_REPORT = re.compile(r"(?:年度|工作|情况)?报告|年报")
_LONGEST_TITLE = 70
_MOST_LINES = 4
_TAIL = re.compile(
    r"(?:关于)?(?:政府)?(?:信息|政务)公开(?:工作)?(?:情况)?.{0,24}$|(?:关于)?(?:法定)?政府信息主动公开.{0,24}$"
)
_PERIOD = re.compile(
    r"(?:自|从)?\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?\s*(?:起)?\s*(?:至|到|—+|-+|~|～|－)\s*"
    r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日"
)
_STATISTICS = re.compile(r"统计|数据|时限|期限|报告期|时间范围|情况截止")
_YEAR_IN_PROSE = re.compile(r"(20\d{2})\s*年度?")
_NAME_LINE = re.compile(r"^[\u4e00-\u9fff（）()、·\d]{4,40}$")
_PLACED = re.compile(r"^[\u4e00-\u9fff]{1,7}?(?:省|市|县|区|州|盟|旗|镇|乡|街道)")
_WHOLE_NAME = re.compile(r"(?:局|委|委员会|政府|办公室|厅|院|中心|管委会|办事处|部|署|队|所|站|馆|[）)])$")
_FURNITURE = re.compile(r"公开|年报|报告|网|首页|当前|位置|栏目|目录|平台|来源|日期|索引|发布")
_SIGNATURE = re.compile(
    r"^[\u4e00-\u9fff（）()]{4,30}(?:局|委|委员会|政府|办公室|厅|院|中心|管委会|办事处|部|署|队|所|站)$"
)
_DAY_LINE = re.compile(rf"^{_YEAR}\s*年\s*[\d一二三四五六七八九十]{{1,3}}\s*月\s*[\d一二三四五六七八九十]{{1,3}}\s*日$")


def find_title(lines: Sequence[str]) -> str | None:
    """The title among the lines before the first heading; it may be broken over up to four lines."""
    heads = [line.strip() for line in lines if line.strip()][:60]
    best: tuple[int, int, str] | None = None
    for end in range(len(heads)):
        if (
            not _REPORT.search(heads[end])
            or len(heads[end]) > _LONGEST_TITLE
            or heads[end].endswith(("。", "；", "，"))
        ):
            continue
        for start in range(end, max(-1, end - _MOST_LINES), -1):
            joined = "".join(heads[start : end + 1])
            if len(joined) > _LONGEST_TITLE or re.search(r"[。；>：]", joined):
                break
            if not _TITLE.search(joined):
                continue
            agency, year = agency_in(joined), year_in(joined)
            score = (2 if agency else 0) + (1 if year else 0)
            if best is None or score > best[0]:
                best = (score, start, joined)
            if score == 3:
                break
        if best is not None and best[0] == 3:
            break
    if best is None:
        return None
    _, start, title = best
    while start and _begins_name(heads[start - 1], title):
        start -= 1
        title = heads[start] + title
    return title


def _begins_name(line: str, title: str) -> bool:
    """Whether the body's name began on the line above: 青澜县自然资源和 / 规划局2024年政府信息公开工作年度报告."""
    if len(line) + len(title) > _LONGEST_TITLE or not _NAME_LINE.match(line) or _FURNITURE.search(line):
        return False
    agency = half_width(agency_in(title) or "")
    if agency.count(")") > agency.count("("):
        return True
    return bool(_PLACED.match(line)) and not _WHOLE_NAME.search(line) and bool(agency) and not _PLACED.match(agency)


def year_in(title: str | None) -> int | None:
    """The report year that a title states."""
    if title is None:
        return None
    found = _YEAR_IN_TITLE.search("".join(half_width(title).split()))
    return _number(found[1]) if found else None


def _number(year: str) -> int | None:
    digits = "".join(_CHINESE_DIGITS.get(sign, sign) for sign in year).replace("o", "0").replace("O", "0")
    return int(digits) if digits.isdigit() and 1990 <= int(digits) <= 2100 else None


def agency_in(title: str | None) -> str | None:
    """The body that a title names, as it names it, without year and the report's own words."""
    if title is None:
        return None
    packed = "".join(title.split()).strip("《》“”\"'　")
    if half_width(packed) != packed:
        packed = _ascii_digits(packed)
    without_year = _YEAR_IN_TITLE.sub("\0", packed, count=1)
    head = without_year.replace("(\0)", "\0").replace("（\0）", "\0")
    # 某县人民政府信息公开: 政府 belongs to the body and to 政府信息公开 at once
    shared = re.match(
        r"^\0?(.{1,40}?(?:人民|县|市|区|镇|乡|州|省|盟|旗)政府)\0?(?:的)?(?:政府)?(?:信息|政务)公开(?!.*(?:信息|政务)公开)",
        head,
    )
    if shared and (shared[1].endswith("人民政府") or re.search(r"政府\0?政府信息", head)):
        return _clean(shared[1])
    return _clean(_TAIL.sub("", head.replace("\0", "\n")).replace("\n", ""))


def _ascii_digits(text: str) -> str:
    return re.sub("[０-９]", lambda digit: half_width(digit[0]), text)


def _clean(agency: str) -> str | None:
    agency = agency.replace("\0", "").strip(" 　:：-—_《》“”")
    agency = re.sub(r"^(?:关于|附件\d*)", "", agency)
    agency = re.sub(r"(?:关于|的|年度|本级|法定)$", "", agency)
    return agency if 2 <= len(agency) <= 40 and re.search(r"[\u4e00-\u9fff]{2}", agency) else None


def find_periods(lines: Iterable[str]) -> tuple[tuple[date, date], ...]:
    """Statistics periods stated in the text: first and last day. Periods of other matters are not taken."""
    found: list[tuple[date, date]] = []
    for line in lines:
        if "月" not in line:
            continue
        text = half_width(line)
        for match in _PERIOD.finditer(text):
            around = text[max(0, match.start() - 40) : match.start()] + text[match.end() : match.end() + 12]
            if not _STATISTICS.search(around):
                continue
            first_year, month, day, last_year, last_month, last_day = match.groups()
            try:
                first = date(int(first_year), int(month), int(day))
                last = date(int(last_year or first_year), int(last_month), int(last_day))
            except ValueError:
                continue
            found.append((first, last))
    return tuple(dict.fromkeys(found))


def year_from_prose(periods: Sequence[tuple[date, date]], lines: Iterable[str]) -> int | None:
    """Where the title is silent: the stated period's year, else the first year that the overview names."""
    if periods:
        return periods[0][0].year
    for line in lines:
        found = _YEAR_IN_PROSE.search(half_width(line))
        if found:
            return int(found[1])
    return None


def signature(lines: Sequence[str]) -> tuple[int, str | None]:
    """(how many closing lines are signature and day, the body that signs); (0, None) where there are none."""
    place = len(lines)
    agency = None
    while place and not lines[place - 1].strip():
        place -= 1
    if not place or not _DAY_LINE.match("".join(lines[place - 1].split())):
        return 0, None
    place -= 1
    while place and not lines[place - 1].strip():
        place -= 1
    if place and _SIGNATURE.match(lines[place - 1].strip()):
        agency = lines[place - 1].strip()
        place -= 1
    return len(lines) - place, agency
