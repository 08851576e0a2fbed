"""A cursor that walks over a grid: by cells, lines, words and characters.

Words are runs of separators, or runs of neither separators nor blanks; a wrapped line is one line.
The movements are those of tmux 3.3a's grid-reader.c.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aimux.copymode.grid import BLANK, Grid


class Reader:
    """A place in a grid, moved by its methods."""

    def __init__(self, grid: Grid, column: int, row: int) -> None:
        self.grid = grid
        self.column = column
        self.row = row

    @property
    def _character(self) -> str:
        return self.grid.cell(self.column, self.row)

    def is_in(self, characters: str) -> bool:
        """Whether the cell's character is one of `characters`."""
        character = self._character
        return character != "" and character in characters

    def right(self, *, wrap: bool, whole_width: bool = False) -> None:
        """One character on; over the end of the line if `wrap`; into blanks if `whole_width`."""
        grid = self.grid
        end = grid.columns if whole_width else grid.length(self.row)
        if wrap and self.column >= end and self.row < grid.last:
            self.start_of_line(wrap=False)
            self.down()
        elif self.column < end:
            self.column += 1
            while self.column < end and not self._character:
                self.column += 1

    def left(self, *, wrap: bool) -> None:
        """One character back; over the start of the line if `wrap` or if the line is wrapped."""
        self._leave_second_half()
        above = self.row - 1
        if self.column:
            self.column -= 1
        elif self.row and (wrap or self.grid.wrapped(above)):
            self.up()
            self.end_of_line(wrap=False)

    def down(self) -> None:
        """One row down."""
        self.row = min(self.row + 1, self.grid.last)
        self._leave_second_half()

    def up(self) -> None:
        """One row up."""
        self.row = max(self.row - 1, 0)
        self._leave_second_half()

    def _leave_second_half(self) -> None:
        while self.column and not self._character:
            self.column -= 1

    def start_of_line(self, *, wrap: bool) -> None:
        """To the start of the row, or of the whole line if `wrap`."""
        while wrap and self.row and self.grid.wrapped(self.row - 1):
            self.row -= 1
        self.column = 0

    def end_of_line(self, *, wrap: bool, whole_width: bool = False) -> None:
        """Behind the last character of the row, or of the whole line if `wrap`."""
        while wrap and self.row < self.grid.last and self.grid.wrapped(self.row):
            self.row += 1
        self.column = self.grid.columns if whole_width else self.grid.length(self.row)

    def back_to_indentation(self) -> None:
        """To the line's first character that is no blank; nowhere if it has none."""
        column, row = self.column, self.row
        self.start_of_line(wrap=True)
        for number in range(self.row, len(self.grid.rows)):
            length = self.grid.length(number)
            for place in range(length):
                if self.grid.cell(place, number) != BLANK:
                    self.column, self.row = place, number
                    return
            if not self.grid.wrapped(number):
                break
        self.column, self.row = column, row

    def _last_column(self) -> int:
        """The last column of a word search in this row: wrapped words are not broken."""
        if self.grid.wrapped(self.row):
            return self.grid.columns - 1
        return self.grid.length(self.row)

    def next_word(self, separators: str) -> None:
        """To the start of the next word."""
        walk = _Walk(self)
        if not walk.stay_inside():
            return
        if not self.is_in(BLANK):
            in_separators = self.is_in(separators)
            walk.leave(partial(self._in_word, separators, of_separators=in_separators))
        while walk.stay_inside() and self.is_in(BLANK):
            self.column += 1

    def next_word_end(self, separators: str) -> None:
        """Behind the end of the word that the next character which is no blank is in."""
        walk = _Walk(self)
        while walk.stay_inside():
            if not self.is_in(BLANK):
                in_separators = self.is_in(separators)
                walk.leave(partial(self._in_word, separators, of_separators=in_separators))
                return
            self.column += 1

    def _in_word(self, separators: str, *, of_separators: bool) -> bool:
        return self.is_in(separators) is of_separators and not self.is_in(BLANK)

    def previous_word(self, separators: str, *, already: bool, stop_at_end: bool) -> None:
        """To the start of the word before.

        Args:
            separators: Characters that are words of their own.
            already: Leave the word that the cursor is in the start of.
            stop_at_end: A line that ends in blanks ends the search there.
        """
        letters: bool | None = None
        if already or self.is_in(BLANK):
            letters = self._back_to_word(separators, stop_at_end=stop_at_end)
            if letters is None:
                return
        else:
            letters = not self.is_in(separators)
        self._back_to_start_of_word(separators, letters=letters)

    def _back_to_word(self, separators: str, *, stop_at_end: bool) -> bool | None:
        """Back to a word's last character; whether it is of letters, None if there is no word."""
        while self.column or self.row:
            if self.column:
                self.column -= 1
                if not self.is_in(BLANK):
                    return not self.is_in(separators)
            elif self._end_of_row_above() and stop_at_end:
                return False
        return None

    def _end_of_row_above(self) -> bool:
        """Behind the last character of the row above; whether that character is a blank."""
        self.up()
        self.end_of_line(wrap=False)
        return self.column > 0 and self.grid.cell(self.column - 1, self.row) == BLANK

    def _back_to_start_of_word(self, separators: str, *, letters: bool) -> None:
        while True:
            column, row = self.column, self.row
            if not self.column:
                if not self.row or not self.grid.wrapped(self.row - 1):
                    break
                self.up()
                self.end_of_line(wrap=False, whole_width=True)
            self.column = max(0, self.column - 1)
            if self.is_in(BLANK) or letters is self.is_in(separators):
                break
        self.column, self.row = column, row

    def jump(self, character: str) -> bool:
        """To the next cell with `character`, from this one on; False if the line has none."""
        start = self.column
        for row in range(self.row, len(self.grid.rows)):
            for column in range(start, self.grid.length(row)):
                if self.grid.cell(column, row) == character:
                    self.column, self.row = column, row
                    return True
            if not self.grid.wrapped(row):
                return False
            start = 0
        return False

    def jump_back(self, character: str) -> bool:
        """To the last cell with `character`, this one included; False if the line has none."""
        end = self.column + 1
        for row in range(self.row, -1, -1):
            for column in range(end - 1, -1, -1):
                if self.grid.cell(column, row) == character:
                    self.column, self.row = column, row
                    return True
            if not row or not self.grid.wrapped(row - 1):
                return False
            end = self.grid.length(row - 1)
        return False


class _Walk:
    """A search forward that goes on in the next row once it has passed a row's last column."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._last_column = reader._last_column()

    def stay_inside(self) -> bool:
        """Go to the next row where this one has been passed; False at the end of the grid."""
        reader = self._reader
        while reader.column > self._last_column:
            if reader.row == reader.grid.last:
                return False
            reader.start_of_line(wrap=False)
            reader.down()
            self._last_column = reader._last_column()
        return True

    def leave(self, inside: Callable[[], bool]) -> None:
        """Go on to the first cell, not this one, that is not `inside`."""
        self._reader.column += 1
        while self.stay_inside() and inside():
            self._reader.column += 1
