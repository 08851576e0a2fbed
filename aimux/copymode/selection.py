"""What is selected: the two ends, what of it a row shows, and the text of it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from aimux.copymode.grid import Grid


class Follow(Enum):
    """Which end of the selection follows the cursor."""

    NONE = "none"
    START = "start"
    END = "end"


class Unit(Enum):
    """What a selection grows by."""

    CHARACTER = "character"
    WORD = "word"
    LINE = "line"


class LineSide(Enum):
    """Whether whole lines are selected, and which way from where it began."""

    NONE = "none"
    DOWN = "down"
    UP = "up"


class Place(Struct, frozen=True):
    """A cell by its column and absolute row."""

    column: int
    row: int


ORIGIN = Place(0, 0)


class Shown(Struct, frozen=True):
    """The part of a selection that is on the screen, in rows of the screen.

    Attributes:
        exclusive: The cell at the lower right end is not part of it, as in emacs.
    """

    start: Place
    end: Place
    rectangle: bool
    exclusive: bool

    def span(self, row: int) -> tuple[int, int] | None:
        """The columns (first, behind the last) of a row that are selected."""
        top, bottom = sorted((self.start.row, self.end.row))
        if not top <= row <= bottom:
            return None
        if self.rectangle:
            left, right = sorted((self.start.column, self.end.column))
            return left, right + 1
        return self._line_span(row)

    def _line_span(self, row: int) -> tuple[int, int] | None:
        upward = (self.end.row, self.end.column) < (self.start.row, self.start.column)
        first, last = (self.end, self.start) if upward else (self.start, self.end)
        start = first.column if row == first.row else 0
        if row != last.row:
            return start, 1 << 30
        if upward and last.column == 0 and first.row != last.row:
            return None
        # tmux always shows the first cell of a downward selection that ends in it.
        end = last.column + 1 - self.exclusive
        end = max(end, 1) if not upward else end
        return (start, end) if start < end else None


class _Columns(Struct, frozen=True):
    """The columns of the first row, of the last and of those between, and a last cell's end."""

    first: int
    last: int
    rest: tuple[int, int]


class Chosen(Struct, frozen=True):
    """A selection as its text is taken.

    Attributes:
        follow: The end that the cursor is at.
        cursor_column: For a rectangle: the cursor's column, which is one of its sides.
        vi: The last cell is part of it, and so is a line's end after it.
    """

    start: Place
    end: Place
    rectangle: bool
    follow: Follow
    cursor_column: int
    vi: bool


def selected_text(grid: Grid, chosen: Chosen) -> str | None:
    """The text of a selection; None if it is empty.

    Rows end in a newline unless they are wrapped; blanks at the end of a row are left out.
    """
    upward = (chosen.end.row, chosen.end.column) < (chosen.start.row, chosen.start.column)
    first, last = (chosen.end, chosen.start) if upward else (chosen.start, chosen.end)
    length = grid.length(last.row)
    columns = _columns(grid, chosen, first, min(last.column, length))
    parts = list(_rows(grid, columns, first.row, last.row))
    text = "".join(parts)
    if not text:
        return None
    ends_line = chosen.vi and columns.last > length
    if not ends_line and (not grid.wrapped(last.row) or columns.last != length):
        return text[:-1] or None
    return text


def _columns(grid: Grid, chosen: Chosen, first: Place, end: int) -> _Columns:
    if not chosen.rectangle:
        return _Columns(first.column, end + chosen.vi, (0, grid.columns))
    fixed = chosen.start if chosen.follow is Follow.END else chosen.end
    if fixed.column < chosen.cursor_column:
        right = chosen.cursor_column + chosen.vi
        return _Columns(fixed.column, right, (fixed.column, right))
    right = fixed.column + 1
    return _Columns(chosen.cursor_column, right, (chosen.cursor_column, right))


def _rows(grid: Grid, columns: _Columns, first: int, last: int) -> Iterator[str]:
    for row in range(first, last + 1):
        start = columns.first if row == first else columns.rest[0]
        end = columns.last if row == last else columns.rest[1]
        if start <= end:
            yield _row(grid, row, start, end)


def _row(grid: Grid, row: int, start: int, end: int) -> str:
    wrapped = grid.wrapped(row)
    length = grid.columns if wrapped else grid.length(row)
    text = grid.text(row, min(start, length), min(end, length))
    goes_on = wrapped and min(end, length) == length
    return text if goes_on else text + "\n"
