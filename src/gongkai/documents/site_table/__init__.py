"""Tables of an old site's content (.xlsx, .csv, .jsonl): headers and rows of text, read as a stream."""

from gongkai.documents.site_table.links import Links, rebased
from gongkai.documents.site_table.model import SiteRow, SiteTable
from gongkai.documents.site_table.reading import open_table

__all__ = ["Links", "SiteRow", "SiteTable", "open_table", "rebased"]
