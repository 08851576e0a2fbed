"""JSON-RPC 2.0 on lines, as the Model Context Protocol's stdio transport has it.

One message is one line of UTF-8 without a line break in it; a list of messages is a batch (which
the protocol knew in 2025-03-26 and before). Nothing here knows what a method does.
"""

from __future__ import annotations

from aimux.errors import ProtocolError
from aimux.link.framing import json_value

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Fields = Mapping[str, object]
    Id = str | int
    Send = Callable[[object], None]

MAX_LINE = 4 << 20
MAX_BATCH = 100
PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602


class RpcError(ProtocolError):
    """What a request is answered with instead of a result; its text is the message.

    Attributes:
        code: JSON-RPC's number.
    """

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Lines:
    """Cuts what is read into lines; of one that is too long nothing is kept.

    Args:
        limit: The longest line, in bytes.
    """

    def __init__(self, *, limit: int = MAX_LINE) -> None:
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0
        self._skipping = False

    def feed(self, data: bytes) -> Iterator[bytes | None]:
        """Every line that `data` completes, without its end; None for one that was too long."""
        *ends, rest = data.split(b"\n")
        for end in ends:
            self._keep(end)
            yield self._take()
        self._keep(rest)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        self._skipping = self._skipping or self._size > self._limit
        if self._skipping:
            self._pieces.clear()
        elif piece:
            self._pieces.append(piece)

    def _take(self) -> bytes | None:
        line = None if self._skipping else b"".join(self._pieces)
        self._pieces.clear()
        self._size, self._skipping = 0, False
        return line


class Message:
    """A request, or a notification if it has no `id`.

    Attributes:
        method: What is asked for.
        params: With these arguments.
        id: What the answer bears; None if none is wanted.
    """

    __slots__ = ("id", "method", "params")

    def __init__(self, method: str, params: Fields, id: Id | None) -> None:  # noqa: A002  # its name
        self.method = method
        self.params = params
        self.id = id


def read_line(line: bytes) -> object:
    """The JSON of a line. Raises RpcError if it is none."""
    try:
        return json_value(line)
    except ProtocolError as error:
        raise RpcError(PARSE_ERROR, "parse error") from error


def message_of(value: object) -> Message | None:
    """The request or notification in a JSON value; None for an answer, as nothing was asked.

    Raises:
        RpcError: It is no message.
    """
    if not isinstance(value, dict) or value.get("jsonrpc") != "2.0":
        raise RpcError(INVALID_REQUEST, "not a JSON-RPC 2.0 message")
    method, params = value.get("method"), value.get("params", {})
    if method is None and "id" in value and ("result" in value or "error" in value):
        return None
    if not isinstance(method, str):
        raise RpcError(INVALID_REQUEST, "no method")
    if "id" in value and id_of(value) is None:
        raise RpcError(INVALID_REQUEST, "an id is a string or a whole number")
    if not isinstance(params, dict):
        raise RpcError(INVALID_PARAMS, "params is no object")
    return Message(method, params, id_of(value))


def id_of(value: object) -> Id | None:
    """The id that an answer to this message bears; None if it has none that can be one."""
    found = value.get("id") if isinstance(value, dict) else None
    is_id = isinstance(found, str | int) and not isinstance(found, bool)
    return found if is_id else None


def result_of(id_: Id, result: Fields) -> Fields:
    """The answer to a request."""
    return {"jsonrpc": "2.0", "id": id_, "result": result}


def error_of(id_: Id | None, error: RpcError) -> Fields:
    """The answer to a request that is refused; the id is null where it could not be read."""
    return {"jsonrpc": "2.0", "id": id_, "error": {"code": error.code, "message": str(error)}}


class Batch:
    """Collects the answers to the messages of one batch, and sends them as one.

    Args:
        expected: How many answers there will be, at most.
        send: Called once with all of them, unless there is none.
    """

    def __init__(self, expected: int, send: Send) -> None:
        self._missing = expected
        self._send = send
        self._answers: list[object] = []

    def add(self, answer: object) -> None:
        """An answer, or None for a message that gets none."""
        self._missing -= 1
        if answer is not None:
            self._answers.append(answer)
        if self._missing == 0 and self._answers:
            self._send(self._answers)
