"""All connections of a server, and which of its parts what comes by one is for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping

from aimux.commands.effects import Effects
from aimux.model.state import State
from aimux.protocol.client_messages import Hello
from aimux.protocol.message import Message
from aimux.server.clients import Clients
from aimux.server.connection import Connection
from aimux.server.control_clients import ControlClients
from aimux.server.one_shots import OneShots
from aimux.server.start_up import StartUp
from aimux.server.supervision import supervised

MAX_CONNECTIONS = 256

log = logging.getLogger(__name__)


class Connections:
    """The open connections (their `aimux.server.connection.Door`).

    Args:
        settle: Called when something that is drawn may have changed.
        left: Called when any peer has gone.
    """

    def __init__(  # noqa: PLR0913  # what comes may be for any of these
        self,
        state: State,
        effects: Effects,
        start_up: StartUp,
        one_shots: OneShots,
        clients: Clients,
        controls: ControlClients,
        *,
        settle: Callable[[], None],
        left: Callable[[], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._start_up = start_up
        self._one_shots = one_shots
        self._clients = clients
        self._controls = controls
        self._settle = settle
        self._left = left
        self._open: dict[Connection, None] = {}
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a new connection until it ends."""
        connection = Connection(self, reader, writer)
        self._make_room(connection)
        self._open[connection] = None
        self._quiet.clear()
        try:
            await supervised("connection", connection.serve())
        finally:
            del self._open[connection]
            if not self._open:
                self._quiet.set()

    def _make_room(self, new: Connection) -> None:
        """At the limit the oldest connection that said nothing goes, or else the new one."""
        if len(self._open) >= MAX_CONNECTIONS:
            log.warning("too many connections")
            next((one for one in self._open if one.silent), new).close()

    async def end(self, seconds: float) -> None:
        """Let what was said to peers leave, a little while."""
        try:
            async with asyncio.timeout(seconds):
                await self._quiet.wait()
        except TimeoutError:
            log.warning("%d connections did not end", len(self._open))

    # ---- what comes by one ----

    def admits(self, user: int) -> bool:
        """Whether a user may connect (`server-access`)."""
        return self._state.access.admits(user)

    def run_request(self, connection: Connection, request: Mapping[str, object]) -> None:
        """Run a one-shot command's words."""
        if not self._one_shots.leaving and self._start_up.postpone(connection, request):
            return
        if self._start_up.loaded:
            self._state.awaits_starter = False
        self._one_shots.run(connection, request)

    def input_arrived(self, connection: Connection, data: bytes, *, last: bool) -> None:
        """A one-shot command's process sent a piece of its standard input."""
        self._one_shots.input_arrived(connection, data, last=last)

    def client_arrived(self, connection: Connection, hello: Hello) -> None:
        """A client's process showed its ticket."""
        self._clients.arrive(connection, hello)
        self._settle()

    def client_message(self, connection: Connection, message: Message) -> None:
        """An attached client sent something."""
        self._clients.receive(connection, message)

    def connection_lost(self, connection: Connection) -> None:
        """A peer has gone: a guard or a client's process takes its attachment with it."""
        self._controls.lost(connection)
        self._start_up.lost(connection)
        of_request = self._one_shots.lost(connection)
        self._left()
        client = self._clients.lost(connection) or of_request
        if client is not None and self._clients.of(client) is not None:
            self._effects.detach(client, "[lost client]")
