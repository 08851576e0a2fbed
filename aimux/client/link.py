"""The connection to the server: messages in, messages out, nothing piled up in between."""

from __future__ import annotations

import asyncio
from typing import Protocol, cast

from typing_extensions import override

from aimux.errors import ProtocolError
from aimux.protocol.framing import encode, server_decoder
from aimux.protocol.message import Message


class LinkOwner(Protocol):
    """Who is told what happens on a link; called in the event loop, never after `link_lost`."""

    def receive(self, message: Message) -> None:
        """A message of the server arrived."""

    def link_lost(self, error: Exception | None) -> None:
        """The server closed the connection, or sent what the protocol does not allow."""

    def link_full(self) -> None:
        """The server does not read what is sent: stop sending until `link_ready`."""

    def link_ready(self) -> None:
        """The server reads again."""


class Link(asyncio.Protocol):
    """One connection. Until it has an owner, arriving bytes stay in the kernel.

    Messages are handled as they are read, so that memory holds one unfinished message at most; the
    server sends no more frames than the client acknowledges.
    """

    def __init__(self) -> None:
        self._owner: LinkOwner | None = None
        self._transport: asyncio.Transport | None = None
        self._decoder = server_decoder()
        self._lost: list[Exception | None] = []

    def open(self, owner: LinkOwner) -> None:
        """Hand everything that arrives from now on, and has arrived before, to `owner`."""
        self._owner = owner
        if self._lost:
            owner.link_lost(self._lost[0])
        elif self._transport is not None:
            self._transport.resume_reading()

    def send(self, message: Message) -> None:
        """Send a message; dropped silently once the connection is lost."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(encode(message))

    def close(self) -> None:
        """Close the connection; the owner is told nothing more."""
        self._owner = None
        if self._transport is not None:
            self._transport.close()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.pause_reading()

    @override
    def data_received(self, data: bytes) -> None:
        try:
            for message in self._decoder.feed(data):
                if self._owner is None:
                    return
                self._owner.receive(message)
        except ProtocolError as error:
            self._lose(error)
            if self._transport is not None:
                self._transport.abort()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._lose(exc)

    @override
    def pause_writing(self) -> None:
        if self._owner is not None:
            self._owner.link_full()

    @override
    def resume_writing(self) -> None:
        if self._owner is not None:
            self._owner.link_ready()

    def _lose(self, error: Exception | None) -> None:
        owner, self._owner = self._owner, None
        self._lost.append(error)
        if owner is not None:
            owner.link_lost(error)


async def connect(path: str) -> Link:
    """Connect to the server's socket.

    Raises:
        OSError: Nobody listens there.
    """
    _, link = await asyncio.get_running_loop().create_unix_connection(Link, path)
    return link
