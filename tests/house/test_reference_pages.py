"""The generated reference pages say what the code says; a verb or setting without a page fails the build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_reference_pages_are_current(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "docs" / "generate.py", tmp_path], check=True, cwd=ROOT)
    made = {each.name: each.read_text("utf-8") for each in tmp_path.iterdir()}
    assert len(made) >= 4
    kept = {name: (ROOT / "docs" / "reference" / name).read_text("utf-8") for name in made}
    stale = sorted(name for name in made if made[name] != kept[name])
    assert stale == [], "run `make docs`"
