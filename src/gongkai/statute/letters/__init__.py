"""Reply documents: their kinds and what each must say, the notice of remedies, the document number."""

from gongkai.statute.letters.checks import check_letter
from gongkai.statute.letters.filling import paragraphs
from gongkai.statute.letters.kinds import ADDRESSEES, SIGNERS, Element, LetterKind, kind_of, kinds_for, load
from gongkai.statute.letters.numbers import check_document_number, document_number
from gongkai.statute.letters.remedies import RemediesNotice, overdue_notice, remedies_notice

__all__ = [
    "ADDRESSEES",
    "SIGNERS",
    "Element",
    "LetterKind",
    "RemediesNotice",
    "check_document_number",
    "check_letter",
    "document_number",
    "kind_of",
    "kinds_for",
    "load",
    "overdue_notice",
    "paragraphs",
    "remedies_notice",
]
