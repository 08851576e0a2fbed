"""Lets what waits in the outbox leave: for each lane one batch at a time, so in its order.

A batch that the bus has not confirmed is sent again as it was. What it holds twice then is known by
its numbers where it arrives. A lane that the bus refuses (the other host's mailbox is full) waits
by itself; what fails with the connection ends the session.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aimux.agents import outbox
from aimux.agents.outbox import Row
from aimux.errors import FleetError
from aimux.fleet.bus import Bus
from aimux.fleet.mail import MAX_ROWS, collect
from aimux.fleet.stored import Storage, asked, changed
from aimux.persist.store import Store

GATHER_SECONDS = 0.004
"""Between two batches of a lane: what comes meanwhile leaves as one."""
REFUSED_SECONDS = 5.0
"""Until what was refused is tried again."""

log = logging.getLogger(__name__)


class Outgoing:
    """What leaves one server.

    Args:
        server: Whose outbox it is.
        host: What other hosts call this one.
        ways: How a row leaves by each lane that is no host's. It may leave more than once.
    """

    def __init__(
        self,
        storage: Storage,
        server: str,
        host: str,
        *,
        ways: Mapping[str, Callable[[Bus, Row], Awaitable[None]]],
    ) -> None:
        self._ways = ways
        self._storage = storage
        self._server = server
        self._host = host
        self._news = asyncio.Event()
        self._busy: set[str] = set()
        self._again: set[str] = set()

    def look(self) -> None:
        """Something may have been put into the outbox."""
        self._news.set()

    async def run(self, bus: Bus) -> None:
        """Send what waits, and what is put there, until the connection breaks."""
        self._news.set()
        async with asyncio.TaskGroup() as group:
            while True:
                await self._news.wait()
                self._news.clear()
                for lane in await asked(self._storage, self._lanes):
                    if lane in self._busy:
                        self._again.add(lane)
                    else:
                        self._busy.add(lane)
                        group.create_task(self._drain(bus, lane))

    def _lanes(self, store: Store) -> list[str]:
        return outbox.lanes(store, self._server)

    async def _drain(self, bus: Bus, lane: str) -> None:
        """Send all that waits in a lane; one that is refused has to wait a while."""
        try:
            while True:
                if await self._send(bus, lane):
                    break
                await asyncio.sleep(REFUSED_SECONDS)
        finally:
            self._busy.discard(lane)
            if lane in self._again:  # something came while the last look was on its way
                self._again.discard(lane)
                self._news.set()

    async def _send(self, bus: Bus, lane: str) -> bool:
        """Send all that waits in a lane; whether the bus has kept it."""
        if lane in self._ways:
            return await self._is_kept(bus, lane, self._send_rows(bus, lane))
        collecting = partial(collect, server=self._server, lane=lane)
        while (batch := await asked(self._storage, collecting)) is not None:
            if batch.data:
                subject = bus.streams.mail_subject(lane, self._host)
                keeping = bus.publish(subject, batch.data, identity=batch.identity)
                if not await self._is_kept(bus, lane, keeping):
                    return False
            gone = partial(outbox.left, server=self._server, lane=lane, last=batch.last)
            await changed(self._storage, gone)
            await asyncio.sleep(GATHER_SECONDS)
        return True

    async def _send_rows(self, bus: Bus, lane: str) -> None:
        """Send all that waits for all hosts, one after another."""
        oldest = partial(outbox.oldest, server=self._server, lane=lane, limit=MAX_ROWS)
        while rows := await asked(self._storage, oldest):
            for row in rows:
                await self._ways[lane](bus, row)
            gone = partial(outbox.left, server=self._server, lane=lane, last=rows[-1].id)
            await changed(self._storage, gone)

    async def _is_kept(self, bus: Bus, lane: str, keeping: Awaitable[object]) -> bool:
        try:
            await keeping
        except FleetError as error:
            if bus.broken.is_set():
                raise
            log.info("what is for %s has to wait: %s", lane, error)
            return False
        return True
