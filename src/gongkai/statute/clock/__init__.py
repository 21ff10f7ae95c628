"""The clock of a request: its due day, its phase, and how both came about (条例第30条至第36条)."""

from gongkai.statute.clock.facts import report_facts
from gongkai.statute.clock.reading import ClockReading, ClockStep, read_clock

__all__ = ["ClockReading", "ClockStep", "read_clock", "report_facts"]
