"""Acts of several people begun at the same moment, each in a thread with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import connection

from gongkai.statute.primitives import InputRefused

Act = Callable[[], object]


def told_at_once(*acts: Act) -> list[str]:
    """What each returned, or was told where it was refused; sorted."""
    ready = threading.Barrier(len(acts))
    told: list[str] = []

    def run(act: Act) -> None:
        try:
            ready.wait(20)
            told.append(str(act()))
        except (InputRefused, PermissionDenied) as refused:
            told.append(str(refused))
        except BaseException as broken:
            told.append(repr(broken))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(told)


def at_once(*acts: Act) -> list[str]:
    """ "done" for each that happened, first; then what the others were told."""
    told = told_at_once(*(lambda act=act: (act(), "done")[1] for act in acts))  # type: ignore[misc]
    return sorted(told, key=lambda text: (text != "done", text))
