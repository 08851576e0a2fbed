"""Showing a line of a command's output: copy mode, with the cursor on it."""

from __future__ import annotations

from aimux.commands.mode_stack import leave_all
from aimux.commands.modes import enter_copy_mode
from aimux.copymode.selection import Place
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.model.state import State


def show_output(state: State, pane: Pane, first_row: int, line: int) -> None:
    """Put a pane in copy mode at a logical line of some output.

    Args:
        state: The server's.
        pane: Where the output stands.
        first_row: The output's first row, counted from the pane's first line ever.
        line: The logical line of the output, from 0: wrapped rows are one; -1 for the row above.

    Raises:
        CommandError: The row has left the history.
    """
    leave_all(pane)
    mode = enter_copy_mode(state, pane, pane)
    grid, history = mode.state.grid, pane.screen.history
    start = first_row - (history.dropped + len(history) - grid.above)
    row = start - 1 if line < 0 else start
    for _ in range(max(0, line)):
        while row < grid.last and grid.wrapped(row):
            row += 1
        row += 1
    if not 0 <= row <= grid.last:
        leave_all(pane)
        raise CommandError("that output has left the history")
    mode.state.scroll_to(Place(0, row))
