"""The word and the line under the mouse, for `#{mouse_word}` and `#{mouse_line}`."""

from __future__ import annotations

from aimux.commands.targets import MousePlace
from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.grid import Grid
from aimux.copymode.line_numbers import column_below
from aimux.copymode.selection import Place
from aimux.copymode.words import line_at, word_at
from aimux.model.pane import Pane


def mouse_word(mouse: MousePlace | None, separators: str) -> str | None:
    """The word of the pane under the mouse; None if there is no pane or its mode has no text."""
    found = _grid(mouse)
    if mouse is None or found is None:
        return None
    grid, top = found
    return word_at(grid, Place(_column(mouse), top + mouse.row), separators)


def mouse_line(mouse: MousePlace | None) -> str | None:
    """The row of the pane under the mouse, as `mouse_word`."""
    found = _grid(mouse)
    if mouse is None or found is None:
        return None
    grid, top = found
    return line_at(grid, top + mouse.row)


def _column(mouse: MousePlace) -> int:
    """The column of the row below the mouse; numbers may stand beside the rows."""
    mode = mouse.pane.mode if mouse.pane is not None else None
    return column_below(mode.state, mouse.column) if isinstance(mode, CopyMode) else mouse.column


def _grid(mouse: MousePlace | None) -> tuple[Grid, int] | None:
    """The rows of the pane under the mouse, and the number of the first that is shown."""
    pane = mouse.pane if mouse is not None else None
    if pane is None or mouse is None:
        return None
    shown = _shown(pane)
    if shown is None or not 0 <= shown[1] + mouse.row <= shown[0].last:
        return None
    return shown


def _shown(pane: Pane) -> tuple[Grid, int] | None:
    mode = pane.mode
    if mode is None:
        grid = Grid.of_screen(pane.screen)
        return grid, grid.above
    if isinstance(mode, CopyMode):
        return mode.state.grid, mode.state.top
    return None
