"""The background work of publishing: importing a module registers its jobs."""

from __future__ import annotations

from gongkai.bureau.publishing import releasing, site_tasks

assert releasing and site_tasks  # noqa: S101  # importing them registers the publications of each day, the imports
