"""Local profiles: what a province or a county asks of its reports beyond the form. Data, and off unless chosen.

A profile adds to the statute and takes nothing from it. One file each, `*.toml`.
"""

from gongkai.statute.report.profiles.checks import check_profile
from gongkai.statute.report.profiles.model import (
    ExtraRow,
    LengthLimit,
    Profile,
    RequiredCount,
    parse_profile,
    profile,
    profiles,
)

__all__ = [
    "ExtraRow",
    "LengthLimit",
    "Profile",
    "RequiredCount",
    "check_profile",
    "parse_profile",
    "profile",
    "profiles",
]
