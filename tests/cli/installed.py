"""Installations of one's own for the tests of the command: on SQLite, or on a PostgreSQL database made for each."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True)
class Installation:
    """A GONGKAI_HOME and the environment that the command runs in; nothing of the tests' own settings is in it."""

    home: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_URL"))}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        return kept | {"GONGKAI_HOME": str(self.home), **self.variables}

    def run(self, *words: object, **variables: str) -> tuple[int, str, str]:
        """Exit status, what was printed, what was told on stderr; a traceback fails the test at once."""
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", *map(str, words)],
            env=self.environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    def begin(self) -> None:
        """As `gongkai init` leaves it. On SQLite a copy of one made for the process: its migrations run once."""
        if self.variables:
            assert self.run("init")[0] == 0
        else:
            shutil.copytree(_fresh(), self.home, dirs_exist_ok=True)

    def sql(self, *statements: str) -> list[tuple[object, ...]]:
        """Raw SQL past the platform, on SQLite and PostgreSQL alike; the rows of the last statement, if any."""
        url = self.variables.get("DATABASE_URL")
        if url:
            import psycopg

            with psycopg.connect(url, autocommit=True) as server:
                for each in statements:
                    cursor = server.execute(each)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as file, file:
            for each in statements:
                rows = file.execute(each).fetchall()
            return rows


@cache
def _fresh() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gongkai-fresh-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assert Installation(folder).run("init")[0] == 0
    return folder


@contextmanager
def installation(home: Path) -> Iterator[Installation]:
    """Not initialised yet. Where the suite runs on PostgreSQL, with a database that is dropped afterwards."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield Installation(home)
        return
    import psycopg

    name = f"gongkai_cli_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield Installation(home, {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))})
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
