"""The server: its socket, whether it runs, and which version."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from typing_extensions import override

from aimux import __version__
from aimux.doctor.findings import Finding, Mark
from aimux.errors import AimuxError
from aimux.link.connection import NOBODY_LISTENS, Connection
from aimux.link.one_shot import Output, round_trip
from aimux.link.request import run_request
from aimux.security.clean import clean

SECTION = "server"
PATIENCE_SECONDS = 5.0
_FIELDS = (
    "pid",
    "aimux_version",
    "session_name",
    "default-terminal",
    "escape-time",
    "config_files",
)
_QUESTION = ("list-sessions", "-F", "\t".join(f"#{{{name}}}" for name in _FIELDS))
_SLOW_ESCAPE_MILLISECONDS = 100


class _Collected(Output):
    """Keeps what a command prints."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = {1: "", 2: ""}

    @override
    def write(self, descriptor: int, text: str) -> None:
        self.texts[descriptor] += text


def server_findings(path: str, environment: Mapping[str, str]) -> Iterator[Finding]:
    """What is to be said of the server of a socket.

    Args:
        path: The socket.
        environment: This process's.
    """
    yield _directory(Path(path).parent)
    try:
        yield from _answered(_ask(path, environment))
    except NOBODY_LISTENS:
        yield from _nobody(path)
    except (AimuxError, OSError) as error:
        advice = "end it with `aimux kill-server`, or use another name (-L)"
        yield Finding(SECTION, "running", Mark.FAIL, clean(f"{path}: {error}"), advice)


def _directory(path: Path) -> Finding:
    name = "socket directory"
    try:
        status = path.lstat()
    except OSError:
        return Finding(SECTION, name, Mark.OK, f"{path} (made when needed)")
    mode = f"{path} {stat.filemode(status.st_mode)}"
    if not stat.S_ISDIR(status.st_mode):
        return Finding(SECTION, name, Mark.FAIL, mode, f"not a directory: remove {path}")
    if status.st_uid != os.geteuid():
        return Finding(
            SECTION, name, Mark.FAIL, mode, "it belongs to another user: set AIMUX_TMPDIR"
        )
    if path.name.endswith(f"-{os.getuid()}") and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(SECTION, name, Mark.FAIL, mode, f"others may enter it: chmod 700 {path}")
    return Finding(SECTION, name, Mark.OK, mode)


def _nobody(path: str) -> Iterator[Finding]:
    yield Finding(SECTION, "running", Mark.OK, f"no ({path})")


def _ask(path: str, environment: Mapping[str, str]) -> list[dict[str, str]]:
    output = _Collected()
    request = run_request(_QUESTION, environment, flags={"utf8": True})
    outcome = round_trip(
        lambda: Connection(path, patience_seconds=PATIENCE_SECONDS), request, output
    )
    outcome.connection.close()
    rows = output.texts[1].splitlines()
    return [dict(zip(_FIELDS, row.split("\t"), strict=False)) for row in rows]


def _answered(rows: list[dict[str, str]]) -> Iterator[Finding]:
    if not rows:
        yield Finding(SECTION, "running", Mark.OK, "yes, without a session")
        return
    first = {name: clean(value) for name, value in rows[0].items()}
    plural = "s" * (len(rows) != 1)
    yield Finding(
        SECTION, "running", Mark.OK, f"yes, pid {first['pid']}, {len(rows)} session{plural}"
    )
    yield _version(first.get("aimux_version", ""))
    escape = first.get("escape-time", "")
    slow = escape.isdigit() and int(escape) > _SLOW_ESCAPE_MILLISECONDS
    advice = "Escape comes late: set -s escape-time 25" if slow else ""
    mark = Mark.WARN if slow else Mark.OK
    yield Finding(SECTION, "escape-time", mark, f"{escape} ms", advice)
    read = first.get("config_files", "").replace(",", ", ")
    yield Finding(SECTION, "configuration read", Mark.OK, read or "none")


def _version(running: str) -> Finding:
    if running == __version__:
        return Finding(SECTION, "version", Mark.OK, running)
    advice = f"this is {__version__}: save your work, then `aimux kill-server` and start anew"
    return Finding(SECTION, "version", Mark.WARN, running or "an older one", advice)
