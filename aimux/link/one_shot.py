"""One command's round trip: a request goes out, replies stream to standard output and error.

A server that is about to leave may still take connections. A request that it did not read is sent
again, to its successor where there is one: the connection is reset by the kernel, or the server
answers `{"type": "again"}`. A connection that ends in silence after the request was read is no such
case, since the command may have run.
"""

from __future__ import annotations

import os
import time

from aimux.errors import LinkError, ProtocolError
from aimux.link.connection import Connection
from aimux.link.framing import number_field, text_field
from aimux.link.standard_input import StandardInput

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Fields = Mapping[str, object]
    Reach = Callable[[], Connection]

RETRY_SECONDS = 2.0
MAX_ATTEMPTS = 50  # each meets a dying server anew; normally the second succeeds
LOST_SERVER = "server exited unexpectedly"


class Outcome:
    """How a round trip ended.

    Attributes:
        connection: Still open, and the caller's to close.
        attach: The `attach` reply; None if the command ended.
        status: The exit status, where it ended.
        message: What the `exit` reply wants printed.
        wait: Whether the process stays until it is given an empty line (`wait-exit`).
    """

    __slots__ = ("attach", "connection", "message", "status", "wait")

    def __init__(self, connection: Connection, last: Fields) -> None:
        self.connection = connection
        self.attach = last if last.get("type") == "attach" else None
        self.status = number_field(last, "status")
        self.message = text_field(last, "message")
        self.wait = last.get("wait") is True


class Output:
    """Writes replies to standard output and error; silent once nobody reads them.

    Args:
        captured: Takes what would go to standard output, where the caller wants it.
        opening: Written before the first reply.

    Attributes:
        spoken: Whether the server has been heard.
    """

    def __init__(self, captured: list[str] | None = None, *, opening: str = "") -> None:
        self.spoken = False
        self._opening = opening
        self._captured = captured
        self._closed: set[int] = set()

    def show(self, reply: Fields) -> None:
        """Write an `output` or `error` reply; any other is one of a later version and skipped."""
        self.open()
        text = text_field(reply, "text")
        kind = reply.get("type")
        if kind == "output" and self._captured is not None:
            self._captured.append(text)
        elif kind == "output":
            self.write(1, text)
        elif kind == "error":
            self.write(2, text)

    def open(self) -> None:
        """Write what comes before the first reply, once."""
        if not self.spoken:
            self.spoken = True
            self.write(1, self._opening)

    def write(self, descriptor: int, text: str) -> None:
        """Write `text` whole, byte for byte as the server read it."""
        data = memoryview(os.fsencode(text))
        while data and descriptor not in self._closed:
            try:
                data = data[os.write(descriptor, data) :]
            except OSError:  # a pipe without a reader, a closed descriptor, a terminal that is gone
                self._closed.add(descriptor)


class UnreadRequestError(LinkError):
    """The server left without having read the request."""


def round_trip(reach: Reach, request: Fields, output: Output) -> Outcome:
    """Send `request` and stream the replies until the command ended or the client is attached.

    Args:
        reach: Connects to the server, or starts it; called again if the server is just leaving.
        request: The `run` request.
        output: Takes the replies' text.

    Raises:
        LinkError: There is no server, or it died; the text is complete.
    """
    deadline = time.monotonic() + RETRY_SECONDS
    for _ in range(MAX_ATTEMPTS):
        connection = reach()
        try:
            return Outcome(connection, _converse(connection, request, output))
        except UnreadRequestError:
            connection.close()
            if connection.fresh or time.monotonic() > deadline:
                break
        except ProtocolError as error:
            connection.close()
            raise LinkError(str(error)) from error
        except BaseException:
            connection.close()
            raise
    raise LinkError(LOST_SERVER)


def _converse(connection: Connection, request: Fields, output: Output) -> Fields:
    _send(connection, request)
    reply = _first_reply(connection)
    standard_input = StandardInput()
    while reply is not None:
        kind = reply.get("type")
        if kind in ("exit", "attach"):
            return reply
        if kind == "read":
            standard_input.start()
        output.show(reply)
        reply = _next_reply(connection, standard_input)
    raise LinkError(LOST_SERVER)


def _send(connection: Connection, request: Fields) -> None:
    try:
        connection.send(request)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise UnreadRequestError(LOST_SERVER) from error
    except ProtocolError as error:
        raise LinkError("command too long") from error


def _first_reply(connection: Connection) -> Fields | None:
    try:
        reply = connection.receive()
    except ConnectionResetError as error:
        raise UnreadRequestError(LOST_SERVER) from error
    if reply is not None and reply.get("type") == "again":
        raise UnreadRequestError(LOST_SERVER)
    return reply


def _next_reply(connection: Connection, standard_input: StandardInput) -> Fields | None:
    try:
        if not connection.has_received():
            standard_input.forward(connection)
        return connection.receive()
    except (BrokenPipeError, ConnectionResetError):
        return None
