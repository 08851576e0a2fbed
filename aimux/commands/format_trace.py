"""What `display-message -v` tells of an expansion, step by step, in tmux's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

TRACE_LIMIT: Final = 1 << 20
"""Characters that one expansion may tell; after that it goes on in silence."""
MOST_BLANKS: Final = 10


class Trace:
    """Tells the steps of one expansion.

    Args:
        tell: Is given each line.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._room = TRACE_LIMIT

    def say(self, depth: int, text: str) -> None:
        """One step, as deep as formats stand in each other there."""
        line = f"#{' ' * min(depth, MOST_BLANKS)}{text}"
        self._room -= len(line)
        if self._room >= 0:
            self._tell(line)

    def modifiers(self, depth: int, modifiers: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """The modifiers of a format with their expanded arguments."""
        for number, (name, arguments) in enumerate(modifiers):
            self.say(depth, f"modifier {number} is {name}")
            for place, argument in enumerate(arguments):
                self.say(depth, f"modifier {number} argument {place}: {argument}")
