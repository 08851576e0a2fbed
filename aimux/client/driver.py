"""Textual's driver for the outer terminal: the event loop reads and writes it, and never waits.

Textual's own driver reads in a thread that gives up on keys it does not know, and blocks the event
loop when the terminal stops reading.
"""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Protocol, cast

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from typing_extensions import override

from aimux.abilities.questions import Answers, Told, questions
from aimux.client import sequences
from aimux.client.outer_terminal import OuterTerminal
from aimux.client.real_cursor import RealCursor
from aimux.client.terminal_input import TerminalInput
from aimux.client.terminal_output import TerminalOutput
from aimux.keys.tokenizer import Token, TokenKind
from aimux.protocol.picture_messages import Cursor
from aimux.protocol.server_messages import OuterModes
from aimux.styles.ascii_text import ascii_text

# What a terminal has not said by then is told when it comes; nobody waits for it.
_ANSWER_SECONDS = 1.0
_LAST_WORDS_SECONDS = 0.5
_POINTER_SHAPE = "\x1b]22;"


class TerminalHost(Protocol):
    """What the driver needs of the app."""

    def terminal_opened(self, driver: TerminalDriver) -> None:
        """The driver is ready to write."""

    def take_token(self, token: Token) -> None:
        """Something was typed, pressed or reported."""

    def clipboard_told(self, data: bytes) -> None:
        """The terminal answered `ask_clipboard`."""

    def terminal_told(self, told: Told) -> None:
        """The terminal said what it can do; called again if it says more."""

    def terminal_gone(self) -> None:
        """The terminal hung up."""

    def terminal_blocked(self) -> None:
        """The terminal takes no more bytes: draw nothing until `terminal_drained`."""

    def terminal_drained(self) -> None:
        """The terminal has taken everything."""

    def terminal_resumed(self) -> None:
        """The process goes on after a stop; nothing that was drawn is there any more."""


