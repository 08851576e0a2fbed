"""Who talks to whom on this server (`aimux.commands.exchange.Exchange`): panes, waiters, news."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from aimux.agents import claims, messages
from aimux.agents.addresses import Caller, Member, caller_of
from aimux.commands.exchange import MESSAGES
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.security.clean import clean
from aimux.server.clock import Clock
from aimux.server.git_place import git_top
from aimux.server.principals import pane_of_process
from aimux.server.storage import Storage

MAX_WATCHERS = 1024
LOOK_SECONDS = 0.1
"""Between a change and the look that sidebars are told of; changes meanwhile share it."""

log = logging.getLogger(__name__)

Watcher = Callable[[], bool]


class Panes(Protocol):
    """What the sidebar's facts know of agents."""

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane."""
        ...


class ServerExchange:
    """The exchange of one server.

    Args:
        storage: Where everything stands.
        later: Calls an action after some seconds.
        warned: Shows a client a message.
    """

    def __init__(
        self,
        state: State,
        storage: Storage,
        clock: Clock,
        *,
        later: Callable[[float, Callable[[], None]], None],
        warned: Callable[[Client, str], None],
    ) -> None:
        self._state = state
        self._storage = storage
        self._clock = clock
        self._later = later
        self._warned = warned
        self._panes: Panes | None = None
        self._watchers: dict[str, dict[Watcher, None]] = {}
        self._counts: dict[str, int] = {}
        self._looking = False
        self._began = False

    def know(self, panes: Panes) -> None:
        """Say who knows of agents; once, before anything runs."""
        self._panes = panes

    # ---- who is here ----

    @property
    def server(self) -> str:
        """The socket; the first time, what the server before this one left is let go of."""
        if not self._began:
            self._began = True
            self._storage.change(self._begin)
        return self._state.socket_path

    def _begin(self, store: Store) -> None:
        messages.server_began(store, self._state.socket_path, now=self._clock.wall())
        claims.server_began(store, self._state.socket_path)

    def caller(self, client: Client | None) -> Caller:
        """Who asks: by the process that the kernel says, whatever its environment says."""
        if client is None:
            return caller_of(None, ())
        if client.session is not None:
            name = clean(client.session.name)
            return caller_of(None, (), session=name, path=client.session.path)
        pane = pane_of_process(self._state, client.process)
        number = pane.id if pane is not None else None
        return caller_of(number, self.roster(), path=client.path)

    def roster(self) -> list[Member]:
        """Every pane of every session, each once."""
        found: dict[int, Member] = {}
        for session in self._state.sessions_by_name():
            for link in session.ordered():
                for pane in link.window.panes:
                    if pane.id not in found:
                        found[pane.id] = self._member(pane, clean(session.name))
        return list(found.values())

    def _member(self, pane: Pane, session: str) -> Member:
        agent = self._panes.agent(pane) if self._panes is not None else None
        lives = agent is not None and agent.state != "exited"
        options = pane.options
        return Member(
            pane=pane.id,
            session=session,
            name=clean(options.text("agent-name"), limit=64),
            agent=agent.name if agent is not None and lives else "",
            role=clean(options.text("agent-role"), limit=64),
            capabilities=frozenset(options.text("agent-capabilities").replace(",", " ").split()),
            state=agent.state if agent is not None else "",
            is_fact=agent is not None and agent.source != "process",
        )

    def repository(self, path: str) -> str:
        """The top of the repository that a directory is in."""
        return git_top(path)

    # ---- news ----

    def changed(self, *topics: str) -> None:
        """Tell who waits for these topics; look soon at what sidebars are told."""
        for topic in topics:
            self._tell(topic)
        if not self._looking:
            self._looking = True
            self._later(LOOK_SECONDS, self._look)

    def watch(self, topics: Sequence[str], watcher: Watcher) -> None:
        """Tell a watcher of these topics until it returns True."""
        if self._is_full():
            for topic in list(self._watchers):  # those whose client has left say so
                self._tell(topic)
        if self._is_full():
            raise CommandError("too many commands wait")
        for topic in topics:
            self._watchers.setdefault(topic, {})[watcher] = None

    def _is_full(self) -> bool:
        return sum(map(len, self._watchers.values())) >= MAX_WATCHERS

    def _tell(self, topic: str) -> None:
        for watcher in list(self._watchers.get(topic, ())):
            if watcher():
                self._forget(watcher)

    def _forget(self, watcher: Watcher) -> None:
        for topic, watchers in list(self._watchers.items()):
            watchers.pop(watcher, None)
            if not watchers:
                del self._watchers[topic]

    def _look(self) -> None:
        self._looking = False

    def unread(self, mailbox: str) -> int:
        """How many messages wait in a mailbox, as of the last look."""
        return self._counts.get(mailbox, 0)

    # ---- panes ----

    def warn(self, panes: Sequence[int], text: str) -> None:
        """Show a message on every client that shows one of these panes."""
        for client in list(self._state.clients.values()):
            session = client.session
            if session is not None and any(one.id in panes for one in session.window.panes):
                self._warned(client, text)

    def pane_gone(self, pane: Pane) -> None:
        """What waits for a pane by its number, and what it claimed, is let go of."""
        if not self._began:
            return
        server, number, now = self._state.socket_path, int(pane.id), self._clock.wall()

        def work(store: Store) -> None:
            messages.pane_gone(store, server, number, now=now)
            claims.pane_gone(store, server, number)

        self._storage.change(work, lambda _answer: self.changed(MESSAGES))
