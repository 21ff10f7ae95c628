"""For all tests: an emptied test database keeps its triggers; invented examples are the same in every run."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# Which of the project's own constants hypothesis knows depends on what was imported before it looked: a change of the
# code, or another order of the tests, would change the examples, and with them whether a build passes.
_NO_CONSTANTS = providers._local_constants
providers._get_local_constants = lambda: _NO_CONSTANTS
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def _flush_with_triggers_aside() -> None:
    """Django empties SQLite between transactional tests with DELETE, which the journal's triggers refuse.

    They are taken off for that one moment and put back; PostgreSQL uses TRUNCATE, which fires no row trigger.
    """
    from django.db.backends.sqlite3.base import DatabaseOperations

    original = DatabaseOperations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        original(self, sql_list)
        with self.connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
