"""The rows that a mode shows: taken from a screen once, so that what is read stays still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from aimux.vt.attributes import TABLE
from aimux.vt.history import History
from aimux.vt.reflow import MainScreen
from aimux.vt.row import SPACER, Row

BLANK = " "
MAX_ROWS = 1_000_000


class Screen(Protocol):
    """What a mode needs of a screen: `aimux.vt.engine.Engine` has it."""

    @property
    def columns(self) -> int:
        """Width in cells."""

    @property
    def lines(self) -> int:
        """Height in rows."""

    @property
    def rows(self) -> Sequence[Row]:
        """The visible rows, top first."""

    @property
    def history(self) -> History:
        """The rows above them, oldest first."""

    @property
    def x(self) -> int:
        """The cursor's column; `columns` while a wrap is pending."""

    @property
    def y(self) -> int:
        """The cursor's row."""


class Grid:
    """Rows by absolute number, the oldest 0; the last `lines` of them are the screen.

    Attributes:
        lines: Height of the screen in rows; there are always at least that many rows.
        rows: All rows, read as they are needed; none of them is changed by the program.
    """

    def __init__(self, rows: History, *, lines: int) -> None:
        self.rows = rows
        self.lines = lines
        self._taken: list[Row] = []
        self._near: Sequence[Row] = ()
        self._near_start = 0
        self._fill()
        TABLE.register(self)

    @classmethod
    def of_screen(cls, screen: Screen) -> Grid:
        """What a screen and its history show now."""
        rows = screen.history.copy(limit=MAX_ROWS)
        rows.extend([row.copy(row.version) for row in screen.rows])
        return cls(rows, lines=screen.lines)

    def row(self, number: int) -> Row:
        """The row of a number; quick for rows near the one that was asked for before."""
        place = number - self._near_start
        if not 0 <= place < len(self._near):
            self._near_start, self._near = self.rows.around(number)
            place = number - self._near_start
        return self._near[place]

    def _fill(self) -> None:
        self._near = ()
        self.rows.extend([Row(0) for _ in range(self.lines - len(self.rows))])

    @property
    def columns(self) -> int:
        """Width in cells."""
        return self.rows.columns

    @property
    def above(self) -> int:
        """Rows above the screen."""
        return len(self.rows) - self.lines

    @property
    def last(self) -> int:
        """The number of the last row."""
        return len(self.rows) - 1

    def cell(self, column: int, row: int) -> str:
        """The character of a cell; empty for the second half of a wide one."""
        line = self.row(row)
        if column >= len(line.text):
            return BLANK
        if line.clusters and column in line.clusters:
            return line.clusters[column]
        character = line.text[column]
        return "" if character == SPACER else character

    def length(self, row: int) -> int:
        """Cells of a row up to the last that is not blank."""
        return len(self.row(row).text[: self.columns].rstrip(BLANK))

    def wrapped(self, row: int) -> bool:
        """Whether a row goes on in the next one."""
        return self.row(row).wrapped

    def text(self, row: int, start: int, end: int) -> str:
        """The characters of the cells `start` up to `end` (exclusive) of a row."""
        line = self.row(row)
        if line.clusters is None:
            return line.text[start:end].ljust(max(0, end - start))
        return "".join(self.cell(column, row) for column in range(start, end))

    def padded(self, row: int) -> str:
        """A row as one code point a cell over the whole width, as `Row.text` has them."""
        return self.row(row).text[: self.columns].ljust(self.columns)

    def resize(self, *, columns: int, lines: int) -> None:
        """Take another size; long lines wrap anew."""
        if columns != self.columns:
            self._rewrap(columns)
        self.lines = lines
        self._fill()

    def _rewrap(self, columns: int) -> None:
        self._near = ()
        self._taken = self.rows.pop(1)
        main = MainScreen(self._taken, self.rows, x=0, y=0, recallable=0, version=0)
        main.set_width(columns)
        self.rows.extend(self._taken)
        self._taken = []

    def wrap_position(self, column: int, row: int) -> tuple[int | None, int]:
        """A place that survives wrapping anew: cells into a line (None: its end), and the line."""
        start = row
        while start and self.wrapped(start - 1):
            start -= 1
        line = self.rows.line_of(start)
        if column >= self.row(row).used:
            return None, line
        return column + sum(each.used for each in self.rows.span(start, row)), line

    def unwrap_position(self, offset: int | None, line: int) -> tuple[int, int]:
        """The cell and row that `wrap_position` was asked for, as they are now."""
        row = min(self.rows.row_of(line), self.last)
        while self.wrapped(row) and row < self.last:
            used = self.row(row).used
            if offset is not None and offset < used:
                break
            offset = None if offset is None else offset - used
            row += 1
        return (self.row(row).used if offset is None else offset), row

    def attribute_ids(self) -> Iterator[int]:
        """Every attribute id in use, for a sweep of the table."""
        yield from self.rows.attribute_ids()
        for row in (*self._taken, *self._near):
            if row.looks is not None:
                yield from map(ord, set(row.looks))
