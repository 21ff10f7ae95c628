"""The portal's template environment: plain values in, escaped text out."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined


def url(name: str, **arguments: Any) -> str:
    """The address of a view by its name."""
    return reverse(name, kwargs=arguments)


def translated(text: object) -> str:
    """Words that are made while the page is: as the catalogue has them, else as they are. They may hold a per cent."""
    return translation.gettext(str(text)) if text else ""


def environment(**options: Any) -> Environment:
    """Strict: a template that names a value it was not given fails in the tests and does not print nothing."""
    made = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},  # noqa: S701
                       extensions=["jinja2.ext.i18n"])  # fmt: skip
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # from the extension
    made.globals.update(url=url, static=static, translated=translated)
    return made
