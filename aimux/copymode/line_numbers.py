"""The numbers beside copy mode's rows (`copy-mode-line-numbers`), by the rules of tmux 3.7.

They push the rows right; what has no room there any more is not seen. Pure.
"""

from __future__ import annotations

from collections.abc import Callable

from aimux.copymode.state import CopyState

LEAST_DIGITS = 3


def _upward(state: CopyState, row: int) -> int:
    return abs(state.scrolled - row)


def _absolute(state: CopyState, row: int) -> int:
    return state.top + row + 1


def _relative(state: CopyState, row: int) -> int:
    return abs(row - state.row)


def _hybrid(state: CopyState, row: int) -> int:
    return _absolute(state, row) if row == state.row else _relative(state, row)


NUMBERS: dict[str, Callable[[CopyState, int], int]] = {
    "default": _upward,
    "absolute": _absolute,
    "relative": _relative,
    "hybrid": _hybrid,
}
COUNTED_FROM_TOP = frozenset(NUMBERS) - {"default"}


def gutter_columns(state: CopyState) -> int:
    """Cells that the numbers and the blank behind them take; 0 if none are shown."""
    if not state.numbered or state.options.line_numbers not in NUMBERS:
        return 0
    digits = len(str(state.grid.above + state.grid.lines + 1))
    return min(max(LEAST_DIGITS, digits) + 1, state.grid.columns - 1)


def gutter(state: CopyState, row: int) -> str:
    """What stands beside a row of the screen; empty if no numbers are shown."""
    columns = gutter_columns(state)
    if not columns:
        return ""
    number = NUMBERS[state.options.line_numbers](state, row)
    return f"{number:>{columns - 1}} "[-columns:]


def seen_column(state: CopyState, column: int) -> int:
    """The pane's column in which a column of a row is seen: the last one, if it has no room."""
    return min(column + gutter_columns(state), state.grid.columns - 1)


def column_below(state: CopyState, seen: int) -> int:
    """The column of a row that is seen in a column of the pane: the first one below a number."""
    return max(0, seen - gutter_columns(state))


def counted_position(state: CopyState) -> tuple[int, int]:
    """How far the screen is from where it is counted, and how far it can be."""
    grid = state.grid
    if counts_from_top(state):
        return state.top + 1, grid.above + grid.lines
    return state.scrolled, grid.above


def counts_from_top(state: CopyState) -> bool:
    """Whether lines are counted from the oldest one on, also for `goto-line`."""
    return state.numbered and state.options.line_numbers in COUNTED_FROM_TOP
