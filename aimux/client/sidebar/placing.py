"""Whether the sidebar is shown, and whether beside the window or over it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

OVERLAY_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sidebar is.

    Attributes:
        beside: Columns that it takes from the window; 0 if it takes none.
        over: Columns of the window that it lies over; 0 if it does not.
    """

    beside: int = 0
    over: int = 0

    @property
    def columns(self) -> int:
        """How wide it is; 0 if it is hidden."""
        return self.beside or self.over


class Placing:
    """Remembers, for wide and for narrow terminals apart, whether the sidebar is wanted.

    Args:
        width: Columns that it takes beside the window.
        minimum: The least width of a terminal that shows it there.
        shown: Whether it is shown at first where there is room.
    """

    def __init__(self, *, width: int, minimum: int, shown: bool) -> None:
        self._width = width
        self._minimum = max(minimum, width + 1)
        self._wanted = {True: shown, False: False}

    def toggle(self, columns: int) -> None:
        """Show it if it is hidden on a terminal of this width, else hide it."""
        wide = columns >= self._minimum
        self._wanted[wide] = not self._wanted[wide]

    def place(self, columns: int) -> Place:
        """Where it is on a terminal of this width."""
        wide = columns >= self._minimum
        if not self._wanted[wide]:
            return Place()
        return Place(beside=self._width) if wide else Place(over=min(OVERLAY_COLUMNS, columns))
