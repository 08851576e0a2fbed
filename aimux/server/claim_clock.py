"""Claims that end with their time: people who look at the owner's pane are told. No polling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from aimux.agents import claims
from aimux.agents.addresses import host_of
from aimux.agents.claims import Ended
from aimux.errors import StoreError
from aimux.security.clean import clean
from aimux.server.clock import Clock
from aimux.server.storage import Storage

LATE_SECONDS = 0.05
LATEST_SECONDS = 86_400.0


class ClaimClock:
    """The ends of the claims of one server.

    Args:
        server: Whose claims these are; asked anew each time, as a server may join a fleet.
        later: Calls an action after some seconds.
        warn: Shows a message on every client that shows one of these panes.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        server: Callable[[], str],
        later: Callable[[float, Callable[[], None]], None],
        warn: Callable[[Sequence[int], str], None],
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._server = server
        self._later = later
        self._warn = warn
        self._told = clock.wall()
        self._due: float | None = None

    def claimed(self, expires: float) -> None:
        """Something is claimed until then, seconds since the epoch. One timer is set at a time."""
        if self._due is not None and self._due <= expires:
            return
        self._due = expires
        wait = min(LATEST_SECONDS, max(0.0, expires - self._clock.wall()))
        self._later(wait + LATE_SECONDS, lambda: self._is_due(expires))

    def _is_due(self, expires: float) -> None:
        if self._due != expires:
            return
        self._due = None
        since, self._told = self._told, self._clock.wall()
        work = partial(claims.ended, server=self._server(), since=since, now=self._told)
        self._storage.ask(work, self._found)

    def _found(self, answer: Ended | StoreError) -> None:
        if isinstance(answer, StoreError):
            return
        for one in answer.claims:
            if one.pane >= 0 and not host_of(one.owner):
                self._warn([one.pane], f"{clean(one.owner)} has {clean(one.path)} no longer")
        if answer.next is not None:
            self.claimed(answer.next)
