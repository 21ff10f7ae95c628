"""What a letter lacks or says against the law, before it leaves: every finding at once, with its article.

An error blocks the letter. Sentences are made in `statute.wording`; facts never hold what was written of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.statute.cases.citing import article_number, in_full
from gongkai.statute.cases.deciding import check_citation, rests_on
from gongkai.statute.letters.filling import OPEN_PLACE, as_day, as_money, entries, is_blank
from gongkai.statute.letters.kinds import Element, LetterKind, kind_of
from gongkai.statute.letters.numbers import check_document_number, year_of
from gongkai.statute.letters.remedies import RemediesNotice, expected_order, faults_of
from gongkai.statute.parameters import value as legal_value
from gongkai.statute.primitives import DocumentPlace, Finding, InputFault, InputRefused, Severity

FIRST_DAY = date(2019, 5, 15)
"""国务院令第711号施行: letters of earlier days stood on other articles and are not checked here."""

_OUTCOME_IN_WORDS = ("refused", "partial")
"""Kinds whose fitting article follows from the ground alone, not from a fixed article of the kind."""
_SEARCH = ("search_where", "search_terms", "search_period", "search_by", "search_result", "search_archive")
_PAGE = ("page_url", "page_checked_on", "page_digest")
_EXACT_PAGE = re.compile(r"https?://[^/\s?#]+/(?!(?:index|default)\.[a-z]+$)[^\s/][^\s]*")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PURPOSE = re.compile(r"(?:申请|使用|获取|公开)(?:政府)?(?:信息)?的?用途|生产、?生活、?科研|特殊需要|三需要")
_CONSENT = re.compile(r"视(?:为|同|作)同意")


def check_letter(
    kind: LetterKind | str,
    elements: Mapping[str, object],
    *,
    on: date,
    remedies: RemediesNotice | None = None,
    text: str = "",
    numbered: bool = True,
) -> tuple[Finding, ...]:
    """Every missing or impossible element of a letter dated `on`; () where it may leave.

    `elements` by code: days as date or ISO text, lists as lists of text, money as text in 元. `remedies`: the notice
    that the body and day call for (`remedies_notice`); without it only terms and order are checked. `text`: the
    letter's whole wording where it was edited. `numbered` is false for a draft that has no number yet. A kind that is
    not known, or a day before 2019-05-15, raises InputRefused.
    """
    if on < FIRST_DAY:
        raise InputRefused(
            InputFault("发文日期", f"{on.isoformat()}的文书依据的是修订前的条例", "2019-05-15以后的日子")
        )
    letter = kind_of(kind) if isinstance(kind, str) else kind
    citation = tuple(_citation(letter, elements))
    return (
        *_missing(letter, elements, text=text, numbered=numbered),
        *(each for element in letter.elements for each in _impossible(element, elements.get(element.code), on)),
        *_days_in_order(letter, elements, on),
        *(_number(elements.get("number"), on) if numbered else ()),
        *citation,
        # without a notice the order follows from the articles: where these are wrong it tells nothing
        *(_remedies(letter, elements, on, remedies, text) if remedies or not citation else ()),
        *_said_against_the_law(letter, elements, text),
        *_agency(letter, elements),
    )


def _finding(
    code: str, element: Element | str, facts: Mapping[str, object], cite: str = "", severity: Severity = "error"
) -> Finding:
    if isinstance(element, Element):
        facts = {"element": element.code, "label": element.label, **facts}
        cite = cite or in_full([element.article])
        return Finding(code, severity, DocumentPlace(element.code), facts, cite)
    return Finding(code, severity, DocumentPlace(element), facts, cite)


def _missing(letter: LetterKind, elements: Mapping[str, object], *, text: str, numbered: bool) -> Iterator[Finding]:
    """What the letter has to say and does not; the search record and the page are each one finding.

    Whoever answers that nothing was found (36(4)), of a part too, keeps the record of the search.
    """
    no_result = "36(4)" in entries(elements.get("articles"))
    lacking = [
        element
        for element in letter.elements
        if letter.needs(element, elements) or (no_result and element.code in _SEARCH)
        if is_blank(elements.get(element.code))
        if not (element.code == "number" and not numbered) and not (element.code == "remedies" and text)
    ]
    search = [element for element in lacking if element.code in _SEARCH]
    page = [element for element in lacking if element.code in _PAGE]
    if search:
        yield _finding("letter.search_record", "search", {"missing": [e.label for e in search]}, in_full(["36(4)"]))
    if page:
        yield _finding("letter.page_unproved", "page", {"missing": [e.label for e in page]}, in_full(["36(1)"]))
    yield from (_finding("letter.missing_element", e, {}) for e in lacking if e.code not in (*_SEARCH, *_PAGE))


def _impossible(element: Element, given: object, on: date) -> Iterator[Finding]:
    """A value that is not of its kind, or a day on the wrong side of the letter's."""

    def wrong(fault: str) -> Finding:
        return _finding("letter.impossible_element", element, {"fault": fault})

    if is_blank(given):
        return
    day = as_day(given) if element.value == "day" else None
    if element.value == "day" and day is None:
        yield wrong("day")
    elif element.value == "money" and ((amount := as_money(given)) is None or amount <= 0):
        yield wrong("money")
    elif element.value == "count" and (type(given) is not int or given < 1):
        yield wrong("count")
    elif element.value == "choice" and (not isinstance(given, str) or given not in element.choices):
        yield wrong("choice")
    elif (element.value == "list" and not entries(given)) or (element.value == "text" and not isinstance(given, str)):
        yield wrong("text")
    elif element.code == "page_url" and not _EXACT_PAGE.fullmatch(str(given)):
        yield wrong("page")
    elif element.code == "page_digest" and not _DIGEST.fullmatch(str(given)):
        yield wrong("digest")
    elif day and (fault := _side(element, day, on)):
        yield wrong(fault)


