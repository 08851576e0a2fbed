"""Brings frames to the terminal: past Textual where nothing lies over the rows, else through it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from textual.app import App

from aimux.client.canvas import Area, Canvas, Change
from aimux.client.driver import TerminalDriver
from aimux.client.painting import Ability, painted
from aimux.client.screen import ClientScreen
from aimux.protocol.client_messages import FrameShown
from aimux.protocol.message import Message

NO_FRAME: Final = "no frame yet"
BLOCKED: Final = "terminal blocked"


class Frames:
    """The frames of one client, and when each has left for the terminal.

    Args:
        app: The app; something lies over the rows while it has more than one screen.
        canvas: What the server sent.
        screen: What shows it through Textual.
        send: Takes what the server is told.

    Attributes:
        terminal: What is painted on past Textual; None where there is none.
    """

    def __init__(
        self,
        app: App[None],
        canvas: Canvas,
        screen: ClientScreen,
        send: Callable[[Message], None],
    ) -> None:
        self.terminal: TerminalDriver | None = None
        self._app = app
        self._canvas = canvas
        self._screen = screen
        self._send = send
        self._holds: set[str] = set()
        self._batch = ExitStack()
        self._needs_repaint = False
        self._undrawn = 0  # frames that Textual has been given and has not drawn
        self._was_covered = False  # whether Textual has yet to draw what something lay over
        self._missed = False  # whether there were any while nothing was drawn
        self._unacknowledged: int | None = None

    def draw(self, number: int, change: Change) -> None:
        """Draw what a frame changed, and tell the server once that has left."""
        if self._paint(change):
            self._acknowledge(number)
            return
        self._undrawn += 1
        self._was_covered &= not change.whole
        self._missed |= bool(self._holds)
        self._screen.show(change)
        self._app.call_after_refresh(self._drawn, number)

    def look_for_covers(self) -> None:
        """Something may have come to lie over the rows: see to it that Textual draws them then."""
        self._was_covered |= not self._is_uncovered()

    def repaint(self) -> None:
        """The terminal has another size: draw every cell once nothing is held."""
        self._needs_repaint = True

    def hold(self, reason: str) -> None:
        """Draw nothing until every reason has been released."""
        if not self._holds:
            self._batch.enter_context(self._app.batch_update())
        self._holds.add(reason)
        self._missed |= self._undrawn > 0

    def release(self, reason: str) -> None:
        """Draw again, unless there are other reasons not to."""
        if reason not in self._holds:
            return
        self._holds.discard(reason)
        if self._holds:
            return
        self._batch.close()
        if self._missed:
            # Textual forgets nothing, but may draw after what is painted past it from here on.
            self._missed = False
            self._screen.show_all()
        if self._needs_repaint:
            self._needs_repaint = False
            self._screen.refresh()
        self._app.screen.check_idle()

    def drained(self) -> None:
        """The terminal has everything: the server may hear so of a frame that it waits for."""
        if self._unacknowledged is not None:
            self._acknowledge(self._unacknowledged)

    def _paint(self, change: Change) -> bool:
        """Draw past Textual if nothing lies over the rows; whether it was done.

        What was drawn before decides what is written now: not while Textual has rows to draw.
        """
        terminal = self.terminal
        if terminal is None or change.whole or self._holds or self._undrawn:
            return False
        if not self._is_uncovered():
            return False
        if self._was_covered:
            self._was_covered = False
            self._screen.show_all()
            return False
        terminal.write("".join(map(self._painted, change.areas)))
        terminal.flush()
        self._screen.forget(change)
        return True

    def _painted(self, area: Area) -> str:
        has_margins = self.terminal is not None and self.terminal.has_margins
        shift = self._screen.column_of(area.slots[0].row)
        return painted(area, Ability(self._app.size.width, has_margins=has_margins), shift)

    def _is_uncovered(self) -> bool:
        app, canvas = self._app, self._canvas
        fits = app.size == (canvas.columns, canvas.rows)
        return fits and len(app.screen_stack) == 1 and not self._screen.window_is_covered

    def _drawn(self, number: int) -> None:
        """Textual has drawn a frame, unless it is held."""
        self._undrawn -= 1
        self._acknowledge(number)

    def _acknowledge(self, number: int) -> None:
        """Tell the server that a frame has left, or do it when the terminal has drained."""
        self._unacknowledged = number
        if self.terminal is None or not self.terminal.backlog:
            self._unacknowledged = None
            self._send(FrameShown(number))
