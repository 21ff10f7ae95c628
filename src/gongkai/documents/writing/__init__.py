"""Writing: what officials paste or import becomes clean HTML, and clean HTML becomes text."""

from gongkai.documents.writing.cleaning import clean_html, text_of
from gongkai.documents.writing.imported import Imported, ImportedPicture, Note
from gongkai.documents.writing.importing import from_word

__all__ = ["Imported", "ImportedPicture", "Note", "clean_html", "from_word", "text_of"]
