"""What a line of the log must not hold."""

from __future__ import annotations

import logging
import re

_LINK = re.compile(r"(/consult/)[^/\s?]+")
"""The address of a private link is all that opens it (see `screens.portal.views.consult`)."""


class WithoutLinks(logging.Filter):
    """Takes the token out of every address of a private link: who reads the log must not be able to open it."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if _LINK.search(told):
            record.msg, record.args = _LINK.sub(r"\1…", told), ()
        return True
