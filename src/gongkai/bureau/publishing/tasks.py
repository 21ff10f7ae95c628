"""The background work of publishing: importing a module registers its jobs."""

from __future__ import annotations

from gongkai.bureau.publishing import releasing

assert releasing  # noqa: S101  # importing it registers the publications of each day
