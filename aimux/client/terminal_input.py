"""Bytes from the outer terminal, as tokens, in the event loop: no thread, no polling."""

from __future__ import annotations

import asyncio
import os
import select
import time
from collections.abc import Callable, Iterable

from aimux.keys.key import Key
from aimux.keys.tokenizer import Token, Tokenizer

READ_SIZE = 65536
# Until the server has said what `escape-time` is.
ESCAPE_SECONDS = 0.025


class TerminalInput:
    """Reads a terminal and hands on what was typed, in order.

    Args:
        descriptor: Opened with O_NONBLOCK.
        take: Is given every token.
        gone: Called once when the terminal has hung up.

    Attributes:
        escape_seconds: How long after ESC the rest of a sequence may come. A terminal that speaks
            kitty's protocol needs no waiting.
    """

    def __init__(
        self, descriptor: int, *, take: Callable[[Token], None], gone: Callable[[], None]
    ) -> None:
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._tokenizer = Tokenizer()
        self._take = take
        self._gone = gone
        self._timer: asyncio.TimerHandle | None = None
        self.escape_seconds = ESCAPE_SECONDS

    def start(self) -> None:
        """Begin to read, or go on."""
        self._loop.add_reader(self._descriptor, self._readable)

    def stop(self) -> None:
        """Leave what is typed in the terminal's queue."""
        self._loop.remove_reader(self._descriptor)
        self._cancel_timer()

    def forget_until(self, is_last: Callable[[Token], bool], *, patience_seconds: float) -> None:
        """Drop what comes up to and with a certain token, blocking for so long at most."""
        end = time.monotonic() + patience_seconds
        while (left := end - time.monotonic()) > 0:
            readable, _, _ = select.select([self._descriptor], [], [], left)
            data = self._read() if readable else b""
            if not data or any(map(is_last, self._tokenizer.feed(data))):
                return

    def expect_reports(self, *, expected: bool) -> None:
        """Whether answers are awaited: what may be the beginning of one is waited for longer."""
        self._tokenizer.expects_reports = expected

    def name_keys(self, keys: Iterable[tuple[int, bytes]]) -> None:
        """Take these sequences for the keys User0 and so on."""
        self._tokenizer.user_keys = {data: Key(f"User{number}") for number, data in keys}

    def speaks_kitty(self) -> None:
        """The terminal has said that it speaks kitty's keyboard protocol."""
        self._tokenizer.kitty = True

    def _readable(self) -> None:
        data = self._read()
        if data is None:
            return
        if not data:
            self.stop()
            self._gone()
            return
        self._hand_on(self._tokenizer.feed(data))

    def _read(self) -> bytes | None:
        """What has come; None if nothing has, empty once the terminal has hung up."""
        try:
            return os.read(self._descriptor, READ_SIZE)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def _timed_out(self) -> None:
        self._hand_on(self._tokenizer.timeout())

    def _hand_on(self, tokens: list[Token]) -> None:
        self._cancel_timer()
        for token in tokens:
            self._take(token)
        if self._tokenizer.pending:
            self._timer = self._loop.call_later(self.escape_seconds, self._timed_out)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
