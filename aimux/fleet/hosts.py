"""Who is on which host: each host says it of itself, and hears it of the others.

A host's record is over unless it is renewed, so one that was cut off or killed is gone after a
while: what was seen of its agents is told to be old, and then no longer told. Two servers of one
name would share a mailbox: the second is refused.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from aimux.agents.addresses import AT, MAX_NAME, Elsewhere, Others
from aimux.errors import ConflictError, FleetError
from aimux.fleet.bus import Bus, Delivery
from aimux.fleet.bus_url import is_host
from aimux.fleet.sight import MAX_RECORD, agents_of, without_sights
from aimux.fleet.streams import HOST_SECONDS
from aimux.fleet.wire import HostRecord, encode, read_host
from aimux.protocol.facts import AgentFact
from aimux.security.clean import clean

RENEW_SECONDS = HOST_SECONDS / 3
SOON_SECONDS = 0.25
"""Between a change and the look at what others are to be told of it."""
LOOK_SECONDS = 1.0
"""Between two such looks, at least."""
GONE_SECONDS = 1.5 * HOST_SECONDS
"""A host that has said nothing for so long is gone."""
SEEN_SECONDS = 600.0
"""How long its agents are still shown."""
MAX_HOSTS = 64

log = logging.getLogger(__name__)


class Clock(Protocol):
    """Where the time comes from."""

    def wall(self) -> float:
        """Seconds since the epoch."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...


class Heard(Struct, frozen=True):
    """What a host said last.

    Attributes:
        at: When, on the monotonic clock.
        wall: The same in seconds since the epoch.
    """

    record: HostRecord
    members: tuple[Elsewhere, ...]
    agents: tuple[AgentFact, ...]
    at: float
    wall: float


class Hosts:
    """The hosts of a fleet, as one of them knows them.

    Args:
        host: What the others call this one.
        record: What this one says of itself now.
        clock: Where the time comes from.
        changed: Called when another host says something else; with its name the first time.
    """

    def __init__(
        self,
        host: str,
        *,
        record: Callable[[], HostRecord],
        clock: Clock,
        changed: Callable[[str], None],
    ) -> None:
        self._host = host
        self._known: set[str] = set()
        self._record = record
        self._clock = clock
        self._changed = changed
        self._heard: dict[str, Heard] = {}
        self._news = asyncio.Event()
        self.is_leaving = False
        """It is not to be back: else its name stays its own for a while."""
        self._others_news = asyncio.Event()
        self._said: bytes = b""
        self._looked = 0.0
        self._revision = 0
        """Of our record on this connection; 0 for none."""
        self._is_connected = False
        self._cut_off = 0.0
        """When the last connection ended, in seconds since the epoch."""

    def know(self, hosts: Sequence[str]) -> None:
        """These were heard of before."""
        self._known.update(hosts)

    def look(self) -> None:
        """This host may have something else to say of itself."""
        self._news.set()

    def others(self) -> Others:
        """The other hosts, and who is there; while cut off, what was known last."""
        present = set(self._present())
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

    def agents(self) -> list[AgentFact]:
        """The agents of other hosts; those of a host that is gone, or cut off, are old by then."""
        present = self._present()
        least = self._clock.monotonic() - SEEN_SECONDS
        found: list[AgentFact] = []
        for host, one in sorted(self._heard.items()):
            if host in present:
                found += one.agents
            elif one.at > least:
                since = one.wall if self._is_connected else self._cut_off
                found += [replace(agent, stale_from=since) for agent in one.agents]
        return found

    def _present(self) -> list[str]:
        gone = self._clock.monotonic() - GONE_SECONDS
        return [host for host, one in self._heard.items() if self._is_connected and one.at > gone]

    async def watch(self) -> None:
        """Say so when a host is gone, or was for so long that its agents are no longer shown."""
        while True:
            before, moment = self._standing(), self._next_moment()
            self._others_news.clear()
            try:
                async with asyncio.timeout(moment):
                    await self._others_news.wait()
            except TimeoutError:
                if self._standing() != before:
                    self._changed("")

    def _standing(self) -> list[bool]:
        now = self._clock.monotonic()
        limits = (GONE_SECONDS, SEEN_SECONDS)
        return [now - one.at > limit for one in self._heard.values() for limit in limits]

    def _next_moment(self) -> float | None:
        """Seconds until a host may be another one by its age; None if none can."""
        now = self._clock.monotonic()
        limits = (GONE_SECONDS, SEEN_SECONDS)
        left = [one.at + limit - now for one in self._heard.values() for limit in limits]
        return min((seconds + 0.1 for seconds in left if seconds >= 0), default=None)

    async def run(self, bus: Bus) -> None:
        """Say who is here, and hear who is elsewhere, until the connection breaks."""
        self._is_connected, self._revision = True, 0
        self._changed("")
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._tell(bus))
                group.create_task(self._hear(bus))
        finally:
            self._is_connected, self._cut_off = False, self._clock.wall()
            if self.is_leaving and self._revision and not bus.broken.is_set():
                await self._leave(bus)

    # ---- saying ----

    async def _tell(self, bus: Bus) -> None:
        before = await self._first(bus)
        while True:
            data = self._what_is()
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
            # One look at many panes for all that happens.
            rest = LOOK_SECONDS - (self._clock.monotonic() - self._looked)
            await asyncio.sleep(max(SOON_SECONDS, rest))
            self._news.clear()
            if self._what_is() != self._said:
                return

    def _what_is(self) -> bytes:
        """What this host has to say of itself now, in what a bus takes."""
        self._looked = self._clock.monotonic()
        record = self._record()
        data = encode(record)
        return data if len(data) <= MAX_RECORD else encode(without_sights(record))

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
        was_present = host in self._present()
        before = self._heard.pop(host, None)
        if record is not None and self._has_room():
            self._heard[host] = Heard(
                record,
                _members(host, record),
                agents_of(host, record),
                self._clock.monotonic(),
                self._clock.wall(),
            )
            self._others_news.set()
        after = self._heard.get(host)
        is_new = after is not None and host not in self._known
        if is_new:
            self._known.add(host)
        is_back = after is not None and not was_present
        if is_new or is_back or (before and before.record) != (after and after.record):
            self._changed(host if is_new else "")

    def _has_room(self) -> bool:
        """Whether one more can be known; of those that are gone the first makes room for it."""
        if len(self._heard) >= MAX_HOSTS:
            present = self._present()
            gone = next((host for host in self._heard if host not in present), None)
            if gone is None:
                return False
            del self._heard[gone]
        return True


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
