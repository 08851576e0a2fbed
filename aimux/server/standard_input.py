"""The standard input of a one-shot command, which its process sends when it is asked to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Piece = Callable[[bytes], None]
End = Callable[[], None]
ASK: Mapping[str, object] = {"type": "read", "what": "stdin"}


class OneShotInput:
    """What a one-shot command's process reads (`aimux.commands.command.StandardInput`).

    Args:
        reply: Answers the process.

    Attributes:
        was_read: It has been asked for.
    """

    def __init__(self, reply: Callable[[Mapping[str, object]], None]) -> None:
        self._reply = reply
        self._reader: tuple[Piece, End] | None = None
        self.was_read = False

    def read(self, piece: Piece, end: End) -> None:
        """Read to the end, once."""
        self.was_read = True
        self._reader = piece, end
        self._reply(ASK)

    def arrived(self, data: bytes, *, last: bool) -> None:
        """The process sent a piece; one that nobody asked for is dropped."""
        if self._reader is None:
            return
        piece, end = self._reader
        if data:
            piece(data)
        if last:
            self._reader = None
            end()

    def lost(self) -> None:
        """The process has gone: whoever reads has all that there is."""
        self.arrived(b"", last=True)
