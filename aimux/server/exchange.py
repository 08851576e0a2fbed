"""Who talks to whom on this server (`aimux.commands.exchange.Exchange`): panes, waiters, news."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from aimux.agents import claims, messages, tasks
from aimux.agents.addresses import AT, MAX_NAME, Caller, Member, address_of, caller_of
from aimux.agents.delivery import GUESSES
from aimux.agents.dispatch import Dispatched
from aimux.agents.state import AgentState
from aimux.commands.agent_book import AgentProcess
from aimux.commands.exchange import MESSAGES, TASKS
from aimux.commands.task_decisions import ended as ended_try
from aimux.errors import CommandError, StoreError
from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.observe import decisions
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.security.clean import clean
from aimux.server.agent_queue import Run
from aimux.server.claim_clock import ClaimClock
from aimux.server.clock import Clock
from aimux.server.courier import Courier
from aimux.server.fleet import ServerFleet
from aimux.server.git_branch import git_commit
from aimux.server.git_place import git_top
from aimux.server.principals import Ancestry
from aimux.server.storage import Storage
from aimux.server.task_dispatch import TaskDispatch
from aimux.server.traffic import Traffic, traffic

MAX_WATCHERS = 1024
PEOPLE = "toast"
"""The way by which people are told."""
LOOK_SECONDS = 0.2
"""Between a change and the look that sidebars are told of; changes meanwhile share it."""

log = logging.getLogger(__name__)

Watcher = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person said of a pane, and the options' version that said so."""

    parent: Options | None
    version: int
    name: str
    role: str
    capabilities: frozenset[str]


def _read_labels(options: Options, version: int) -> Labels:
    return Labels(
        options.parent,
        version,
        clean(options.text("agent-name"), limit=MAX_NAME).replace(AT, "-"),
        clean(options.text("agent-role"), limit=MAX_NAME),
        frozenset(options.text("agent-capabilities").replace(",", " ").split()),
    )


def _log_ended(store: Store, *, server: str, ended: Sequence[int], now: float) -> None:
    """Tries that were ended stand among the decisions."""
    for task in tasks.having(store, server, ended):
        if task.state in ("open", "failed"):  # else it is tried again already
            decisions.log(store, ended_try(task, now))


