"""/api/v1: the same reading and checking for programs, described by openapi.json."""

from __future__ import annotations

from django.urls import path

from gongkai.screens.api.v1 import api

urlpatterns = [path("", api.urls)]
