"""What was handed to agents and is not known to have been read: looked for in their logs."""

from __future__ import annotations

from collections.abc import Callable

from aimux.agents.delivery import RECEIPT_SECONDS, Situation
from aimux.agents.receipts import Receipts
from aimux.ids import PaneId
from aimux.model.pane import Pane
from aimux.server.clock import Clock

SETTLED_SECONDS = 5.0
"""An agent that has come to rest may begin on what waits in its own queue: not after so long."""


class Handed:
    """The open receipts of every pane.

    Args:
        has_receipts: Whether the log of a pane's agent is known, and shows what that is given.
        later: Calls an action after some seconds.
        look: Called with a pane when what it was handed may be overdue.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        has_receipts: Callable[[Pane], bool],
        later: Callable[[float, Callable[[], None]], None],
        look: Callable[[Pane], None],
    ) -> None:
        self._clock = clock
        self._has_receipts = has_receipts
        self._later = later
        self._look = look
        self._receipts: dict[PaneId, Receipts] = {}
        self._due: set[PaneId] = set()

    def expect(self, pane: Pane, number: int) -> None:
        """A message is about to be handed to a pane's agent."""
        self._receipts.setdefault(pane.id, Receipts()).expect(number, self._clock.wall())
        self._look_in(pane, RECEIPT_SECONDS)

    def forget(self, pane: Pane, number: int | None = None) -> None:
        """Look for one message no more, or for none."""
        if number is None:
            self._receipts.pop(pane.id, None)
        elif pane.id in self._receipts:
            self._receipts[pane.id].forget(number)

    def line(self, pane: Pane, line: bytes) -> list[int]:
        """Take a line of a pane's log; the messages whose receipt it is."""
        receipts = self._receipts.get(pane.id)
        return receipts.feed(line) if receipts is not None else []

    def turned(self, pane: Pane) -> None:
        """A pane's agent does something else: once it rests, what did not come is seen."""
        if self._receipts.get(pane.id):
            self._look_in(pane, SETTLED_SECONDS)

    def overdue(self, pane: Pane, now: Situation) -> list[int]:
        """What the agent was handed long ago and never received, though it has come to rest.

        Its log tells; without one, only an agent that has not moved since is known not to have it.
        """
        receipts = self._receipts.get(pane.id)
        if not receipts or not now.is_at_rest:
            return []
        if now.in_state < SETTLED_SECONDS:
            self._look_in(pane, SETTLED_SECONDS)
            return []
        wall = self._clock.wall()
        since = float("-inf") if self._has_receipts(pane) else wall - now.in_state
        found = receipts.handed_between(since, wall - RECEIPT_SECONDS)
        if len(found) < len(receipts.handed_between(since, wall)):
            self._look_in(pane, RECEIPT_SECONDS)
        return found

    def _look_in(self, pane: Pane, seconds: float) -> None:
        """Look after so long, unless a look is due anyway."""
        if pane.id in self._due:
            return
        self._due.add(pane.id)

        def look() -> None:
            self._due.discard(pane.id)
            self._look(pane)

        self._later(seconds + 0.5, look)
