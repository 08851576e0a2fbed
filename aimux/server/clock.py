"""The two clocks: wall time is for showing and storing, the monotonic one for everything else."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Where the server has its time from."""

    def wall(self) -> float:
        """Seconds since the epoch."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...


class SystemClock:
    """The machine's clocks."""

    def wall(self) -> float:
        """Seconds since the epoch."""
        return time.time()  # noqa: TID251  # the one place that reads it

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()
