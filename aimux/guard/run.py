"""The guard: from the server's `attach` reply to the exit status of `aimux attach`.

It draws the first picture, hands the ticket to the client, and waits for three things at once: its
child, its connection and its own signals. Whatever ends first, the terminal is given back before
anything is printed. Changes of the terminal's size are the client's business.
"""

from __future__ import annotations

import os
import select
import signal
import time

from aimux.errors import LinkError, ProtocolError
from aimux.guard.child import ClientProcess
from aimux.guard.signals import Signals, stop_this_process
from aimux.guard.terminal import OuterTerminal
from aimux.link.framing import json_object

TYPE_CHECKING = False  # what type checkers take for true; the first picture waits for imports
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn, Protocol

    Fields = Mapping[str, object]

    class Connection(Protocol):
        """What the guard needs of the connection to the server."""

        def fileno(self) -> int:
            """The descriptor, for poll(2)."""

        def fill(self) -> bool:
            """Read once; False once the server has hung up. Raises OSError or ProtocolError."""

        def take(self) -> Sequence[Fields]:
            """The replies read so far."""

        def close(self) -> None:
            """Hang up."""


FAREWELL_SECONDS = 2.0  # for the other side, once the child or the connection has ended
MAX_ERRORS = 100
LOST_SERVER = "[server exited unexpectedly]"
# What ends the guard from outside: tmux's words for it (client.c, client_exit_message).
ENDING_SIGNALS = {
    signal.SIGTERM: "[terminated]",
    signal.SIGHUP: "[lost tty]",
    signal.SIGINT: "[interrupted]",
    signal.SIGQUIT: "[quit]",
}


def run_guard(
    connection: Connection, attach: Fields, client: ClientProcess, terminal: OuterTerminal
) -> int:
    """Guard an attached client until it ends.

    Args:
        connection: The one that brought `attach`; it is closed on return.
        attach: The `attach` reply: `paint` is drawn here, the rest goes to the client.
        client: Forked by `fork_client`, waiting for its ticket.
        terminal: As it was before the fork.

    Returns:
        The exit status: the server's when it says one, else 1. The child has ended, the terminal is
        as it was, and the line that says why has been printed. Does not return where the server
        says `exec` (detach-client -E).
    """
    with Signals() as signals:
        guard = _Guard(connection, client, terminal, signals)
        try:
            status = guard.run(attach)
        finally:
            client.kill()
            terminal.leave()
            connection.close()
    _do_last_wishes(guard.exit_reply)
    return status


def _do_last_wishes(reply: Fields) -> None:
    """What detach-client -P and -E want of the process that was attached."""
    parent = os.getppid()
    if reply.get("hangup_parent") is True and parent > 1:
        os.kill(parent, signal.SIGHUP)
    command = _text(reply, "exec")
    if command:
        run_shell(_text(reply, "shell"), command)


def run_shell(shell: str, command: str, *, login: bool = False) -> NoReturn:
    """Become `shell -c command`, as tmux's client_exec does.

    Raises:
        LinkError: There is no such shell; the text is complete.
    """
    name = shell.rpartition("/")[2]
    words = [f"-{name}" if login else name, "-c", command]
    try:
        os.execve(shell, words, {**os.environ, "SHELL": shell})  # noqa: S606  # the user's command
    except OSError as error:
        raise LinkError(f"{shell}: {error.strerror}") from error


