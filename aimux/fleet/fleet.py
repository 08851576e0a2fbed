"""One server's part in a fleet: what runs while it is connected, and what is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from msgspec import Struct

from aimux.errors import FleetError
from aimux.fleet.bus import Bus
from aimux.fleet.bus_url import BusUrl
from aimux.fleet.link import Link, LinkState


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


class Fleet:
    """A server in a fleet, from its options' being set until they are set otherwise.

    Args:
        changed: Called when it is connected, or is not any more.
    """

    def __init__(self, settings: FleetSettings, *, changed: Callable[[], None]) -> None:
        self.settings = settings
        self._link = Link(
            settings.place,
            name=f"aimux {settings.name}",
            credentials=settings.credentials,
            session=self._session,
            changed=changed,
        )

    @property
    def state(self) -> LinkState:
        """How it stands with the bus."""
        return self._link.state

    async def run(self) -> None:
        """Take part until cancelled."""
        await self._link.run()

    async def _session(self, bus: Bus) -> None:
        """All that is done with one connection; the first that fails ends the rest."""
        async with asyncio.TaskGroup() as group:
            for work in self._works(bus):
                group.create_task(work)
            await bus.broken.wait()
            raise FleetError("the connection has ended")

    def _works(self, _bus: Bus) -> tuple[Coroutine[Any, Any, None], ...]:
        return ()
