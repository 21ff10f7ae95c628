"""How a reader wants to see the pages: text size, contrast, language. Kept in a cookie of his own, nowhere else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Self

from django.http import HttpRequest, HttpResponseBase

COOKIE = "gongkai_display"
ONE_YEAR = 365 * 24 * 3600
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("normal", "large"),
    "contrast": ("normal", "high"),
    "language": ("zh-hans", "en"),
}


@dataclass(frozen=True, slots=True)
class Display:
    """The first of each choice is the default; `language` holds for the portal, the desk is Chinese."""

    size: str = "normal"
    contrast: str = "normal"
    language: str = "zh-hans"

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """As the cookie says; what it says wrongly is the default."""
        return cls().changed(dict(zip(CHOICES, request.COOKIES.get(COOKIE, "").split("."), strict=False)))

    def changed(self, wishes: dict[str, str]) -> Self:
        """With those wishes that are choices; others are ignored."""
        lawful = {name: wish for name, wish in wishes.items() if name in CHOICES and wish in CHOICES[name]}
        return replace(self, **lawful)

    def save(self, response: HttpResponseBase, *, secure: bool) -> None:
        response.set_cookie(COOKIE, str(self), max_age=ONE_YEAR, samesite="Lax", secure=secure, httponly=True)

    def __str__(self) -> str:
        """As the cookie says it."""
        return ".".join(asdict(self).values())


def redrawn(request: HttpRequest) -> bool:
    """Whether a page's own form asks for nothing but to be drawn in another way (`show`: "size:large").

    Such a form carries what was typed, or shows a receipt, and a page fetched anew would not. The choice holds for this
    answer from now on; `keep` puts it into the cookie.
    """
    name, _colon, wish = request.POST.get("show", "").partition(":")
    if wish not in CHOICES.get(name, ()):
        return False
    request.COOKIES[COOKIE] = str(Display.of(request).changed({name: wish}))
    return True


def keep(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    Display.of(request).save(response, secure=request.is_secure())
    return response
