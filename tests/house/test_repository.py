"""Promises of the repository itself: the lock, the paths, the words."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing tracked to look at")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_every_locked_package_carries_digests_and_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    packages = re.findall(r"^[a-z0-9][^ ]*==", lock, re.M)
    assert len(packages) > 40
    for block in re.split(r"^(?=[a-z0-9])", lock, flags=re.M)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]
    assert "http" not in lock


def test_no_machine_path_and_no_leftover_in_tracked_text() -> None:
    forbidden = re.compile("/wo" + "rk/|/ro" + r"ot/|\bTO" + r"DO\b|\bFIX" + r"ME\b|raise NotImplemented" + "Error")
    offenders = []
    for path in _tracked():
        if path.suffix not in {
            ".py",
            ".md",
            ".toml",
            ".sh",
            ".html",
            ".css",
            ".js",
            ".jinja",
            ".typ",
            ".conf",
            ".service",
        }:
            continue
        if ".min." in path.name or "vendor" in path.parts:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if forbidden.search(line):
                offenders.append(f"{path.relative_to(ROOT)}:{number}")
    assert offenders == []


def test_the_glossary_names_each_identifier_once() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.M)[2:]
    terms = [term for term, _ in rows]
    assert len(terms) > 40
    assert len(terms) == len(set(terms))


def test_make_lists_its_targets() -> None:
    shown = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("setup", "run", "test", "lint", "types", "contracts", "docs", "bench"):
        assert re.search(rf"^{target}\s", shown, re.M), target
