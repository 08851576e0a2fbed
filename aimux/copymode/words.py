"""The word and the line at a cell, as `#{copy_cursor_word}` and `#{mouse_line}` give them."""

from __future__ import annotations

from aimux.copymode.grid import BLANK, Grid
from aimux.copymode.selection import Place

MAX_WORD = 4096


def line_at(grid: Grid, row: int) -> str:
    """A row without the blanks at its end."""
    return grid.text(row, 0, grid.length(row))


def word_at(grid: Grid, place: Place, separators: str) -> str:
    """The word that a cell is in, also over rows that it is wrapped to.

    Of a cell between words it is the word that begins behind it, if one does (tmux 3.3a,
    format_grid_word).
    """
    here = _beginning(grid, place.column, place.row, separators)
    characters: list[str] = []
    while here and not _ends_word(grid, *here, separators) and len(characters) < MAX_WORD:
        characters.append(grid.cell(*here))
        here = _after(grid, *here)
    return "".join(characters)


def _beginning(grid: Grid, column: int, row: int, separators: str) -> tuple[int, int] | None:
    if _ends_word(grid, column, row, separators):
        return _after(grid, column, row)
    while (before := _before(grid, column, row)) and not _ends_word(grid, *before, separators):
        column, row = before
    return column, row


def _ends_word(grid: Grid, column: int, row: int, separators: str) -> bool:
    character = grid.cell(column, row)
    return character == BLANK or (character != "" and character in separators)


def _before(grid: Grid, column: int, row: int) -> tuple[int, int] | None:
    if column:
        return column - 1, row
    return (grid.length(row - 1) - 1, row - 1) if row and _goes_on(grid, row - 1) else None


def _after(grid: Grid, column: int, row: int) -> tuple[int, int] | None:
    if column + 1 < grid.length(row):
        return column + 1, row
    return (0, row + 1) if row < grid.last and _goes_on(grid, row) else None


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether a row's last word may go on in the next row; a wide character leaves a cell free."""
    room = 1 if grid.cell(1, row + 1) == "" else 0
    return grid.wrapped(row) and grid.length(row) >= grid.columns - room
