"""A copy of a stream in the store: what is read is read here, connected or not.

What came is stored with how far it came, in one transaction. A stream that was made anew, or that
was not looked at for so long that its marks of what was deleted are over, is copied from its start.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct

from aimux.errors import FleetError
from aimux.fleet.bus import Bus, Delivery
from aimux.fleet.stored import Storage, changed
from aimux.fleet.streams import DELETED_SECONDS
from aimux.persist.store import Store

CAUGHT_UP_SECONDS = 5.0

log = logging.getLogger(__name__)


class Copied(Struct, frozen=True):
    """What is copied, and how.

    Attributes:
        key: Whose rows the copy's are (`server` in the tables).
        stream: The stream.
        subject: What of it.
        take: Stores some of it, in the copy's order; may find what it stored before.
        clear: Forgets the copy.
    """

    key: str
    stream: str
    subject: str
    take: Callable[[Store, Sequence[Delivery]], None]
    clear: Callable[[Store], None]


class Mirror:
    """One copy.

    Args:
        now: Wall-clock seconds.
        changed: Called when the copy has changed.
    """

    def __init__(
        self, storage: Storage, *, now: Callable[[], float], changed: Callable[[], None]
    ) -> None:
        self._storage = storage
        self._now = now
        self._changed = changed
        self._last = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []

    async def run(self, bus: Bus, copied: Copied) -> None:
        """Copy until the connection breaks."""
        identity = await bus.identity(copied.stream)
        beginning = partial(_begin, copied=copied, identity=identity, now=self._now())
        self._last = await changed(self._storage, beginning)
        async with bus.follow(copied.stream, copied.subject, start=self._last + 1) as follower:
            while True:
                deliveries = await follower.next()
                last = max(self._last, *(one.sequence for one in deliveries))
                place = Place(identity, last, self._now())
                work = partial(_take, copied=copied, deliveries=deliveries, place=place)
                await changed(self._storage, work)
                for one in deliveries:
                    await one.acknowledge()
                self._caught_up(last)

    async def has(self, revision: int) -> None:
        """Wait until the copy has come so far. Raises FleetError: it does not come."""
        if self._last >= revision:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((revision, future))
        try:
            async with asyncio.timeout(CAUGHT_UP_SECONDS):
                await future
        except TimeoutError as error:
            raise FleetError("it is written, but the bus does not show it") from error
        finally:
            self._waiting.remove((revision, future))

    def _caught_up(self, last: int) -> None:
        self._last = last
        for revision, future in self._waiting:
            if revision <= last and not future.done():
                future.set_result(None)
        self._changed()


class Place(Struct, frozen=True):
    """How far a copy has come.

    Attributes:
        identity: What tells the stream from another of its name.
        last: The last place that is copied.
        at: When that was, seconds since the epoch.
    """

    identity: str
    last: int
    at: float


def _begin(store: Store, *, copied: Copied, identity: str, now: float) -> int:
    """How far the copy has come; one that is of no use is cleared."""
    place = place_of(store, copied.key, copied.stream)
    if place.identity == identity and place.at > now - DELETED_SECONDS / 2:
        return place.last
    copied.clear(store)
    _set_place(store, copied, Place(identity, 0, now))
    return 0


def place_of(store: Store, key: str, stream: str) -> Place:
    """How far a copy has come."""
    row = store.execute(
        "SELECT identity, last, at FROM fleet_place WHERE server = ? AND stream = ?", (key, stream)
    ).fetchone()
    return Place("", 0, 0.0) if row is None else Place(*row)  # type: ignore[arg-type]  # the schema's types


def _set_place(store: Store, copied: Copied, place: Place) -> None:
    store.execute(
        "INSERT OR REPLACE INTO fleet_place VALUES (?, ?, ?, ?, ?)",
        (copied.key, copied.stream, place.identity, place.last, place.at),
    )


def _take(store: Store, *, copied: Copied, deliveries: Sequence[Delivery], place: Place) -> None:
    copied.take(store, deliveries)
    _set_place(store, copied, place)
