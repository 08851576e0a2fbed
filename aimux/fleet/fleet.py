"""One server's part in a fleet: what runs while it is connected, and what is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Protocol

from msgspec import Struct

from aimux.agents import outbox
from aimux.agents.addresses import Member, Others
from aimux.errors import FleetError, StoreError
from aimux.fleet.board import Board
from aimux.fleet.bus import Bus
from aimux.fleet.bus_url import BusUrl
from aimux.fleet.context import Context
from aimux.fleet.hosts import Clock, Hosts
from aimux.fleet.incoming import Incoming
from aimux.fleet.link import Link, LinkState
from aimux.fleet.mail import Desk, Taken
from aimux.fleet.outgoing import Outgoing
from aimux.fleet.stored import Storage, asked, changed
from aimux.fleet.wire import HostRecord, MemberRecord
from aimux.persist.store import Store


class FleetSettings(Struct, frozen=True):
    """What the options say.

    Attributes:
        place: The bus, and which of its fleets.
        name: What other hosts call this one.
        credentials: The path of a NATS credentials file; "" for none.
    """

    place: BusUrl
    name: str
    credentials: str = ""


class Host(Protocol):
    """What a fleet asks and tells of its own server."""

    @property
    def server(self) -> str:
        """Whose rows in the store are meant: the server's socket."""
        ...

    def roster(self) -> Sequence[Member]:
        """Every pane."""
        ...

    def members(self) -> list[MemberRecord]:
        """Who takes part here, as other hosts are told."""
        ...

    def taken(self, taken: Taken) -> None:
        """Something came from other hosts, and is stored."""
        ...

    def values_changed(self) -> None:
        """A value that all hosts share is another one."""
        ...

    def stands_otherwise(self) -> None:
        """The connection, or what is known of other hosts, is another one."""
        ...


class Fleet:
    """A server in a fleet, from its options' being set until they are set otherwise."""

    def __init__(self, settings: FleetSettings, storage: Storage, clock: Clock, host: Host) -> None:
        self.settings = settings
        self._storage = storage
        self._clock = clock
        self._server = host
        self._instance = ""
        self._link = Link(
            settings.place,
            name=f"aimux {settings.name}",
            credentials=settings.credentials,
            session=self._session,
            changed=host.stands_otherwise,
        )
        self.hosts = Hosts(
            settings.name,
            record=lambda: HostRecord(self._instance, host.members()),
            clock=clock,
            changed=self._heard,
        )
        self.context = Context(
            storage,
            host.server,
            settings.name,
            settings.place.fleet,
            now=clock.wall,
            panes=lambda: [one.pane for one in host.roster()],
            changed=host.values_changed,
        )
        self.board = Board(storage, host.server, settings.name, now=clock.wall, left=self._left)
        self._outgoing = Outgoing(
            storage,
            host.server,
            settings.name,
            ways={**self.context.ways, outbox.TASKS: self.board.send},
        )
        self._incoming = Incoming(
            storage,
            settings.name,
            desk=lambda: Desk(host.server, host.roster(), self.board.awaited, now=clock.wall()),
            taken=self._taken,
        )

    @property
    def state(self) -> LinkState:
        """How it stands with the bus."""
        return self._link.state

    def others(self) -> Others:
        """The other hosts."""
        return self.hosts.others()

    def look(self) -> None:
        """Something may have to leave, or to be said of this host."""
        self._outgoing.look()
        self.hosts.look()

    def leave(self) -> None:
        """It will be cancelled, and is not to be back."""
        self.hosts.is_leaving = True

    async def run(self) -> None:
        """Take part until cancelled."""
        try:
            self.hosts.know(await asked(self._storage, self._known))
        except StoreError as error:  # it will be heard of them again
            self._link.state = LinkState(why=str(error))
        async with asyncio.TaskGroup() as group:
            group.create_task(self.hosts.watch())
            group.create_task(self._link.run())

    def _known(self, store: Store) -> list[str]:
        return outbox.known_hosts(store, self._server.server)

    async def _session(self, bus: Bus) -> None:
        """All that is done with one connection; the first that fails ends the rest."""
        beginning = partial(outbox.begin, server=self._server.server)
        self._instance = await changed(self._storage, beginning)
        async with asyncio.TaskGroup() as group:
            parts = (self.hosts, self.context, self.board, self._incoming, self._outgoing)
            for part in parts:
                group.create_task(part.run(bus))
            await bus.broken.wait()
            raise FleetError("the connection has ended")

    def _left(self) -> None:
        """Something was put into the outbox."""
        self._outgoing.look()

    def _taken(self, taken: Taken) -> None:
        self.board.answered(taken.answers)
        self._server.taken(taken)

    def _heard(self, new_host: str) -> None:
        if new_host:
            server, now = self._server.server, self._clock.wall()
            self._storage.change(partial(outbox.know_host, server=server, host=new_host, now=now))
        self._server.stands_otherwise()
