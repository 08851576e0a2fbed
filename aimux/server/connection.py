"""One connection: a one-shot command, the guard it may become, or a client's process."""

from __future__ import annotations

import asyncio
import contextlib
import json.decoder  # noqa: F401  # the scanner of link.framing raises what is in it
import logging
import os
import socket
import struct
from collections.abc import Mapping
from typing import NoReturn, Protocol

from aimux.errors import ProtocolError
from aimux.link import framing as one_shot
from aimux.protocol.client_messages import Hello
from aimux.protocol.framing import MAX_PAYLOAD, FrameSplitter, client_decoder
from aimux.protocol.message import Message
from aimux.security.clean import clean
from aimux.server.versions import speaks, version_mismatch

HELLO_SECONDS = 10.0
LINGER_SECONDS = 1.0
MAX_UNREAD = 64 << 20  # bytes of answers that a peer may leave unread
MAX_REASON = 500
READ_BYTES = 65536
PEER_CREDENTIALS = struct.Struct("3i")  # unix(7), SO_PEERCRED: pid, uid, gid

log = logging.getLogger(__name__)


class Door(Protocol):
    """The server as a connection sees it."""

    def admits(self, user: int) -> bool:
        """Whether a user may connect."""
        ...

    def run_request(self, connection: Connection, request: Mapping[str, object]) -> None:
        """A one-shot command asks for commands to be run."""
        ...

    def input_arrived(self, connection: Connection, data: bytes, *, last: bool) -> None:
        """A one-shot command's process sent a piece of its standard input."""
        ...

    def client_arrived(self, connection: Connection, hello: Hello) -> None:
        """A client's process showed its ticket. Raises ProtocolError for a wrong one."""
        ...

    def client_message(self, connection: Connection, message: Message) -> None:
        """An attached client sent something."""
        ...

    def connection_lost(self, connection: Connection) -> None:
        """The peer has gone."""
        ...


class Connection:
    """One accepted connection.

    Args:
        door: What its messages are handed to.

    Attributes:
        user: The user behind it, as the kernel says.
        process: The process that connected, as the kernel says.
    """

    def __init__(
        self, door: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._door = door
        self._reader = reader
        self._writer = writer
        self._splitter = FrameSplitter()
        self._decoder = client_decoder()
        self.user, self.process = _peer_of(writer)
        self._hello = False
        self._asked = False
        self._ended = False

    async def serve(self) -> None:
        """Handle what the peer sends until it leaves. Raises ProtocolError for nonsense."""
        if not self._is_admitted():
            self._writer.close()
            return
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                await self._first()
            while data := await self._read():
                self._feed(data)
        except TimeoutError:
            log.info("a connection said nothing for %s seconds", HELLO_SECONDS)
        finally:
            self._door.connection_lost(self)
            self._writer.close()

    def _is_admitted(self) -> bool:
        if self._door.admits(self.user):
            return True
        log.warning("user %d was refused", self.user)
        return False

    async def _read(self) -> bytes:
        try:
            return await self._reader.read(READ_BYTES)
        except ConnectionError:
            return b""

    async def _first(self) -> None:
        """Read until the first payload has been handled."""
        while self.silent:
            data = await self._read()
            if not data:
                return
            self._feed(data)

    def _feed(self, data: bytes) -> None:
        for payload in self._splitter.feed(data):
            if self._ended:
                return
            self._handle(payload)

    def _handle(self, payload: bytes) -> None:
        if payload[:1] == b"{":
            self._handle_request(payload)
            return
        message = self._decoder.decode(payload)
        if self._hello:
            self._door.client_message(self, message)
        elif isinstance(message, Hello):
            self._welcome(message)
        else:
            raise ProtocolError("no hello")

    def _handle_request(self, payload: bytes) -> None:
        request = one_shot.decode(payload)
        if self._asked and request.get("type") == "input":
            data = os.fsencode(one_shot.text_field(request, "text"))
            self._door.input_arrived(self, data, last=request.get("end") is True)
            return
        if self._asked or self._hello:
            raise ProtocolError("a second request")
        self._asked = True
        if request.get("type") != "run":
            raise ProtocolError("unknown request")
        self._door.run_request(self, request)

    def _welcome(self, hello: Hello) -> None:
        if not speaks(*hello.protocol):
            self._refuse(version_mismatch(hello.version))
        self._hello = True
        self._splitter.limit = MAX_PAYLOAD
        self._door.client_arrived(self, hello)

    def _refuse(self, reason: str) -> NoReturn:
        """Say why in JSON, which every version reads; raises ProtocolError."""
        self.reply({"type": "error", "text": f"{clean(reason, limit=MAX_REASON)}\n"})
        self.reply({"type": "exit", "status": 1, "message": ""})
        raise ProtocolError(reason)

    @property
    def silent(self) -> bool:
        """Whether the peer has said nothing yet."""
        return not (self._hello or self._asked)

    # ---- what is sent ----

    def reply(self, fields: Mapping[str, object]) -> None:
        """Answer a one-shot command."""
        self.send(one_shot.encode(fields, limit=one_shot.MAX_REPLY))

    def send(self, data: bytes) -> None:
        """Send a frame; nothing if the peer has gone.

        A peer that leaves MAX_UNREAD bytes unread is cut off.
        """
        if self._ended or self._writer.is_closing():
            return
        self._writer.write(data)
        if self._writer.transport.get_write_buffer_size() > MAX_UNREAD:
            log.warning("a peer that does not read was cut off")
            self._writer.transport.abort()

    async def drained(self) -> None:
        """Wait until the peer has read most of what was sent, or has gone."""
        with contextlib.suppress(ConnectionError):
            await self._writer.drain()

    def close(self, *, linger_seconds: float = LINGER_SECONDS) -> None:
        """End the connection after what was sent; at once if nothing was, or on a second call.

        The peer has `linger_seconds` to read the end and hang up. What it writes until then is not
        heard, but taken: a failing write might keep it from reading the last words.
        """
        if self._ended or self.silent:
            self._writer.close()
            return
        self._ended = True
        with contextlib.suppress(OSError):
            self._writer.write_eof()
        asyncio.get_running_loop().call_later(linger_seconds, self._writer.transport.abort)


def _peer_of(writer: asyncio.StreamWriter) -> tuple[int, int]:
    """The user and the process at the other end."""
    peer = writer.get_extra_info("socket")
    data = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER_CREDENTIALS.size)
    pid, user, _group = PEER_CREDENTIALS.unpack(data)
    return int(user), int(pid)
