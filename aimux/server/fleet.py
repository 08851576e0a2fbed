"""The server's part in a fleet of hosts (`aimux.fleet`): begins and ends it as the options say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import Protocol, TypeVar

from msgspec.structs import replace

from aimux.agents import outbox
from aimux.agents.addresses import ALONE, Member, Others, address_of, host_of
from aimux.agents.shared_values import Shared, Written
from aimux.agents.tasks import Task, TaskWish
from aimux.commands.exchange import MESSAGES, TASKS, VALUES
from aimux.commands.fleet_view import FleetStatus
from aimux.commands.host import host_name
from aimux.errors import CommandError, StoreError
from aimux.fleet.bus_url import host_name_of, read_bus_url
from aimux.fleet.context import Context
from aimux.fleet.fleet import Fleet, FleetSettings
from aimux.fleet.mail import Taken
from aimux.fleet.sight import record_of
from aimux.fleet.wire import (
    MAX_CAPABILITIES,
    MAX_MEMBERS,
    MAX_REASON,
    AgentRecord,
    MemberRecord,
    ValueRecord,
    Warned,
    encode,
)
from aimux.model.state import State
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.server.clock import Clock
from aimux.server.storage import Storage
from aimux.server.supervision import supervised

Answer = TypeVar("Answer")
OPTIONS = ("bus-url", "bus-credentials", "fleet-name")


class Here(Protocol):
    """What the exchange knows of this server."""

    def begin(self) -> None:
        """Once, before anything else is stored: let go of what the last server's panes had."""
        ...

    def roster(self) -> Sequence[Member]:
        """Every pane."""
        ...

    def agent_in(self, pane: int) -> AgentFact | None:
        """What is known of the agent in a pane."""
        ...

    def changed(self, *topics: str) -> None:
        """Something was stored."""
        ...

    def others_changed(self) -> None:
        """Somebody on another host does something else than before."""
        ...

    def with_work(self) -> frozenset[str]:
        """The mailboxes in which a task waits to be begun."""
        ...

    def warn(self, panes: Sequence[int], text: str) -> None:
        """Show people who look at these panes a message."""
        ...


