"""Where copy mode stands: cursor, scrolling, selection, and how one moves the other.

A place on the screen is (`column`, `row`); `scrolled` is how many rows it is above the last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from msgspec import Struct

from aimux.copymode.grid import BLANK, Grid, Screen
from aimux.copymode.reader import Reader
from aimux.copymode.search import Search
from aimux.copymode.selection import (
    ORIGIN,
    Chosen,
    Follow,
    LineSide,
    Place,
    Shown,
    Unit,
    selected_text,
)


class CopyOptions(Struct, frozen=True):
    """The options that copy mode looks at.

    Attributes:
        vi: `mode-keys` is vi.
        word_separators: `word-separators`.
        wrap_search: `wrap-search`.
        line_numbers: `copy-mode-line-numbers`.
    """

    vi: bool = False
    word_separators: str = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"
    wrap_search: bool = True
    line_numbers: str = "off"


@dataclass(slots=True, eq=False)
class Jump:
    """The last jump to a character.

    Attributes:
        character: What was jumped to; empty if there was no jump.
        forward: Which way.
        beside: Stop beside the character instead of on it.
    """

    character: str = ""
    forward: bool = True
    beside: bool = False


@dataclass(slots=True, eq=False)
class CopyState:
    """Everything that commands of copy mode change.

    Attributes:
        scrolled: Rows that the screen stands above the last.
        start: Where the selection began.
        end: Where it ends.
        shown: Its part on the screen; None while it is all above or below.
        selecting: Whether there is a selection.
        anchor: For words and lines: where it was begun, and the first word's or line's two ends.
        last_column: The column that moving up and down tries to keep, in a line of `last_length`.
        search_origin: Column, row and `scrolled` before an incremental search; None outside one.
        source: The screen that the rows were taken from; None if there is no such screen.
        exit_at_bottom: Scrolling down to the last row ends the mode.
        recentred: The line that `recentre-top-bottom` moved last, and how often since it came.
        numbered: Rows may have numbers beside them.
        position_hidden: The scroll position is not shown.
        prompts: Absolute rows of the source where prompts began; `outputs` where output did.
        position: What is shown of the place, with `#[]` styles; None for what tmux 3.3a shows.
        mark: The place that `jump-to-mark` goes to; its line is shown if `mark_shown`.
    """

    grid: Grid
    search: Search
    options: CopyOptions
    column: int = 0
    row: int = 0
    scrolled: int = 0
    start: Place = ORIGIN
    end: Place = ORIGIN
    shown: Shown | None = None
    selecting: bool = False
    follow: Follow = Follow.NONE
    unit: Unit = Unit.CHARACTER
    line_side: LineSide = LineSide.NONE
    rectangle: bool = False
    anchor: Place = ORIGIN
    anchor_start: Place = ORIGIN
    anchor_end: Place = ORIGIN
    last_column: int = 0
    last_length: int = 0
    mark: Place = ORIGIN
    mark_shown: bool = False
    jump: Jump = field(default_factory=Jump)
    search_origin: tuple[int, int, int] | None = None
    source: Screen | None = None
    exit_at_bottom: bool = False
    position_hidden: bool = False
    recentred: tuple[int, int] = (-1, 0)
    prompts: Collection[int] = ()
    outputs: Collection[int] = ()
    numbered: bool = True
    position: Callable[[], str] | None = None

    # ---- places ----

    @property
    def absolute_row(self) -> int:
        """The cursor's row in the grid."""
        return self.grid.above + self.row - self.scrolled

    @property
    def top(self) -> int:
        """The grid's row that is shown first."""
        return self.grid.above - self.scrolled

    @property
    def place(self) -> Place:
        """The cursor's cell in the grid."""
        return Place(self.column, self.absolute_row)

    @property
    def length(self) -> int:
        """Cells of the cursor's row up to the last that is not blank."""
        return self.grid.length(self.absolute_row)

    @property
    def in_rectangle(self) -> bool:
        """Whether a rectangle is being selected: the cursor may then stand behind a line's end."""
        return self.selecting and self.rectangle

    def reader(self, column: int | None = None) -> Reader:
        """A reader at the cursor, or at another column of its row."""
        return Reader(self.grid, self.column if column is None else column, self.absolute_row)

    # ---- selecting ----

    def begin_selection(self) -> None:
        """Start a selection at the cursor."""
        self.start = self.end = self.place
        self.follow = Follow.END
        self.set_selection()

    def clear_selection(self) -> None:
        """Forget the selection."""
        self.selecting, self.shown = False, None
        self.follow, self.line_side, self.unit = Follow.NONE, LineSide.NONE, Unit.CHARACTER
        self.column = min(self.column, self.length)

    def update_selection(self, *, keep_ends: bool = False) -> None:
        """Let the selection, if there is one, follow the cursor."""
        if self.selecting or self.line_side is not LineSide.NONE:
            self.set_selection(keep_ends=keep_ends)

    def set_selection(self, *, keep_ends: bool = False) -> None:
        """Bring ends and `shown` up to date; `keep_ends`: do not grow to whole words or lines."""
        if self.follow is not Follow.NONE:
            self._follow_cursor(keep_ends=keep_ends)
        start, start_side = self._on_screen(self.start)
        end, end_side = self._on_screen(self.end)
        if start_side == end_side and start_side:
            self.shown = None
            return
        self.selecting = True
        self.shown = Shown(start, end, self.rectangle, exclusive=not self.options.vi)

    def _follow_cursor(self, *, keep_ends: bool) -> None:
        place, at_start = self.place, self.follow is Follow.START
        if self.unit is not Unit.CHARACTER and not keep_ends:
            place, at_start = UNITS[self.unit](self)
        if at_start:
            self.start = place
        else:
            self.end = place

    def _on_screen(self, place: Place) -> tuple[Place, int]:
        """The nearest place on the screen, and whether it was above (-1), on it or below (1)."""
        row, last_row = place.row - self.top, self.grid.lines - 1
        if row < 0:
            return Place(place.column if self.rectangle else 0, 0), -1
        if row > last_row:
            last_column = self.grid.columns - 1
            return Place(place.column if self.rectangle else last_column, last_row), 1
        return Place(place.column, row), 0

    def selected(self) -> str | None:
        """The text of the selection, or of the match under the cursor; None without either."""
        if not self.selecting and self.line_side is LineSide.NONE:
            return self.search.match_at(self.grid, self.place, self.top)
        chosen = Chosen(
            self.start, self.end, self.rectangle, self.follow, self.column, self.options.vi
        )
        return selected_text(self.grid, chosen)

    def other_end(self) -> None:
        """Go to the other end of the selection and move that one from now on."""
        if not self.selecting and self.line_side is LineSide.NONE:
            return
        self.line_side = OPPOSITE[self.line_side]
        self.follow = Follow.START if self.follow is Follow.END else Follow.END
        place = self.start if self.follow is Follow.START else self.end
        above, lines = self.grid.above, self.grid.lines
        row = self.row + place.row - self.absolute_row
        self.column = place.column
        if place.row < self.top:
            self.scrolled, self.row = above - place.row, 0
        elif place.row >= self.top + lines:
            self.scrolled, self.row = above - place.row + lines - 1, lines - 1
        else:
            self.row = row
        self.update_selection(keep_ends=True)

    # ---- moving ----

    def scroll_to(self, place: Place) -> None:
        """Put the cursor at a place, scrolling as little as shows some rows around it."""
        grid, lines = self.grid, self.grid.lines
        self.column = place.column
        if self.top <= place.row < self.top + lines:
            self.row = place.row - self.top
        else:
            gap = lines // 4
            if place.row < lines:
                offset = 0
            elif place.row > grid.above + lines - gap:
                offset = grid.above
            else:
                offset = place.row + gap - lines
            self.row, self.scrolled = place.row - offset, grid.above - offset
        self.update_selection()

    def show(self, place: Place) -> None:
        """Put the cursor at a place as close to the top as it can be without leaving the rows."""
        self.column = place.column
        self.row = max(0, place.row - self.grid.above)
        self.scrolled = max(0, self.grid.above - place.row)

    def move_up_to(self, reader: Reader) -> None:
        """Put the cursor where a reader has gone, upward or within the row."""
        for _ in range(self.top - reader.row):
            self.up(scroll=True)
        self._arrive(reader, keep_ends=False)

    def move_down_to(self, reader: Reader, *, keep_ends: bool = False) -> None:
        """Put the cursor where a reader has gone, downward or within the row."""
        for _ in range(reader.row - self.top - (self.grid.lines - 1)):
            self.down(scroll=True)
        self._arrive(reader, keep_ends=keep_ends)

    def _arrive(self, reader: Reader, *, keep_ends: bool) -> None:
        row = max(0, min(reader.row - self.top, self.grid.lines - 1))
        self.column, self.row = reader.column, row
        self.update_selection(keep_ends=keep_ends)

    def scroll(self, rows: int) -> None:
        """Show rows further up, or down for a negative number; the cursor stays on the screen."""
        scrolled = max(0, min(self.grid.above, self.scrolled + rows))
        if scrolled != self.scrolled:
            self.scrolled = scrolled
            self.refresh_matches()
            self.update_selection()

    def refresh_matches(self) -> None:
        """Look again for matches in what is shown now."""
        self.search.mark_visible(self.grid, self.top)

    def up(self, *, scroll: bool = False) -> None:
        """One row up; `scroll` moves the screen and not the cursor on it."""
        self._step(LineSide.DOWN, self.start.row, step=-1, scroll=scroll or self.row == 0)

    def down(self, *, scroll: bool = False) -> None:
        """One row down; `scroll` moves the screen and not the cursor on it."""
        at_end = self.row == self.grid.lines - 1
        self._step(LineSide.UP, self.end.row, step=1, scroll=scroll or at_end)

    def _step(self, turning: LineSide, turning_row: int, *, step: int, scroll: bool) -> None:
        free = not self.in_rectangle
        if free:
            self.remember_column()
        if self.line_side is turning and self.absolute_row == turning_row:
            self.other_end()
        if free:
            self.column = self.last_column
        if scroll:
            self.scroll(-step)
        else:
            self.row = max(0, min(self.row + step, self.grid.lines - 1))
            self.update_selection()
        if free:
            self.keep_to_line()
        self._keep_whole_lines()

    def remember_column(self) -> None:
        """Keep the column for moving up and down, unless the cursor is at its line's end."""
        length = self.length
        if self.column != length:
            self.last_column, self.last_length = self.column, length

    def keep_to_line(self) -> None:
        """Go to the line's end if the cursor was at an end before, or would be behind it."""
        length = self.length
        if (self.column >= self.last_length and self.column != length) or self.column > length:
            self.column = length
            self.update_selection()

    def _keep_whole_lines(self) -> None:
        if self.line_side is LineSide.DOWN:
            self.column = self.grid.columns if self.rectangle else self.length
        elif self.line_side is LineSide.UP:
            self.column = 0
        else:
            return
        self.update_selection()

    def start_of_line(self) -> None:
        """To the start of the line."""
        reader = self.reader()
        reader.start_of_line(wrap=True)
        self.move_up_to(reader)

    def end_of_line(self) -> None:
        """Behind the end of the line, or of the screen for a rectangle."""
        reader = self.reader()
        reader.end_of_line(wrap=True, whole_width=self.in_rectangle)
        self.move_down_to(reader)

    def previous_word(self, separators: str, *, already: bool) -> None:
        """To the start of the word before; not `already`: of the word that the cursor is in."""
        reader = self.reader()
        reader.previous_word(separators, already=already, stop_at_end=not self.options.vi)
        self.move_up_to(reader)

    def next_word_end(self, separators: str, *, keep_ends: bool = False) -> None:
        """Behind the end of the next word; in vi mode on its last character."""
        self.move_down_to(self._word_end(separators), keep_ends=keep_ends)

    def _word_end(self, separators: str) -> Reader:
        reader = self.reader()
        if not self.options.vi:
            reader.next_word_end(separators)
            return reader
        if not reader.is_in(BLANK):
            reader.right(wrap=False)
        reader.next_word_end(separators)
        reader.left(wrap=True)
        return reader

    # ---- growing by words and lines ----

    def grow_by_words(self) -> tuple[Place, bool]:
        """The cursor's end of a selection by words, and whether that is its start."""
        place, separators = self.place, self.options.word_separators
        if (self.anchor.row, self.anchor.column) > (place.row, place.column):
            self.end = self.anchor_end
            reader = self.reader()
            reader.previous_word(separators, already=False, stop_at_end=True)
            return Place(reader.column, reader.row), True
        self.start = self.anchor_start
        grid = self.grid
        next_character = grid.cell(place.column + 1, place.row)
        if place.column >= grid.length(place.row) or next_character != BLANK:
            reader = self._word_end(separators)
            return Place(reader.column, reader.row), False
        return place, False

    def grow_by_lines(self) -> tuple[Place, bool]:
        """The cursor's end of a selection by lines, and whether that is its start."""
        row = self.absolute_row
        if self.anchor.row > row:
            self.end = self.anchor_end
            return Place(0, row), True
        self.start = self.anchor_start
        row = max(row, self.anchor_end.row)
        return Place(self.grid.length(row), row), False


UNITS: dict[Unit, Callable[[CopyState], tuple[Place, bool]]] = {
    Unit.WORD: CopyState.grow_by_words,
    Unit.LINE: CopyState.grow_by_lines,
}
OPPOSITE = {
    LineSide.NONE: LineSide.NONE,
    LineSide.DOWN: LineSide.UP,
    LineSide.UP: LineSide.DOWN,
}
