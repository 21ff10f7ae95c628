"""The ledger exchange formats beside the cases: remedies, statements, items. One JSON object a line, checked whole."""

from gongkai.statute.ledgers.fields import read_records
from gongkai.statute.ledgers.items import ItemRecord, parse_item
from gongkai.statute.ledgers.remedies import RemedyRecord, parse_remedy
from gongkai.statute.ledgers.statements import StatementRecord, parse_statement

__all__ = [
    "ItemRecord",
    "RemedyRecord",
    "StatementRecord",
    "parse_item",
    "parse_remedy",
    "parse_statement",
    "read_records",
]
