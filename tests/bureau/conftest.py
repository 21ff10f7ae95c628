"""The cast is a module of its own, so that tests can name its type."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bureau_cast import Cast, cast

__all__ = ["Cast", "cast"]
