"""A client in control mode (`-C`): what it is owed, which panes it hears, what it watches.

What waits is bounded. Panes' output that is not read for too long, or is too much, is dropped: with
the flag `pause-after` its pane is paused and the client told, without it the client has to leave
(tmux: control.c).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from enum import Enum, auto

from msgspec import Struct

from aimux.ids import PaneId, WindowId

MAX_OUTPUT_BYTES = 1 << 20
MAX_LINE_CHARACTERS = 16 << 20
MAX_PIECE_BYTES = 4096
MAX_SUBSCRIPTIONS = 1000
MAX_AGE_SECONDS = 300.0
MILLISECONDS = 1000
HELD_BYTES = 64 << 10
"""Output that waits, from which on a client holds a program that only such clients look at."""


class Said(Struct, frozen=True):
    """A line, without its newline."""

    text: str


class Paused(Struct, frozen=True):
    """A pane is not heard until it is continued."""

    pane: PaneId


class Continued(Struct, frozen=True):
    """A paused pane is heard again."""

    pane: PaneId


@dataclass(slots=True)
class Output:
    """What a pane's program wrote; `since` is when its first byte came, in monotonic seconds."""

    pane: PaneId
    data: bytearray
    since: float


Entry = Said | Paused | Continued | Output


class Hearing(Enum):
    """Why a pane is not heard."""

    OFF = auto()
    PAUSED = auto()


class Scope(Enum):
    """What a subscription's format is expanded for."""

    SESSION = auto()
    WINDOW = auto()
    ALL_WINDOWS = auto()
    PANE = auto()
    ALL_PANES = auto()


@dataclass(slots=True)
class Subscription:
    """A format whose changes a client is told of.

    Attributes:
        identity: Of the window or the pane, for those scopes.
        values: What was told last, by the place that it was told of.
    """

    name: str
    scope: Scope
    identity: int
    template: str
    values: dict[str, str] = field(default_factory=dict)


class Control:
    """The control mode of one client.

    Attributes:
        no_output: It hears no pane.
        wait_exit: Its process waits for an empty line before it ends.
        pause_after: Seconds after which a pane that it does not read is paused; None for never.
        sized: Whether it said how large it is; until then windows take no size from it.
        window_sizes: Columns and rows that it wants for single windows.
        subscriptions: What it watches, by name.
        hopeless: It fell too far behind, and nothing more is kept for it.
    """

    def __init__(self) -> None:
        self.no_output = False
        self.wait_exit = False
        self.pause_after: int | None = None
        self.sized = False
        self.window_sizes: dict[WindowId, tuple[int, int]] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.hopeless = False
        self._deaf: dict[PaneId, Hearing] = {}
        self._waiting: deque[Entry] = deque()
        self._output_bytes = 0
        self._line_characters = 0

    # ---- what it is told ----

    def say(self, text: str) -> None:
        """A line (or several) for the client, after all that waits."""
        if self.hopeless:
            return
        self._waiting.append(Said(text))
        self._line_characters += len(text)
        if self._line_characters > MAX_LINE_CHARACTERS:
            self._give_up()

    def output(self, pane: PaneId, data: bytes, *, now: float) -> None:
        """A pane's program wrote something; `now` is in monotonic seconds."""
        if self.hopeless or self.no_output or pane in self._deaf:
            return
        oldest = self._oldest(pane)
        if oldest is not None and self._is_stale(oldest, now):
            self._fall_behind(pane)
            return
        last = self._waiting[-1] if self._waiting else None
        if isinstance(last, Output) and last.pane == pane and len(last.data) < MAX_PIECE_BYTES:
            last.data += data
        else:
            self._waiting.append(Output(pane, bytearray(data), now))
        self._output_bytes += len(data)
        if self._output_bytes > MAX_OUTPUT_BYTES:
            self._fall_behind(pane)

    def take(self, *, now: float) -> Entry | None:
        """What is to be written next; None if nothing waits."""
        while self._waiting:
            first = self._waiting[0]
            if isinstance(first, Output) and self._is_stale(first, now):
                self._fall_behind(first.pane)
                continue
            self._waiting.popleft()
            self._forget(first)
            return first
        return None

    def drop_output(self) -> None:
        """Forget panes' output: the client leaves."""
        self._drop(lambda _pane: True)

    def holds(self, pane: PaneId) -> bool:
        """Whether a program that no other client looks at is to wait for this one."""
        if pane in self._deaf:
            return self._deaf[pane] is Hearing.OFF
        return not self.no_output and self._output_bytes >= HELD_BYTES

    # ---- which panes it hears ----

    def turn_off(self, pane: PaneId) -> None:
        """Do not hear a pane, unless it is paused."""
        self._deaf.setdefault(pane, Hearing.OFF)

    def turn_on(self, pane: PaneId) -> None:
        """Hear a pane that was turned off."""
        if self._deaf.get(pane) is Hearing.OFF:
            del self._deaf[pane]

    def pause(self, pane: PaneId) -> None:
        """Do not hear a pane until it is continued; what waits of it is dropped."""
        if self._deaf.get(pane) is Hearing.PAUSED:
            return
        self._deaf[pane] = Hearing.PAUSED
        self._drop(lambda other: other == pane)
        self._waiting.append(Paused(pane))

    def resume(self, pane: PaneId) -> None:
        """Hear a pane that was paused."""
        if self._deaf.get(pane) is Hearing.PAUSED:
            del self._deaf[pane]
            self._waiting.append(Continued(pane))

    def forget_all_but(self, panes: Set[PaneId], windows: Set[WindowId]) -> None:
        """Other panes and windows than these have gone."""
        for pane in self._deaf.keys() - panes:
            del self._deaf[pane]
        for window in self.window_sizes.keys() - windows:
            del self.window_sizes[window]

    # ---- bounds ----

    def _oldest(self, pane: PaneId) -> Output | None:
        outputs = (one for one in self._waiting if isinstance(one, Output))
        return next((one for one in outputs if one.pane == pane), None)

    def _is_stale(self, output: Output, now: float) -> bool:
        limit = MAX_AGE_SECONDS if self.pause_after is None else self.pause_after
        age = int(now * MILLISECONDS) - int(output.since * MILLISECONDS)
        return age > 0 and age >= limit * MILLISECONDS

    def _fall_behind(self, pane: PaneId) -> None:
        if self.pause_after is None:
            self._give_up()
        else:
            self.pause(pane)
            while self._output_bytes > MAX_OUTPUT_BYTES:
                self.pause(next(one.pane for one in self._waiting if isinstance(one, Output)))

    def _give_up(self) -> None:
        self.hopeless = True
        self._waiting.clear()
        self._output_bytes = self._line_characters = 0

    def _drop(self, is_dropped: Callable[[PaneId], bool]) -> None:
        kept: deque[Entry] = deque()
        for entry in self._waiting:
            if isinstance(entry, Output) and is_dropped(entry.pane):
                self._forget(entry)
            else:
                kept.append(entry)
        self._waiting = kept

    def _forget(self, entry: Entry) -> None:
        if isinstance(entry, Output):
            self._output_bytes -= len(entry.data)
        elif isinstance(entry, Said):
            self._line_characters -= len(entry.text)
