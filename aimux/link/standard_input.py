"""Sends this process's standard input to the server, once a command asks for it.

`{"type": "read", "what": "stdin"}` starts it (load-buffer -, source-file -, control mode); then
`{"type": "input", "text": ..., "end": bool}` goes out for every piece, `end` with the last one.
"""

from __future__ import annotations

import os
import select

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from aimux.link.connection import Connection

PIECE_BYTES = 32768
DESCRIPTOR = 0


class StandardInput:
    """What a command reads; nothing before `start`."""

    def __init__(self) -> None:
        self._reading = False

    def start(self) -> None:
        """From here on `forward` sends what is typed or piped in."""
        self._reading = True

    def forward(self, connection: Connection) -> None:
        """Send input until the server says something or the input ends.

        Raises OSError if the connection breaks.
        """
        poll = select.poll()
        poll.register(connection, select.POLLIN)
        poll.register(DESCRIPTOR, select.POLLIN)
        while self._reading:
            ready = [descriptor for descriptor, _ in poll.poll()]
            if DESCRIPTOR in ready:
                self._send_piece(connection)
            if connection.fileno() in ready:
                return

    def _send_piece(self, connection: Connection) -> None:
        try:
            piece = os.read(DESCRIPTOR, PIECE_BYTES)
        except OSError:  # closed, or a terminal that is gone
            piece = b""
        self._reading = bool(piece)
        connection.send({"type": "input", "text": os.fsdecode(piece), "end": not piece})