class _Guard:
    def __init__(
        self,
        connection: Connection,
        client: ClientProcess,
        terminal: OuterTerminal,
        signals: Signals,
    ) -> None:
        self._connection = connection
        self._client = client
        self._terminal = terminal
        self._signals = signals
        self._connected = True
        self.exit_reply: Fields = {}
        self._ended_by: str | None = None
        self._errors: list[str] = []
        self._lock_command = ""

    def run(self, attach: Fields) -> int:
        self._terminal.enter(_text(attach, "paint"))
        # Without the picture, which may be larger than a pipe holds while the child imports.
        ticket = {name: value for name, value in attach.items() if name != "paint"}
        self._client.hand_ticket(json_object(ticket))
        self._wait_for_an_end()
        if self._ended_by is None:
            self._wait_for_the_other()
        return self._finish()

    def _wait_for_an_end(self) -> None:
        while self._client.status is None and self._connected and self._ended_by is None:
            self._wait(None)

    def _wait_for_the_other(self) -> None:
        """The child and the server both hear of the end; neither keeps the user waiting long."""
        deadline = time.monotonic() + FAREWELL_SECONDS
        while self._ended_by is None and (self._client.status is None or self._connected):
            if self._has_crashed():
                return  # the server has nothing to add
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return
            self._wait(remaining)

    def _wait(self, seconds: float | None) -> None:
        poll = select.poll()
        poll.register(self._signals, select.POLLIN)
        if self._connected:
            poll.register(self._connection, select.POLLIN)
        if self._client.report_descriptor() >= 0:
            poll.register(self._client.report_descriptor(), select.POLLIN)
        ready = {
            descriptor for descriptor, _ in poll.poll(None if seconds is None else seconds * 1000)
        }
        if self._connected and self._connection.fileno() in ready:
            self._hear_server()
        self._client.report()
        self._hear_signals()

    def _hear_server(self) -> None:
        try:
            self._connected = self._connection.fill()
            replies = self._connection.take()
        except (OSError, ProtocolError):
            self._connected = False
            return
        for reply in replies:
            if reply.get("type") == "exit":
                self.exit_reply = reply
                self._connected = False
            elif reply.get("type") == "lock":
                self._lock_command = _text(reply, "command")
                self._client.signal(signal.SIGTSTP)
            elif reply.get("type") in ("output", "error") and len(self._errors) < MAX_ERRORS:
                self._errors.append(_text(reply, "text").rstrip("\n"))

    def _hear_signals(self) -> None:
        arrived = self._signals.take()
        for number, line in ENDING_SIGNALS.items():
            if number in arrived:
                self._ended_by = line
        stopped = self._client.reap()
        if self._ended_by is None and stopped:
            self._suspend()
        elif self._ended_by is None and signal.SIGTSTP in arrived:
            self._client.signal(signal.SIGTSTP)

    def _suspend(self) -> None:
        """The client has stopped itself: so do we, and both go on when the shell says so.

        Or when the lock command has ended, if that is why it stopped.
        """
        self._terminal.leave(good_end=True)
        if self._lock_command:
            os.system(self._lock_command)  # noqa: S605  # the option lock-command
            self._lock_command = ""
        else:
            stop_this_process()
        self._hear_signals()
        if self._ended_by is None:  # else it may be a job in the background that is to end
            self._terminal.resume()
            self._client.signal(signal.SIGCONT)

    def _has_crashed(self) -> bool:
        status = self._client.status
        if not status:
            return False
        return os.WIFSIGNALED(status) or bool(self._client.report())

    def _finish(self) -> int:
        status, crashed = self._client.status, self._has_crashed()
        self._client.kill()
        self._terminal.leave(good_end=status == 0)
        for error in self._errors:
            self._terminal.say(error)
        if self._ended_by is not None:
            return self._fail(self._ended_by)
        if crashed or (status and self._connected):
            self._terminal.say(self._client.report().rstrip("\n"))
            return self._fail(f"[client {_how_it_ended(status or 0)}]")
        if not self.exit_reply:
            return self._fail(LOST_SERVER)
        self._terminal.say(_text(self.exit_reply, "message"))
        told = self.exit_reply.get("status")
        return told if isinstance(told, int) else 1

    def _fail(self, line: str) -> int:
        self._terminal.say(line)
        return 1


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _how_it_ended(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"killed by signal {os.WTERMSIG(status)}"
    return f"exited with status {os.waitstatus_to_exitcode(status)}"
