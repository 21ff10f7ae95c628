"""The addresses of the desk."""

from __future__ import annotations

app_name = "desk"

urlpatterns: list[object] = []
