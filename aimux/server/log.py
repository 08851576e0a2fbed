"""The server's log file: rotated, readable by its user alone, and done without where need be.

What goes into it is the callers' matter; never what was typed or printed in a pane.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from typing_extensions import override

from aimux.errors import PathError
from aimux.paths import make_state_directory

MAX_BYTES = 1 << 20
FILES = 3
LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)  # by the number of -v
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


class PrivateFileHandler(RotatingFileHandler):
    """A rotating file that is made with mode 0600 and never opened through a symbolic link."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=FILES - 1, encoding="utf-8")

    @override
    def _open(self) -> io.TextIOWrapper:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.baseFilename, flags, 0o600)
        os.fchmod(descriptor, 0o600)
        return io.TextIOWrapper(
            io.FileIO(descriptor, "a"),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=True,
        )


def open_log(environment: Mapping[str, str], *, label: str, verbose: int) -> Path | None:
    """Send what is logged to `server-LABEL.log` in the state directory, and crashes too.

    At most FILES files of MAX_BYTES bytes are kept.

    Args:
        environment: Says where the state directory is.
        label: The socket's file name.
        verbose: How often -v was given: 0 warnings, 1 the life cycle too, 2 the protocol too.

    Returns:
        The file; None if it cannot be written, and nothing is logged then.
    """
    root = logging.getLogger()
    root.setLevel(LEVELS[max(0, min(verbose, len(LEVELS) - 1))])
    sys.excepthook = _log_crash
    try:
        path = Path(make_state_directory(environment)) / f"server-{label}.log"
        handler: logging.Handler = PrivateFileHandler(path)
    except (OSError, PathError):
        root.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter(FORMAT))
    root.addHandler(handler)
    return path


def _log_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    log.critical("the server ended by an error", exc_info=(kind, error, trace))
