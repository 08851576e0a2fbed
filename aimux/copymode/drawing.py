"""Rows of copy mode as a terminal is sent them: the grid's, with selection and matches on top."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from aimux.copymode.line_numbers import counted_position, gutter
from aimux.copymode.state import CopyState
from aimux.styles.colour import INDEXED, plain_colour
from aimux.styles.draw import drawn_cells
from aimux.styles.style import (
    BLINK,
    BOLD,
    CURLY_UNDERSCORE,
    DASHED_UNDERSCORE,
    DIM,
    DOTTED_UNDERSCORE,
    DOUBLE_UNDERSCORE,
    HIDDEN,
    ITALICS,
    OVERLINE,
    PLAIN,
    REVERSE,
    STRIKETHROUGH,
    UNDERSCORE,
    Style,
)
from aimux.styles.width import character_width
from aimux.vt import attributes
from aimux.vt.attributes import TABLE, Attributes
from aimux.vt.render import render_row
from aimux.vt.row import DEFAULT_LOOK, SPACER, Row, heal

MAX_STYLES = 256  # of what is shown of the place
# tmux's mark of a cursor behind the last column.
BEHIND = "$"

FLAGS = {
    BOLD: attributes.BOLD,
    DIM: attributes.DIM,
    ITALICS: attributes.ITALIC,
    BLINK: attributes.BLINK,
    REVERSE: attributes.REVERSE,
    HIDDEN: attributes.HIDDEN,
    STRIKETHROUGH: attributes.STRIKE,
    OVERLINE: attributes.OVERLINE,
    UNDERSCORE: 1 << attributes.UNDERLINE_SHIFT,
    DOUBLE_UNDERSCORE: 2 << attributes.UNDERLINE_SHIFT,
    CURLY_UNDERSCORE: 3 << attributes.UNDERLINE_SHIFT,
    DOTTED_UNDERSCORE: 4 << attributes.UNDERLINE_SHIFT,
    DASHED_UNDERSCORE: 5 << attributes.UNDERLINE_SHIFT,
}


class CopyStyles(Struct, frozen=True):
    """The styles of the options of the same names.

    Attributes:
        selection: `copy-mode-selection-style`.
        match: `copy-mode-match-style`.
        current_match: `copy-mode-current-match-style`.
        mark: `copy-mode-mark-style`.
        position: `copy-mode-position-style`.
        number: `copy-mode-line-number-style`.
        current_number: `copy-mode-current-line-number-style`.
    """

    selection: Style = PLAIN
    match: Style = PLAIN
    current_match: Style = PLAIN
    mark: Style = PLAIN
    position: Style = PLAIN
    number: Style = PLAIN
    current_number: Style = PLAIN


def attributes_of(style: Style) -> Attributes:
    """The look of a cell in a style."""
    flags = sum(flag for bit, flag in FLAGS.items() if style.attributes & bit)
    if style.fg >= 0 and style.fg & INDEXED:
        flags |= attributes.INDEXED_FOREGROUND
    if style.bg >= 0 and style.bg & INDEXED:
        flags |= attributes.INDEXED_BACKGROUND
    return Attributes(flags, plain_colour(style.fg), plain_colour(style.bg), plain_colour(style.us))


def _swapped(look: Attributes) -> Attributes:
    return look._replace(foreground=look.background, background=look.foreground)


class Painter:
    """Draws the screen of a copy mode in its styles."""

    def __init__(self, styles: CopyStyles) -> None:
        self.styles = styles
        self._ids: list[int] = []
        TABLE.register(self)
        self._selection = self._intern(attributes_of(styles.selection))
        self._position = self._intern(attributes_of(styles.position))
        self._match = self._intern(attributes_of(styles.match))
        self._current = self._intern(attributes_of(styles.current_match))
        self._number = self._intern(attributes_of(styles.number))
        self._current_number = self._intern(attributes_of(styles.current_number))
        mark = attributes_of(styles.mark)
        self._mark, self._mark_cell = self._intern(mark), self._intern(_swapped(mark))

    def _intern(self, look: Attributes) -> int:
        self._ids.append(TABLE.intern(look))
        return self._ids[-1]

    def attribute_ids(self) -> Iterator[int]:
        """The ids of the styles, for a sweep of the table."""
        yield from self._ids

    def rows(self, state: CopyState, *, depth: int) -> list[str]:
        """ANSI text of every row of the screen."""
        columns = state.grid.columns
        current = _current_match(state)
        return [
            render_row(self._row(state, number, current), columns, depth)
            for number in range(state.grid.lines)
        ]

    def _row(self, state: CopyState, number: int, current: tuple[int, int]) -> Row:
        grid = state.grid
        source = grid.row(state.top + number)
        row = source.copy(source.version)
        beside = gutter(state, number)
        look = self._current_number if number == state.row else self._number
        cells = _Cells(row, grid.columns, len(beside))
        if state.mark_shown and state.mark.row == state.top + number:
            cells.paint(0, grid.columns, self._mark)
            cells.paint(state.mark.column, state.mark.column + 1, self._mark_cell)
        self._paint_matches(cells, state, number, current)
        if beside:
            cells.put(0, beside, look)
        if number == 0 and not state.position_hidden:
            self._put_position(cells, state, len(beside))
        if number == state.row and state.column >= grid.columns:
            cells.put(grid.columns - 1, BEHIND, 0)
        span = None if state.shown is None else state.shown.span(number)
        if span is not None:
            cells.paint(span[0], span[1], self._selection)
        return row

    def _put_position(self, cells: _Cells, state: CopyState, left: int) -> None:
        columns = state.grid.columns
        if state.position is None:
            text = position(state)[:columns]
            cells.put(columns - len(text), text, self._position)
            return
        drawn = drawn_cells(state.position(), columns=columns - left, base=self.styles.position)
        for column, cell in enumerate(drawn, left):
            if cell is not None and cell[0]:
                cells.put_cell(column, cell[0], self._intern_once(cell[1]))

    def _intern_once(self, style: Style) -> int:
        identity = TABLE.intern(attributes_of(style))
        if identity not in self._ids and len(self._ids) < MAX_STYLES:
            self._ids.append(identity)
        return identity

    def _paint_matches(
        self, cells: _Cells, state: CopyState, number: int, current: tuple[int, int]
    ) -> None:
        marks, columns = state.search.marks, state.grid.columns
        start = number * columns
        if marks is None or not any(marks[start : start + columns]):
            return
        for column, mark in enumerate(marks[start : start + columns]):
            if mark:
                here = current[0] <= start + column <= current[1]
                cells.paint(column, column + 1, self._current if here else self._match)


class _Cells:
    """A copy of a row, moved right by so many cells, that gets other looks and texts."""

    def __init__(self, row: Row, columns: int, left: int) -> None:
        self._row = row
        self._columns = columns
        self._left = left
        if left:
            _move_right(row, left)

    def paint(self, start: int, end: int, identity: int) -> None:
        """Give cells another look; counted from the row's own first one."""
        self._look(start + self._left, end + self._left, identity)

    def _look(self, start: int, end: int, identity: int) -> None:
        start, end = max(0, start), min(end, self._columns)
        if start >= end:
            return
        row, columns = self._row, self._columns
        row.text = row.text.ljust(columns)
        looks = (row.looks or "").ljust(len(row.text), DEFAULT_LOOK)
        row.looks = looks[:start] + chr(identity) * (end - start) + looks[end : len(row.text)]

    def put(self, start: int, text: str, identity: int) -> None:
        """Put text of one-cell characters over cells; counted from the pane's first one."""
        row, end = self._row, start + len(text)
        row.text = row.text.ljust(self._columns)
        if row.clusters is not None:
            heal(row, start, end)
        row.text = row.text[:start] + text + row.text[end:]
        self._look(start, end, identity)

    def put_cell(self, column: int, text: str, identity: int) -> None:
        """Put one character, of one cell or two, over cells."""
        wide = character_width(text[0]) == 2
        self.put(column, text[0] + SPACER * wide, identity)
        if wide or len(text) > 1:
            self._row.clusters = {**(self._row.clusters or {})}
        if len(text) > 1 and self._row.clusters is not None:
            self._row.clusters[column] = text