class Panes(Protocol):
    """What the sidebar's facts know of agents."""

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane."""
        ...

    def agent_now(self, pane: Pane) -> AgentState | None:
        """The same without where it is, which is much cheaper."""
        ...

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        """Its process and session."""
        ...

    def is_logged(self, pane: Pane) -> bool:
        """Whether its log is known."""
        ...


class ServerExchange:
    """The exchange of one server.

    Args:
        storage: Where everything stands.
        later: Calls an action after some seconds.
        warned: Shows a client a message.
        write: Types into a pane.
        run: Runs a line for the shell.
        shown: Called when sidebars and status lines may show something else.
        fleet: The other hosts.
    """

    def __init__(  # noqa: PLR0913  # it is where panes, store and people meet
        self,
        state: State,
        storage: Storage,
        clock: Clock,
        *,
        later: Callable[[float, Callable[[], None]], None],
        warned: Callable[[Client, str], None],
        write: Callable[[Pane, bytes], None],
        run: Run,
        shown: Callable[[], None],
        fleet: ServerFleet,
    ) -> None:
        self.fleet = fleet
        fleet.know(self)
        self._state = state
        self._storage = storage
        self._clock = clock
        self._later = later
        self._warned = warned
        self._shown = shown
        self._panes: Panes | None = None
        self._labels: dict[int, Labels] = {}
        self._ancestry = Ancestry(state)
        self._watchers: dict[str, dict[Watcher, None]] = {}
        self._traffic: Traffic | None = None
        self._looking = False
        self._began = False
        self._courier = Courier(
            state,
            storage,
            clock,
            agent=self._agent,
            process=lambda pane: self._panes.agent_process(pane) if self._panes else None,
            is_logged=lambda pane: self._panes is not None and self._panes.is_logged(pane),
            write=write,
            run=run,
            later=later,
            handed_over=lambda: self.changed(MESSAGES),
        )
        self._tasks = TaskDispatch(
            storage,
            clock,
            server=state.socket_path,
            who=lambda: (self.roster(), fleet.others()),
            later=later,
            dispatched=self._dispatched,
        )

        self._claims = ClaimClock(
            storage, clock, server=lambda: fleet.claims, later=later, warn=self.warn
        )

    def know(self, panes: Panes) -> None:
        """Say who knows of agents; once, before anything runs."""
        self._panes = panes

    # ---- who is here ----

    @property
    def server(self) -> str:
        """The socket; may be asked in any thread."""
        return self._state.socket_path

    def begin(self) -> None:
        """Once, before anything else is stored: let go of what the last server's panes had."""
        if not self._began:
            self._began = True
            self._storage.change(self._begin)
            self._tasks.look_soon()

    def _begin(self, store: Store) -> None:
        server, now = self._state.socket_path, self._clock.wall()
        messages.server_began(store, server, now=now)
        tasks.server_began(store, server, now=now)
        claims.server_began(store, server)

    def caller(self, client: Client | None) -> Caller:
        """Who asks: by the process that the kernel says, whatever its environment says."""
        self.begin()
        if client is None:
            return caller_of(None, ())
        if client.session is not None:
            name = clean(client.session.name)
            return caller_of(None, (), session=name, path=client.session.path)
        pane = self._ancestry.pane_of(client)
        if pane is None:
            return caller_of(None, (), path=client.path)
        return caller_of(pane.id, self.roster(), path=client.path)

    def roster(self) -> list[Member]:
        """Every pane of every session, each once."""
        found: dict[int, Member] = {}
        for session in self._state.sessions_by_name():
            name = clean(session.name)
            for link in session.ordered():
                for pane in link.window.panes:
                    if pane.id not in found:
                        found[pane.id] = self._member(pane, name)
        return list(found.values())

    def _member(self, pane: Pane, session: str) -> Member:
        agent = self._panes.agent_now(pane) if self._panes is not None else None
        lives = agent is not None and agent.state != "exited"
        labels = self._labels_of(pane)
        return Member(
            pane=pane.id,
            session=session,
            name=labels.name,
            agent=agent.name if agent is not None and lives else "",
            role=labels.role,
            capabilities=labels.capabilities,
            state=agent.state if agent is not None else "",
            is_fact=agent is not None and agent.source not in GUESSES,
        )

    def _labels_of(self, pane: Pane) -> Labels:
        """What a person said of a pane, read again once an option has changed."""
        options = pane.options
        version = options.inherited_version()
        known = self._labels.get(pane.id)
        if known is None or known.version != version or known.parent is not options.parent:
            known = self._labels[pane.id] = _read_labels(options, version)
        return known

    def agent_in(self, pane: int) -> AgentFact | None:
        """What is known of the agent in a pane of this number."""
        found = self._state.panes.get(PaneId(pane))
        return self._agent(found) if found is not None else None

    def _agent(self, pane: Pane) -> AgentFact | None:
        return self._panes.agent(pane) if self._panes is not None else None

    def repository(self, path: str) -> str:
        """The top of the repository that a directory is in."""
        return git_top(path)

    def revision(self, path: str) -> str:
        """The commit that is checked out in a directory; "" outside of git."""
        return git_commit(path)

    # ---- news ----

    def changed(self, *topics: str) -> None:
        """Tell who waits for these topics; look soon at what sidebars are told."""
        for topic in topics:
            self._tell(topic)
        self.fleet.look()
        if TASKS in topics:
            self._tasks.look_soon()
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

    def traffic(self) -> Traffic:
        """What sidebars show, as of the last look; the first call begins to look."""
        if self._traffic is None:
            self._traffic = Traffic({})
            self.changed()
        return self._traffic

    def unread(self, mailbox: str) -> int:
        """How many messages wait in a mailbox, as of the last look."""
        return self.traffic().unread.get(mailbox, 0)

    def _look(self) -> None:
        self._looking = False
        self.begin()
        server, roster = self.server, self.roster()
        self._storage.ask(lambda store: traffic(store, server, roster), self._looked)

    def _looked(self, answer: Traffic | StoreError) -> None:
        if isinstance(answer, StoreError) or answer == self._traffic:
            return
        self._traffic = answer
        self._shown()
        for member in self.roster():
            if member.is_free or member.state == "working":
                self._deliver(member.pane)

    def _deliver(self, number: int) -> None:
        """See whether something that waits can be handed to the agent in a pane."""
        pane, unread = self._state.panes.get(PaneId(number)), self.traffic().unread
        mailboxes = caller_of(number, self.roster()).mailboxes
        if pane is not None and any(box in unread for box in mailboxes):
            self._courier.look(pane, self.server, mailboxes)

    def hooked(self, pane: Pane) -> None:
        """A hook of a pane's agent asks for what waits."""
        self._courier.hooked(pane)

    def plugin_asks(self, pane: Pane, *, waits: bool) -> None:
        """A plugin of a pane's agent waits for a message, or waits no more."""
        self._courier.asks(pane, waits=waits)
        if not waits and self._began:
            self._deliver(pane.id)

    def pane_of(self, address: str) -> int:
        """The pane that an address means now; -1 if it means none."""
        roster = self.roster()
        found = (one.pane for one in roster if address in (f"%{one.pane}", address_of(one, roster)))
        return next(found, -1)

    def told_people(self, numbers: Sequence[int]) -> None:
        """People were shown that these messages are there."""
        now = self._clock.wall()

        def work(store: Store) -> None:
            for number in numbers:
                messages.delivered(store, number, PEOPLE, now=now)

        self._storage.change(work, lambda _answer: self.changed(MESSAGES))

    def handed(self, pane: Pane, numbers: Sequence[int]) -> None:
        """Messages go to a pane's agent now; its log is looked at for them."""
        self._courier.expect(pane, numbers)

    def log_line(self, pane: Pane, line: bytes) -> None:
        """The log of a pane's agent has one more line."""
        self._courier.log_line(pane, line)

    def others_changed(self) -> None:
        """Somebody on another host does something else than before."""
        self._tasks.agents_changed()
        self._shown()

    def with_work(self) -> frozenset[str]:
        """The mailboxes in which a task waits to be begun, as of the last look."""
        return self._traffic.with_work if self._traffic is not None else frozenset()

    def _dispatched(self, done: Dispatched) -> None:
        """Tasks were given out or taken away."""
        if done.ended:
            server, now = self.server, self._clock.wall()
            self._storage.change(partial(_log_ended, server=server, ended=done.ended, now=now))
        self._tell(TASKS)
        self.changed(MESSAGES, *(address for _, address in done.given))

    # ---- panes ----

    def warn(self, panes: Sequence[int], text: str) -> None:
        """Show a message on every client that shows one of these panes."""
        for client in list(self._state.clients.values()):
            session = client.session
            if session is not None and any(one.id in panes for one in session.window.panes):
                self._warned(client, text)

    def claimed(self, expires: float) -> None:
        """Something is claimed until then: its end will be told."""
        self._claims.claimed(expires)

    def turned(self, pane: Pane) -> None:
        """A pane's agent does something else than before."""
        self._tasks.agents_changed()
        self._courier.turned(pane)
        if self._began:
            self._deliver(pane.id)

    def pane_gone(self, pane: Pane) -> None:
        """What waits for a pane by its number, and what it claimed, is let go of."""
        self._labels.pop(pane.id, None)
        if not self._began:
            return
        server, number, now = self._state.socket_path, int(pane.id), self._clock.wall()

        def work(store: Store) -> None:
            messages.pane_gone(store, server, number, now=now)
            tasks.pane_gone(store, server, number, now=now)
            claims.pane_gone(store, server, number)

        self._courier.forget(pane)
        self.fleet.pane_gone()
        self._storage.change(work, lambda _answer: self.changed(MESSAGES, TASKS))
