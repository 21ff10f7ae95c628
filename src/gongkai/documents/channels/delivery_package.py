"""移送清单 as it is handed over: the workbook for the receiver's own list, the paper for the signatures of both."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from gongkai.documents.channels.delivery_paper import delivery_paper
from gongkai.documents.channels.delivery_sheet import delivery_list
from gongkai.documents.channels.item import ChannelItem

_MADE = (1980, 1, 1, 0, 0, 0)
"""Stands for the time of making, so that equal lists give equal bytes."""


def delivery_package(kind: str, items: Sequence[ChannelItem], *, receiver: str, on: date, body_name: str) -> bytes:
    """A ZIP with the list as .xlsx and as .docx."""
    made = BytesIO()
    told = {"receiver": receiver, "on": on, "body_name": body_name}
    with zipfile.ZipFile(made, "w") as packed:
        for name, write in (("移送清单.xlsx", delivery_list), ("移送清单.docx", delivery_paper)):
            packed.writestr(zipfile.ZipInfo(name, _MADE), write(kind, items, **told))  # type: ignore[arg-type]
    return made.getvalue()
