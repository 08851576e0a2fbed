"""A pane's program: its PTY's bytes into the screen, keys and replies out, size and end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from aimux.model.pane import Pane
from aimux.pty.process import PtyProcess
from aimux.server.supervision import guarded
from aimux.vt.events import ScreenEvent

MAX_LAST_BYTES = 1 << 20  # read after the program's end, while a child of it goes on writing
FRAME_SECONDS = 0.016
TYPED_SECONDS = 0.1  # a pane that was typed into is not paced for this long
SYNCHRONIZED_SECONDS = 0.15
RESIZE_SECONDS = 0.05


class Owner(Protocol):
    """The server as a pane's process sees it."""

    def draw_pane(self, pane: Pane) -> None:
        """Send what changed on the pane's screen."""
        ...

    def pane_printed(self, pane: Pane) -> None:
        """The program wrote something; told once a frame, not once a read."""
        ...

    def pane_output(self, pane: Pane, data: bytes) -> None:
        """The bytes that it wrote; told at every read."""
        ...

    def pane_event(self, pane: Pane, event: ScreenEvent) -> None:
        """The program asked for something that is not drawn."""
        ...

    def pane_failed(self, pane: Pane) -> None:
        """Our code failed on the pane."""
        ...


class PaneProcess:
    """The program of one pane and the clock of its frames.

    Args:
        exited: Called with the wait status once the program has ended and all it wrote is read.

    Attributes:
        tap: Given all that the program writes, if somebody else wants it, too.
    """

    def __init__(
        self, owner: Owner, pane: Pane, process: PtyProcess, *, exited: Callable[[int], None]
    ) -> None:
        self.pane = pane
        self.process = process
        self._owner = owner
        self._exited = exited
        self._loop = asyncio.get_running_loop()
        self._drawn = self._typed = self._held = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._resizing: asyncio.TimerHandle | None = None
        self._resized = 0.0
        self._told = self._size()
        self._open = True
        self._held_back = self._at_end = False
        self.tap: Callable[[bytes], None] | None = None
        pane.screen.on_reply = self._reply
        pane.screen.on_event = lambda event: owner.pane_event(pane, event)
        self._read_on()

    # ---- what the program writes ----

    def _read_on(self) -> None:
        readable = guarded(f"pane %{self.pane.id}", self._readable, failed=self._fail)
        self._loop.add_reader(self.process.fd, readable)

    def hold_back(self, *, held: bool) -> None:
        """Let the program wait: what it writes is not read until it is let go."""
        if held == self._held_back or not self._open or self._at_end:
            return
        self._held_back = held
        if held:
            self._loop.remove_reader(self.process.fd)
        else:
            self._read_on()

    def _readable(self) -> None:
        data = self.process.read()
        if data is None:
            return
        if not data:
            self._stop_reading()
            return
        self._take(data)
        self._pace()

    def _take(self, data: bytes) -> None:
        if self.tap is not None:
            self.tap(data)
        self.pane.screen.feed(data)
        self._owner.pane_output(self.pane, data)

    def _fail(self) -> None:
        self._stop_reading()
        self._owner.pane_failed(self.pane)

    def _stop_reading(self) -> None:
        self._at_end = True
        self._loop.remove_reader(self.process.fd)

    # ---- frames ----

    def _pace(self) -> None:
        """Draw now, or when the pane's next frame is due."""
        if self._timer is not None:
            return
        now = self._loop.time()
        due = self._due(now)
        if due <= now:
            self._draw()
        else:
            self._timer = self._loop.call_at(due, self._draw)

    def _due(self, now: float) -> float:
        if self.pane.screen.modes.synchronized:
            self._held = self._held or now
            return max(now, self._held + SYNCHRONIZED_SECONDS)
        self._held = 0.0
        if now - self._typed < TYPED_SECONDS:
            return now
        return max(now, self._drawn + FRAME_SECONDS)

    def _draw(self) -> None:
        self._timer = None
        self._held = 0.0
        self._drawn = self._loop.time()
        self._owner.draw_pane(self.pane)
        self._owner.pane_printed(self.pane)

    # ---- what the program is given ----

    def write(self, data: bytes) -> None:
        """Hand bytes that were typed to the program; dropped if it does not read for too long."""
        self._typed = self._loop.time()
        if self._timer is not None and not self.pane.screen.modes.synchronized:
            self._timer.cancel()
            self._timer = None
            self._pace()
        self._write(data)

    def _reply(self, data: bytes) -> None:
        self._write(data)

    def _write(self, data: bytes) -> None:
        if not self._open:
            return
        self.process.write(data)
        if self.process.pending:
            self._loop.add_writer(self.process.fd, self._writable)

    def _writable(self) -> None:
        self.process.flush()
        if not self.process.pending:
            self._loop.remove_writer(self.process.fd)

    def fit(self) -> None:
        """Give the PTY the screen's size, at most every RESIZE_SECONDS; the last size wins."""
        if self._resizing is None and self._open and self._size() != self._told:
            wait = self._resized + RESIZE_SECONDS - self._loop.time()
            if wait <= 0:
                self._resize()
            else:
                self._resizing = self._loop.call_later(wait, self._resize)

    def _size(self) -> tuple[int, int]:
        return self.pane.rows, self.pane.columns

    def _resize(self) -> None:
        self._resizing = None
        self._resized = self._loop.time()
        if self._open and self._size() != self._told:
            self._told = rows, columns = self._size()
            self.process.resize(rows=rows, columns=columns)

    # ---- the end ----

    def ended(self, status: int) -> None:
        """The program ended with that wait status: read the rest, then tell."""
        rest = 0
        while self._open and rest < MAX_LAST_BYTES:
            data = self.process.read()
            if not data:
                break
            rest += len(data)
            self._take(data)
        self.close()
        self._exited(status)

    def close(self) -> None:
        """Hang up: the program gets SIGHUP, the PTY is closed. May be called twice."""
        if not self._open:
            return
        self._open = False
        self._loop.remove_reader(self.process.fd)
        self._loop.remove_writer(self.process.fd)
        for timer in (self._timer, self._resizing):
            if timer is not None:
                timer.cancel()
        self._timer = self._resizing = None
        self.pane.screen.on_reply = None
        self.pane.screen.on_event = None
        self.process.close()
