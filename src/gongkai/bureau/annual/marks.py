"""A finding's own mark, the same each time the same report is checked: code, place and facts."""

from __future__ import annotations

import hashlib
import json

from gongkai.statute.primitives import Finding


def mark(finding: Finding) -> str:
    whole = [finding.code, finding.where.as_json(), dict(finding.facts)]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
