"""The type of a signed-in person, for screens: they name it and never query it."""

from gongkai.bureau.orgs.models import Person

__all__ = ["Person"]
