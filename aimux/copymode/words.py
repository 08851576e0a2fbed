"""The word and the line at a cell, as `#{copy_cursor_word}` and `#{mouse_line}` give them."""

from __future__ import annotations

from aimux.copymode.grid import BLANK, Grid
from aimux.copymode.selection import Place

MAX_WORD = 4096


def line_at(grid: Grid, row: int) -> str:
    """A row without the blanks at its end."""
    return grid.text(row, 0, grid.length(row))


def word_at(grid: Grid, place: Place, separators: str) -> str:
    """The word that a cell is in, also over rows that it is wrapped to; empty between words."""
    column, row = place.column, place.row
    if _ends_word(grid, column, row, separators):
        return ""
    while (before := _before(grid, column, row)) and not _ends_word(grid, *before, separators):
        column, row = before
    characters: list[str] = []
    here: tuple[int, int] | None = (column, row)
    while here and not _ends_word(grid, *here, separators) and len(characters) < MAX_WORD:
        characters.append(grid.cell(*here))
        here = _after(grid, *here)
    return "".join(characters)


def _ends_word(grid: Grid, column: int, row: int, separators: str) -> bool:
    character = grid.cell(column, row)
    return character == BLANK or (character != "" and character in separators)


def _before(grid: Grid, column: int, row: int) -> tuple[int, int] | None:
    if column:
        return column - 1, row
    if row and grid.wrapped(row - 1) and grid.length(row - 1):
        return grid.length(row - 1) - 1, row - 1
    return None


def _after(grid: Grid, column: int, row: int) -> tuple[int, int] | None:
    if column + 1 < grid.length(row):
        return column + 1, row
    return (0, row + 1) if row < grid.last and grid.wrapped(row) else None
