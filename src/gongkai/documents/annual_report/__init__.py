"""The annual report in a published document: `read` gives its figures, its prose and what is odd about them."""

from gongkai.documents.annual_report.reading import read, read_document

__all__ = ["read", "read_document"]
