"""How much one of several may do in a second. Pure: who and the time come in."""

from __future__ import annotations

MESSAGES_A_SECOND = 200
"""What one pane may send; people, and programs outside of panes, are not counted."""
MAX_COUNTED = 10_000
"""Of more in one second the others are refused."""


class Rate:
    """Counts, anew with each second of the clock.

    Args:
        limit: How much one may do in a second.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._second = 0
        self._counts: dict[str, int] = {}

    def allows(self, who: str, *, now: float) -> bool:
        """Count one more; whether it is within the limit. `now` is in seconds."""
        if int(now) != self._second:
            self._second = int(now)
            self._counts.clear()
        count = self._counts.get(who, 0)
        if count >= self._limit or (not count and len(self._counts) >= MAX_COUNTED):
            return False
        self._counts[who] = count + 1
        return True
