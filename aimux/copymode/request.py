"""What a command of copy mode is: a row of its table, and the request that it is given."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from msgspec import Struct

from aimux.copymode.outcome import DONE, Outcome
from aimux.copymode.state import CopyState


class Clear(Enum):
    """When a command takes the marks of matches away."""

    ALWAYS = auto()
    EMACS_ONLY = auto()
    NEVER = auto()


class Request(Struct, frozen=True):
    """One command as it was given: its arguments, and how often it is to be done."""

    state: CopyState
    words: tuple[str, ...]
    times: int

    def word(self, index: int) -> str | None:
        """An argument, if it was given."""
        return self.words[index] if index < len(self.words) else None


class CopyCommand(Struct, frozen=True):
    """A row of the table; `arity` is the fewest and the most arguments."""

    run: Callable[[Request], Outcome]
    arity: tuple[int, int] = (0, 0)
    clear: Clear = Clear.ALWAYS


Motion = Callable[[CopyState], object]


def repeated(motion: Motion) -> Callable[[Request], Outcome]:
    """A command that does one thing as often as it was asked for."""

    def run(request: Request) -> Outcome:
        for _ in range(request.times):
            motion(request.state)
        return DONE

    return run


def once(motion: Motion) -> Callable[[Request], Outcome]:
    """A command that does one thing however often it was asked for."""

    def run(request: Request) -> Outcome:
        motion(request.state)
        return DONE

    return run
