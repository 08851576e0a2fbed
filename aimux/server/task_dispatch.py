"""Looks at the tasks when something happened and when the next one is due; it does not poll."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from aimux.agents.addresses import Member, Others
from aimux.agents.dispatch import Dispatched, dispatch
from aimux.errors import StoreError
from aimux.server.clock import Clock
from aimux.server.storage import Storage

SOON_SECONDS = 0.05
LATEST_SECONDS = 86_400.0

log = logging.getLogger(__name__)


class TaskDispatch:
    """The scheduling of one server.

    Args:
        who: Who is here, and on other hosts.
        later: Calls an action after some seconds.
        dispatched: Told of each look that did something.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        server: str,
        who: Callable[[], tuple[Sequence[Member], Others]],
        later: Callable[[float, Callable[[], None]], None],
        dispatched: Callable[[Dispatched], None],
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._server = server
        self._who = who
        self._later = later
        self._dispatched = dispatched
        self._unfinished = 0
        self._soon = self._looking = self._again = False
        self._due: float | None = None

    def agents_changed(self) -> None:
        """An agent does something else: look, if there is any task."""
        if self._unfinished:
            self.look_soon()

    def look_soon(self) -> None:
        """Look once for all that happens in a little while."""
        if not self._soon:
            self._soon = True
            self._later(SOON_SECONDS, self._look)

    def _look(self) -> None:
        self._soon = False
        self._again = self._looking
        if self._looking:
            return
        self._looking = True
        (roster, others), now = self._who(), self._clock.wall()
        work = partial(dispatch, server=self._server, roster=roster, others=others, now=now)
        self._storage.change(work, self._looked)

    def _looked(self, answer: Dispatched | StoreError) -> None:
        self._looking = False
        if isinstance(answer, StoreError):
            log.info("tasks: %s", answer)
            return
        self._unfinished = answer.unfinished
        if answer.given or answer.ended:
            self._dispatched(answer)
        self._wait_until(answer.due)
        if self._again:
            self.look_soon()

    def _wait_until(self, due: float | None) -> None:
        """One timer at a time is enough: the earliest."""
        if due is None or (self._due is not None and self._due <= due):
            return
        self._due = due
        wait = min(LATEST_SECONDS, max(0.0, due - self._clock.wall()))
        self._later(wait + SOON_SECONDS, lambda: self._is_due(due))

    def _is_due(self, due: float) -> None:
        if self._due == due:
            self._due = None
            self.look_soon()
