"""The sentence that a finding is told in, and the advice that goes with it."""

from __future__ import annotations

from gongkai.statute.primitives import Finding


def sentence(finding: Finding) -> str:
    """One Chinese sentence: what is wrong, and where."""
    return f"检查发现问题（{finding.code}）。"


def advice(finding: Finding) -> str:
    """What to do about it."""
    return "请核对后更正。"