def _side(element: Element, day: date, on: date) -> str:
    """On which side of the letter's day a day lies wrongly; "" where it lies well."""
    if element.past and day > on:
        return "past"
    if element.elapsed and day >= on:
        return "not_elapsed"
    if element.running and day < on:
        return "elapsed"
    return "future" if element.future and day <= on else ""


_ORDERED = (
    ("received_on", "due_on"),
    ("due_on", "extended_to"),
    ("received_on", "delayed_to"),
    ("received_on", "consulted_on"),
    ("received_on", "correction_requested_on"),
    ("correction_requested_on", "corrected_on"),
    ("correction_requested_on", "lapsed_on"),
    ("received_on", "withdrawn_on"),
    ("earlier_replied_on", "received_on"),
)


def _days_in_order(letter: LetterKind, elements: Mapping[str, object], on: date) -> Iterator[Finding]:
    """Days that cannot lie the way they do; an extension beyond what the receipt day allows (条例第33条); a request
    closed for want of payment before the days to pay are over (国办函〔2020〕109号第6条)."""
    for first, second in _ORDERED:
        earlier, later = letter.element(first), letter.element(second)
        start, end = as_day(elements.get(first)), as_day(elements.get(second))
        if earlier and later and start and end and end < start:
            yield _finding("letter.impossible_element", later, {"fault": "before", "other": earlier.label})
    workdays, days = letter.element("workdays"), elements.get("workdays")
    received = as_day(elements.get("received_on"))
    if workdays and type(days) is int and received and received >= FIRST_DAY:
        most = legal_value("extension_days", received).number
        if days > most:
            yield _finding("letter.impossible_element", workdays, {"fault": "most", "most": most})
    notified, told_on = letter.element("fee_notified_on"), as_day(elements.get("fee_notified_on"))
    if notified and told_on and told_on <= on:
        term = legal_value("fee_payment_days", told_on).number
        if (on - told_on).days <= term:
            yield _finding("letter.impossible_element", notified, {"fault": "payable", "most": term})


