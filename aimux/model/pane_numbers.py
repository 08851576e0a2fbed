"""The numbers that `display-panes` shows on panes: what keys mean, and which cells are drawn.

Shapes and places are those of tmux 3.3a (cmd-display-panes.c, and its clock's digits).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from aimux.keys.modes import InputModes
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box
from aimux.model.overlay import EVERYWHERE, Taken

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
DIGIT_COLUMNS: Final = 5
DIGIT_ROWS: Final = 5
SPACED_COLUMNS: Final = DIGIT_COLUMNS + 1
LEAST_ROWS_WITH_SIZE: Final = 7
DIGITS: Final = (
    ("#####", "#   #", "#   #", "#   #", "#####"),
    ("    #", "    #", "    #", "    #", "    #"),
    ("#####", "    #", "#####", "#    ", "#####"),
    ("#####", "    #", "#####", "    #", "#####"),
    ("#   #", "#   #", "#####", "    #", "    #"),
    ("#####", "#    ", "#####", "    #", "#####"),
    ("#####", "#    ", "#####", "#   #", "#####"),
    ("#####", "    #", "    #", "    #", "    #"),
    ("#####", "#   #", "#####", "#   #", "#####"),
    ("#####", "#   #", "#####", "    #", "#####"),
)


class Mark(Struct, frozen=True):
    """Text at a place of a pane, drawn in the number's colour.

    Attributes:
        filled: The colour is the background, not the text's: the blanks of a digit's strokes.
    """

    row: int
    column: int
    text: str
    filled: bool = False


def marks(index: int, *, columns: int, rows: int, size: str) -> Iterator[Mark]:
    """What is drawn on a pane.

    Args:
        index: The pane's index as it is shown.
        columns: The pane's visible width.
        rows: Its visible height.
        size: The pane's size as `COLUMNSxROWS`.
    """
    number, letter = str(index), _letter(index)
    if columns < len(number):
        return
    if columns < len(number) * SPACED_COLUMNS or rows < DIGIT_ROWS:
        yield _small(number, letter, columns=columns, rows=rows)
        return
    left, top = columns // 2 - len(number) * SPACED_COLUMNS // 2, rows // 2 - 2
    for place, digit in enumerate(number):
        yield from _strokes(int(digit), left + place * SPACED_COLUMNS, top)
    if rows < LEAST_ROWS_WITH_SIZE:
        return
    if columns >= len(size):
        yield Mark(0, columns - len(size), size)
    if letter:
        after = columns // 2 + len(number) * SPACED_COLUMNS // 2 - len(letter) - 1
        yield Mark(top + DIGIT_ROWS, after, letter)


def _letter(index: int) -> str:
    """The letter that selects a pane beyond the ninth."""
    return LETTERS[index - 10] if 10 <= index < 35 else ""


def _small(number: str, letter: str, *, columns: int, rows: int) -> Mark:
    text = number
    if columns >= len(number) + len(letter) + 1:
        text = f"{number} {letter}"
    return Mark(rows // 2, columns // 2 - len(text) // 2, text)


def _strokes(digit: int, left: int, top: int) -> Iterator[Mark]:
    for row, cells in enumerate(DIGITS[digit]):
        start = 0
        while (start := cells.find("#", start)) >= 0:
            stop = start + 1
            while cells[stop : stop + 1] == "#":
                stop += 1
            yield Mark(top + row, left + start, " " * (stop - start), filled=True)
            start = stop


@dataclass(slots=True, eq=False)
class PaneNumbers:
    """The numbers over the panes of the window that a client shows.

    Attributes:
        chosen: Called with the index that a key named, after the overlay has closed.
        ended: Called once when it has closed, after `chosen`.
        takes_keys: Without it (`-N`) every key closes it and does what it does otherwise.
    """

    chosen: Callable[[int], None]
    ended: Callable[[], None]
    takes_keys: bool = True
    index: int | None = None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Numbers may stand in every row; panes are seen around them."""
        return (EVERYWHERE,)

    @property
    def modes(self) -> InputModes | None:
        """No program is typed to."""
        return None

    @property
    def all_motion(self) -> bool:
        """The mouse is nothing to it."""
        return False

    def key(self, name: str) -> Taken:
        """A digit or a letter chooses a pane."""
        if not self.takes_keys:
            return Taken.PASSES
        if len(name) == 1 and name in "0123456789":
            self.index = int(name)
        elif len(name) == 1 and name in LETTERS:
            self.index = 10 + LETTERS.index(name)
        else:
            return Taken.PASSES
        return Taken.CLOSES

    def type(self, data: bytes) -> None:
        """No program is typed to."""

    def mouse(self, event: MouseEvent) -> Taken:
        """The mouse closes it and does what it does otherwise."""
        del event
        return Taken.PASSES

    def fit(self, *, columns: int, rows: int) -> bool:
        """It closes."""
        del columns, rows
        return False

    def end(self) -> None:
        """Choose, then tell that it has closed."""
        if self.index is not None:
            self.chosen(self.index)
        self.ended()
