"""Who asked for commands, and how each is answered (`aimux.commands.command.Requester`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aimux.commands.modes import show_lines
from aimux.link.framing import MAX_REPLY
from aimux.model.client import Client
from aimux.model.session import Session
from aimux.model.state import State

Reply = Callable[[Mapping[str, object]], None]
MAX_TEXT = MAX_REPLY // 8  # of one reply: text grows by up to six in JSON


class OneShotRequester:
    """A one-shot command: its output and its errors go back over the connection.

    Attributes:
        status: The exit status so far.
    """

    def __init__(self, reply: Reply) -> None:
        self.status = 0
        self._reply = reply

    def output(self, text: str) -> None:
        """A line for standard output."""
        self.raw(f"{text}\n")

    def raw(self, text: str) -> None:
        """Text for standard output as it is."""
        for start in range(0, len(text), MAX_TEXT):
            self._reply({"type": "output", "text": text[start : start + MAX_TEXT]})

    def error(self, text: str) -> None:
        """A line for standard error; the command failed."""
        self.status = self.status or 1
        self._reply({"type": "error", "text": f"{text[:MAX_TEXT]}\n"})

    def fail(self, status: int) -> None:
        """Only the exit status."""
        self.status = status


class ClientRequester:
    """A person at a client: output is viewed in the active pane, an error is a message.

    Args:
        show_message: Shows a text in the client's status line.
    """

    def __init__(
        self, state: State, client: Client, *, show_message: Callable[[Client, str], None]
    ) -> None:
        self._state = state
        self._client = client
        self._show_message = show_message

    def output(self, text: str) -> None:
        """Lines for the pane's view mode."""
        session = self._client.session
        if session is not None:
            show_lines(self._state, session.window.active, text.split("\n"))

    def raw(self, text: str) -> None:
        """The same for text that has no lines."""
        self.output(text.removesuffix("\n"))

    def error(self, text: str) -> None:
        """A message, with tmux's capital."""
        self._show_message(self._client, text[:1].upper() + text[1:])

    def fail(self, status: int) -> None:
        """Nothing more to say: the status is for programs."""
        del status


class ConfigRequester:
    """A configuration file: what it says is kept for the first person who comes.

    Attributes:
        lines: Output and errors, the newest MAX_LINES.
    """

    MAX_LINES = 1000

    def __init__(self) -> None:
        self.lines: list[str] = []

    def output(self, text: str) -> None:
        """Keep a line."""
        self.lines.append(text)
        del self.lines[: -self.MAX_LINES]

    def raw(self, text: str) -> None:
        """Keep text."""
        self.output(text.removesuffix("\n"))

    def error(self, text: str) -> None:
        """Keep an error."""
        self.output(text)

    def show(self, state: State, session: Session) -> None:
        """Show what was kept, once, over the active pane of a session."""
        if self.lines:
            show_lines(state, session.window.active, self.lines)
            self.lines = []

    def fail(self, status: int) -> None:
        """A file has no exit status."""
        del status