class TerminalDriver(Driver):
    """Owns the terminal on standard input from `start_application_mode` on.

    It neither enters, clears nor leaves the alternate screen, nor changes the line discipline: the
    guard does both.

    Attributes:
        has_margins: The terminal has said that it knows DECSLRM.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._host = cast("TerminalHost", app)
        self._terminal: OuterTerminal | None = None
        self._input: TerminalInput | None = None
        self._output: TerminalOutput | None = None
        self._text: list[str] = []
        self._flush_due = False
        self._active = False
        self._suspended = False
        self._cursor = RealCursor()
        self._questions = questions(os.environ)
        self._answers = Answers()
        self._answers_due: asyncio.TimerHandle | None = None
        self._synchronized = False
        self.has_margins = False
        self._modes = ""
        self._asked_clipboard = False
        self._only_ascii = False

    # ---- what Textual calls ----

    @override
    def start_application_mode(self) -> None:
        terminal = self._terminal = OuterTerminal.open(0)
        self._output = TerminalOutput(
            terminal.descriptor,
            on_blocked=self._host.terminal_blocked,
            on_drained=self._host.terminal_drained,
        )
        self._input = TerminalInput(
            terminal.descriptor, take=self._take, gone=self._host.terminal_gone
        )
        self._loop.add_signal_handler(signal.SIGWINCH, self._resized)
        self._loop.add_signal_handler(signal.SIGTSTP, self.suspend)
        self._loop.add_signal_handler(signal.SIGCONT, self._continued)
        self._host.terminal_opened(self)
        self._enter()
        self._resized()

    @override
    def disable_input(self) -> None:
        if self._input is not None:
            self._input.stop()

    @override
    def stop_application_mode(self) -> None:
        self.disable_input()
        self._leave()

    @override
    def close(self) -> None:
        if self._output is None:
            return
        self.flush()
        for number in (signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT):
            self._loop.remove_signal_handler(number)
        self._output.close(patience_seconds=_LAST_WORDS_SECONDS)
        self._output = None
        if self._input is not None and self._answers_due is not None:
            # The shell would take answers that are still on their way for typing.
            self._input.forget_until(self._is_last_answer, patience_seconds=_LAST_WORDS_SECONDS)
        if self._terminal is not None:
            self._terminal.close()
            self._terminal = None

    @override
    def write(self, data: str) -> None:
        if data.startswith(_POINTER_SHAPE):  # Textual's own; nobody said that the terminal knows it
            return
        self._text.append(data)
        if not self._flush_due:
            self._flush_due = True
            self._loop.call_soon(self.flush)

    @override
    def flush(self) -> None:
        self._flush_due = False
        if self._output is None or not self._active:
            return
        text = "".join(self._text)
        self._text.clear()
        picture = self._cursor.around(text, synchronized=self._synchronized)
        if self._only_ascii:
            picture = ascii_text(picture)
        if picture:
            self._output.send(picture.encode("utf-8", "replace"))

    # ---- what the app calls ----

    @property
    def backlog(self) -> int:
        """Bytes that the terminal has not taken yet."""
        return self._output.backlog if self._output is not None else 0

    def show_cursor(self, cursor: Cursor | None) -> None:
        """Put the real cursor there after everything that is drawn; None hides it."""
        if self._cursor.want(cursor):
            self.write("")

    def ask_for(self, modes: OuterModes) -> None:
        """Set what the terminal reports of mouse and keyboard, and what of it is made use of."""
        if modes.depth:
            self._synchronized = "sync" in modes.features
            self._cursor.has_shapes = "cstyle" in modes.features
            self._cursor.has_colours = "ccolour" in modes.features
        if self._input is not None:
            self._input.name_keys(modes.user_keys)
        asked = sequences.mouse_mode(modes.mouse)
        if self._questions:
            asked += sequences.kitty_flags(modes.kitty_flags)
        if "extkeys" in modes.features and "kitty" not in self._answers.told.features:
            asked += sequences.modify_other_keys(modes.modify_other_keys)
        if asked != self._modes:
            self._modes = asked
            self.write(asked)

    def write_only_ascii(self, *, only: bool) -> None:
        """Say whether the terminal shows nothing beyond ASCII."""
        self._only_ascii = only

    def wait_after_escape(self, seconds: float) -> None:
        """Say how long after ESC the rest of a key may come."""
        if self._input is not None:
            self._input.escape_seconds = seconds

    def ask_clipboard(self) -> None:
        """Ask the terminal for its clipboard; the host is told the next answer, if any comes."""
        self._asked_clipboard = True
        self.write(sequences.ASK_CLIPBOARD)

    def pause_input(self) -> None:
        """Leave what is typed in the terminal's queue until `resume_input`."""
        self.disable_input()

    def resume_input(self) -> None:
        """Read again."""
        if self._input is not None:
            self._input.start()

    def suspend(self) -> None:
        """Stop the process as ctrl-z does. The guard sees it, gives the terminal back and stops."""
        self.disable_input()
        self._leave()
        self._suspended = True
        os.kill(os.getpid(), signal.SIGSTOP)

    # ---- inside ----

    def _enter(self) -> None:
        self._cursor.forget()
        self._active = True
        self.write(sequences.START)
        if self._questions:
            self.write(sequences.PUSH_KEYBOARD)
        if self._questions and not self._answers.told.complete:
            self.write(self._questions)
            if self._input is not None:
                self._input.expect_reports(expected=True)
            self._answers_due = self._loop.call_later(_ANSWER_SECONDS, self._tell)
        self.write(self._modes)
        self.resume_input()

    def _continued(self) -> None:
        """Draw anew. The shell continues everybody, the guard then clears the screen and us again.

        A SIGCONT that follows no stop, as the kernel sends it with a hangup, does no harm.
        """
        if self._suspended:
            self._suspended = False
            self._enter()
        self._host.terminal_resumed()
        self._resized()

    def _leave(self) -> None:
        """Undo what `_enter` asked for; nothing is drawn from here on."""
        self.flush()
        self._active = False
        self._text.clear()
        if self._output is not None:
            keyboard = sequences.POP_KEYBOARD if self._questions else ""
            colour = self._cursor.give_back_colour()
            self._output.send((sequences.MOUSE_OFF + keyboard + colour + sequences.STOP).encode())

    def _take(self, token: Token) -> None:
        if token.kind is TokenKind.REPORT:
            self._learn(token.raw)
        else:
            self._host.take_token(token)

    def _learn(self, report: bytes) -> None:
        """What the terminal answered to what it was asked; other reports are nobody's."""
        if self._answers.take(report):
            self._synchronized |= "sync" in self._answers.told.features
            self.has_margins |= "margins" in self._answers.told.features
            if self._input is not None and "kitty" in self._answers.told.features:
                self._input.speaks_kitty()
            if self._answers_due is None or self._answers.told.complete:
                self._tell()
        clipboard = sequences.clipboard_of_reply(report) if self._asked_clipboard else None
        if clipboard is not None:
            self._asked_clipboard = False
            self._host.clipboard_told(clipboard)

    def _is_last_answer(self, token: Token) -> bool:
        self._answers.take(token.raw)
        return self._answers.told.complete

    def _tell(self) -> None:
        """What the terminal has said, all at once: at its last answer, or after a while."""
        if self._answers_due is not None:
            self._answers_due.cancel()
            self._answers_due = None
        if self._input is not None:
            self._input.expect_reports(expected=False)
        self._host.terminal_told(self._answers.told)

    def _resized(self) -> None:
        size = self._terminal.size() if self._terminal is not None else None
        if size is not None:
            self._app.post_message(events.Resize(Size(*size), Size(*size)))
