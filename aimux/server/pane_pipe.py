"""pipe-pane's connection between a pane's program and a shell command."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
from collections.abc import Callable

from aimux.model.pane import Pane
from aimux.server.pane_process import PaneProcess
from aimux.server.supervision import guarded

MAX_UNREAD = 16 << 20  # bytes that the command may be behind before its pipe is cut
READ_BYTES = 65536

log = logging.getLogger(__name__)


class PanePipe:
    """One open pipe.

    Args:
        ours: Our end; it is closed with the pipe.
        to_command: Whether the command is given what `feed` takes.
        typed: Takes what it prints; None drops that.
        closed: Called once, when the pipe has ended by itself.
    """

    def __init__(
        self,
        ours: socket.socket,
        *,
        to_command: bool,
        typed: Callable[[bytes], None] | None,
        closed: Callable[[], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._to_command = to_command
        self._typed = typed
        self._closed = closed
        self._unread = bytearray()
        self._finishing = False
        self._socket = ours
        self._socket.setblocking(False)
        if typed is not None:
            self._loop.add_reader(self._socket, guarded("pipe-pane", self._readable))

    def feed(self, data: bytes) -> None:
        """The pane's program wrote something."""
        if not self._to_command or self._finishing:
            return
        self._unread += data
        if len(self._unread) > MAX_UNREAD:
            log.warning("pipe-pane: a command that does not read was cut off")
            self._end()
        else:
            self._writable()

    def finish(self) -> None:
        """No more comes: the pipe is closed once the command has been given everything."""
        self._finishing = True
        if not self._unread:
            self._close()

    def _writable(self) -> None:
        try:
            del self._unread[: self._socket.send(self._unread)]
        except BlockingIOError:
            pass
        except OSError:  # the command reads no more
            self._unheard()
            return
        if self._unread:
            self._loop.add_writer(self._socket, guarded("pipe-pane", self._writable))
            return
        self._loop.remove_writer(self._socket)
        if self._finishing:
            self._close()

    def _unheard(self) -> None:
        """The command has ended or closed its input; what it printed before is still to be read."""
        self._to_command = False
        self._unread.clear()
        self._loop.remove_writer(self._socket)
        if self._typed is None or self._finishing:
            self._end()

    def _readable(self) -> None:
        try:
            data = self._socket.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._end()
        elif self._typed is not None and not self._finishing:
            self._typed(data)

    def _end(self) -> None:
        """The pipe ends by itself."""
        self._close()
        if not self._finishing:
            self._closed()

    def _close(self) -> None:
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._socket.close()
        self._unread.clear()


class Pipes:
    """The pipes of all panes, and their commands until they have ended."""

    def __init__(self) -> None:
        self._pipes: dict[int, PanePipe] = {}
        self._commands: list[subprocess.Popen[bytes]] = []

    def open(  # noqa: PLR0913  # a command beside a pane is all of it
        self,
        pane: Pane,
        process: PaneProcess | None,
        command: list[str],
        *,
        path: str,
        environment: dict[str, str],
        to_command: bool,
        to_pane: bool,
    ) -> None:
        """Run a command beside a pane, whose pipe must be closed.

        Args:
            pane: The pane.
            process: Its program; None if it has none, which then writes and reads nothing.
            command: The command's words.
            path: Where it runs.
            environment: All of its environment.
            to_command: Whether it reads what the program writes; else its input is empty.
            to_pane: Whether what it prints is typed into the pane; else that is dropped.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            self._commands.append(
                subprocess.Popen(  # the user's command
                    command,
                    stdin=theirs.fileno() if to_command else subprocess.DEVNULL,
                    stdout=theirs.fileno() if to_pane else subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd=path if os.path.isdir(path) else "/",  # noqa: PTH112  # one stat
                    env=environment,
                    start_new_session=True,
                )
            )
        pipe = PanePipe(
            ours,
            to_command=to_command,
            typed=process.write if to_pane and process is not None else None,
            closed=lambda: self.close(pane),
        )
        self._pipes[pane.id] = pipe
        pane.piped = True
        if process is not None:
            process.tap = pipe.feed

    def close(self, pane: Pane) -> None:
        """No more is piped; the command is given the rest. Nothing if the pane has no pipe."""
        pipe = self._pipes.pop(pane.id, None)
        pane.piped = False
        if pipe is not None:
            pipe.finish()

    def reap(self) -> None:
        """Collect the commands that have ended."""
        self._commands = [one for one in self._commands if one.poll() is None]
