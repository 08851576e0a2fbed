"""What the terminal is told beside the picture: OSC sequences (title, notices) and the bell."""

from __future__ import annotations

from aimux.client import sequences
from aimux.client.driver import TerminalDriver


class OscWriter:
    """Writes what is no part of the picture, unless the terminal is behind.

    Attributes:
        terminal: What is written to; None where there is none.
        has_title: Whether the terminal is told its title.
    """

    def __init__(self) -> None:
        self.terminal: TerminalDriver | None = None
        self.has_title = True
        self._title: str | None = None

    def write(self, text: str) -> bool:
        """Write it now; whether it was written."""
        if self.terminal is None or self.terminal.backlog:
            return False
        self.terminal.write(text)
        return True

    def set_title(self, title: str) -> None:
        """Set the title, if not now then when the terminal has drained."""
        self._title = title
        self._write_title()

    def drained(self) -> None:
        """The terminal has everything: set the newest title, if that could not be done before."""
        if self._title is not None:
            self._write_title()

    def _write_title(self) -> None:
        if not self.has_title:
            self._title = None
        if self._title is not None and self.write(sequences.title(self._title)):
            self._title = None
