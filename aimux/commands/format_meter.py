"""What one expansion of a format may cost: a format of any size takes a bounded time."""

from typing import Final

from aimux.commands.format_patterns import search_work
from aimux.commands.format_trace import Trace

STEP_LIMIT: Final = 100_000
"""Replacements and pieces of output that one expansion may cost; after that the rest is empty."""
SIZE_LIMIT: Final = 1 << 18
"""Characters of any one value; what is longer is cut."""
_CHARACTERS_PER_STEP = 64
_SEARCH_WORK_PER_STEP = 2


class Meter:
    """What one call of `expand` may still cost, and its time, shared by all inner expansions.

    Attributes:
        trace: Is told the steps.
        steps: How many are left.
        now: Seconds since the epoch; None until somebody asked.
    """

    __slots__ = ("now", "steps", "trace")

    def __init__(self, trace: Trace | None) -> None:
        self.trace = trace
        self.steps = STEP_LIMIT
        self.now: float | None = None

    def charge(self, text: str) -> None:
        """A piece of this length was made."""
        self.steps -= 1 + len(text) // _CHARACTERS_PER_STEP

    def charged(self, value: str) -> str:
        """A value, cut if it is too long, once it has been charged for."""
        self.charge(value)
        return value[:SIZE_LIMIT]

    def charge_search(self, pattern: str, text: str) -> None:
        """A pattern was looked for in a text."""
        self.steps -= 1 + search_work(pattern, text) // _SEARCH_WORK_PER_STEP
