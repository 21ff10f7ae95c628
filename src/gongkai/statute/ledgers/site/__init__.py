"""A table of an old site: which header is which field of the exchange format `items`, and how a cell reads."""

from gongkai.statute.ledgers.site.days import day_of
from gongkai.statute.ledgers.site.headers import FIELD_WORDS, field_of
from gongkai.statute.ledgers.site.mapping import SiteMap, from_choices, from_toml, guessed

__all__ = ["FIELD_WORDS", "SiteMap", "day_of", "field_of", "from_choices", "from_toml", "guessed"]
