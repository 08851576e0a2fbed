"""Who listens on a TCP port of this machine, by /proc; nobody where there is none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

_LISTEN = "0A"  # proc(5), /proc/net/tcp: the state TCP_LISTEN
MAX_LINES = 20_000


def listener_of(port: int) -> tuple[int, str] | None:
    """The process id and name of a process of ours that listens; None if none can be seen.

    It looks through all descriptors of all processes: call it where that may take a while.
    """
    sockets = {f"socket:[{inode}]" for inode in _listening(port)}
    if not sockets:
        return None
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _holds(entry, sockets):
            with contextlib.suppress(OSError):
                return int(entry.name), (entry / "comm").read_text(errors="replace").strip()
    return None


def _listening(port: int) -> Iterator[str]:
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/net/{table}").read_text().splitlines()
            for line in lines[1:MAX_LINES]:
                fields = line.split()
                if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                    yield fields[9]


def _holds(process: Path, sockets: set[str]) -> bool:
    try:
        return any(os.readlink(one) in sockets for one in (process / "fd").iterdir())  # noqa: PTH115
    except OSError:
        return False
