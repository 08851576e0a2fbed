"""How often a program may make its terminal type at it."""

from collections.abc import Callable
from typing import Final

REPLIES_PER_SECOND: Final = 100
BYTES_PER_SECOND: Final = 4 * 1024
"""Also the most that can wait for a program that does not read its answers."""
_BURST_SECONDS: Final = 1.0


class ReplyLimit:
    """A bucket of replies and bytes that refills with time: a flood of questions is not answered.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._at = clock()
        self._replies = float(REPLIES_PER_SECOND)
        self._bytes = float(BYTES_PER_SECOND)

    def allows(self, size: int) -> bool:
        """Whether one more reply of `size` bytes may be sent; counts it if so."""
        now = self._clock()
        passed = min(max(now - self._at, 0.0), _BURST_SECONDS)
        self._at = now
        self._replies = min(self._replies + passed * REPLIES_PER_SECOND, REPLIES_PER_SECOND)
        self._bytes = min(self._bytes + passed * BYTES_PER_SECOND, BYTES_PER_SECOND)
        if self._replies < 1 or self._bytes < size:
            return False
        self._replies -= 1
        self._bytes -= size
        return True
