"""Takes what other hosts have for this one: stored first, acknowledged then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from aimux.errors import StoreError
from aimux.fleet.bus import Bus, Delivery
from aimux.fleet.bus_url import is_host
from aimux.fleet.mail import Desk, Taken
from aimux.fleet.stored import Storage, changed
from aimux.fleet.wire import Mail, read_mail

STORE_AGAIN_SECONDS = 5.0

log = logging.getLogger(__name__)


class Incoming:
    """What comes to one server.

    Args:
        host: What other hosts call this one.
        desk: Makes what stores some mail, knowing who is here now.
        taken: Told of what was stored.
    """

    def __init__(
        self,
        storage: Storage,
        host: str,
        *,
        desk: Callable[[], Desk],
        taken: Callable[[Taken], None],
    ) -> None:
        self._storage = storage
        self._host = host
        self._desk = desk
        self._taken = taken

    async def run(self, bus: Bus) -> None:
        """Take what waits, and what comes, until the connection breaks."""
        streams = bus.streams
        subject = streams.mail_subject(self._host, "*")
        async with bus.follow(streams.mail, subject, name=f"to_{self._host}") as follower:
            while True:
                deliveries = await follower.next()
                await self._store(deliveries)
                for one in deliveries:
                    await one.acknowledge()

    async def _store(self, deliveries: Sequence[Delivery]) -> None:
        """Store it, however long that takes: the bus keeps it meanwhile."""
        mails = [(one.last_token, mail) for one in deliveries if (mail := _read(one)) is not None]
        taken = None
        while taken is None:
            try:
                taken = await changed(self._storage, partial(self._desk().take, mails=mails))
            except StoreError as error:
                log.warning("what came from other hosts cannot be stored: %s", error)
                await asyncio.sleep(STORE_AGAIN_SECONDS)
        if taken.changed:
            self._taken(taken)


def _read(delivery: Delivery) -> Mail | None:
    mail = read_mail(delivery.data) if is_host(delivery.last_token) else None
    if mail is None:
        log.warning("what came by %r is no mail", delivery.subject)
    return mail
