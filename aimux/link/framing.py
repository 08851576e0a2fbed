"""Frames of the one-shot protocol: four bytes of length, big-endian, then a JSON object.

JSON is written in ASCII, so that text which is no UTF-8 (decoded by `os.fsdecode`) survives as lone
surrogates.
"""

from __future__ import annotations

# The json package compiles regexes for its pure Python half: 7 of the 10 ms that a command's
# imports take. Its C half is all that is needed here.
from _json import encode_basestring, encode_basestring_ascii, make_encoder, make_scanner

from aimux.errors import ProtocolError

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Fields = Mapping[str, object]

LENGTH_BYTES = 4
MAX_REQUEST = 1 << 20
_BLANKS = " \t\n\r"
MAX_REPLY = 8 << 20


def _refuse(value: object) -> object:
    """What the encoder asks for anything but text, numbers, lists and dictionaries."""
    raise TypeError(f"no JSON: {value!r}")


_encode = make_encoder(
    None,
    _refuse,
    encode_basestring_ascii,
    None,
    ":",
    ",",
    False,
    False,
    False,
)
_encode_text = make_encoder(
    None,
    _refuse,
    encode_basestring,
    None,
    ": ",
    ", ",
    False,
    False,
    False,
)


class _Reading:
    """How the scanner reads, in json's names; numbers that are none, as NaN, are refused."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = _refuse


_scan = make_scanner(_Reading)  # type: ignore[arg-type]  # typeshed: a scanner takes a scanner


def json_object(fields: Fields) -> bytes:
    """Fields as JSON, in ASCII and without spaces."""
    return json_bytes(fields)


def json_bytes(value: object) -> bytes:
    """A value of JSON's types, in ASCII and without spaces."""
    return "".join(_encode(value, 0)).encode("ascii")


def json_text(value: object) -> str:
    """A value of JSON's types for a model to read: in few tokens, without needless escapes."""
    return "".join(_encode_text(value, 0))


def encode(fields: Fields, *, limit: int = MAX_REQUEST) -> bytes:
    """The frame of one JSON object. Raises ProtocolError if its payload exceeds `limit` bytes."""
    payload = json_object(fields)
    if len(payload) > limit:
        raise ProtocolError(f"frame too large: {len(payload)} bytes")
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload


class Splitter:
    """Cuts a byte stream into JSON objects; holds at most one unfinished frame.

    Args:
        limit: The largest payload accepted, in bytes.
    """

    def __init__(self, *, limit: int = MAX_REPLY) -> None:
        self._limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Fields]:
        """Yield every object that `data` completes.

        Raises:
            ProtocolError: A frame is too large or holds anything but a JSON object.
        """
        self._buffer += data
        while len(self._buffer) >= LENGTH_BYTES:
            length = int.from_bytes(self._buffer[:LENGTH_BYTES], "big")
            if length > self._limit:
                raise ProtocolError(f"frame too large: {length} bytes")
            end = LENGTH_BYTES + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[LENGTH_BYTES:end])
            del self._buffer[:end]
            yield decode(payload)


def decode(payload: bytes) -> Fields:
    """The JSON object in a payload. Raises ProtocolError if it is anything else."""
    fields = json_value(payload)
    if not isinstance(fields, dict):
        raise ProtocolError("bad message: no object")
    return fields


def json_value(payload: bytes) -> object:
    """The one JSON value in UTF-8 text. Raises ProtocolError if there is none, or more."""
    try:
        text = payload.decode().strip(_BLANKS)
        value, end = _scan(text, 0)
    # SystemError: up to Python 3.12 the scanner finds its JSONDecodeError only where something has
    # imported json.decoder.
    except (ValueError, TypeError, RecursionError, StopIteration, SystemError) as error:
        raise ProtocolError(f"bad message: {error}") from error
    if end != len(text):
        raise ProtocolError("bad message: more than one value")
    return value


def text_field(fields: Fields, name: str) -> str:
    """The string in `fields`; empty when it is missing or no string."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def number_field(fields: Fields, name: str) -> int:
    """The whole number in `fields`; 0 when it is missing or no number."""
    value = fields.get(name)
    return value if isinstance(value, int) else 0
