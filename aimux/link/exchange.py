"""One command and its answer, captured: for programs that speak to the server for others.

Beside `one_shot`, which streams to standard output and may attach, this one neither prints nor
reads standard input. An `Exchange` can be waited for together with other descriptors; `ask` just
waits.
"""

from __future__ import annotations

import time

from aimux.errors import LinkError, ProtocolError
from aimux.link.connection import NOBODY_LISTENS, Connection
from aimux.link.framing import number_field, text_field
from aimux.link.one_shot import LOST_SERVER, MAX_ATTEMPTS, RETRY_SECONDS
from aimux.link.request import run_request

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Fields = Mapping[str, object]

MAX_ANSWER = 8 << 20
"""Characters of output and errors together."""
_LEFT_UNREAD = (BrokenPipeError, ConnectionResetError)


class NobodyListensError(LinkError):
    """No server runs on that socket."""


class Answer:
    """What a command said.

    Attributes:
        status: Its exit status.
        output: What it wrote to standard output.
        error: What it wrote to standard error, and what the server said at the end.
    """

    __slots__ = ("error", "output", "status")

    def __init__(self, status: int, output: str, error: str) -> None:
        self.status = status
        self.output = output
        self.error = error


class Exchange:
    """A command that was sent, and what has come back so far.

    Args:
        path: The server's socket.
        words: The command and its arguments, as a shell would hand them over; see `literal`.
        environment: The whole environment: its AIMUX_PANE says which pane asks.

    Attributes:
        answer: Set once the command has ended.

    Raises:
        LinkError: As `advance`.
    """

    def __init__(self, path: str, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self.answer: Answer | None = None
        self._path = path
        # Without a terminal nothing attaches, whatever this process's own standard input is.
        self._request = {**run_request(words, environment, flags={"utf8": True}), "terminal": None}
        self._output: list[str] = []
        self._error: list[str] = []
        self._size = 0
        self._is_read = False
        self._attempts = 0
        self._deadline = time.monotonic() + RETRY_SECONDS
        self._connection = self._connect()

    def fileno(self) -> int:
        """The descriptor on which `advance` is due, for poll(2); another one after an `advance`."""
        return self._connection.fileno()

    def advance(self) -> None:
        """Read once, which waits if nothing has come.

        Raises:
            LinkError: There is no server, it died, or it said too much; the text is complete.
        """
        try:
            is_open = self._connection.fill()
            replies = self._connection.take()
        except ConnectionResetError:
            is_open, replies = False, []
        except ProtocolError as error:
            raise LinkError(str(error)) from error
        for reply in replies:
            self._heard(reply)
        if not is_open and self.answer is None:
            self._lost()

    def close(self) -> None:
        """Hang up: a command that waits for something stops waiting. May be called twice."""
        self._connection.close()

    def _connect(self) -> Connection:
        while True:
            self._attempts += 1
            try:
                connection = Connection(self._path)
            except NOBODY_LISTENS as error:
                raise NobodyListensError(f"no server running on {self._path}") from error
            except OSError as error:
                raise LinkError(f"error connecting to {self._path} ({error.strerror})") from error
            try:
                connection.send(self._request)
            except _LEFT_UNREAD as error:
                connection.close()
                self._give_up_in_time(error)
            except ProtocolError as error:
                connection.close()
                raise LinkError("command too long") from error
            else:
                return connection

    def _heard(self, reply: Fields) -> None:
        kind = reply.get("type")
        if kind == "again":
            self._lost()
            return
        self._is_read = True
        text = text_field(reply, "text") + text_field(reply, "message")
        self._size += len(text)
        if self._size > MAX_ANSWER:
            raise LinkError(f"the answer is longer than {MAX_ANSWER} characters")
        if kind == "output":
            self._output.append(text)
        elif kind in ("error", "exit"):
            self._error.append(text)
        elif kind == "read":
            self._connection.send({"type": "input", "text": "", "end": True})
        if kind == "exit":
            output, error = "".join(self._output), "".join(self._error)
            self.answer = Answer(number_field(reply, "status"), output, error)

    def _lost(self) -> None:
        """The connection ended without an answer: ask the next server if this one read nothing."""
        self._connection.close()
        if self._is_read:
            raise LinkError(LOST_SERVER)
        self._give_up_in_time(None)
        self._connection = self._connect()

    def _give_up_in_time(self, cause: OSError | None) -> None:
        if self._attempts >= MAX_ATTEMPTS or time.monotonic() > self._deadline:
            raise LinkError(LOST_SERVER) from cause


def ask(path: str, words: Sequence[str], environment: Mapping[str, str]) -> Answer:
    """The answer to one command, however long it takes. Raises LinkError as `Exchange` does."""
    exchange = Exchange(path, words, environment)
    try:
        while exchange.answer is None:
            exchange.advance()
        return exchange.answer
    finally:
        exchange.close()


def literal(word: str) -> str:
    """A word that the server takes as it is: one that ends in `;` would end the command."""
    return f"{word[:-1]}\\;" if word.endswith(";") else word
