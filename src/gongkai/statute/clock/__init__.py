"""The clock of a request: its due day, its phase, and how both came about (条例第30条至第36条)."""

from gongkai.statute.clock.facts import CaseState, case_state, report_facts
from gongkai.statute.clock.handling import PLAIN, handling_days
from gongkai.statute.clock.offers import Offer, offers, state_of
from gongkai.statute.clock.reading import ClockReading, ClockStep, read_clock

__all__ = [
    "PLAIN",
    "CaseState",
    "ClockReading",
    "ClockStep",
    "Offer",
    "case_state",
    "handling_days",
    "offers",
    "read_clock",
    "report_facts",
    "state_of",
]
