"""A rectangle of cells that a chooser draws itself on: text, styled lines, boxes, other screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from aimux.styles.draw import draw
from aimux.styles.style import PLAIN, Style
from aimux.vt.attributes import REVERSE, TABLE
from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from aimux.vt.row import SPACER, Row

TRUE_COLOUR = 1 << 24
HORIZONTAL, VERTICAL = "─", "│"


class Shown(Protocol):
    """A screen as a preview shows it: `aimux.vt.engine.Engine` has it."""

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
    def cursor_x(self) -> int:
        """The cursor's column."""

    @property
    def cursor_y(self) -> int:
        """The cursor's row."""

    @property
    def cursor_visible(self) -> bool:
        """Whether the cursor is shown."""


class Canvas:
    """Blank cells to draw on; what would leave them is cut."""

    def __init__(self, *, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self._text = [[" "] * columns for _ in range(rows)]
        self._looks = [[0] * columns for _ in range(rows)]
        self._clusters: list[dict[int, str]] = [{} for _ in range(rows)]
        TABLE.register(self)

    def attribute_ids(self) -> Iterator[int]:
        """Every attribute id in use, for a sweep of the table."""
        for looks in self._looks:
            yield from looks

    def styled(self, row: int, column: int, columns: int, text: str, base: Style = PLAIN) -> None:
        """Draw a line of text with `#[]` styles on `columns` cells."""
        if columns <= 0:
            return
        line = Engine(columns, 1, history_limit=0)
        line.feed(draw(text, columns=columns, base=base, depth=TRUE_COLOUR).text.encode())
        self._copy(line.rows[0], row, column, 0, columns)

    def plain(self, row: int, column: int, text: str, style: Style = PLAIN) -> None:
        """Draw text as it stands, without reading styles in it."""
        for place, character in enumerate(text):
            self._cell(row, column + place, character)
        if style is not PLAIN:
            look = self._look_of(style)
            for place in range(len(text)):
                self._paint(row, column + place, look)

    def _look_of(self, style: Style) -> int:
        line = Engine(1, 1, history_limit=0)
        line.feed(draw(".", columns=1, base=style, depth=TRUE_COLOUR).text.encode())
        looks = line.rows[0].looks
        return ord(looks[0]) if looks else 0

    def _cell(self, row: int, column: int, character: str) -> None:
        if 0 <= row < self.rows and 0 <= column < self.columns:
            self._text[row][column] = character
            self._looks[row][column] = 0
            self._clusters[row].pop(column, None)

    def _paint(self, row: int, column: int, look: int) -> None:
        if 0 <= row < self.rows and 0 <= column < self.columns:
            self._looks[row][column] = look

    def _copy(self, source: Row, row: int, column: int, start: int, columns: int) -> None:
        """Copy the cells `start` up to `start + columns` of a row."""
        clusters = source.clusters or {}
        looks = source.looks or ""
        text = source.text[start : start + columns].ljust(columns)
        if text.startswith(SPACER):
            text = " " + text[1:]
        following = source.text[start + columns : start + columns + 1]
        if following == SPACER:
            text = text[:-1] + " "
        for place, character in enumerate(text):
            self._cell(row, column + place, character)
            if start + place in clusters and character != " ":
                self._clusters[row][column + place] = clusters[start + place]
            if start + place < len(looks):
                self._paint(row, column + place, ord(looks[start + place]))

    def box(self, row: int, column: int, columns: int, rows: int) -> None:
        """Draw a frame and blank what is in it."""
        last = row + rows - 1
        line = HORIZONTAL * (columns - 2)
        self.plain(row, column, f"┌{line}┐")
        for middle in range(row + 1, last):
            self.plain(middle, column, f"{VERTICAL}{' ' * (columns - 2)}{VERTICAL}")
        self.plain(last, column, f"└{line}┘")

    def vertical(self, row: int, column: int, rows: int) -> None:
        """Draw a line downward."""
        for place in range(row, row + rows):
            self._cell(place, column, VERTICAL)

    def preview(self, row: int, column: int, columns: int, rows: int, screen: Shown) -> None:
        """Draw a part of a screen: around its cursor, or from its top left if that is hidden."""
        visible = screen.cursor_visible
        left = _start(screen.cursor_x, columns, screen.columns) if visible else 0
        top = _start(screen.cursor_y, rows, screen.lines) if visible else 0
        for place, source in enumerate(screen.rows[top : top + rows]):
            self._copy(source, row + place, column, left, columns)
        if visible:
            self._reverse(row + screen.cursor_y - top, column + screen.cursor_x - left)

    def _reverse(self, row: int, column: int) -> None:
        if 0 <= row < self.rows and 0 <= column < self.columns:
            look = TABLE[self._looks[row][column]]
            self._paint(row, column, TABLE.intern(look._replace(flags=look.flags | REVERSE)))

    def text_rows(self, *, depth: int) -> list[str]:
        """ANSI text of every row."""
        return [render_row(self._row(number), self.columns, depth) for number in range(self.rows)]

    def _row(self, number: int) -> Row:
        row = Row(0)
        row.text = "".join(self._text[number])
        row.looks = "".join(map(chr, self._looks[number]))
        wide = SPACER in row.text
        row.clusters = self._clusters[number] if wide or self._clusters[number] else None
        return row


def _start(cursor: int, size: int, whole: int) -> int:
    """Where a part of `size` begins so that the cursor is in its first third, if it can be."""
    if size > whole:
        return 0
    return min(max(0, cursor - size // 3), whole - size)
