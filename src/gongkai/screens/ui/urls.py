"""What portal and desk share."""

from __future__ import annotations

from django.urls import path

from gongkai.screens.ui import views

app_name = "ui"

urlpatterns = [path("display/", views.set_display, name="display")]
