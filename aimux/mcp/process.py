"""The process `aimux mcp`: waits for the agent and for the server, and does nothing in between."""

from __future__ import annotations

import os
import select
import time

from aimux.errors import AimuxError, CommandError
from aimux.link.exchange import Exchange
from aimux.link.framing import json_bytes
from aimux.mcp.rpc import Lines
from aimux.mcp.session import Session
from aimux.mcp.tool import Outcome
from aimux.mcp.tools import TOOLS

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping

    from aimux.mcp.rpc import Fields, Id
    from aimux.mcp.session import Done
    from aimux.mcp.tool import Tool

INPUT, OUTPUT = 0, 1
READ_SIZE = 65536
MAX_CALLS = 32
GRACE_SECONDS = 1.0
"""How long what runs may go on once the agent has closed standard input."""


class Calls:
    """The calls that run, each with its connection to the server.

    Args:
        path: The server's socket.
        environment: What the server is told of the caller: the agent's own.
    """

    def __init__(self, path: str, environment: Mapping[str, str]) -> None:
        self._path = path
        self._environment = environment
        self._running: dict[Id, tuple[Exchange, Tool, Fields, Done]] = {}

    def start(self, id_: Id, tool: Tool, arguments: Fields, done: Done) -> None:
        """Send a tool's command; `done` is called once, at once if it cannot be sent."""
        try:
            if id_ in self._running:
                raise CommandError(f"a call with the id {id_} is running")
            if len(self._running) >= MAX_CALLS:
                raise CommandError(f"{MAX_CALLS} calls are running")
            exchange = Exchange(self._path, tool.words(arguments), self._environment)
        except AimuxError as error:
            done(Outcome(str(error), is_error=True))
            return
        self._running[id_] = (exchange, tool, arguments, done)

    def cancel(self, id_: Id) -> None:
        """Hang up on the server; the call gets no answer."""
        if id_ in self._running:
            self._end(id_, None)

    def descriptors(self) -> dict[int, Id]:
        """Where answers come, and to which call."""
        return {call[0].fileno(): id_ for id_, call in self._running.items()}

    def advance(self, id_: Id) -> None:
        """Something has come for a call, which may have been cancelled since."""
        if id_ not in self._running:
            return
        exchange, tool, arguments, _ = self._running[id_]
        try:
            exchange.advance()
        except AimuxError as error:
            self._end(id_, Outcome(str(error), is_error=True))
        else:
            if exchange.answer is not None:
                self._end(id_, tool.shape(exchange.answer, arguments))

    def close(self) -> None:
        """Hang up on all; none is answered."""
        for exchange, *_ in self._running.values():
            exchange.close()
        self._running.clear()

    def _end(self, id_: Id, outcome: Outcome | None) -> None:
        exchange, _, _, done = self._running.pop(id_)
        exchange.close()
        done(outcome)


class _Gone(Exception):  # noqa: N818  # no error: the agent has ended
    """Nobody reads standard output any more."""


def serve(path: str, environment: Mapping[str, str]) -> int:
    """Speak to an agent until it closes standard input; the exit status.

    Args:
        path: The server's socket. It is looked for at each call: a server may come and go.
        environment: That of this process, which the agent has given it.
    """
    calls = Calls(path, environment)
    session = Session(
        TOOLS,
        caller=environment.get("AIMUX_PANE", ""),
        start=calls.start,
        cancel=calls.cancel,
        send=_send,
    )
    try:
        _converse(calls, session)
    except _Gone:
        return 0
    finally:
        calls.close()
    return 0


def _converse(calls: Calls, session: Session) -> None:
    lines, deadline = Lines(), None
    while deadline is None or (time.monotonic() < deadline and calls.descriptors()):
        for ready in _wait(calls, deadline):
            if ready != INPUT:
                calls.advance(calls.descriptors()[ready])
            elif data := _read():
                for line in lines.feed(data):
                    session.received(line)
            else:
                deadline = time.monotonic() + GRACE_SECONDS


def _wait(calls: Calls, deadline: float | None) -> list[int]:
    """The descriptors with something to read: the server's before the agent's."""
    poll = select.poll()
    for descriptor in calls.descriptors():
        poll.register(descriptor, select.POLLIN)
    if deadline is None:
        poll.register(INPUT, select.POLLIN)
    left = None if deadline is None else max(deadline - time.monotonic(), 0) * 1000
    return sorted((descriptor for descriptor, _ in poll.poll(left)), reverse=True)


def _read() -> bytes:
    try:
        return os.read(INPUT, READ_SIZE)
    except OSError:  # closed from the start, or a terminal that is gone
        return b""


def _send(answer: object) -> None:
    data = memoryview(json_bytes(answer) + b"\n")
    while data:
        try:
            data = data[os.write(OUTPUT, data) :]
        except BrokenPipeError as error:
            raise _Gone from error
