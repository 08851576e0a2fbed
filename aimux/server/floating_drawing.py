"""Draws the floating panes of a client's window: strips over the rows of the tiled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from msgspec import Struct, structs

from aimux.ids import PaneId
from aimux.model.layout_cell import Box
from aimux.protocol.row_text import shifted
from aimux.server.covering import Strip, StripRows, cover_strips, text_cells
from aimux.server.pane_colours import coloured
from aimux.server.placed import Placed
from aimux.styles.box_lines import BOX_LINES, Lines, bottom_border, side, top_border
from aimux.styles.escapes import without_erasing
from aimux.styles.style import Style
from aimux.vt.render import render_row
from aimux.vt.row import Row


class FloatBorder(Struct, frozen=True):
    """How a floating pane's border looks.

    Attributes:
        lines: The characters that it is drawn with.
        style: Its colours.
        title: The pane's status line, with `#[]` styles; empty for none.
        title_below: It stands in the lower border.
    """

    lines: Lines
    style: Style
    title: str = ""
    title_below: bool = False


def border_lines(name: str, index: int) -> Lines:
    """The characters of `pane-border-lines` for the pane of that index."""
    return Lines(*str(index % 10) * 8) if name == "number" else BOX_LINES[name]


@dataclass(slots=True)
class FloatingDrawing:
    """Draws the floating panes of one client; rows that have not changed are not drawn again.

    Args:
        border_of: How the border of a pane looks now.
        scrollbar_of: What stands beside the rows of a pane; empty for nothing.
    """

    border_of: Callable[[Placed], FloatBorder]
    scrollbar_of: Callable[[Placed], list[str]]
    _rows: dict[PaneId, dict[int, tuple[object, str]]] = field(default_factory=dict)

    def strips(self, floats: Sequence[Placed], area: Box, depth: int) -> StripRows:
        """What lies over the rows of the terminal.

        Args:
            floats: The panes, the front one first.
            area: The cells of the terminal that show the window; nothing is drawn outside.
            depth: Colours of the terminal.
        """
        drawn: StripRows = {}
        for placed in reversed(floats):
            drawn = cover_strips(drawn, self._one(placed, area, depth), depth)
        shown = {placed.pane.id for placed in floats}
        self._rows = {pane: rows for pane, rows in self._rows.items() if pane in shown}
        return drawn

    def _one(self, placed: Placed, area: Box, depth: int) -> StripRows:
        frame = placed.frame
        left = max(frame.column, area.column)
        stop = min(frame.column + frame.columns, area.column + area.columns)
        rows = {}
        for row, text in enumerate(self._framed(placed, depth), frame.row):
            if area.row <= row < area.row + area.rows and left < stop:
                start = left - frame.column
                cut = text_cells(text, frame.columns, start, stop - frame.column, depth)
                rows[row] = (Strip(left, stop - left, cut),)
        return rows

    def _framed(self, placed: Placed, depth: int) -> Iterator[str]:
        border = self.border_of(placed)
        lines, base, columns = border.lines, border.style, placed.frame.columns
        edge = side(lines, base=base, depth=depth)
        above = "" if border.title_below else border.title
        yield top_border(lines, above, columns=columns, base=base, depth=depth)
        for text in self._with_scrollbar(placed, depth):
            yield f"{edge}{shifted(text, 1)}{edge}"
        if border.title_below:
            turned = replace(lines, top_left=lines.bottom_left, top_right=lines.bottom_right)
            yield top_border(turned, border.title, columns=columns, base=base, depth=depth)
        else:
            yield bottom_border(lines, columns=columns, base=base, depth=depth)

    def _with_scrollbar(self, placed: Placed, depth: int) -> Iterator[str]:
        """The rows of the pane with what stands beside them."""
        pane, inside = placed.pane, self._inside(placed, depth)
        bar = pane.scrollbar
        gutter = Box(0, 0, pane.gutter, pane.rows)
        whole = structs.replace(placed, top=0, rows=pane.rows, gutter=gutter)
        if bar is None or not pane.gutter:
            yield from inside
        elif bar.on_left:
            pairs = zip(self.scrollbar_of(whole), inside, strict=False)
            yield from (beside + shifted(text, pane.gutter) for beside, text in pairs)
        else:
            pairs = zip(inside, self.scrollbar_of(whole), strict=False)
            yield from (text + beside for text, beside in pairs)

    def _inside(self, placed: Placed, depth: int) -> Iterator[str]:
        """The rows of the pane's screen, or of the mode that covers it."""
        pane = placed.pane
        if pane.mode is not None:
            texts = pane.mode.rows(columns=pane.columns, rows=pane.rows, depth=depth)
            yield from (coloured(without_erasing(text), placed.colours) for text in texts)
            return
        known, drawn = self._rows.get(pane.id, {}), {}
        for index, row in enumerate(pane.screen.rows[: pane.rows]):
            key = (row, row.version, pane.columns, placed.colours, depth)
            before = known.get(index)
            if before is None or before[0] != key:
                before = key, _row_text(row, placed, depth)
            drawn[index] = before
            yield before[1]
        self._rows[pane.id] = drawn


def _row_text(row: Row, placed: Placed, depth: int) -> str:
    text = without_erasing(render_row(row, placed.pane.columns, depth))
    return coloured(text, placed.colours)
