"""Frames on the socket: four bytes of length, big-endian, then the payload.

A payload that begins with `{` is JSON (one-shot commands, `aimux.link`); any other is one msgpack
array, a message of `client_messages` or `server_messages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

from aimux.errors import ProtocolError
from aimux.protocol.client_messages import ClientMessage
from aimux.protocol.message import Message
from aimux.protocol.server_messages import ServerMessage

LENGTH_BYTES = 4
MAX_PAYLOAD = 8 << 20
MAX_FIRST_PAYLOAD = 1 << 20  # before a peer has said hello: room for a large environment

AnyMessage = TypeVar("AnyMessage", bound=Message)

_encoder = msgspec.msgpack.Encoder()


def encode(message: Message) -> bytes:
    """The frame of `message`. Raises ProtocolError if it would be larger than MAX_PAYLOAD."""
    payload = _encoder.encode(message)
    if len(payload) > MAX_PAYLOAD:
        raise ProtocolError(f"message too large: {len(payload)} bytes")
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload


class FrameSplitter:
    """Cuts a byte stream into payloads; holds at most one unfinished frame.

    Args:
        limit: The largest payload accepted, in bytes; may be raised once the peer is trusted.
    """

    def __init__(self, *, limit: int = MAX_FIRST_PAYLOAD) -> None:
        self.limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield every payload that `data` completes. Raises ProtocolError if one is too large."""
        self._buffer += data
        while len(self._buffer) >= LENGTH_BYTES:
            length = int.from_bytes(self._buffer[:LENGTH_BYTES], "big")
            if length > self.limit:
                raise ProtocolError(f"frame too large: {length} bytes")
            end = LENGTH_BYTES + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[LENGTH_BYTES:end])
            del self._buffer[:end]
            yield payload


class Decoder(Generic[AnyMessage]):
    """Bytes to messages of one direction; whatever is sent, the only error is ProtocolError."""

    def __init__(self, kind: type[AnyMessage], *, limit: int = MAX_PAYLOAD) -> None:
        self._splitter = FrameSplitter(limit=limit)
        self._decoder = msgspec.msgpack.Decoder(kind)

    def feed(self, data: bytes) -> Iterator[AnyMessage]:
        """Yield every message that `data` completes."""
        for payload in self._splitter.feed(data):
            yield self.decode(payload)

    def decode(self, payload: bytes) -> AnyMessage:
        """The message in `payload`."""
        try:
            return self._decoder.decode(payload)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise ProtocolError(f"bad message: {error}") from error


def client_decoder() -> Decoder[Message]:
    """Decodes what clients send."""
    return Decoder(ClientMessage)  # type: ignore[arg-type]  # mypy has no type for a union as a value


def server_decoder() -> Decoder[Message]:
    """Decodes what a server sends to an attached client."""
    return Decoder(ServerMessage)  # type: ignore[arg-type]  # mypy has no type for a union as a value