def _move_right(row: Row, columns: int) -> None:
    row.text = " " * columns + row.text
    if row.looks is not None:
        row.looks = DEFAULT_LOOK * columns + row.looks
    if row.clusters is not None:
        row.clusters = {x + columns: cluster for x, cluster in row.clusters.items()}


def position(state: CopyState) -> str:
    """What tmux shows at the top right: how far up the screen is, and how far it could be."""
    search, place = state.search, "[{}/{}]".format(*counted_position(state))
    if search.is_running:
        return f"(searching {percent(state)}%) {place}"
    if search.marks is None:
        return f"(timed out) {place}" if search.timed_out else place
    if search.count == -1:
        return place
    return f"({search.count}{'+' if search.more else ''} results) {place}"


def percent(state: CopyState) -> int:
    """How much of the rows the search that takes long has searched."""
    return min(99, int(state.search.progress * 100))


def _current_match(state: CopyState) -> tuple[int, int]:
    """First and last place in `marks` of the match that the cursor is at; (1, 0) for none."""
    search = state.search
    index = search.index(state.grid, state.place, state.top)
    if index is None or search.marks is None:
        return 1, 0
    if index and not state.options.vi and search.forward:
        # In emacs mode a search forward ends behind the match.
        index -= 1
    return search.extent(index) if search.marks[index] else (1, 0)
