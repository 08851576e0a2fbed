"""What lies over all of a client's screen and takes its keys: a menu, a popup, panes' numbers.

An overlay is a client's own. It says here what becomes of keys and mouse; how it is drawn is the
server's business (`aimux.server.overlay_drawing`).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from aimux.keys.modes import InputModes
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box


class Taken(Enum):
    """What becomes of an overlay that was given a key: tmux's 0, 1 and -1 (server-client.c)."""

    STAYS = auto()
    CLOSES = auto()
    PASSES = auto()  # it closes, and the key goes where it would go without it


EVERYWHERE = Box(0, 0, 1 << 16, 1 << 16)
"""More than any terminal has."""


class Overlay(Protocol):
    """One overlay, from `display-menu`, `display-popup` or `display-panes`."""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The cells of the terminal that it may draw on; the last box is on top."""
        ...

    @property
    def modes(self) -> InputModes | None:
        """The modes of the program that is typed to; None while keys are the overlay's own."""
        ...

    @property
    def all_motion(self) -> bool:
        """Whether it wants to hear of every motion of the mouse."""
        ...

    def key(self, name: str) -> Taken:
        """Take a key by its tmux name."""
        ...

    def type(self, data: bytes) -> None:
        """Hand bytes to the program that is typed to."""
        ...

    def mouse(self, event: MouseEvent) -> Taken:
        """Take a mouse event, in cells of the terminal."""
        ...

    def fit(self, *, columns: int, rows: int) -> bool:
        """Stay within a terminal that has another size now; False if it closes instead."""
        ...

    def end(self) -> None:
        """It has been closed: tell whoever opened it. Called once."""
        ...
