"""The background work of casework: importing a module registers its jobs."""

from __future__ import annotations

from gongkai.bureau.casework import recompute, redacting, reminding, sweeping

assert redacting  # noqa: S101  # importing it registers the redaction of long files
assert recompute  # noqa: S101  # and the reading of every clock, each night and when the calendar changes
assert reminding  # noqa: S101  # and the reminders of each working day, with their e-mails
assert sweeping  # noqa: S101  # and the removal, each night, of sealed files without a row
