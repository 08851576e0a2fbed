"""How far something that takes long is: one line on a person's terminal, gone at its end."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from aimux.security.clean import clean

DELAY_SECONDS = 0.5
"""What is quicker than that says nothing."""
Told = Callable[[str], None]


def untold(text: str) -> None:
    """For those whom nobody watches."""
    del text


class Progress:
    """Tells, once its work takes longer than DELAY_SECONDS, what it does.

    Args:
        stream: Where; nothing is written unless it is a terminal that can erase a line.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._shown = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(DELAY_SECONDS, self._begin)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if self._stream.isatty() and os.environ.get("TERM", "dumb") != "dumb":
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            if self._shown:
                self._write("")
            self._shown = False

    def tell(self, text: str) -> None:
        """Say what is done now; one line."""
        with self._lock:
            self._text = text
            if self._shown:
                self._write(text)

    def _begin(self) -> None:
        with self._lock:
            self._shown = True
            self._write(self._text)

    def _write(self, text: str) -> None:
        room = shutil.get_terminal_size().columns - 1
        self._stream.write(f"\r\x1b[K{clean(text, limit=max(1, room))}")
        self._stream.flush()
