"""Letters as official documents: Word and PDF from plain values, the office's own templates, reading back."""

from gongkai.documents.letters.checks import missing_text
from gongkai.documents.letters.layout import default_template
from gongkai.documents.letters.letter import Item, Letter, Section, to_text
from gongkai.documents.letters.pdf import to_pdf
from gongkai.documents.letters.places import PLACES, check_template
from gongkai.documents.letters.word import to_docx

__all__ = [
    "PLACES",
    "Item",
    "Letter",
    "Section",
    "check_template",
    "default_template",
    "missing_text",
    "to_docx",
    "to_pdf",
    "to_text",
]
