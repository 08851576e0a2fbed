"""Whether the sidebar is shown, and whether beside the window or over it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

OVERLAY_COLUMNS = 40
NARROW_COLUMNS = 60
"""A terminal that has fewer shows one thing at a time: the sidebar is a page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sidebar is.

    Attributes:
        beside: Columns that it takes from the window; 0 if it takes none.
        over: Columns of the window that it lies over; 0 if it does not.
        left: Whether it stands left of the window; it lies over its right columns in any case.
        page: Whether it covers the window and shows the agents alone.
    """

    beside: int = 0
    over: int = 0
    left: bool = False
    page: bool = False

    @property
    def columns(self) -> int:
        """How wide it is; 0 if it is hidden."""
        return self.beside or self.over

    @property
    def window_column(self) -> int:
        """Where the window begins."""
        return self.beside if self.left else 0


class Placing:
    """Remembers, for wide and for narrow terminals apart, whether the sidebar is wanted.

    Args:
        width: Columns that it takes beside the window.
        minimum: The least width of a terminal that shows it there.
        shown: Whether it is shown at first where there is room.
        left: Whether it stands at the left.
    """

    def __init__(self, *, width: int, minimum: int, shown: bool, left: bool = False) -> None:
        self._wanted = {True: shown, False: False}
        self._borrowed = False
        self._shown_by_option = shown
        self._set(width, minimum, left=left)

    def configure(self, *, width: int, minimum: int, shown: bool, left: bool) -> None:
        """The options have changed; that it is off or not counts from the moment it is said."""
        self._set(width, minimum, left=left)
        if shown != self._shown_by_option:
            self._shown_by_option = shown
            self._wanted[True] = shown

    def _set(self, width: int, minimum: int, *, left: bool) -> None:
        self._width = width
        self._minimum = max(minimum, width + 1)
        self._left = left

    def toggle(self, columns: int) -> None:
        """Show it if it is hidden on a terminal of this width, else hide it."""
        wide = columns >= self._minimum
        self._wanted[wide] = not (self._wanted[wide] or self._borrowed)
        self._borrowed = False

    def borrow(self, *, focused: bool) -> None:
        """Show it as long as it has the focus, whether or not it is wanted."""
        self._borrowed = focused

    def place(self, columns: int) -> Place:
        """Where it is on a terminal of this width.

        One that is shown for the focus alone lies over the window: no program is resized for it.
        """
        wide = columns >= self._minimum
        if wide and self._wanted[True]:
            return Place(beside=self._width, left=self._left)
        if not self._wanted[wide] and not self._borrowed:
            return Place()
        if columns < NARROW_COLUMNS:
            return Place(over=columns, page=True)
        return Place(over=min(OVERLAY_COLUMNS, columns))
