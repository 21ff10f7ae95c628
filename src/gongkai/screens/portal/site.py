"""What the portal calls itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Site:
    """name as the masthead shows it; domain and SiteIDCode (网站标识码) for the meta tags of 国办发〔2017〕47号."""

    name: str
    domain: str
    code: str


def site() -> Site:
    """From the settings: nothing here asks the database, so that error pages always have a name."""
    return Site(
        name=getattr(settings, "SITE_NAME", "青澜县政府信息公开"),
        domain=getattr(settings, "SITE_DOMAIN", ""),
        code=getattr(settings, "SITE_ID_CODE", ""),
    )