class ServerFleet:
    """The fleet that this server is in, if it is in one.

    Args:
        tasks: The group that everything runs in.
    """

    def __init__(
        self,
        state: State,
        storage: Storage,
        clock: Clock,
        tasks: asyncio.TaskGroup,
    ) -> None:
        self._state = state
        self._storage = storage
        self._clock = clock
        self._tasks = tasks
        self._here: Here | None = None
        self._version = -1
        self._options: tuple[str, ...] = ("", "", "")
        self._wrong = ""
        self._fleet: Fleet | None = None
        self._running: asyncio.Task[None] | None = None

    def know(self, here: Here) -> None:
        """Say who knows of panes and of what is stored; once, before anything runs."""
        self._here = here

    # ---- beginning and ending ----

    def settle(self) -> None:
        """Follow the options, once the configuration has run; something may be new here."""
        if not self._state.is_configured:
            return
        version = self._state.server_options.inherited_version()
        if version != self._version:
            self._version = version
            self._follow_options()
        if self._fleet is not None:
            self._fleet.hosts.look()

    def _follow_options(self) -> None:
        options = tuple(map(self._state.server_options.text, OPTIONS))
        if options != self._options:
            self._options = options
            self.stop()
            self._begin(*options)

    def _begin(self, url: str, credentials: str, given: str) -> None:
        self._wrong = ""
        try:
            place = read_bus_url(url)
        except CommandError as error:
            self._wrong = str(error)
            return
        if place is None:
            return
        name = host_name_of(given, host_name(), PurePath(self._state.socket_path).name)
        settings = FleetSettings(place, name, credentials)
        if self._here is not None:
            self._here.begin()
        self._fleet = Fleet(settings, self._storage, self._clock, self)
        self._running = self._tasks.create_task(supervised("fleet", self._fleet.run()))

    def stop(self) -> None:
        """Leave the fleet."""
        if self._fleet is not None and self._running is not None:
            self._fleet.leave()
            self._running.cancel()
        self._running = self._fleet = None

    # ---- what commands ask ----

    def status(self) -> FleetStatus:
        """How it stands with the fleet."""
        if self._fleet is None:
            return FleetStatus(why=self._wrong)
        settings, state = self._fleet.settings, self._fleet.state
        hosts = tuple(sorted(self._fleet.hosts.heard()))
        return FleetStatus(
            settings.place.shown, settings.name, state.is_connected, state.why, hosts
        )

    def others(self) -> Others:
        """The other hosts, and who is there."""
        return ALONE if self._fleet is None else self._fleet.others()

    def agents(self) -> Sequence[AgentFact]:
        """The agents of other hosts."""
        return () if self._fleet is None else self._fleet.hosts.agents()

    def look(self) -> None:
        """Something was stored that may have to leave, or to be said of this host."""
        if self._fleet is not None:
            self._fleet.look()

    # ---- what hosts share ----

    def shares(self, namespace: str) -> bool:
        """Whether all hosts have one namespace of that name: a session is one server's own."""
        return self._fleet is not None and not namespace.startswith("session:")

    def values_of(self, namespace: str) -> str:
        """Whose values a namespace's are."""
        return self._context().key if self.shares(namespace) else self.server

    def write_value(
        self, value: Shared, expected: int | None, done: Callable[[Written | StoreError], None]
    ) -> None:
        """Write a value that hosts share."""
        self._context().write(self._value_record(value), expected, done)

    def delete_value(self, value: Shared, done: Callable[[Written | StoreError], None]) -> None:
        """Take a value away that hosts share."""
        self._context().delete(self._value_record(value), done)

    def _value_record(self, value: Shared) -> ValueRecord:
        return ValueRecord(
            host=self.others().host,
            namespace=value.namespace,
            name=value.name,
            author=value.author,
            written=value.written,
            value=value.value,
            agent=value.agent,
            expires=value.expires,
        )

    @property
    def claims(self) -> str:
        """Whose claims there are."""
        return self.server if self._fleet is None else self._fleet.context.key

    def change_claims(
        self, work: Callable[[Store], Answer], done: Callable[[Answer | StoreError], None]
    ) -> None:
        """Change the claims, as the only one who does."""
        if self._fleet is None:
            self._storage.change(work, done)
        else:
            self._fleet.context.change_claims(work, done)

    def warn_elsewhere(self, address: str, pane: int, text: str) -> None:
        """Let people be told who look at a pane on the host that an address leads to."""
        body = encode(Warned(pane, text[:MAX_REASON]))
        work = partial(
            outbox.put, server=self.server, lane=host_of(address), kind="warning", body=body
        )
        self._storage.change(work, lambda _answer: self.look())

    def notes_leave(self, namespace: str) -> str:
        """Whose outbox notes of a namespace go to; "" for nobody's."""
        return self.server if self.shares(namespace) else ""

    def pane_gone(self) -> None:
        """What a pane had claimed of the fleet is given back."""
        if self._fleet is not None:
            self._fleet.context.panes_gone()

    def _context(self) -> Context:
        if self._fleet is None:
            raise AssertionError("asked of a fleet that there is not")
        return self._fleet.context

    def tasks(self) -> Sequence[tuple[str, Task]]:
        """The tasks of other hosts."""
        return () if self._fleet is None else self._fleet.board.tasks()

    def ask_task(self, wish: TaskWish, done: Callable[[bool | StoreError], None]) -> None:
        """Ask another host to do something to a task of its own."""
        if self._fleet is None or wish.host not in self.others().hosts:
            done(StoreError(f"no host {wish.host}"))
        else:
            self._fleet.board.ask(wish, done)

    # ---- what the fleet asks and tells (`aimux.fleet.fleet.Host`) ----

    @property
    def server(self) -> str:
        """The server's socket."""
        return self._state.socket_path

    def roster(self) -> Sequence[Member]:
        """Every pane."""
        return () if self._here is None else self._here.roster()

    def members(self) -> list[MemberRecord]:
        """Who takes part here, as other hosts are told."""
        roster = self.roster()
        busy: frozenset[str] = frozenset() if self._here is None else self._here.with_work()
        told = [one for one in roster if one.takes_part][:MAX_MEMBERS]
        return [replace(_record(one, roster, busy), sight=self._sight(one)) for one in told]

    def _sight(self, one: Member) -> AgentRecord | None:
        fact = self._here.agent_in(one.pane) if self._here is not None and one.agent else None
        return None if fact is None else record_of(fact)

    def taken(self, taken: Taken) -> None:
        """Something came from other hosts, and is stored."""
        if self._here is None:
            return
        self._here.changed(MESSAGES, *((TASKS,) if taken.tasks else ()), *taken.boxes)
        for pane, text in taken.warnings:
            self._here.warn([pane], text)

    def values_changed(self) -> None:
        """A value that all hosts share is another one."""
        if self._here is not None:
            self._here.changed(VALUES)

    def stands_otherwise(self) -> None:
        """The connection, or what is known of other hosts, is another one."""
        if self._here is not None:
            self._here.others_changed()


def _record(one: Member, roster: Sequence[Member], busy: frozenset[str]) -> MemberRecord:
    address = address_of(one, roster)
    return MemberRecord(
        address=address,
        busy=not busy.isdisjoint((address, f"%{one.pane}")),
        session=one.session,
        name=one.name,
        agent=one.agent,
        role=one.role,
        capabilities=sorted(one.capabilities)[:MAX_CAPABILITIES],
        state=one.state,
        is_fact=one.is_fact,
    )
