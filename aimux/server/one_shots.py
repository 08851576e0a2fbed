"""Requests that are running: one-shot commands, and the guards of those that attached a client."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aimux.commands.build import Language
from aimux.commands.command import Source
from aimux.commands.effects import Effects
from aimux.commands.queue import Queue, require_permission
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.model.state import State
from aimux.server.clients import Clients
from aimux.server.clock import Clock
from aimux.server.connection import Connection
from aimux.server.control_clients import ControlClients
from aimux.server.requesters import OneShotRequester
from aimux.server.requests import client_of, pane_of, words_of
from aimux.server.standard_input import OneShotInput
from aimux.server.supervision import guarded

OUR_FAULT = "internal error: see the server's log"
AGAIN: Mapping[str, object] = {"type": "again"}


class OneShots:
    """The requests of one server. An attached client's stays until the client leaves.

    Args:
        settle: Called when something that is drawn may have changed.
        idle: Called whenever one has been answered.

    Attributes:
        leaving: The server is about to leave; those that come are sent to its successor.
    """

    def __init__(  # noqa: PLR0913  # it is where the parts of a request meet
        self,
        state: State,
        effects: Effects,
        language: Language,
        clock: Clock,
        clients: Clients,
        controls: ControlClients,
        *,
        settle: Callable[[], None],
        idle: Callable[[], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._language = language
        self._clock = clock
        self._clients = clients
        self._controls = controls
        self._settle = settle
        self._idle = idle
        self.leaving = False
        self._requests: dict[Connection, Client] = {}
        self._requesters: dict[Connection, OneShotRequester] = {}
        self._inputs: dict[Connection, OneShotInput] = {}

    @property
    def running(self) -> bool:
        """Whether there is any."""
        return bool(self._requests)

    def guard_of(self, client: Client) -> Connection:
        """The connection that a client came by. Raises StopIteration if it is none of these."""
        return next(one for one, other in self._requests.items() if other is client)

    # ---- coming ----

    def run(self, connection: Connection, request: Mapping[str, object]) -> None:
        """Run the words of a request, unless the server is about to leave."""
        if self.leaving:
            connection.reply(AGAIN)
            connection.close()
            return
        words = words_of(request)
        client = client_of(request, self._state, now=self._clock.wall())
        client.user, client.process = connection.user, connection.process
        client.read_only = client.read_only or not self._state.access.may_write(connection.user)
        self._state.clients[client.id] = client
        self._requests[connection] = client
        if client.control is not None:
            self._controls.arrive(connection, client, client.control, words)
            return
        self._run_words(connection, client, words)
        self._settle()

    def _run_words(self, connection: Connection, client: Client, words: list[str]) -> None:
        requester = self._requesters[connection] = OneShotRequester(connection.reply)
        given = self._inputs[connection] = OneShotInput(connection.reply)

        def answered() -> None:
            self._answered(connection, requester)

        def failed() -> None:
            requester.error(OUR_FAULT)
            answered()

        queue = Queue(self._state, self._effects, self._language, idle=answered)
        pane = pane_of(client, self._state)
        try:
            block = self._language.read_words(words)
            require_permission(client, block)
            queue.append(block, Source(requester, client=client, pane=pane, standard_input=given))
        except CommandError as error:
            requester.error(str(error))
        guarded("a command", queue.run, failed=failed)()

    def input_arrived(self, connection: Connection, data: bytes, *, last: bool) -> None:
        """A process sent a piece of its standard input."""
        given = self._inputs.get(connection)
        if given is None:
            self._controls.receive(connection, data, last=last)
            return
        given.arrived(data, last=last)
        self._settle()

    # ---- going ----

    def _answered(self, connection: Connection, requester: OneShotRequester) -> None:
        """A command's queue has run empty: it has its answer, unless it is attached."""
        client = self._requests.get(connection)
        if client is None:
            return
        if self._clients.of(client) is None and not self.leaving:
            self._answer(connection, requester)

    def _answer(self, connection: Connection, requester: OneShotRequester) -> None:
        self.forget(connection)
        connection.reply({"type": "exit", "status": requester.status, "message": ""})
        connection.close()
        self._idle()

    def answer_all(self) -> None:
        """Answer those that still wait for something."""
        for connection, requester in list(self._requesters.items()):
            self._answer(connection, requester)

    def lost(self, connection: Connection) -> Client | None:
        """A process has gone; the client that it was, if any."""
        given = self._inputs.pop(connection, None)
        if given is not None:
            given.lost()
        return self.forget(connection)

    def forget(self, connection: Connection) -> Client | None:
        """Let go of a request and, unless it is attached, of its client."""
        self._requesters.pop(connection, None)
        self._inputs.pop(connection, None)
        client = self._requests.pop(connection, None)
        if client is not None and self._clients.of(client) is None:
            self._state.clients.pop(client.id, None)
        return client
