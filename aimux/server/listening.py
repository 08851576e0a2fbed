"""The server's socket: it listens, is made anew on SIGUSR1 as tmux's is, and is given up."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable

from aimux.link.listener import recreate, remove, socket_identity

log = logging.getLogger(__name__)

Accept = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Listening:
    """Where clients connect.

    Args:
        listener: The bound socket.
        path: Its file.
        identity: What tells that file from any other (`socket_identity`).
        accept: Serves one connection.
    """

    def __init__(
        self,
        listener: socket.socket,
        path: str,
        identity: tuple[int, int, int] | None,
        accept: Accept,
    ) -> None:
        self._listener = listener
        self._path = path
        self._identity = identity
        self._accept = accept
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Serve who connects."""
        self._server = await asyncio.start_unix_server(self._accept, sock=self._listener)

    async def recreate(self) -> None:
        """Make the file anew: somebody has deleted it. Who is connected stays so."""
        try:
            listener = recreate(self._path)
        except OSError as error:
            log.warning("no new socket at %s: %s", self._path, error.strerror)
            return
        old, self._listener, self._identity = self._server, listener, socket_identity(self._path)
        await self.start()
        if old is not None:
            old.close()
        log.info("serving on a new socket at %s", self._path)

    def close(self) -> None:
        """Stop, and take the file away if it is still this server's."""
        if self._server is not None:
            self._server.close()
        remove(self._listener, self._path, self._identity)
