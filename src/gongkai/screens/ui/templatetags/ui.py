"""For the desk's templates: the reader's display choices."""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.screens.ui.display import Display

register = template.Library()


@register.simple_tag(takes_context=True)
def display_mode(context: dict[str, Any]) -> Display:
    """`{% display_mode as display %}`: size and contrast of this reader; the defaults where there is no request."""
    request = context.get("request")
    return Display.of(request) if request is not None else Display()
