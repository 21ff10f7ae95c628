"""A form that was sent twice: what the same person entered in the same words just before is one record, not two.

Steps of a case, of a letter and of an item carry what the person had seen; records that anybody may add to, such as
opinions and searches, cannot, so a double click is known by its content. Asked under the lock of the request.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.bureau import clock

SPAN = timedelta(minutes=2)
"""Within it the same words of the same person are the same form; later they are meant again."""


def since() -> datetime:
    return clock.now() - SPAN
