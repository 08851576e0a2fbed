"""The terminal device under the client: an own way into it, and its size."""

from __future__ import annotations

import os
from pathlib import Path

from aimux.errors import LinkError

_OPEN_FLAGS = os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC


class OuterTerminal:
    """A terminal opened anew, so that O_NONBLOCK does not leak to the shell that shares it.

    Attributes:
        descriptor: Open for reading and writing, non-blocking.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def open(cls, descriptor: int) -> OuterTerminal:
        """The terminal behind `descriptor`.

        Raises:
            LinkError: It is no terminal, or may not be opened.
        """
        if not os.isatty(descriptor):
            raise LinkError("open terminal failed: not a terminal")
        # After su the device belongs to somebody else; the controlling terminal still opens.
        for path in (_device_of(descriptor), f"/proc/self/fd/{descriptor}", "/dev/tty"):
            try:
                return cls(os.open(path, _OPEN_FLAGS))
            except OSError:
                continue
        raise LinkError("open terminal failed: permission denied")

    def close(self) -> None:
        """Let go of the terminal."""
        os.close(self.descriptor)

    def size(self) -> tuple[int, int] | None:
        """Columns and rows; 80 by 24 where the terminal does not know; None if it hung up."""
        try:
            columns, rows = os.get_terminal_size(self.descriptor)
        except OSError:
            return None
        return columns or 80, rows or 24


def _device_of(descriptor: int) -> Path | str:
    try:
        return os.ttyname(descriptor)
    except OSError:  # a container that does not have the device of its own terminal
        return "/dev/tty"