def _number(given: object, on: date) -> Iterator[Finding]:
    if not isinstance(given, str) or not given.strip():
        return
    found = check_document_number(given)
    yield from found
    year = year_of(given)
    if not found and year != on.year:
        facts = {"fault": "other_year", "year": year, "text": given}
        yield Finding("letter.number_form", "error", DocumentPlace("number"), facts, "《党政机关公文处理工作条例》")


def _citation(letter: LetterKind, elements: Mapping[str, object]) -> Iterator[Finding]:
    """The articles must carry the outcome, and be those of the kind: 36(4) and 36(5) end on one row of table three."""
    cited = entries(elements.get("articles"))
    if letter.element("articles") is None or not cited:
        return
    unknown = [each for each in cited if re.match(r"[0-9]", each) and article_number(each) is None]
    if unknown:
        yield _finding("letter.article_missing", "articles", {"fault": "unknown", "cited": unknown}, in_full(["36"]))
        return
    outcome = elements.get("outcome", letter.outcomes[0] if len(letter.outcomes) == 1 else None)
    found = check_citation(outcome, cited) if isinstance(outcome, str) and outcome in letter.outcomes else ()
    yield from found
    if found or not letter.articles or letter.code in _OUTCOME_IN_WORDS:
        return
    if not any(rests_on(each, letter.articles) for each in cited):
        facts = {"fault": "unfitting", "cited": list(cited), "fitting": [in_full([a]) for a in letter.articles]}
        yield _finding("letter.article_missing", "articles", facts, in_full(letter.articles))


def _remedies(
    letter: LetterKind, elements: Mapping[str, object], on: date, notice: RemediesNotice | None, text: str
) -> Iterator[Finding]:
    """The notice of remedies by articles and day; a letter that decides nothing carries none."""
    words = text or "".join(entries(elements.get("remedies")))
    if letter.remedies == "none":
        if "申请行政复议" in words or "提起行政诉讼" in words:
            yield _finding("letter.remedies_wrong", "remedies", {"fault": "decides_nothing"}, "", "warning")
        return
    if not words:
        return
    cited = entries(elements.get("articles"))
    expected = notice or expected_order(letter, cited, on)
    facts: dict[str, object] = {
        "body": expected.reconsideration_body,
        "days": expected.reconsideration_days,
        "term": expected.court_term,
    }
    cite = "《中华人民共和国行政复议法》第二十条、第二十三条、第二十四条"
    for fault in faults_of(words, expected):
        if fault == "no_choice":
            months = legal_value("litigation_direct_months", on).number
            facts |= {"term": f"{months}个月", "both": expected.both}
        yield _finding("letter.remedies_wrong", "remedies", {**facts, "fault": fault}, cite)


def _said_against_the_law(letter: LetterKind, elements: Mapping[str, object], text: str) -> Iterator[Finding]:
    """Places still open; a purpose asked for (条例第29条); silence taken for consent where only art. 34 says so."""
    words = text or "".join("".join(entries(each)) for each in elements.values())
    if OPEN_PLACE in words:
        yield _finding("letter.unfilled", "text", {}, in_full(["45"]))
    if _PURPOSE.search("；".join(entries(elements.get("correction_items")))):
        yield _finding("letter.purpose_asked", "correction_items", {}, in_full(["29", "30"]), "warning")
    if letter.code in ("third_party_consultation", "other_agency_consultation") and _CONSENT.search(words):
        yield _finding("letter.consent_assumed", "consequence", {}, in_full(["32", "34"]))


def _agency(letter: LetterKind, elements: Mapping[str, object]) -> Iterator[Finding]:
    """条例第36条第5项: the body that can be determined is named, with how to reach it; not to be able is possible."""
    named, contact = letter.element("responsible_agency"), letter.element("agency_contact")
    if named is None or contact is None:
        return
    has_name, has_contact = not is_blank(elements.get(named.code)), not is_blank(elements.get(contact.code))
    if has_name and not has_contact:
        yield _finding("letter.missing_element", contact, {})
    elif not has_name:
        yield _finding("letter.body_unnamed", named, {}, "", "note")
