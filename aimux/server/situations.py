"""What is known around a command that has ended, for suggestions. Runs in the database's thread."""

from __future__ import annotations

import os
from collections.abc import Iterator

from aimux.observe.history import succeeded_after, used_programs
from aimux.observe.suggestions import Holder, Situation
from aimux.persist.store import Store
from aimux.pty.listening import listener_of
from aimux.semantic.output import Ran

MAX_FILES = 5000
MAX_PROGRAMS = 20_000
LAST_LINES = 300


def situation_of(store: Store, ran: Ran, *, path: str, search_path: str) -> Situation:
    """The situation after a command.

    Args:
        store: Says what worked before.
        ran: The command.
        path: The directory that it ran in.
        search_path: PATH.
    """
    text = ran.record.text or ""
    programs = dict.fromkeys([*used_programs(store), *_programs(search_path)])
    return Situation(
        command=text,
        exit_status=ran.record.exit_status,
        result=ran.result,
        lines=ran.output.lines[-LAST_LINES:],
        files=frozenset(_names(path)),
        programs=tuple(programs),
        holder=_holder,
        worked=succeeded_after(store, text, path),
    )


def _holder(port: int) -> Holder | None:
    found = listener_of(port)
    return Holder(*found) if found is not None else None


def _names(path: str) -> Iterator[str]:
    try:
        with os.scandir(path) as entries:
            for number, entry in enumerate(entries):
                if number >= MAX_FILES:
                    return
                yield entry.name
    except OSError:
        return


def _programs(search_path: str) -> Iterator[str]:
    left = MAX_PROGRAMS
    for directory in search_path.split(":"):
        for name in _names(directory) if directory.startswith("/") else ():
            if left <= 0:
                return
            left -= 1
            yield name
