"""Who is on which host: each host says it of itself, and hears it of the others.

A host's record is over unless it is renewed, so one that was cut off or killed is gone after a
while. Two servers of one name would share a mailbox: the second is refused.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from msgspec import Struct

from aimux.agents.addresses import AT, MAX_NAME, Elsewhere, Others
from aimux.errors import ConflictError, FleetError
from aimux.fleet.bus import Bus, Delivery
from aimux.fleet.bus_url import is_host
from aimux.fleet.streams import HOST_SECONDS
from aimux.fleet.wire import HostRecord, encode, read_host
from aimux.security.clean import clean

RENEW_SECONDS = HOST_SECONDS / 3
SOON_SECONDS = 0.25
"""Between a change and the look at what others are to be told of it."""
MAX_HOSTS = 64

log = logging.getLogger(__name__)


class Heard(Struct, frozen=True):
    """What a host said last, and when, on the monotonic clock."""

    record: HostRecord
    members: tuple[Elsewhere, ...]
    at: float


class Hosts:
    """The hosts of a fleet, as one of them knows them.

    Args:
        host: What the others call this one.
        record: What this one says of itself now.
        monotonic: Seconds that never go back.
        changed: Called when another host says something else; with its name the first time.
    """

    def __init__(
        self,
        host: str,
        *,
        record: Callable[[], HostRecord],
        monotonic: Callable[[], float],
        changed: Callable[[str], None],
    ) -> None:
        self._host = host
        self._known: set[str] = set()
        self._record = record
        self._monotonic = monotonic
        self._changed = changed
        self._heard: dict[str, Heard] = {}
        self._news = asyncio.Event()
        self.is_leaving = False
        """It is not to be back: else its name stays its own for a while."""
        self._said: bytes = b""
        self._revision = 0
        """Of our record on this connection; 0 for none."""
        self._is_connected = False

    def know(self, hosts: Sequence[str]) -> None:
        """These were heard of before."""
        self._known.update(hosts)

    def look(self) -> None:
        """This host may have something else to say of itself."""
        self._news.set()

    def others(self) -> Others:
        """The other hosts, and who is there; while cut off, what was known last."""
        gone = self._monotonic() - 1.5 * HOST_SECONDS
        present = {
            host for host, one in self._heard.items() if self._is_connected and one.at > gone
        }
        members = [
            member
            for host, one in self._heard.items()
            if host in present or not self._is_connected
            for member in one.members
        ]
        known = frozenset(self._known)
        return Others(self._host, known, frozenset(present), tuple(members))

    def heard(self) -> dict[str, Heard]:
        """What each of the other hosts said last."""
        return self._heard

    async def run(self, bus: Bus) -> None:
        """Say who is here, and hear who is elsewhere, until the connection breaks."""
        self._is_connected, self._revision = True, 0
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._tell(bus))
                group.create_task(self._hear(bus))
        finally:
            self._is_connected = False
            if self.is_leaving and self._revision and not bus.broken.is_set():
                await self._leave(bus)

    # ---- saying ----

    async def _tell(self, bus: Bus) -> None:
        before = await self._first(bus)
        while True:
            data = encode(self._record())
            before = self._revision = await self._put(bus, data, before)
            self._said = data
            try:
                async with asyncio.timeout(RENEW_SECONDS):
                    await self._something_else()
            except TimeoutError:
                continue

    async def _something_else(self) -> None:
        """Wait until this host's record is another one."""
        while True:
            await self._news.wait()
            await asyncio.sleep(SOON_SECONDS)  # one look at many panes for all that happens
            self._news.clear()
            if encode(self._record()) != self._said:
                return

    async def _first(self, bus: Bus) -> int:
        """The revision of our record; FleetError if it is another server's."""
        found = await bus.last(bus.streams.bucket("hosts"), bus.streams.key("hosts", self._host))
        if found is None:
            return 0
        record = None if found.is_deleted else read_host(found.data)
        if record is not None and record.instance != self._record().instance:
            raise FleetError(f"another server is called {self._host} (see fleet-name)")
        return found.sequence

    async def _put(self, bus: Bus, data: bytes, revision: int) -> int:
        subject = bus.streams.key("hosts", self._host)
        try:
            return await bus.publish(subject, data, expected=revision)
        except ConflictError:  # what was there is over by its age, or another server's
            return await bus.publish(subject, data, expected=await self._first(bus))

    async def _leave(self, bus: Bus) -> None:
        """Say that this host is no more, if that can be said at once."""
        try:
            async with asyncio.timeout(1):
                subject = bus.streams.key("hosts", self._host)
                await bus.publish(subject, b"", expected=self._revision, deleted=True)
        except (FleetError, TimeoutError) as error:
            log.info("left without a word: %s", error)

    # ---- hearing ----

    async def _hear(self, bus: Bus) -> None:
        streams = bus.streams
        async with bus.follow(streams.bucket("hosts"), streams.key("hosts", ">")) as follower:
            while True:
                for one in await follower.next():
                    if one.last_token != self._host:
                        self._take(one)
                    await one.acknowledge()

    def _take(self, one: Delivery) -> None:
        host = one.last_token
        is_there = is_host(host) and not one.is_deleted
        record = read_host(one.data) if is_there else None
        before = self._heard.pop(host, None)
        if record is not None and len(self._heard) < MAX_HOSTS:
            self._heard[host] = Heard(record, _members(host, record), self._monotonic())
        after = self._heard.get(host)
        is_new = after is not None and host not in self._known
        if is_new:
            self._known.add(host)
        if is_new or (before and before.record) != (after and after.record):
            self._changed(host if is_new else "")


def _members(host: str, record: HostRecord) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(
            host=host,
            address=_plain(one.address),
            session=_plain(one.session),
            name=_plain(one.name),
            agent=_plain(one.agent),
            role=_plain(one.role),
            capabilities=frozenset(one.capabilities),
            state=_plain(one.state),
            is_fact=one.is_fact,
            busy=one.busy,
        )
        for one in record.members
    )


def _plain(text: str) -> str:
    """What another host calls something, so that it can stand in an address."""
    return clean(text, limit=MAX_NAME).replace(AT, "-")
