"""Requests: the table of steps, the exchange format, the facts that the annual report counts."""

from gongkai.statute.cases.exchange import Case, Event, parse, read_lines, to_json
from gongkai.statute.cases.steps import STEPS, Step

__all__ = ["STEPS", "Case", "Event", "Step", "parse", "read_lines", "to_json"]
