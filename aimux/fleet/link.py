"""Keeps a server connected to its bus: connects, lets a session work, begins anew when it breaks.

Nothing here delays who uses it: a bus that is down is tried again, less and less often, and what
has to leave waits in the store.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from msgspec import Struct

from aimux.errors import AimuxError, FleetError, StoreError
from aimux.fleet.bus import Bus
from aimux.fleet.bus_url import BusUrl

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 15.0
STEADY_SECONDS = 30.0
"""A session that lasted so long was a good one: the next pause is short again."""
MISSING = "the extra is not installed (pip install 'aimux-terminal[fleet]')"

log = logging.getLogger(__name__)


class LinkState(Struct, frozen=True):
    """How it stands with the bus.

    Attributes:
        is_connected: Everything that has to leave does so.
        why: Why it is not; "" while it is connected, or tried for the first time.
    """

    is_connected: bool = False
    why: str = ""


class Link:
    """The connection of one server.

    Args:
        place: Where the bus is.
        name: What the bus calls the connection.
        credentials: The path of a NATS credentials file; "" for none.
        session: What is done with a connection; it ends, or raises FleetError, when that breaks.
        changed: Called when the state is another one.
    """

    def __init__(
        self,
        place: BusUrl,
        *,
        name: str,
        credentials: str,
        session: Callable[[Bus], Coroutine[Any, Any, None]],
        changed: Callable[[], None],
    ) -> None:
        self._place = place
        self._name = name
        self._credentials = credentials
        self._session = session
        self._changed = changed
        self.state = LinkState()

    async def run(self) -> None:
        """Stay connected until cancelled; without nats-py it says so once, and ends."""
        try:
            # It takes 130 ms: in a thread, so that panes go on being drawn.
            bus = await asyncio.to_thread(importlib.import_module, "aimux.fleet.nats_bus")
        except ModuleNotFoundError:
            self._set(LinkState(why=MISSING))
            return
        pause, clock = FIRST_PAUSE_SECONDS, asyncio.get_running_loop().time
        while True:
            begun = clock()
            try:
                await self._connect_once(bus.connect)
                why = "the connection has ended"
            except* (FleetError, StoreError) as group:
                why = _first(group)
            self._set(LinkState(why=why))
            if clock() - begun > STEADY_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_SECONDS, pause * 2)

    async def _connect_once(self, connect: Callable[..., Coroutine[Any, Any, Bus]]) -> None:
        bus = await connect(self._place, name=self._name, credentials=self._credentials)
        self._set(LinkState(is_connected=True))
        try:
            await self._session(bus)
        finally:
            await bus.close()

    def _set(self, state: LinkState) -> None:
        if state != self.state:
            self.state = state
            log.info("%s: %s", self._place.shown, state.why or "connected")
            self._changed()


def _first(group: BaseExceptionGroup[AimuxError]) -> str:
    """What went wrong first."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error)
