"""A part of the canvas as a Textual widget: the window, or the rows of the status line.

Both are the same thing, rows that the server made; they are two widgets because the sidebar stands
beside the one and not beside the other, so that no row has to be cut.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from aimux.client.canvas import Canvas
from aimux.client.strip import AnsiStrip


class CanvasView(Widget):
    """Some terminal rows of the canvas, from column 0 on.

    Args:
        canvas: What to show.

    Attributes:
        first_row: The terminal row that the widget's first row shows.
        first_column: Where it stands; it shows the canvas from column 0 on in any case.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CanvasView { position: absolute; background: ansi_default; color: ansi_default; }
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.first_row = 0
        self.first_column = 0
        self._canvas = canvas
        self._strips: dict[int, Strip] = {}

    def place(self, *, first_row: int, rows: int, columns: int, first_column: int = 0) -> None:
        """Stand at these rows of the terminal; with no rows or columns, nowhere."""
        if first_column != self.first_column:
            self._strips.clear()  # a row's text may name its columns
        self.first_row, self.first_column = first_row, first_column
        self.display = rows > 0 and columns > 0
        if self.display:
            self.styles.offset = (first_column, first_row)
            self.styles.width = columns
            self.styles.height = rows

    def forget_all(self) -> None:
        """Everything has changed: draw all of it anew."""
        self._strips.clear()
        self.refresh()

    def forget(self, rows: Iterable[int]) -> None:
        """Some terminal rows have changed, and somebody else draws them."""
        for row in rows:
            self._strips.pop(row, None)

    def redraw(self, rows: Iterable[int]) -> None:
        """Some terminal rows have changed: draw those of them that stand here."""
        lines = {row - self.first_row for row in rows} & set(range(self.size.height))
        self.forget(line + self.first_row for line in lines)
        if lines:
            self.refresh(*(Region(0, line, self.size.width, 1) for line in lines))

    @override
    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual's own would pass every row through its style sheet, which has nothing to add."""
        width = self.size.width
        strips = [self._strip(self.first_row + line, width) for line in crop.line_range]
        if crop.column_span == (0, width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def _strip(self, row: int, width: int) -> Strip:
        strip = self._strips.get(row)
        if strip is None:
            text, columns = self._canvas.line(row, self.first_column)
            strip = self._strips[row] = AnsiStrip(text, columns)
        return strip if strip.cell_length == width else strip.adjust_cell_length(width)
