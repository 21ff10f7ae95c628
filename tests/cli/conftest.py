"""The clock is tested on the State Council's calendar, whatever installation stands beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _nothing_is_installed(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.name.startswith("test_clock"):
        monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "none"))
        monkeypatch.delenv("DATABASE_URL", raising=False)
