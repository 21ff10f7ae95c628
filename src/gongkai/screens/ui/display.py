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
        value = ".".join(asdict(self).values())
        response.set_cookie(COOKIE, value, max_age=ONE_YEAR, samesite="Lax", secure=secure, httponly=True)
